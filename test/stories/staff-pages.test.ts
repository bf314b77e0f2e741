import { mkdirSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '../../src/people/roles.ts'
import { hasChromium, launchChromium } from '../support/chromium.ts'
import { expectRoom, expectRoomForLargeLetters, expectRoomForLettersAsSet } from '../support/room.ts'
import { startService } from '../support/service.ts'
import { newStaff } from '../support/staff.ts'
import { readerOf, staffPages } from '../support/staff-pages.ts'
import { addressOf, newWorld, placeOf, type World } from '../support/staff-world.ts'
import { expectAccessible } from '../support/story.ts'

/** Where pictures of every page are put, for somebody to look at; none without. */
const pictures = process.env.PICTURES_DIR

/** Rules are read once on each kind of device; whether there is room, at each width of it: the menu comes beside the page at 768 px. */
const widths = { phone: [360, 390], tablet: [820], desktop: [820, 1024, 1280] }
/** A finger meets what is so large, in px; a mouse less. */
const least = { phone: 44, tablet: 44, desktop: 24 }
const devices = ['phone', 'tablet', 'desktop'] as const

describe.skipIf(!hasChromium)('every page of staff', () => {
  let world: World
  let browser: Browser
  let origin: string
  const open = new Map<string, Page>()

  beforeAll(async () => {
    world = await newWorld()
    origin = await world.service.app.listen({ port: 0, host: '127.0.0.1' })
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
    await world.service.close()
  })

  async function pageOf(role: Role, size: keyof typeof widths): Promise<Page> {
    const known = open.get(`${role} ${size}`)
    if (known) return known
    const context = await browser.newContext({
      viewport: { width: widths[size].at(-1)!, height: 800 },
      locale: 'sv-SE',
      hasTouch: size !== 'desktop',
    })
    const { token } = await newStaff(world.service, placeOf(role, world))
    await context.addCookies([{ name: 'staff', value: token, url: origin }])
    const page = await context.newPage()
    open.set(`${role} ${size}`, page)
    return page
  }

  test.each(staffPages)(
    '$url is for everybody: no violation, room on every width, for fingers and for large letters',
    async ({ url, config }) => {
      const role = readerOf(config.may)
      for (const size of devices) {
        const page = await pageOf(role, size)
        const asked = url.endsWith('/merging') ? `?into=${world.beside.unitId}` : ''
        const response = await page.goto(origin + addressOf(url, world.own, role) + asked)
        // Where something has happened a unit is not asked about: its own page says why it stays.
        const stays = url === '/staff/units/:unitId/removal'
        if (!config.isOpen) expect(response!.status(), url).toBe(stays ? 400 : 200)
        // The rules read a tablet's page as a desktop's: it differs in sizes, which are measured.
        if (size !== 'tablet') await expectAccessible(page, `${url} ${size}`)
        expect(await page.locator('h1').count(), url).toBe(1)
        for (const width of widths[size]) {
          await page.setViewportSize({ width, height: 800 })
          await expectRoom(page, `${url} ${width}`, least[size])
          if (width === 390 || width === 1280)
            await expectRoomForLargeLetters(page, `${url} in large letters at ${width}`)
          if (width === 1280) await expectRoomForLettersAsSet(page, `${url} in letters as large as they are set`)
          if (pictures) await picture(page, `${url.replaceAll(/[/:]+/g, '-').slice(1)}-${width}`)
        }
      }
    },
  )

  test('the code that is shown: for fingers, and in large letters', async () => {
    const page = await pageOf('caseworker', 'phone')
    await page.setViewportSize({ width: 390, height: 800 })
    await page.goto(`${origin}/staff/offer/${world.own.stratumId}`)
    await page.locator('.draw button').first().click()
    await page.locator('.big-code').waitFor()
    await expectRoom(page, 'the code', least.phone)
    await expectRoomForLargeLetters(page, 'the code in large letters')
    await page.locator('summary').click()
    await expectRoom(page, 'the code and its languages', least.phone)
  })
})

describe.skipIf(!hasChromium)('the head of a practice, in which the key is kept', () => {
  let world: World
  let browser: Browser
  let origin: string
  beforeAll(async () => {
    world = await newWorld(await startService({ settings: { KEEP_ROUND_KEY: 'true' } }))
    origin = await world.service.app.listen({ port: 0, host: '127.0.0.1' })
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
    await world.service.close()
  })

  test.each(['sv', 'en'] as const)(
    'stands on one line at every width, beside the longest names: %s',
    async (language) => {
      const name = 'Anna-Karin Sjöström-Lindqvist av Ugglas'
      const staff = { role: 'coordinator', municipalityCode: '0114', language, name } as const
      const { token } = await newStaff(world.service, staff)
      for (const size of devices) {
        const context = await browser.newContext({ locale: 'sv-SE', hasTouch: size !== 'desktop' })
        await context.addCookies([{ name: 'staff', value: token, url: origin }])
        const page = await context.newPage()
        for (const width of size === 'phone' ? [320, ...widths.phone] : widths[size]) {
          const where = `the head at ${width}, ${size}, ${language}`
          await page.setViewportSize({ width, height: 800 })
          await page.goto(`${origin}/staff/units`)
          await page.getByRole('link', { name: language === 'sv' ? 'Övning' : 'Trial' }).waitFor()
          if (width > 320) await expectRoom(page, where, least[size]) // narrower than that the place ends in an ellipsis
          expect.soft((await page.locator('header').boundingBox())!.height, where).toBeLessThanOrEqual(54)
          if (width === 390) await expectRoomForLargeLetters(page, `${where}, in large letters`)
        }
        await context.close()
      }
    },
  )
})

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures!, { recursive: true })
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}
