import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { drawCodes } from '../support/service.ts'
import { type Stage, setStage } from '../support/story.ts'

describe.skipIf(!hasChromium)('after a change of language, Back leads to what was before', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage()
  })
  afterAll(() => stage.close())

  /** Somebody in Swedish who has typed a code. */
  async function opened(): Promise<Page> {
    const [code] = await drawCodes(stage.service, stage.round)
    const page = await stage.person()
    await page.goto(`${stage.url}/sv`)
    await page.fill('#code', code!)
    await page.click('#entry button[type=submit]')
    await page.waitForURL('**/questions')
    return page
  }

  async function atSecondQuestion(): Promise<Page> {
    const page = await opened()
    await page.locator('#begin .next').click()
    await page.locator('#contact input[value=fairly_easy]').check()
    await page.locator('#contact .next').click()
    return page
  }

  async function choose(page: Page, language: string) {
    await page.locator('details.languages summary').click()
    await page.locator(`details.languages button[value=${language}]`).click()
    await page.locator(`html[lang=${language}] .step.now`).waitFor()
  }

  const isAt = (page: Page, step: string, language: string) =>
    page.locator(`html[lang=${language}] #${step}.now`).waitFor()
  const contact = (page: Page) => page.locator('#contact input:checked').getAttribute('value')

  test('the question before, in the new language, with its answer', async () => {
    const page = await atSecondQuestion()
    await choose(page, 'ti')
    await isAt(page, 'information', 'ti')
    await page.goBack()
    await isAt(page, 'contact', 'ti')
    expect(await contact(page)).toBe('fairly_easy')
    await page.goForward()
    await isAt(page, 'information', 'ti')
    await page.goBack()
    await page.goBack()
    await isAt(page, 'begin', 'ti')
  })

  test('also after several, and by the page’s own button', async () => {
    const page = await atSecondQuestion()
    for (const language of ['ar', 'fa', 'ti']) await choose(page, language)
    await page.locator('#information .back').click()
    await isAt(page, 'contact', 'ti')
    await page.locator('#contact input[value=very_hard]').check()
    await page.locator('#contact .next').click()
    await isAt(page, 'information', 'ti')
    expect(await contact(page)).toBe('very_hard')
  })

  test('the start page, where nothing was begun', async () => {
    const page = await opened()
    await choose(page, 'ar')
    await page.goBack()
    await page.locator('#entry').waitFor()
  })

  test('the questions as they were, where the network was dead', async () => {
    const page = await atSecondQuestion()
    await page.context().setOffline(true)
    await page.locator('details.languages summary').click()
    await page.locator('details.languages button[value=ti]').click()
    await page.locator('#questionnaire').waitFor({ state: 'detached' })
    await page.context().setOffline(false)
    await page.reload()
    await isAt(page, 'information', 'sv')
    expect(await contact(page)).toBe('fairly_easy')
  })

  test.each(['', '/about', '/about/young', '/accessibility', '/closed'])(
    'the same page in the language before: "%s"',
    async (path) => {
      const page = await stage.person()
      await page.goto(`${stage.url}/sv${path}`)
      await page.locator('.languages a[lang=ar]').click()
      await page.locator('html[lang=ar]').waitFor()
      const heading = await page.locator('h1').textContent()
      await page.locator('.languages a[lang=ti]').click()
      await page.locator('html[lang=ti]').waitFor()
      await page.goBack()
      await page.locator('html[lang=ar]').waitFor()
      expect(await page.locator('h1').textContent()).toBe(heading)
      expect(new URL(page.url()).pathname).toBe(`/ar${path}`)
    },
  )
})
