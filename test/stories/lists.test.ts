import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { runIn } from '../support/rows.ts'
import { newStaff } from '../support/staff.ts'
import { expectAccessible, expectNoOverflow, type Stage, setStage } from '../support/story.ts'

const mostBytes = 30_000

describe.skipIf(!hasChromium)('a list of 290 registrations', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await setStage()
    for (const code of ['1440', '0180', '2584', '1280'])
      await runIn(
        stage.service.db,
        `insert into enrolments (round_id, municipality_code, state, submitted_on) values ('2026', ?, 'submitted', '2026-04-01')`,
        code,
      )
  })
  afterAll(() => stage.close())

  async function at(address: string, options: BrowserContextOptions = {}, language: 'sv' | 'en' = 'sv'): Promise<Page> {
    const page = await stage.person({ viewport: { width: 1280, height: 800 }, ...options })
    const { token } = await newStaff(stage.service, { role: 'national', language })
    await page.context().addCookies([{ name: 'staff', value: token, url: stage.url }])
    await page.goto(`${stage.url}${address}`)
    return page
  }
  const names = (page: Page) => page.getByRole('rowheader').allInnerTexts()

  test('is searched, sorted and paged without a script, and keeps what was asked for', async () => {
    const page = await at('/staff/enrolments', { javaScriptEnabled: false })
    expect((await names(page)).slice(0, 5)).toEqual(['Ale', 'Kiruna', 'Malmö', 'Stockholm', 'Alingsås'])
    expect(await names(page)).toHaveLength(50)
    await page.getByRole('link', { name: 'Kommun', exact: true }).click()
    expect(await page.getByRole('columnheader', { name: 'Kommun' }).getAttribute('aria-sort')).toBe('ascending')
    await page.getByRole('link', { name: 'Nästa' }).click()
    expect(await page.getByText('51–100 av 290').count()).toBe(1)
    await page.getByLabel('Sök kommun eller kontaktperson').fill('ovanaker')
    await page.getByLabel('Sök kommun eller kontaktperson').press('Enter')
    expect(await names(page)).toEqual(['Ovanåker'])
    expect(await page.getByRole('columnheader', { name: 'Kommun' }).getAttribute('aria-sort')).toBe('ascending')
    await page.getByRole('link', { name: /^Godkända 0/ }).click()
    expect(await page.getByText('Ingen träff på ”ovanaker”').count()).toBe(1)
    await page.getByRole('link', { name: 'Visa alla 290' }).click()
    expect(await page.getByText('1–50 av 290').count()).toBe(1)
  })

  test('is marked from the keyboard, and nothing that has the focus lies under the bar of the act', async () => {
    const page = await at('/staff/enrolments?state=unanswered')
    await page.getByRole('checkbox').first().focus()
    for (let step = 0; step < 60; step++) {
      const isCovered = await page.evaluate(() => {
        const part = document.activeElement as HTMLElement
        const { left, top, width, height } = part.getBoundingClientRect()
        const over = document.elementFromPoint(left + width / 2, top + height / 2)
        return over === null || !(part.contains(over) || over.contains(part))
      })
      expect(isCovered, await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))).toBe(false)
      await page.keyboard.press('Tab')
    }
    await page.getByRole('checkbox', { name: 'Bjuv' }).focus()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Anteckna som påminda' }).press('Enter')
    await page.getByText('1 kommun är antecknad som påmind.').waitFor()
    expect(await page.getByRole('link', { name: /^Har inte svarat/ }).getAttribute('aria-current')).toBe('page')
  })

  test.each(['sv', 'en'] as const)('has room at 320 px and with letters twice as large, %s', async (language) => {
    for (const options of [{ viewport: { width: 320, height: 640 } }, { viewport: { width: 640, height: 400 } }]) {
      const page = await at('/staff/enrolments?marked=all', options, language)
      await expectAccessible(page, `${language} ${options.viewport.width}`)
      await expectNoOverflow(page, `${language} ${options.viewport.width}`)
    }
    for (const width of [390, 1280]) {
      const page = await at('/staff/enrolments?marked=all', { viewport: { width, height: 800 } }, language)
      const devTools = await page.context().newCDPSession(page)
      await devTools.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })
      await page.reload()
      await expectNoOverflow(page, `${language} ${width}, 200 %`)
    }
  })

  test('is sent in less than 30 kB, all of it too', async () => {
    const page = await at('/staff/enrolments')
    for (const address of ['/staff/enrolments', '/staff/enrolments?page=all']) {
      const answer = await page.goto(`${stage.url}${address}`)
      expect((await answer!.request().sizes()).responseBodySize).toBeLessThan(mostBytes)
    }
  })

  test('stands alone on paper: no tab, search, box or button', async () => {
    const page = await at('/staff/enrolments')
    await page.emulateMedia({ media: 'print' })
    for (const part of ['.tabs', 'form.narrow', '.marks', '.list .box', '.pages nav'])
      expect(await page.locator(part).first().isVisible(), part).toBe(false)
    expect(await page.getByRole('rowheader', { name: 'Ale', exact: true }).isVisible()).toBe(true)
  })
})
