import type { Page } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { endCollection } from '../../src/round/store.ts'
import { hasChromium } from '../support/chromium.ts'
import { expectAccessible } from '../support/story.ts'
import { answerQuickly, lyingOn } from '../support/tablet-hands.ts'
import { enrol, enterCorner, openWaitingRoom, sendOnTablet, type WaitingRoom } from '../support/waiting-room.ts'

let room: WaitingRoom
afterEach(() => room.close())

/** Somebody has chosen and not sent when the round closes, and the tablet has heard of it. */
async function closedMeanwhile(lateHours?: number): Promise<Page> {
  room = await openWaitingRoom()
  const { page } = await room.switchOn()
  await enrol(page, (await room.invite('4711')).url)
  await answerQuickly(page, { situation: 'no_change' })
  const { db, clock } = room.service
  const lateUntil = lateHours === undefined ? null : new Date(clock.now.getTime() + lateHours * 3_600_000)
  await endCollection(db, room.round.id, lateUntil)
  const phase = async () => ((await lyingOn(page)).own.device as { phase: string }).phase
  await expect.poll(phase).toBe('closed')
  return page
}

describe.skipIf(!hasChromium)('somebody who sends after the close', () => {
  test('is not thanked: they read that it is too late and that nothing is saved', async () => {
    const page = await closedMeanwhile()
    await page.locator('.deliver').tap()
    await page.getByText('Undersökningen stängde innan du hann skicka svaren.').waitFor()
    await expectAccessible(page, 'too late')
    expect(await page.locator('.thanks').isVisible()).toBe(false)
    expect([(await lyingOn(page)).ballots, (await room.opened()).ballots]).toEqual([0, 0])
    await page.reload()
    await page.locator('#closed').waitFor({ state: 'visible' })
  })

  test('is thanked while tablets are still taken from, and is counted once', async () => {
    const page = await closedMeanwhile(72)
    await sendOnTablet(page)
    expect([(await lyingOn(page)).ballots, (await room.opened()).ballots]).toEqual([0, 1])
  })

  test('without a network keeps the answers on the screen, and is told once the server can be asked', async () => {
    const page = await closedMeanwhile()
    room.cable.pullOut()
    await page.locator('.deliver').tap()
    await page.getByText('Det gick inte att spara dina svar. De finns kvar på skärmen.').waitFor()
    room.cable.putBack()
    await page.locator('.deliver').tap()
    await page.locator('.too-late').waitFor({ state: 'visible' })
  })
})

describe.skipIf(!hasChromium)('a reply that is lost in the moment of the close', () => {
  test('leaves the answer counted once, and staff do not read that it came too late', async () => {
    room = await openWaitingRoom()
    const { page } = await room.switchOn()
    await page.addInitScript(() => {
      Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')
    })
    let isLost = true
    await page.route('**/tablet/delivery', async (route) => {
      const response = await route.fetch()
      if (isLost) await route.abort()
      else await route.fulfill({ response })
    })
    await page.goto((await room.invite('4711')).url)
    await answerQuickly(page, { contact: 'very_easy' })
    await sendOnTablet(page)
    await expect.poll(async () => (await room.opened()).ballots).toBe(1)
    expect((await lyingOn(page)).ballots).toBe(1) // it has not heard

    await endCollection(room.service.db, room.round.id, null)
    isLost = false
    await page.locator('#closed').waitFor({ state: 'visible', timeout: 120_000 })
    expect(await lyingOn(page)).toMatchObject({ ballots: 0, own: { delivered: 1, refused: 0 } })
    await enterCorner(page, '4711')
    expect(await page.locator('[data-figure=refused]').isVisible()).toBe(false)
    expect((await room.opened()).ballots).toBe(1)
  })
})
