import { afterEach, describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { enrol, enterCorner, openWaitingRoom, type WaitingRoom } from '../support/waiting-room.ts'

let room: WaitingRoom
afterEach(() => room.close())

const said = async () => (await room.tablets())[0]!.keeping

describe.skipIf(!hasChromium)('what the browser is good for, staff read in their corner and in the list', () => {
  test('where it works offline and has promised to keep what waits', async () => {
    room = await openWaitingRoom()
    const { page } = await room.switchOn()
    const devTools = await page.context().newCDPSession(page)
    await devTools.send('Browser.grantPermissions', { origin: room.cable.url, permissions: ['durableStorage'] })
    await enrol(page, (await room.invite('4711')).url)
    await expect.poll(said).toEqual({ worksOffline: true, isPromised: true })
    await enterCorner(page, '4711')
    await page.getByText('Surfplattan fungerar också utan internet.').waitFor()
    await page.getByText('Webbläsaren har lovat').waitFor()
    expect(await page.locator('.corner .notice:visible').count()).toBe(0)
  })

  test('where it has promised nothing, as in a private window', async () => {
    room = await openWaitingRoom()
    const { page } = await room.switchOn()
    await enrol(page, (await room.invite('4711')).url)
    await expect.poll(said).toEqual({ worksOffline: true, isPromised: false })
    room.cable.pullOut()
    await enterCorner(page, '4711')
    await page.getByText('Webbläsaren har inte lovat att behålla svar').waitFor()
    await page.locator('.end-day').tap()
    await page.getByText('Låt surfplattan vara på, med sidan öppen').waitFor()
  })

  test('where there is no service worker', async () => {
    room = await openWaitingRoom()
    const { page } = await room.switchOn()
    await page.addInitScript(() => {
      Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')
    })
    await page.goto((await room.invite('4711')).url)
    await expect.poll(said).toEqual({ worksOffline: false, isPromised: false })
    await enterCorner(page, '4711')
    await page.getByText('Surfplattan fungerar bara med internet.').waitFor()
  })
})
