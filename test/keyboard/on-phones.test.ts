import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addStrata, addUnit } from '../../src/organisation/store.ts'
import { hasChromium } from '../support/chromium.ts'
import { newStaff } from '../support/staff.ts'
import { type Stage, setStage } from '../support/story.ts'

describe.skipIf(!hasChromium)('a long form on a phone', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage()
    for (let number = 1; number <= 6; number++) {
      const unit = await addUnit(stage.service.db, { municipalityCode: '1489', name: `Enhet ${number}` })
      await addStrata(stage.service.db, '2026', unit.id, ['addiction', 'youth'])
    }
  })
  afterAll(() => stage.close())

  test.each(['/staff/print/new', '/staff/print/new?kind=letters', '/staff/people/several', '/staff/people/new'])(
    '%s has its last press at the thumb, and what has the focus is never under it or under the bar',
    async (address) => {
      const page = await stage.person({ viewport: { width: 360, height: 640 } })
      const { token } = await newStaff(stage.service, { role: 'coordinator', municipalityCode: '1489' })
      await page.context().addCookies([{ name: 'staff', value: token, url: stage.url }])
      await page.goto(stage.url + address)
      const button = page.locator('.thumb .primary')
      const [{ y, height }, bar] = [(await button.boundingBox())!, (await page.locator('.bar').boundingBox())!]
      expect(y).toBeGreaterThan(400)
      expect(y + height).toBeLessThanOrEqual(bar.y)
      expect(height).toBeGreaterThanOrEqual(44)
      await page.locator('main').focus()
      const met: string[] = []
      for (let step = 0; step < 60; step++) {
        await page.keyboard.press('Tab')
        const { isInMain, isSeen, what } = await focused(page)
        if (!isInMain) break
        met.push(what)
        expect.soft(isSeen, what).toBe(true)
      }
      expect(met.length).toBeGreaterThan(4)
    },
  )
})

/** What has the focus, and whether its middle is seen: nothing lies over it. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const part = document.activeElement as HTMLElement
    const { left, top, width, height } = part.getBoundingClientRect()
    const over = document.elementFromPoint(left + width / 2, top + height / 2)
    const isSeen = over !== null && (part.contains(over) || over.contains(part))
    return { isInMain: part.closest('main') !== null, isSeen, what: part.outerHTML.slice(0, 80) }
  })
