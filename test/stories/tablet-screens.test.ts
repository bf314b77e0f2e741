import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { revokeTablet } from '../../src/tablet/store.ts'
import { hasChromium } from '../support/chromium.ts'
import { runIn } from '../support/rows.ts'
import { expectAccessible, expectNoOverflow } from '../support/story.ts'
import { enrol, lookAtIntro, openWaitingRoom, sendOnTablet, type WaitingRoom } from '../support/waiting-room.ts'

const orientations = [
  { name: 'portrait', viewport: { width: 600, height: 960 } },
  { name: 'landscape', viewport: { width: 1280, height: 800 } },
]

describe.skipIf(!hasChromium).each(orientations)(
  'every screen, $name, is accessible and fits',
  ({ name, viewport }) => {
    let room: WaitingRoom
    let page: Page
    let link: { id: string; url: string }
    beforeAll(async () => {
      room = await openWaitingRoom()
      page = (await room.switchOn(name, viewport)).page
      link = await room.invite('4711')
    })
    afterAll(() => room.close())

    async function check(what: string) {
      await expectAccessible(page, `${name} ${what}`)
      await expectNoOverflow(page, `${name} ${what}`)
      const small = await page.evaluate(() =>
        Array.from(document.querySelectorAll<HTMLElement>('button, summary, .option'))
          .filter((part) => part.offsetParent !== null && part.getBoundingClientRect().height < 64)
          .map((part) => part.outerHTML),
      )
      expect(small, what).toEqual([])
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}-${what}.png`, fullPage: true })
    }

    test('before it is set up, on the wall and in the staff corner', async () => {
      await page.goto(`${room.cable.url}/tablet/`)
      await page.getByText('Surfplattan är inte ansluten').waitFor()
      await check('not-enrolled')
      await enrol(page, link.url)
      await check('wall')
      await page.locator('#wall .staff').tap()
      await page.locator('#pin').fill('1111')
      await page.locator('.locked [type=submit]').tap()
      await page.getByText('Fel pinkod').waitFor()
      await check('pin')
      await page.locator('#pin').fill('4711')
      await page.locator('.locked [type=submit]').tap()
      await page.locator('.unlocked').waitFor({ state: 'visible' })
      await check('corner-sv')
      await page.locator('.other-language').tap()
      await page.locator('.corner[lang=en] .unlocked').waitFor({ state: 'visible' })
      await check('corner-en')
      await page.locator('.unlocked .leave').tap()
    })

    test.each(loadLanguages().all)('in a visit in $name', async ({ code }) => {
      await lookAtIntro(page, code, check)
      await page.locator('.bar .languages summary').tap()
      await page.locator('.intro .next').tap()
      for (let step = 0; step < 8; step++) {
        const question = page.locator('.question:visible')
        if (step % 3 === 0) await question.locator('.option').first().tap()
        await check(`${code}-question-${step + 1}`)
        await question.locator('.next').tap()
      }
      await check(`${code}-sending`)
      await page.locator('.start-over').tap()
      await check(`${code}-start-over`)
      await page.locator('.ask-start-over .stay').tap()
      await sendOnTablet(page)
      await check(`${code}-thanks`)
      const height = () => document.documentElement.scrollHeight - innerHeight
      expect(await page.evaluate(height), 'fits the screen').toBeLessThanOrEqual(0)
      for (const number of ['112', '1177']) expect(await page.locator('.thanks').textContent()).toContain(number)
    })

    test('after the close, before the opening and when it is revoked', async () => {
      const setState = (state: string) =>
        runIn(room.service.db, 'update rounds set state = ?, late_until = null', state)
      await setState('closed')
      await page.locator('#closed').waitFor({ state: 'visible' })
      await check('closed')
      await setState('draft')
      await page.getByText('Undersökningen har inte börjat än').waitFor()
      await check('not-open')
      await setState('collecting')
      await revokeTablet(room.service.db, link.id, { stolen: false })
      await page.getByText('Surfplattan används inte längre').waitFor()
      await check('gone')
    })
  },
)
