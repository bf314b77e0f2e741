import { afterEach, describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { answerQuickly, lyingOn } from '../support/tablet-hands.ts'
import { enrol, enterCorner, openWaitingRoom, sendOnTablet, type WaitingRoom } from '../support/waiting-room.ts'

let room: WaitingRoom
afterEach(() => room.close())

const dayMs = 86_400_000

describe.skipIf(!hasChromium)('a tablet whose clock is', () => {
  test.each([
    ['a year ahead', 365],
    ['a year behind', -365],
    ['at the beginning of all clocks', -Math.floor(Date.now() / dayMs)],
  ])('%s is set up, works without a network, delivers and counts', async (_, days) => {
    room = await openWaitingRoom()
    const { page } = await room.switchOn()
    await page.clock.install({ time: new Date(Date.now() + days * dayMs) })
    await page.clock.resume()
    await enrol(page, (await room.invite('4711')).url)
    room.cable.pullOut()
    await answerQuickly(page, { views: 'yes' })
    await sendOnTablet(page)
    await page.reload()
    expect((await lyingOn(page)).ballots).toBe(1)
    await enterCorner(page, '4711')
    await page.locator('.add-declined').tap()
    await expect.poll(() => page.locator('[data-figure=declined] dd').textContent()).toBe('1')

    room.cable.putBack()
    await page.locator('.end-day').tap()
    await page.getByText('Du kan stänga av surfplattan').waitFor()
    expect((await room.opened()).ballots).toBe(1)
    expect((await room.tablets())[0]).toMatchObject({ delivered: 1, strata: [{ declined: 1 }] })
    expect((await room.tablets())[0]!.lastContactHour).toBe(room.service.clock.now.toISOString().slice(0, 13))
  })

  test('set right by a year in the middle of a visit asks nobody whether they are there, and keeps what they chose', async () => {
    room = await openWaitingRoom()
    const { page } = await room.switchOn()
    await page.clock.install({ time: new Date(Date.now() - 365 * dayMs) })
    await page.clock.resume()
    await enrol(page, (await room.invite()).url)
    await answerQuickly(page, { views: 'no' })
    await page.clock.setSystemTime(new Date())
    await page.waitForResponse('**/tablet/delivery')
    expect(await page.locator('.idle').isVisible()).toBe(false)
    await sendOnTablet(page)
    await expect.poll(async () => (await room.opened()).ballots).toBe(1)
  })
})
