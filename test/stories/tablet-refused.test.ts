import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { enrol, enterCorner, openWaitingRoom, type WaitingRoom } from '../support/waiting-room.ts'

let room: WaitingRoom
afterEach(() => room.close())

/** The setting of the browser: whether pages may keep cookies and site data. */
function setSiteData(isAllowed: boolean) {
  const folder = join(room.profileOf('tablet'), 'Default')
  mkdirSync(folder, { recursive: true })
  const settings = { profile: { default_content_setting_values: { cookies: isAllowed ? 1 : 2 } } }
  writeFileSync(join(folder, 'Preferences'), JSON.stringify(settings))
}

async function readsHowToAllow(page: Page) {
  await page.getByText('Webbläsaren får inte spara något').waitFor()
  await page.getByText('Tillåt dem i webbläsarens inställningar.').waitFor()
  await page.getByText('The browser is not allowed to save anything').waitFor()
  expect(await page.getByText('Minnet är fullt').count()).toBe(0)
}

describe.skipIf(!hasChromium)('a browser that is set to keep nothing', () => {
  test('is said to be, spends no link, and is set up by the same link once it may keep', async () => {
    room = await openWaitingRoom()
    setSiteData(false)
    const { url } = await room.invite()
    const before = await room.switchOn()
    await before.page.goto(url)
    await readsHowToAllow(before.page)
    expect((await room.tablets())[0]!.state).toBe('invited')
    await before.close()
    setSiteData(true)
    await enrol((await room.switchOn()).page, url)
  })

  test('after it was set up shows no languages, and goes on by itself once it may keep', async () => {
    room = await openWaitingRoom()
    const before = await room.switchOn()
    await enrol(before.page, (await room.invite()).url)
    await before.close()
    setSiteData(false)
    const refused = await room.switchOn()
    await refused.page.goto(`${room.cable.url}/tablet/`)
    await readsHowToAllow(refused.page)
    expect(await refused.page.locator('#wall').isVisible()).toBe(false)
    await refused.close()
    setSiteData(true)
    const { page } = await room.switchOn()
    await page.goto(`${room.cable.url}/tablet/`)
    await page.locator('#wall').waitFor({ state: 'visible' })
  })
})

describe.skipIf(!hasChromium)('a text of the staff corner that does not come', () => {
  /** A browser without a service worker, where the texts at these addresses never come. */
  async function without(addresses: string) {
    room = await openWaitingRoom()
    const { page } = await room.switchOn()
    await page.addInitScript(() => {
      Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')
    })
    await page.route(addresses, (route) => route.abort())
    await page.goto((await room.invite('4711')).url)
    await page.locator('#wall').waitFor({ state: 'visible' })
    return page
  }

  test('in the other language is not said to be a save that failed, and can be asked for again', async () => {
    const page = await without('**/tablet/staff/en')
    await enterCorner(page, '4711')
    await page.locator('.other-language').tap()
    await page.getByText('Det gick inte att hämta texten på engelska.').waitFor()
    expect(await page.getByText('Det gick inte att spara').count()).toBe(0)
    await page.unroute('**/tablet/staff/en')
    await page.locator('.other-language').tap()
    await page.getByRole('heading', { name: 'For staff' }).waitFor()
  })

  test('leaves the wall as it was, and nothing that later ends somebody’s visit', async () => {
    const page = await without('**/tablet/staff/*')
    await page.clock.install()
    await page.locator('.staff:visible').tap()
    await page.locator('#wall').waitFor({ state: 'visible' })
    expect(await page.locator('#stage').isVisible()).toBe(false)
    await page.locator('#wall [data-language=sv]').tap()
    await page.locator('.intro .next').tap()
    await page.clock.fastForward(61_000) // longer than a corner stays open
    expect(await page.locator('.session').count()).toBe(1)
  })
})
