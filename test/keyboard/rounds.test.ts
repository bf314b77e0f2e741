import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { roundKeyFile } from '../../src/round/round-key.ts'
import { getRound } from '../../src/round/store.ts'
import { type AtKeyboard, atKeyboard } from '../support/at-keyboard.ts'
import { hasChromium } from '../support/chromium.ts'
import { browse, drawCodes } from '../support/service.ts'
import { type Stage, setStage } from '../support/story.ts'

describe.skipIf(!hasChromium)('a round with the keyboard alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-'))
  let stage: Stage
  let national: AtKeyboard
  beforeAll(async () => {
    stage = await setStage({ file: join(folder, 'survey.db'), settings: { KEY_DIR: folder } })
    const person = () => stage.person({ viewport: { width: 1280, height: 800 } })
    national = await atKeyboard({ ...stage, person }, { role: 'national' })
  })
  afterAll(async () => {
    await stage.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const asFile = (text: string, name = 'round.key') => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
  const stateOf = async (id: string) => (await getRound(stage.service.db, id)).state

  /** The parts of a day stand in the order of the browser's language. */
  async function typeDay(field: Locator, day: string): Promise<void> {
    const { page, to } = national
    await to(field)
    const [year, month, date] = day.split('-') as [string, string, string]
    for (const parts of [
      [month, date, year],
      [date, month, year],
      [year, '', month, date],
    ]) {
      for (let part = 0; part < 3; part++) await page.keyboard.press('ArrowLeft')
      for (const part of parts) await (part ? page.keyboard.type(part) : page.keyboard.press('ArrowRight'))
      if ((await field.inputValue()) === day) return
    }
    throw new Error(`${day} cannot be typed`)
  }

  test('is planned; its key is saved, tried with the file that was saved, and the collection opened with it', async () => {
    const { page, home, walk, enter, type, to, choose, done } = national
    await home()
    await enter('Omgångar')
    await enter('Skapa en omgång')
    await walk()
    await type(page.locator('[name=year]'), '2027')
    await type(page.locator('[name=id]'), '2027')
    await typeDay(page.locator('[name=opensOn]'), '2027-09-01')
    await typeDay(page.locator('[name=closesOn]'), '2027-10-31')
    await enter('Gå vidare till nyckeln')
    await page.getByText('Nyckeln är skapad i din webbläsare').waitFor()
    await walk()
    await to(page.locator('.save-key'))
    const [saved] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
    const key = readFileSync(await saved.path(), 'utf8')
    await choose(page.locator('#keyFile'), asFile(key))
    await enter('Kontrollera nyckeln och spara omgången')
    await done('omgången är sparad som utkast')
    expect(await stateOf('2027')).toBe('draft')

    await enter('Öppna insamlingen utan anmälan')
    await walk()
    await type(page.locator('#keyText'), key)
    await enter('Kontrollera nyckeln och öppna insamlingen')
    await done('Insamlingen är öppen.')
    expect(await stateOf('2027')).toBe('collecting')
  })

  test('is closed: a wrong key is said, the right one counts what was answered', async () => {
    const { page, home, walk, enter, space, choose, type, done, problem, heading } = national
    for (const code of await drawCodes(stage.service, stage.round, { count: 3 })) {
      const visitor = browse(stage.service.app)
      await visitor.post('/entry', { code, language: 'sv' })
      await visitor.post('/response', { overall: 'very_satisfied' })
    }
    await home()
    await enter('Omgångar')
    await enter('Omgång 2026')
    await walk()
    await enter('Stäng insamlingen …')
    await walk()
    await choose(page.locator('#keyFile'), asFile('no key'))
    await type(page.locator('#year'), '2026')
    await enter('Stäng insamlingen')
    await problem()
    await type(page.locator('#keyText'), roundKeyFile(stage.round.key))
    await space('Stäng insamlingen')
    await heading('Resultat för omgång 2026')
    await done('sammanställningen är låst med nyckeln')
    await walk()
    expect(await stateOf('2026')).toBe('closed')
    await enter('Omgångar')
    await enter('Omgång 2026')
    await page.getByText('Svaren är räknade.').waitFor()
  })
})
