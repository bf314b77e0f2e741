import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AtKeyboard, coordinatorAtKeyboard } from '../support/at-keyboard.ts'
import { hasChromium } from '../support/chromium.ts'
import type { Stage } from '../support/story.ts'

describe.skipIf(!hasChromium)('paper forms with the keyboard alone', () => {
  let stage: Stage
  let coordinator: AtKeyboard
  beforeAll(async () => {
    ;({ stage, coordinator } = await coordinatorAtKeyboard())
  })
  afterAll(() => stage.close())

  test('twelve forms are handed out, and twelve too many are taken back', async () => {
    const { page, home, walk, enter, type, done } = coordinator
    await home()
    await enter('Pappersenkäter')
    await enter('Utlämnade')
    await walk()
    await type(page.locator('.tally input').first(), '12')
    await page.keyboard.press('Enter')
    await done('Antalen är sparade.')
    await enter(/^Ångra/)
    await done('Borttaget.')
  })

  test('two forms are typed, the second is undone and typed anew, and the bundle is finished', async () => {
    const { page, home, walk, enter, type, done, to } = coordinator
    await home()
    await enter('Pappersenkäter')
    await walk()
    await to(page.getByRole('radio').first())
    await page.keyboard.press('Space')
    await type(page.locator('#forms'), '2')
    await enter('Börja registrera')
    await page.locator('.digit:focus').waitFor()
    await page.keyboard.type('12113021')
    await page.keyboard.press('Enter')
    await page.getByText('Formulär 1 är sparat.').waitFor()
    await page.keyboard.type('252243121')
    await page.getByText('Formulär 2 är sparat.').waitFor()
    await to(page.getByRole('button', { name: 'Ångra formulär 2' }))
    await page.keyboard.press('Enter')
    await page.getByText('Formulär 2 är borttaget.').waitFor()
    await page.locator('.digit:focus').waitFor()
    await page.keyboard.type('452243121')
    await page.getByText('Formulär 2 är sparat.').waitFor()
    await walk()
    await enter('Avsluta bunten')
    await done('Bunten är klar.')
    expect((await stage.opened()).ballots).toBe(2)
  })

  test('a file of answers is read, its columns and values are looked at, and it is imported', async () => {
    const { page, home, walk, enter, choose, to, heading } = coordinator
    const before = (await stage.opened()).ballots
    const rows = ['Kontakt;Information;Förståelse;Synpunkter', '1;Mycket svårt;2;Ja', '4;Vet ej;2;Nej', '9;1;1;Kanske']
    await home()
    await enter('Pappersenkäter')
    await enter('Läs in svar från en fil')
    await choose(page.locator('#file'), {
      ...{ name: 'svar.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) },
    })
    await enter('Läs filen')
    await walk()
    await to(page.locator('#stratum'))
    await page.keyboard.press('ArrowDown')
    await enter('Gå vidare')
    await heading('Vad betyder värdena?')
    await walk()
    await enter('Kontrollera inläsningen')
    await walk()
    await enter('Läs in 2 svar')
    await page.getByText('2 svar är låsta').waitFor()
    expect((await stage.opened()).ballots).toBe(before + 2)
  })
})
