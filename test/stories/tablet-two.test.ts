import { afterEach, describe, expect, test } from 'vitest'
import { revokeTablet } from '../../src/tablet/store.ts'
import { hasChromium } from '../support/chromium.ts'
import { answerQuickly, lyingOn } from '../support/tablet-hands.ts'
import { enrol, enterCorner, openWaitingRoom, sendOnTablet, type WaitingRoom } from '../support/waiting-room.ts'

let room: WaitingRoom
afterEach(() => room.close())

type Tablet = Awaited<ReturnType<typeof setUp>>

async function setUp(name: string) {
  const { page } = await room.switchOn(name)
  const { id, url } = await room.invite('4711', name)
  await enrol(page, url)
  return { id, page }
}

async function answer({ page }: Tablet, overall: string) {
  await answerQuickly(page, { overall } as never)
  await sendOnTablet(page)
  await page.reload()
}

const whatStaffSee = async (id: string) => (await room.tablets()).find((tablet) => tablet.id === id)!

describe.skipIf(!hasChromium)('two tablets side by side in one waiting room', () => {
  test('keep and deliver each its own, and the end of one leaves the other as it was', async () => {
    room = await openWaitingRoom()
    const [left, right] = [await setUp('By the window'), await setUp('By the door')]
    room.cable.pullOut()
    await Promise.all([
      answer(left, 'very_satisfied').then(() => answer(left, 'fairly_satisfied')),
      answer(right, 'very_dissatisfied'),
    ])
    expect([(await lyingOn(left.page)).ballots, (await lyingOn(right.page)).ballots]).toEqual([2, 1])
    await enterCorner(right.page, '4711')
    await right.page.locator('.add-declined').tap()
    await expect.poll(() => right.page.locator('[data-figure=declined] dd').textContent()).toBe('1')

    room.cable.putBack()
    await expect.poll(async () => (await room.opened()).ballots).toBe(3)
    await expect.poll(async () => (await whatStaffSee(right.id)).strata[0]!.declined).toBe(1)
    for (const { page } of [left, right]) await expect.poll(async () => (await lyingOn(page)).ballots).toBe(0)
    expect(await whatStaffSee(left.id)).toMatchObject({ delivered: 2, held: 0, strata: [{ declined: 0 }] })
    expect(await whatStaffSee(right.id)).toMatchObject({ delivered: 1, held: 0 })
    const overall = (await room.opened()).counts.filter(({ question }) => question === 'overall')
    expect(overall.map(({ option, number }) => [option, number]).sort()).toEqual([
      ['fairly_satisfied', 1],
      ['very_dissatisfied', 1],
      ['very_satisfied', 1],
    ])

    await right.page.locator('.unlocked .leave').tap()
    await right.page.locator('#wall [data-language="ar"]').tap() // somebody answers there in this moment
    await right.page.locator('.intro .next').tap()
    await right.page.locator('.question:visible input[value="very_easy"]').tap()
    await revokeTablet(room.service.db, left.id, { stolen: true })
    await left.page.getByText('Surfplattan används inte längre').waitFor()
    await right.page.waitForResponse('**/tablet/delivery')
    expect(await right.page.locator('.question:visible :checked').getAttribute('value')).toBe('very_easy')
    for (let step = 0; step < 8; step++) await right.page.locator('.question:visible .next').tap()
    await sendOnTablet(right.page)
    await expect.poll(async () => (await whatStaffSee(right.id)).delivered).toBe(2)
    expect((await room.opened()).ballots).toBe(4)
  })
})
