import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AtKeyboard, coordinatorAtKeyboard } from '../support/at-keyboard.ts'
import { hasChromium } from '../support/chromium.ts'
import { newStaff } from '../support/staff.ts'
import type { Stage } from '../support/story.ts'

describe.skipIf(!hasChromium)('a municipality with the keyboard alone', () => {
  let stage: Stage
  let coordinator: AtKeyboard
  beforeAll(async () => {
    ;({ stage, coordinator } = await coordinatorAtKeyboard())
  })
  afterAll(() => stage.close())

  test('a tablet gets its link', async () => {
    const { page, home, walk, enter, type, to } = coordinator
    await home()
    await walk()
    await enter('Surfplattor')
    await walk()
    await enter('Anslut en surfplatta')
    await enter('Fortsätt')
    await walk()
    await type(page.getByLabel('Namn'), 'Receptionen')
    await enter('Skapa länken')
    await to(page.locator('#link'))
    await enter('Till alla surfplattor')
    await enter('Receptionen')
    await walk()
  })

  test('somebody’s name is changed, and somebody else is invited', async () => {
    const { page, home, walk, enter, type, to, done, problem, heading } = coordinator
    await newStaff(stage.service, { role: 'viewer', name: 'Ali Ask' })
    await home()
    await enter('Konton')
    await walk()
    await enter('Ali Ask')
    await walk()
    await type(page.getByLabel('Namn'), 'Ali Askö')
    await enter('Spara')
    await done('')
    await enter('Bjud in någon')
    await walk()
    await type(page.getByLabel('Namn'), 'Eva Alm')
    await type(page.getByLabel('E-postadress'), 'eva.alm@example.se')
    await to(page.getByLabel('Handläggare', { exact: false }).first())
    await page.keyboard.press('Space')
    await enter('Skapa inbjudan')
    await problem() // a caseworker works at a unit
    await to(page.getByLabel('Enheten', { exact: false }).first())
    await page.keyboard.press('Space')
    await enter('Skapa inbjudan')
    await heading('Inbjudan är klar')
    expect(await page.locator('#link').inputValue()).toContain('/staff/invitations/')
  })

  test('units are read from a file, after a look at what was read', async () => {
    const { page, home, walk, enter, choose, done } = coordinator
    await home()
    await enter('Enheter')
    await walk()
    await enter('Läs in från en fil')
    const buffer = Buffer.from('Enhet;Målgrupper\nFamiljeenheten;Vårdnadshavare\nUngdomsenheten;Unga 13 år och äldre\n')
    await choose(page.locator('#file'), { name: 'enheter.csv', mimeType: 'text/csv', buffer })
    await enter('Läs filen')
    await walk()
    await enter(/^(Läs in|Lägg till) 2/)
    await done('')
  })
})
