import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { messages } from '../../src/pages/respondent/pages.ts'
import { hasChromium } from '../support/chromium.ts'
import { expectWholeWords } from '../support/fits.ts'
import { drawCodes } from '../support/service.ts'
import { expectAccessible, expectNoOverflow, type Stage, send, setStage } from '../support/story.ts'

const languages = loadLanguages().all
const noticePages = ['accessibility', 'about', 'about/young', 'about/1489']

describe.skipIf(!hasChromium)('every page, for everyone', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage()
  })
  afterAll(() => stage.close())

  const kept = new Map<string, Page>()
  /** The same screen for one language after the other, of which the one before is forgotten: a new browser reads pages at half the speed. */
  async function pageOf(screen: BrowserContextOptions): Promise<Page> {
    const name = JSON.stringify(screen)
    const page = kept.get(name) ?? (await stage.person(screen))
    kept.set(name, page)
    await page.context().clearCookies()
    await page.goto(`${stage.url}/sv`)
    await page.evaluate(() => {
      sessionStorage.clear()
      localStorage.clear()
    })
    return page
  }

  async function enter(page: Page, language: string, group: 'guardian' | 'youth' = 'guardian') {
    const [code] = await drawCodes(stage.service, stage.round, { group })
    await page.goto(`${stage.url}/${language}`)
    await page.fill('#code', code!)
    await page.click('#entry button[type=submit]')
    await page.waitForURL('**/questions')
  }

  test.each(languages)(
    'has no barrier that axe can find, in $name',
    { timeout: 300_000 },
    async ({ code: language }) => {
      const page = await pageOf({ viewport: { width: 360, height: 740 } })
      const check = (where: string) => expectAccessible(page, `${language} ${where}`)
      await page.goto(`${stage.url}/${language}`)
      await check('start')
      await page.fill('#code', '1234')
      await page.click('#entry button[type=submit]')
      await check('start with a problem')
      for (const name of [...Object.keys(messages), ...noticePages, 'no-such-page']) {
        await page.goto(`${stage.url}/${language}/${name}`)
        await check(name)
      }
      await enter(page, language, 'youth')
      await check('begin')
      await page.locator('details.languages summary').click()
      await check('languages')
      await page.locator('#begin .next').click()
      await page.locator('#contact input[value=very_easy]').check()
      await check('question')
      for (let step = 0; step < 8; step++) await page.locator('.question.now .next').click()
      await check('review')
      await send(page)
      await check('thanks')
    },
  )

  test.each(languages)(
    'has no barrier without JavaScript, in $name',
    { timeout: 300_000 },
    async ({ code: language }) => {
      const page = await pageOf({ viewport: { width: 1280, height: 900 }, colorScheme: 'dark' })
      await page.unrouteAll()
      await page.route('**/*.js', (route) => route.abort()) // axe itself needs a script engine: only ours is withheld
      await enter(page, language)
      await page.click('button.primary[type=submit]')
      await page.locator('#problem').waitFor()
      await expectAccessible(page, `${language} all questions, with a problem`)
    },
  )

  async function fits(page: Page, where: string) {
    await expectNoOverflow(page, where)
    await expectWholeWords(page, where)
  }

  test.each(languages)('fits 320 px, which is 400 % zoom of a desktop, in $name', async ({ code: language }) => {
    const page = await pageOf({ viewport: { width: 320, height: 640 } })
    await page.goto(`${stage.url}/${language}`)
    await page.fill('#code', '1234567890123456')
    await fits(page, `${language} start`)
    for (const name of [...Object.keys(messages), ...noticePages]) {
      await page.goto(`${stage.url}/${language}/${name}`)
      await fits(page, `${language} ${name}`)
    }
    await enter(page, language)
    await fits(page, `${language} begin`)
    await page.locator('#begin .next').click()
    await page.locator('#contact input').first().check()
    for (let step = 0; step < 8; step++) {
      await fits(page, `${language} question ${step + 1}`)
      await page.locator('.question.now .next').click()
    }
    await fits(page, `${language} review`)
    await send(page)
    await fits(page, `${language} thanks`)
  })
})
