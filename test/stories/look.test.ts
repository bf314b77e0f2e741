import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { expectWholeWords } from '../support/fits.ts'
import { drawCodes } from '../support/service.ts'
import { expectNoOverflow, type Stage, setStage } from '../support/story.ts'

describe.skipIf(!hasChromium)('what a browser fetches and shows', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage()
  })
  afterAll(() => stage.close())

  async function fetchedBy(language: string): Promise<string[]> {
    const page = await stage.person()
    const urls: string[] = []
    page.on('request', (request) => urls.push(request.url()))
    const [code] = await drawCodes(stage.service, stage.round)
    await page.goto(`${stage.url}/${language}`)
    await page.fill('#code', code!)
    await page.click('#entry button[type=submit]')
    await page.waitForURL('**/questions')
    await page.evaluate(() => document.fonts.ready)
    return urls
  }

  test('nothing comes from anybody else, and fonts only where their script is read', async () => {
    const [swedish, arabic, tigrinya] = [await fetchedBy('sv'), await fetchedBy('ar'), await fetchedBy('ti')]
    for (const url of [...swedish, ...arabic, ...tigrinya]) expect(url.startsWith(stage.url), url).toBe(true)
    expect(swedish.filter((url) => /arabic|ethiopic/.test(url))).toEqual([])
    expect(arabic.some((url) => url.includes('arabic'))).toBe(true)
    expect(arabic.filter((url) => url.includes('ethiopic'))).toEqual([])
    expect(tigrinya.some((url) => url.includes('ethiopic'))).toBe(true)
  })

  test('every target is at least 48 px high', async () => {
    const page = await stage.person({ viewport: { width: 360, height: 740 } })
    const [code] = await drawCodes(stage.service, stage.round)
    const small = () =>
      page.evaluate(() =>
        Array.from(
          document.querySelectorAll<HTMLElement>(
            'button, summary, .option, .languages a, a.primary, input[type=text], footer a',
          ),
        )
          .filter((element) => element.offsetParent !== null && element.getBoundingClientRect().height < 48)
          .map((element) => element.outerHTML),
      )
    await page.goto(`${stage.url}/sv`)
    expect(await small()).toEqual([])
    await page.fill('#code', code!)
    await page.click('#entry button[type=submit]')
    await page.waitForURL('**/questions')
    expect(await small()).toEqual([])
    await page.locator('#begin .next').click()
    await page.locator('#contact input').first().check()
    expect(await small()).toEqual([])
    for (let step = 0; step < 8; step++) await page.locator('.question.now .next').click()
    expect(await small()).toEqual([])
  })

  test('the direction, the faces and the line of progress follow the language', async () => {
    const page = await stage.person()
    const [code] = await drawCodes(stage.service, stage.round)
    await page.goto(`${stage.url}/fa`)
    await page.fill('#code', code!)
    await page.click('#entry button[type=submit]')
    await page.waitForURL('**/questions')
    await page.locator('#begin .next').click()
    expect(await page.locator('#contact .progress').textContent()).toBe('سؤال ۱ از ۸')
    const face = (await page.locator('#contact .option svg').first().boundingBox())!
    const radio = (await page.locator('#contact .option input').first().boundingBox())!
    expect(face.x).toBeGreaterThan(radio.x)
    expect(
      await page.locator('#contact .face use').evaluateAll((uses) => uses.map((use) => use.getAttribute('href'))),
    ).toEqual(['#face-5', '#face-4', '#face-2', '#face-1'])
    expect(await page.locator('#views .face').count()).toBe(0)
    for (const foreign of await page.locator('bdi').all()) expect(await foreign.getAttribute('lang')).toBe('sv')
  })

  test.each([390, 320])('letters of 200 %% fit a phone of %i px, in every language', async (width) => {
    const page = await stage.person({ viewport: { width, height: 740 } })
    const fits = async (page: Page, where: string) => {
      await expectNoOverflow(page, where)
      await expectWholeWords(page, where, 10)
    }
    const devTools = await page.context().newCDPSession(page)
    await devTools.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })
    for (const language of ['sv', 'en', 'ar', 'so', 'fa', 'ti', 'uk', 'es']) {
      const [code] = await drawCodes(stage.service, stage.round)
      for (const path of ['about', 'accessibility', '']) {
        await page.goto(`${stage.url}/${language}/${path}`)
        await fits(page, `${language} ${path}`)
      }
      await page.fill('#code', code!)
      const field = page.locator('textarea#code')
      for (const typed of [code!, code!.replace(/(.{4})(?=.)/g, '$1 ')]) {
        await field.fill(typed)
        const told = await field.evaluate((area) => [
          area.scrollWidth <= area.clientWidth + 1 && area.scrollHeight <= area.clientHeight + 1,
          parseFloat(getComputedStyle(area).fontSize) >= 32,
        ])
        expect(told, `${language}: all of the code is seen, as large as other text`).toEqual([true, true])
      }
      await page.click('#entry button[type=submit]')
      await page.waitForURL('**/questions')
      await fits(page, `${language} beginning`)
      await page.locator('#begin .next').click()
      await page.locator('#contact .option').first().click()
      for (let step = 0; step < 8; step++) {
        await fits(page, `${language} question ${step + 1}`)
        await page.locator('.question.now .next').click()
      }
      await fits(page, `${language} review`)
    }
  })

  test('the field for a code goes from one line to two and back with what is typed in it, and sends no line', async () => {
    const [wide, narrow] = [
      { width: 390, height: 740 },
      { width: 300, height: 740 },
    ]
    const page = await stage.person({ viewport: wide })
    const [code] = await drawCodes(stage.service, stage.round)
    await page.goto(`${stage.url}/sv`)
    await page.locator('input#code').pressSequentially('1234 56')
    await page.keyboard.press('ArrowLeft')
    await page.setViewportSize(narrow)
    const lines = page.locator('textarea#code:focus')
    await lines.waitFor()
    await page.keyboard.type('9')
    expect(await lines.inputValue()).toBe('1234 596')
    await page.setViewportSize(wide)
    await page.locator('input#code:focus').waitFor()
    await page.keyboard.type('8')
    expect(await page.locator('#code').inputValue()).toBe('1234 5986')
    await page.setViewportSize(narrow)
    await lines.waitFor()
    await lines.press('Enter')
    await page.locator('#problem').waitFor()
    expect(await page.locator('textarea#code').inputValue()).toBe('1234 5986')
    expect(await page.locator('textarea#code').getAttribute('aria-invalid')).toBe('true')
    await page.locator('#problem a').click()
    const pasted = `${code!.slice(0, 8)}\n${code!.slice(8)}\n`
    await lines.fill('')
    await page.evaluate((text) => document.execCommand('insertText', false, text), pasted)
    expect(await lines.inputValue()).not.toContain('\n')
    const sent = page.waitForRequest('**/entry')
    await lines.press('Enter')
    expect((await sent).postData()).not.toContain('%0A')
    await page.waitForURL('**/questions')
  })

  test('each language has room for its name, with letters of 200 % and on every screen', async () => {
    const page = await stage.person()
    const devTools = await page.context().newCDPSession(page)
    for (const standard of [16, 32]) {
      await devTools.send('Page.setFontSizes', { fontSizes: { standard, fixed: 13 } })
      for (const width of [320, 390, 620, 820, 1280, 1600]) {
        await page.setViewportSize({ width, height: 740 })
        await page.goto(`${stage.url}/uk`)
        await page.evaluate(() => document.fonts.ready)
        const cut = await page
          .locator('.languages a')
          .evaluateAll((names) =>
            names.filter((name) => name.scrollWidth > name.clientWidth).map((name) => name.textContent),
          )
        expect(cut, `${standard} px, ${width} px`).toEqual([])
      }
    }
  })

  test('a listen button is there when the device has a voice for the language, and reads question and options', async () => {
    const page = await stage.person()
    await page.addInitScript(() => {
      const spoken: string[] = []
      Object.assign(window, { spoken })
      const synthesis = {
        getVoices: () => [{ lang: 'sv-SE', name: 'Alva', localService: true }],
        speak: (utterance: { text: string; onend?: () => void }) => spoken.push(utterance.text),
        cancel: () => spoken.push('cancelled'),
        addEventListener() {},
      }
      Object.defineProperty(window, 'speechSynthesis', { value: synthesis })
      Object.assign(window, {
        SpeechSynthesisUtterance: class {
          text: string
          constructor(text: string) {
            this.text = text
          }
        },
      })
    })
    const [code] = await drawCodes(stage.service, stage.round)
    await page.goto(`${stage.url}/#${code}`)
    await page.waitForURL('**/questions')
    await page.locator('#begin .next').click()
    await page.locator('#contact .listen button').click()
    expect(await page.locator('#contact .listen button').textContent()).toContain('Sluta')
    await page.locator('#contact .listen button').click()
    const spoken = await page.evaluate(() => (window as unknown as { spoken: string[] }).spoken)
    expect(spoken[0]).toContain('Hur lätt eller svårt')
    expect(spoken[0]).toContain('mejla? Mycket lätt. Ganska lätt.')
    expect(spoken[0]).not.toMatch(/[/()]|\?\./)
    expect(spoken[0]).toContain('Mycket svårt')
    expect(spoken[1]).toBe('cancelled')
    const silent = await stage.person({ locale: 'ti' })
    const [other] = await drawCodes(stage.service, stage.round)
    await silent.goto(`${stage.url}/#${other}`)
    await silent.waitForURL('**/questions')
    expect(await silent.locator('.listen:not([hidden])').count()).toBe(0)
  })
})
