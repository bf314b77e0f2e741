import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import { type AtKeyboard, coordinatorAtKeyboard } from '../support/at-keyboard.ts'
import { hasChromium } from '../support/chromium.ts'
import type { Stage } from '../support/story.ts'

describe.skipIf(!hasChromium)('slips and letters with the keyboard alone', () => {
  let stage: Stage
  let coordinator: AtKeyboard
  beforeAll(async () => {
    ;({ stage, coordinator } = await coordinatorAtKeyboard())
  })
  afterAll(() => stage.close())

  test('an impossible number is said first; four letters are made, and their file is fetched', async () => {
    const { page, home, walk, enter, type, to, problem } = coordinator
    await home()
    await enter('Lappar och brev')
    await walk()
    await enter('Ny utskrift')
    await walk()
    await enter('Brev')
    await walk()
    await to(page.locator('#language'))
    await page.keyboard.press('ArrowDown')
    const [first, last] = [page.locator('.numbers input').first(), page.locator('.numbers input').last()]
    await type(first, '999999')
    await type(last, '1')
    await enter(/^Skapa .*brev/)
    await problem()
    expect(await last.inputValue()).toBe('1')
    await type(first, '3')
    await enter(/^Skapa .*brev/)
    await page.getByRole('button', { name: 'Hämta filen' }).waitFor({ timeout: 180_000 })
    await to(page.getByRole('button', { name: 'Hämta filen' }))
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
    expect(file.suggestedFilename()).toMatch(/\.pdf$/)
  })

  test('what was posted is said, and leftover slips are counted by number and by code', async () => {
    const { page, home, walk, enter, type, done, problem, heading } = coordinator
    const { db, keys } = stage.service
    const slips = { stratumId: stage.round.strata.youth, channel: 'handout', count: 9, drawn: false } as const
    const { codes } = await issueCodes(db, keys.codePepper, { ...slips, issuedOn: '2026-09-10' })
    await home()
    await enter(/^Lappar och brev/)
    await walk()
    await enter(/^Ja, alla: /)
    await done('')
    await enter(/^Räkna överblivna/)
    await walk()
    const number = page.locator('.numbers input').first()
    await type(number, '77')
    await enter('Spara')
    await problem()
    expect(await number.inputValue()).toBe('77')
    await type(number, '1')
    await enter('Spara')
    await done('')
    await type(page.locator('#leftover'), codes[0]!)
    await enter('Kontrollera')
    await heading('')
    await walk()
    await enter('Spara som överblivna')
    await done('')
  })
})
