import type { Page } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { loadLanguages } from '../../src/web/languages.ts'
import { hasChromium } from '../support/chromium.ts'
import { answerOnTablet, enrol, enterCorner, openWaitingRoom, type WaitingRoom } from '../support/waiting-room.ts'

let room: WaitingRoom
afterEach(() => room.close())

/** Nothing sticks out or is cut, no word is torn, and nothing lies over what is to be touched. */
async function expectFits(page: Page, where: string) {
  const faults = await page.evaluate(() => {
    const widest = document.documentElement.clientWidth
    const parts = Array.from(
      document.querySelectorAll<HTMLElement>('h1, h2, p, legend, summary, .option, dt, dd, button'),
    )
    const seen = parts.filter((part) => part.checkVisibility({ contentVisibilityAuto: true }) && part.offsetWidth > 1)
    const isCut = (part: HTMLElement) => {
      const { left, right } = part.getBoundingClientRect()
      return left < -1 || right > widest + 1 || part.scrollWidth > part.clientWidth + 1
    }
    const isTorn = (part: HTMLElement) => {
      const text = document.createTreeWalker(part, NodeFilter.SHOW_TEXT)
      while (text.nextNode()) {
        for (const { index, 0: word } of text.currentNode.textContent!.matchAll(/[\p{L}\p{M}]+/gu)) {
          const range = new Range()
          range.setStart(text.currentNode, index)
          range.setEnd(text.currentNode, index + word.length)
          if (new Set(Array.from(range.getClientRects(), ({ bottom }) => Math.round(bottom / 10))).size > 1) return true
        }
      }
      return false
    }
    const isCovered = (part: HTMLElement) => {
      part.scrollIntoView({ block: 'center' })
      const { left, top, width, height } = part.getBoundingClientRect()
      const above = document.elementFromPoint(left + width / 2, top + height / 2)
      return !above || !(part.contains(above) || above.contains(part))
    }
    const told = (what: string, parts: HTMLElement[]) => parts.map((part) => `${what}: ${part.textContent}`)
    const faults = [
      ...(document.documentElement.scrollWidth > widest ? ['the page is too wide'] : []),
      ...told('cut', seen.filter(isCut)),
      ...told('torn', seen.filter((part) => part.matches('h1, h2, button')).filter(isTorn)),
      ...told('covered', seen.filter((part) => part.matches('button, summary, .option')).filter(isCovered)),
    ]
    scrollTo(0, 0)
    return faults
  })
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${where}.png` })
  expect.soft(faults, where).toEqual([])
}

const sizes = [
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1024, height: 768 },
]

describe.skipIf(!hasChromium)('letters of 200 %', () => {
  async function enrolledAt(viewport: { width: number; height: number }) {
    room = await openWaitingRoom({ groups: ['guardian', 'youth'] })
    const { page } = await room.switchOn('tablet', viewport)
    const devTools = await page.context().newCDPSession(page)
    await devTools.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })
    await enrol(page, (await room.invite('4711', 'Receptionen, Vuxenenheten')).url)
    return page
  }

  async function chooseGroup(page: Page) {
    await enterCorner(page, '4711')
    await page.locator('.option[data-group=youth]').tap()
    await page.locator('.unlocked .leave').tap()
  }

  test.each(sizes)('fit the wall and the staff corner at $width x $height', async (viewport) => {
    const page = await enrolledAt(viewport)
    const check = (what: string) => expectFits(page, `${viewport.width}-${what}`)
    await check('wall')
    await page.locator('.staff:visible').tap()
    await page.locator('#pin').waitFor()
    await check('pin')
    await page.locator('.leave:visible').tap()
    await enterCorner(page, '4711')
    await check('corner')
  })

  test.each(sizes)('fit a visit in every language at $width x $height', async (viewport) => {
    const page = await enrolledAt(viewport)
    await chooseGroup(page)
    for (const { code } of loadLanguages().all) {
      const check = (what: string) => expectFits(page, `${viewport.width}-${code}-${what}`)
      await page.locator(`#wall [data-language="${code}"]`).tap()
      await page.locator('.intro').waitFor()
      await check('intro')
      await page.locator('.bar .languages summary').tap()
      await check('languages')
      await page.reload()
      await answerOnTablet(page, code, { contact: 'very_easy' })
      await check('sending')
      await page.locator('.sending .back').tap()
      await check('question')
      await page.locator('.start-over').tap()
      await check('start-over')
      await page.locator('.ask-start-over .stay').tap()
      await page.locator('.question:visible .next').tap()
      await page.locator('.deliver').tap()
      await page.locator('.thanks').waitFor()
      await check('thanks')
      await page.reload()
    }
  })
})
