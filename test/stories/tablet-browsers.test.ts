import { afterEach, describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { answerOnTablet, enrol, openWaitingRoom, sendOnTablet, type WaitingRoom } from '../support/waiting-room.ts'

let room: WaitingRoom
afterEach(() => room.close())

describe.skipIf(!hasChromium)('a browser that is not as it should be', () => {
  test('whose storage never answers is said to be unable to save, and works once it answers', async () => {
    room = await openWaitingRoom()
    const { page } = await room.switchOn()
    await page.addInitScript(() => {
      if (!sessionStorage.getItem('answers')) IDBFactory.prototype.open = () => ({}) as IDBOpenDBRequest
    })
    const { url } = await room.invite()
    await page.goto(url)
    await page.getByText('Surfplattan kan inte spara svar').waitFor({ timeout: 120_000 })
    await page.evaluate(() => sessionStorage.setItem('answers', 'yes'))
    await page.goto('about:blank')
    await enrol(page, url)
  })

  test('that opens its storage only the second time is not noticed', async () => {
    room = await openWaitingRoom()
    const { page } = await room.switchOn()
    await page.addInitScript(() => {
      const { open } = IDBFactory.prototype
      let times = 0
      IDBFactory.prototype.open = function (...args) {
        return times++ === 0 ? ({} as IDBOpenDBRequest) : open.apply(this, args)
      }
    })
    await enrol(page, (await room.invite()).url)
  })

  test('that is as old as the oldest we name, and keeps no service worker, takes an answer', async () => {
    room = await openWaitingRoom()
    const { page } = await room.switchOn()
    const faults: Error[] = []
    page.on('pageerror', (fault) => faults.push(fault))
    await page.addInitScript(() => {
      for (const { prototype } of [Element, Document, DocumentFragment])
        Reflect.deleteProperty(prototype, 'replaceChildren')
      for (const name of ['fromEntries', 'hasOwn', 'groupBy']) Reflect.deleteProperty(Object, name)
      for (const name of ['at', 'findLast', 'toSorted']) Reflect.deleteProperty(Array.prototype, name)
      for (const name of ['at', 'replaceAll', 'matchAll']) Reflect.deleteProperty(String.prototype, name)
      for (const name of ['requestFullscreen']) Reflect.deleteProperty(Element.prototype, name)
      for (const name of ['structuredClone', 'queueMicrotask', 'globalThis']) Reflect.deleteProperty(window, name)
      Reflect.deleteProperty(Promise, 'allSettled')
      Reflect.deleteProperty(StorageManager.prototype, 'persist')
      Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')
    })
    await page.goto((await room.invite()).url)
    await answerOnTablet(page, 'ti', { contact: 'very_easy' })
    await sendOnTablet(page)
    await expect.poll(async () => (await room.opened()).ballots).toBe(1)
    expect(faults).toEqual([])
  })
})

describe.skipIf(!hasChromium)('a one-time link', () => {
  test.each(['%20', '.', '&fbclid=abc'])('with "%s" behind it sets the tablet up', async (behind) => {
    room = await openWaitingRoom()
    const { page } = await room.switchOn()
    await enrol(page, (await room.invite()).url + behind)
  })

  test('that is cut off is said to be cut off, not used', async () => {
    room = await openWaitingRoom()
    const { page } = await room.switchOn()
    const { url } = await room.invite()
    await page.goto(url.slice(0, -3))
    await page.getByText('Länken är inte hel').waitFor()
    await enrol(page, url)
  })
})
