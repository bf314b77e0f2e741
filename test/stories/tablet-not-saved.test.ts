import type { Page } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { enrol, enterCorner, openWaitingRoom, type WaitingRoom } from '../support/waiting-room.ts'

let room: WaitingRoom
afterEach(() => room.close())

/** From now on the browser's storage takes nothing more, as on a full disk; what is there can still be read. */
const fillUp = (page: Page) =>
  page.evaluate(() => {
    const prototype = IDBObjectStore.prototype as IDBObjectStore & { hasRoom?: IDBObjectStore['put'] }
    prototype.hasRoom = prototype.put
    prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
const makeRoom = (page: Page) =>
  page.evaluate(() => {
    const prototype = IDBObjectStore.prototype as IDBObjectStore & { hasRoom?: IDBObjectStore['put'] }
    prototype.put = prototype.hasRoom!
  })

describe.skipIf(!hasChromium)('what the tablet cannot save it says', () => {
  test('a wrong PIN leaves the button alive, each wrong one still counts, and the right one opens', async () => {
    room = await openWaitingRoom()
    const { page } = await room.switchOn()
    await enrol(page, (await room.invite('4711')).url)
    await fillUp(page)
    await page.locator('.staff:visible').tap()
    for (let wrong = 0; wrong < 3; wrong++) {
      await page.locator('#pin').fill('1111')
      await page.locator('.locked [type=submit]').tap()
      await expect.poll(() => page.locator('#pin').inputValue()).toBe('')
      await page.getByText('Fel pinkod.').waitFor()
    }
    await page.locator('#pin').fill('4711')
    await page.locator('.locked [type=submit]').tap()
    await page.getByText('Vänta 5 sekunder').waitFor()
    await page.locator('.unlocked').waitFor({ state: 'visible' })
  })

  test('the choice of group and a decline are said not to be saved, and can be made when there is room', async () => {
    room = await openWaitingRoom({ groups: ['youth', 'guardian'] })
    const { page } = await room.switchOn()
    await enrol(page, (await room.invite('4711')).url)
    await enterCorner(page, '4711')
    await fillUp(page)
    const choice = page.locator('.option[data-group=guardian] input')
    await choice.tap()
    await page.getByText('Det gick inte att spara.').waitFor()
    expect(await choice.isChecked()).toBe(false)
    await makeRoom(page)
    await choice.tap()
    await expect.poll(() => page.locator('.add-declined').isEnabled()).toBe(true)
    expect(await choice.isChecked()).toBe(true)
  })

  test('a link that the server took and the tablet could not save is tried again without a new link', async () => {
    room = await openWaitingRoom()
    const { page } = await room.switchOn()
    let isFirst = true
    await page.route('**/tablet/enrolment', async (route) => {
      const response = await route.fetch()
      if (isFirst) await fillUp(page)
      isFirst = false
      await route.fulfill({ response })
    })
    await page.goto((await room.invite()).url)
    await page.getByText('Surfplattan är inte ansluten än').waitFor()
    await makeRoom(page)
    await page.locator('.try-again').first().tap()
    await page.locator('#wall').waitFor({ state: 'visible' })
  })
})
