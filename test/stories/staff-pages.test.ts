import { mkdirSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Action, may, type Role } from '../../src/staff/roles.ts'
import { hasChromium, launchChromium } from '../support/chromium.ts'
import { newStaff } from '../support/staff.ts'
import { addressOf, isOfMemory, newWorld, placeOf, staffRoutes, type World } from '../support/staff-world.ts'
import { expectAccessible, expectNoOverflow } from '../support/story.ts'

/** Where pictures of every page are put, for somebody to look at; none without. */
const pictures = process.env.PICTURES_DIR

const pages = (await staffRoutes()).filter(
  ({ method, url, config }) => method === 'GET' && !config.does && !isOfMemory(url) && url !== '/staff/account/copy', // a file
)
const widths = { phone: 390, desktop: 1280 }

/** Each page is looked at as the one who uses it most. */
const readers: Role[] = ['coordinator', 'national', 'caseworker', 'host', 'viewer']
const readerOf = (action: Action | undefined) => readers.find((role) => action === undefined || may(role, action))!

describe.skipIf(!hasChromium)('every page of staff', { timeout: 120_000 }, () => {
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
    const context = await browser.newContext({ viewport: { width: widths[size], height: 800 }, locale: 'sv-SE' })
    const { token } = await newStaff(world.service, placeOf(role, world))
    await context.addCookies([{ name: 'staff', value: token, url: origin }])
    const page = await context.newPage()
    open.set(`${role} ${size}`, page)
    return page
  }

  test.each(pages)('$url is for everybody: no violation, nothing that sticks out', async ({ url, config }) => {
    const role = readerOf(config.may)
    for (const size of ['phone', 'desktop'] as const) {
      const page = await pageOf(role, size)
      const response = await page.goto(origin + addressOf(url, world.own, role))
      if (!config.isOpen) expect(response!.status(), url).toBe(200)
      await expectAccessible(page, `${url} ${size}`)
      await expectNoOverflow(page, `${url} ${size}`)
      expect(await page.locator('h1').count(), url).toBe(1)
      if (pictures) await picture(page, `${url.replaceAll(/[/:]+/g, '-').slice(1)}-${size}`)
    }
  })
})

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures!, { recursive: true })
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}
