import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { hasChromium } from '../support/chromium.ts'
import { expectFits } from '../support/fits.ts'
import {
  answerOnTablet,
  enrol,
  enterCorner,
  lookAtIntro,
  openWaitingRoom,
  type WaitingRoom,
} from '../support/waiting-room.ts'

const sizes = [
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1024, height: 768 },
]

describe.skipIf(!hasChromium).each(sizes)('letters of 200 % at $width x $height fit', (viewport) => {
  let room: WaitingRoom
  let page: Page
  beforeAll(async () => {
    room = await openWaitingRoom({ groups: ['guardian', 'youth'] })
    page = (await room.switchOn('tablet', viewport)).page
    const devTools = await page.context().newCDPSession(page)
    await devTools.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })
    await enrol(page, (await room.invite('4711', 'Receptionen, Vuxenenheten')).url)
  })
  afterAll(() => room.close())
  const check = (what: string) => expectFits(page, `${viewport.width}-${what}`)

  test('the wall and the staff corner', async () => {
    await check('wall')
    await page.locator('.staff:visible').tap()
    await page.locator('#pin').waitFor()
    await check('pin')
    await page.locator('.leave:visible').tap()
    await enterCorner(page, '4711')
    await check('corner')
    await page.locator('.option[data-group=youth]').tap()
    await page.locator('.unlocked .leave').tap()
  })

  test.each(loadLanguages().all)('a visit in $name', async ({ code }) => {
    await lookAtIntro(page, code, check)
    await page.reload()
    await answerOnTablet(page, code, { contact: 'very_easy' })
    await check(`${code}-sending`)
    await page.locator('.sending .back').tap()
    await check(`${code}-question`)
    await page.locator('.start-over').tap()
    await check(`${code}-start-over`)
    await page.locator('.ask-start-over .stay').tap()
    await page.locator('.question:visible .next').tap()
    await page.locator('.deliver').tap()
    await page.locator('.thanks').waitFor()
    await check(`${code}-thanks`)
  })
})
