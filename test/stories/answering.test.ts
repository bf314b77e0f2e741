import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { hasChromium } from '../support/chromium.ts'
import { valueIn } from '../support/rows.ts'
import { drawCodes } from '../support/service.ts'
import { answerStepByStep, type Stage, send, setStage } from '../support/story.ts'

const languages = loadLanguages().all

describe.skipIf(!hasChromium)('a person with a phone', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage()
  })
  afterAll(() => stage.close())

  const code = async (group: Parameters<typeof drawCodes>[2] = {}) =>
    (await drawCodes(stage.service, stage.round, group))[0]!
  const ballots = async () => (await stage.opened()).ballots

  test.each(languages)('answers by link in $name', async ({ code: language, intl }) => {
    const before = await ballots()
    const page = await stage.person({ locale: intl.split('-u-')[0] })
    const digits = await code({ group: 'youth' })
    await page.goto(`${stage.url}/#${digits}`)
    await page.waitForURL('**/questions')
    expect(await page.locator('html').getAttribute('lang')).toBe(language)
    expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(3)

    await answerStepByStep(page, { contact: 'very_easy', situation: 'no_change', gender: 'other' })
    await send(page)

    expect(await page.locator('h1').count()).toBe(1)
    expect(await ballots()).toBe(before + 1)
  })

  test.each(languages)('answers by typed code in $name, without JavaScript', async ({ code: language }) => {
    const before = await ballots()
    const page = await stage.person({ javaScriptEnabled: false })
    await page.goto(`${stage.url}/${language}`)
    await page.fill('#code', (await code()).replace(/(.{4})/g, '$1 '))
    await page.click('#entry button[type=submit]')
    for (const [question, option] of Object.entries({ information: 'fairly_hard', views: 'no', gender: 'man' })) {
      await page.locator(`#${question} input[value=${option}]`).check()
    }
    await page.click('button.primary[type=submit]')
    await page.waitForURL('**/thanks')
    expect(await ballots()).toBe(before + 1)
  })

  test('leaves no code in the address bar or the history', async () => {
    const page = await stage.person()
    const addresses: string[] = []
    page.on('framenavigated', (frame) => addresses.push(frame.url()))
    const digits = await code()
    await page.goto(`${stage.url}/#${digits}`)
    await page.waitForURL('**/questions')
    await page.goBack()
    await page.waitForLoadState()
    expect(page.url()).not.toContain(digits)
    expect(addresses.slice(1).join(' ')).not.toContain(digits)
  })

  test('who opens a link and presses nothing changes nothing', async () => {
    const before = await valueIn<number>(stage.service.db, 'select total_changes()')
    const page = await stage.person()
    await page.goto(`${stage.url}/#${await code()}`)
    await page.waitForURL('**/questions')
    const after = await valueIn<number>(stage.service.db, 'select total_changes()')
    expect(after - before).toBe(2) // the draw of the code: batch and invitation
  })

  test('sees each group of four marked, and a wrong digit before anything is sent', async () => {
    const page = await stage.person()
    await page.goto(`${stage.url}/sv`)
    const digits = await code()
    await page.locator('#code').pressSequentially(digits.slice(0, 9))
    expect(await page.locator('.groups .done').count()).toBe(2)
    const posts: string[] = []
    page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()))
    const wrong = digits.slice(0, 15) + ((Number(digits[15]) + 1) % 10)
    await page.fill('#code', wrong)
    await page.click('#entry button[type=submit]')
    expect(await page.locator('#code-problem').textContent()).toContain('Någon siffra är fel')
    expect(posts).toEqual([])
    await page.fill('#code', digits)
    expect(await page.locator('#code-problem').isHidden()).toBe(true)
  })

  test('answers with the keyboard alone', async () => {
    const before = await ballots()
    const page = await stage.person()
    await page.goto(`${stage.url}/sv`)
    await page.locator('#code').focus()
    await page.keyboard.type(await code())
    await page.keyboard.press('Enter')
    await page.waitForURL('**/questions')
    await page.locator('#begin .next').focus()
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('asked')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    expect(await page.locator('#contact input:checked').getAttribute('value')).toBe('fairly_easy')
    for (let step = 0; step < 8; step++) {
      await page.locator('.question.now .next').focus()
      await page.keyboard.press('Enter')
    }
    expect(await page.locator('#review dd').first().textContent()).toBe('Ganska lätt')
    await page.locator('.send button[type=submit]').focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/thanks')
    expect(await ballots()).toBe(before + 1)
  })

  test('goes back, changes an answer, removes another, and looks it all over', async () => {
    const page = await stage.person()
    await page.goto(`${stage.url}/#${await code()}`)
    await page.waitForURL('**/questions')
    await answerStepByStep(page, { contact: 'very_hard', views: 'yes' })
    await page.locator('[data-of=contact] button').click()
    await page.locator('#contact input[value=very_easy]').check()
    await page.locator('#contact .next').click()
    expect(await page.locator('#review.now').count()).toBe(1)
    await page.locator('[data-of=views] button').click()
    await page.locator('#views .clear button').click()
    await page.locator('#views .next').click()
    expect(await page.locator('[data-of=contact] dd').first().textContent()).toBe('Mycket lätt')
    expect(await page.locator('[data-of=views] dd').first().textContent()).toBe('Inget svar')
    await page.goBack()
    expect(await page.locator('#views.now').count()).toBe(1)
  })

  test('changes language in the middle and keeps the answers and the place', async () => {
    const page = await stage.person()
    await page.goto(`${stage.url}/#${await code()}`)
    await page.waitForURL('**/questions')
    await page.locator('#begin .next').click()
    await page.locator('#contact input[value=fairly_easy]').check()
    await page.locator('#contact .next').click()
    await page.locator('details.languages summary').click()
    await page.locator('details.languages button[value=ti]').click()
    await page.locator('html[lang=ti] #information.now').waitFor()
    expect(await page.locator('#contact input:checked').getAttribute('value')).toBe('fairly_easy')
    await page.reload()
    expect(await page.locator('#information.now').count()).toBe(1)
    expect(await page.locator('#contact input:checked').getAttribute('value')).toBe('fairly_easy')
  })

  test('who sends nothing is asked for one answer, with the focus on it', async () => {
    const page = await stage.person()
    await page.goto(`${stage.url}/#${await code()}`)
    await page.waitForURL('**/questions')
    await answerStepByStep(page, {})
    await page.locator('.send button[type=submit]').click()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('problem')
    await page.locator('#problem a').click()
    expect(await page.locator('#contact.now').count()).toBe(1)
  })

  test('with a dead network is told the truth, keeps everything, and sends again', async () => {
    const before = await ballots()
    const page = await stage.person()
    await page.goto(`${stage.url}/#${await code()}`)
    await page.waitForURL('**/questions')
    await answerStepByStep(page, { overall: 'fairly_satisfied' })
    await page.context().setOffline(true)
    await page.locator('.send button[type=submit]').click()
    await page.locator('.send .said', { hasText: 'internet' }).waitFor()
    expect(await ballots()).toBe(before)
    await page.context().setOffline(false)
    await send(page)
    expect(await ballots()).toBe(before + 1)
  })

  test('double-clicks, and comes back with two tabs open: one ballot, one thank-you', {
    timeout: 120_000,
  }, async () => {
    const before = await ballots()
    const page = await stage.person()
    await page.goto(`${stage.url}/#${await code()}`)
    await page.waitForURL('**/questions')
    const tab = await page.context().newPage()
    await tab.goto(page.url())
    await answerStepByStep(page, { views: 'yes' })
    await page.locator('.send button[type=submit]').dblclick()
    await page.waitForURL('**/thanks')
    await answerStepByStep(tab, { views: 'no' })
    await send(tab)
    await page.goBack()
    await page.waitForLoadState()
    expect(await page.locator('input:checked').count()).toBe(0)
    expect(await ballots()).toBe(before + 1)
  })

  test('two people after each other in one browser: two ballots, and nothing of the first for the second', async () => {
    const before = await ballots()
    const page = await stage.person()
    for (const option of ['very_easy', 'very_hard']) {
      await page.goto(`${stage.url}/sv`)
      expect(await page.locator('#code').inputValue()).toBe('')
      await page.fill('#code', await code())
      await page.click('#entry button[type=submit]')
      await page.waitForURL('**/questions')
      expect(await page.locator('input:checked').count()).toBe(0)
      expect(await page.locator('#begin.now').count()).toBe(1)
      await answerStepByStep(page, { contact: option })
      await send(page)
      expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
    }
    expect(await ballots()).toBe(before + 2)
  })

  test('an interrupted first person leaves nothing for the next who types a code', async () => {
    const page = await stage.person()
    await page.goto(`${stage.url}/#${await code()}`)
    await page.waitForURL('**/questions')
    await page.locator('#begin .next').click()
    await page.locator('#contact input[value=very_hard]').check()
    await page.goto(`${stage.url}/sv`)
    await page.fill('#code', await code())
    await page.click('#entry button[type=submit]')
    await page.waitForURL('**/questions')
    expect(await page.locator('input:checked').count()).toBe(0)
  })

  test.each([true, false])(
    'sends too late and goes on with the code, answers kept, JavaScript %s',
    async (javaScriptEnabled) => {
      const before = await ballots()
      const page = await stage.person({ javaScriptEnabled })
      await page.goto(`${stage.url}/sv`)
      const digits = await code()
      await page.fill('#code', digits)
      await page.click('#entry button[type=submit]')
      await page.waitForURL('**/questions')
      if (javaScriptEnabled) await answerStepByStep(page, { contact: 'very_easy' })
      else await page.locator('#contact input[value=very_easy]').check()
      await page.context().clearCookies()
      await page.click('.send button[type=submit]')
      await page.waitForSelector('#entry')
      await page.click('.languages button[lang=ar]')
      expect(await page.locator('html').getAttribute('lang')).toBe('ar')
      await page.fill('#code', digits)
      await page.keyboard.press('Enter')
      await page.waitForURL('**/questions')
      expect(await page.locator('#contact input[value=very_easy]').isChecked()).toBe(true)
      expect(await ballots()).toBe(before)
    },
  )
})
