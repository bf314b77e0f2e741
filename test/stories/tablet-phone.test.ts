import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { hasChromium } from '../support/chromium.ts'
import { expectFits } from '../support/fits.ts'
import { enrol, openWaitingRoom, type WaitingRoom } from '../support/waiting-room.ts'

const sizes = [
  { width: 320, height: 640 },
  { width: 360, height: 740 },
  { width: 820, height: 1180 },
]

describe.skipIf(!hasChromium).each(sizes)(
  'a tablet as small as a phone, or held upright: $width x $height',
  (viewport) => {
    let room: WaitingRoom
    let page: Page
    beforeAll(async () => {
      room = await openWaitingRoom()
      page = (await room.switchOn('tablet', viewport)).page
      await enrol(page, (await room.invite()).url)
    })
    afterAll(() => room.close())

    /** Where it stands from the left and from the top, in whole pixels. */
    async function placeOf(selector: string) {
      const { x, y } = (await page.locator(`${selector}:visible`).boundingBox())!
      return [Math.round(x), Math.round(y)]
    }

    test.each(loadLanguages().all)('has its buttons side by side, where they stay, in $name', async ({ code }) => {
      const check = (what: string) => expectFits(page, `${viewport.width}-${code}-${what}`)
      await page.goto(`${room.cable.url}/tablet/`)
      await page.locator(`#wall [data-language="${code}"]`).tap()
      await page.locator('.intro').waitFor()
      await check('intro')
      const bar = [await placeOf('.bar summary'), await placeOf('.start-over')]
      await page.locator('.bar summary').tap()
      expect([await placeOf('.bar summary'), await placeOf('.start-over')], 'the drawer moves them').toEqual(bar)
      await check('languages')
      await page.locator('.bar summary').tap()
      await page.locator('.intro .next').tap()
      await check('question')
      const rows = async () => [(await placeOf('.question .back'))[1], (await placeOf('.question .next'))[1]]
      const before = await rows()
      expect(before[0], 'Back is not beside Next').toBe(before[1])
      await page.locator('.question:visible .option').first().tap()
      // Where the words of a button need two lines, those of another need one, and its row is lower.
      if (viewport.width > 400) expect(await rows(), 'to choose moves them').toEqual(before)
      for (let step = 0; step < 8; step++) await page.locator('.question:visible .next').tap()
      await check('sending')
      await page.locator('.deliver').tap()
      await page.locator('.thanks').waitFor()
      await check('thanks')
      await page.reload()
    })
  },
)
