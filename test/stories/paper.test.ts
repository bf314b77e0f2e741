import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { valueIn } from '../support/rows.ts'
import { newStaff } from '../support/staff.ts'
import { expectAccessible, expectNoOverflow, type Stage, setStage } from '../support/story.ts'

/** Where pictures are put, for somebody to look at; none without. */
const pictures = process.env.PICTURES_DIR

describe.skipIf(!hasChromium)('paper at the keyboard', () => {
  let stage: Stage
  let page: Page
  beforeAll(async () => {
    stage = await setStage()
    const { token } = await newStaff(stage.service, { role: 'coordinator' })
    page = await stage.person({ viewport: { width: 1280, height: 900 } })
    await page.context().addCookies([{ name: 'staff', value: token, url: stage.url }])
  })
  afterAll(() => stage.close())

  async function look(name: string) {
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      await expectAccessible(page, `${name} ${width}`)
      await expectNoOverflow(page, `${name} ${width}`)
      if (!pictures) continue
      mkdirSync(pictures, { recursive: true })
      await page.screenshot({ path: `${pictures}/paper-${name}-${width}.png`, fullPage: true })
    }
  }
  const begin = async (forms: number, choices: string[] = []) => {
    await page.goto(`${stage.url}/staff/paper`)
    await page.locator(`[name=stratum][value="${stage.round.strata.youth}"]`).check()
    await page.locator('#forms').fill(String(forms))
    if (choices.length > 0) await page.locator('summary').click()
    for (const name of choices) await page.locator(`input[name=${name}]`).check()
    await page.locator('main form:has(#forms) button').click()
    await page.locator('.digit:focus, [name=code]:focus').waitFor()
  }
  const count = () => page.locator('.figures dd').first().innerText()
  const waiting = () => valueIn<number>(stage.service.db, 'select count(*) from waiting_forms')

  test('a coordinator hands forms out, and counts one too many back', async () => {
    await page.goto(`${stage.url}/staff/paper`)
    await look('register')
    await page.goto(`${stage.url}/staff/paper/print`)
    await look('print')
    await page.goto(`${stage.url}/staff/paper/tally`)
    await page.locator('.tally input').first().fill('12')
    await page.getByRole('button', { name: 'Lägg till' }).click()
    await page.locator('.done').waitFor()
    expect(await page.locator('.tally .sum').first().innerText()).toBe('12')
    await look('tallied')
    await page.getByRole('button', { name: 'Ångra' }).click()
    await page.getByText('Borttaget.').waitFor()
    expect(await page.locator('.tally .sum').first().innerText()).toBe('0')
  })

  test('eight digits and a ninth key save a form, and the next is typed at once', async () => {
    await begin(3)
    await look('entry')
    for (const [digits, done] of [
      ['120113021', '1 av 3'],
      ['11111111\n', '2 av 3'],
    ]) {
      for (const key of digits!) await page.keyboard.press(key === '\n' ? 'Enter' : key)
      await page.getByText(`Formulär ${done![0]} är sparat.`).waitFor()
      expect(await count()).toBe(done)
    }
    await page.keyboard.type('0000000')
    await page.keyboard.press('5')
    expect(await page.locator('[data-said]').innerText()).toContain('8: ')
    await look('out-of-range')
    await page.keyboard.press('0')
    await page.keyboard.press('0')
    await page.getByText('Alla 3 formulär är registrerade', { exact: true }).waitFor()
    expect(await count()).toBe('3 av 3')
    await look('all-entered')
    expect([await waiting(), (await stage.opened()).ballots]).toEqual([2, 0]) // until the bundle is finished

    await page.getByRole('button', { name: 'Ångra formulär 3' }).click()
    await page.getByText('Formulär 3 är borttaget.', { exact: false }).waitFor()
    await page.keyboard.type('222222221')
    await page.getByText('Formulär 3 är sparat.').waitFor()
    await page.getByRole('button', { name: 'Avsluta bunten' }).click()
    await page.getByText('Bunten är klar.').waitFor()
    expect((await stage.opened()).ballots).toBe(3)
  })

  test('keys that are pressed while a form is on its way are the next form’s', async () => {
    await begin(2)
    await page.route('**/forms', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 400))
      await route.continue()
    })
    await page.keyboard.type('111111111222')
    await page.getByText('Formulär 1 är sparat.').waitFor()
    await page.keyboard.type('22222')
    expect(
      await page.locator('.digit').evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value)),
    ).toEqual(Array(8).fill('2'))
    await page.unroute('**/forms')
    await page.keyboard.press('Enter')
    await page.getByText('Formulär 2 är sparat.').waitFor()
  })

  test('a form is not lost when the server does not answer', async () => {
    await begin(1)
    const before = await waiting()
    await page.route('**/forms', (route) => route.abort())
    await page.keyboard.type('121212111')
    await page.getByText('Formuläret är inte sparat', { exact: false }).waitFor()
    await page.unroute('**/forms')
    await page.keyboard.press('Enter')
    await page.getByText('Formulär 1 är sparat.').waitFor()
    expect(await waiting()).toBe(before + 1)
  })

  test('a form of the sample is typed twice, and a slip of the hand is mended', async () => {
    await begin(300, ['sample', 'codes'])
    await look('with-codes')
    for (let form = 0; form < 300; form++) {
      await page.keyboard.press('Enter')
      await page.keyboard.type('111111111')
      const isTwice = page.getByText('Registrera samma formulär en gång till')
      await page
        .getByText(`Formulär ${form + 1} är sparat.`)
        .or(isTwice)
        .waitFor()
      if (!(await isTwice.isVisible())) continue
      await look('twice')
      await page.keyboard.type('112111111')
      await page.getByText('Ett svar skiljer sig').waitFor()
      await look('differing')
      await page.keyboard.type('11')
      await page.getByText('Kontroll: 1 av 8 svar skilde sig åt (12,5', { exact: false }).waitFor()
      return
    }
    throw new Error('none of 300 forms was in the sample')
  })

  test('a file of the municipality’s own tool is imported', async () => {
    const before = (await stage.opened()).ballots
    await page.goto(`${stage.url}/staff/paper/import`)
    await look('import')
    const rows = ['Kontakt;Information;Förståelse;Synpunkter', '1;Mycket svårt;2;Ja', '4;Vet ej;2;Nej', '9;1;1;Kanske']
    const file = { name: 'svar.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) }
    await page.locator('#file').setInputFiles(file)
    await page.locator('main button.primary').click()
    await page.locator('#stratum').selectOption({ index: 1 })
    await look('columns')
    await page.locator('main button.primary').click()
    await page.getByRole('heading', { name: 'Vad betyder värdena?' }).waitFor()
    await look('values')
    await page.locator('main button.primary').click()
    await page.getByRole('heading', { name: 'Rader som lämnas utanför' }).waitFor()
    await look('check')
    await page.getByRole('button', { name: 'Läs in 2 svar' }).click()
    await page.getByText('2 svar är låsta').waitFor()
    await look('imported')
    expect((await stage.opened()).ballots).toBe(before + 2)
  })
})
