import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { setPaused } from '../../src/round/plan-store.ts'
import { hasChromium } from '../support/chromium.ts'
import { expectAccessible } from '../support/story.ts'
import { answerOnTablet, enrol, openWaitingRoom, sendOnTablet, type WaitingRoom } from '../support/waiting-room.ts'

const languages = loadLanguages().all
type Tablet = Awaited<ReturnType<WaitingRoom['switchOn']>>

/** Long enough for a few contacts, which come every second here. */
const untilDelivered = (room: WaitingRoom, ballots: number) =>
  expect.poll(async () => (await room.opened()).ballots, { interval: 100 }).toBe(ballots)

describe.skipIf(!hasChromium)('on the tablet in the waiting room', () => {
  let room: WaitingRoom
  let tablet: Tablet
  beforeAll(async () => {
    room = await openWaitingRoom()
    tablet = await room.switchOn()
    await enrol(tablet.page, (await room.invite()).url)
  })
  afterAll(() => room.close())

  test('the one-time link leaves the address bar, and leads nowhere on another device', async () => {
    const { url } = await room.invite()
    const [first, second] = [await room.switchOn('first'), await room.switchOn('second')]
    await enrol(first.page, url)
    expect(first.page.url()).toBe(`${room.cable.url}/tablet/`)
    await second.page.goto(url)
    await second.page.getByText('Länken går inte att använda').waitFor()
    expect(second.page.url()).toBe(`${room.cable.url}/tablet/`)
    await Promise.all([first.close(), second.close()])
  })

  test.each(languages)('somebody answers in $name', async ({ code, dir }) => {
    const { page } = tablet
    const before = await room.opened()
    await answerOnTablet(page, code, { contact: 'very_easy', views: 'no', gender: 'other' })
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
      code,
      dir,
    ])
    await sendOnTablet(page)
    if (code !== 'sv') await page.reload()
    await page.locator('#wall').waitFor({ state: 'visible', timeout: 120_000 }) // else fifteen seconds of thanks
    await untilDelivered(room, before.ballots + 1)
    const opened = await room.opened()
    expect((opened.languages.get(code) ?? 0) - (before.languages.get(code) ?? 0)).toBe(1)
  })

  test('the language changes in the middle, and what was chosen stays', async () => {
    const { page } = tablet
    await page.locator('#wall [data-language="sv"]').tap()
    await page.locator('.intro .next').tap()
    await page.locator('.question:visible input[value="fairly_hard"]').tap()
    await page.locator('.bar .languages summary').tap()
    await page.locator('.bar [data-language="ar"]').tap()
    await page.locator('.session[lang=ar]').waitFor()
    expect(await page.locator('.question:visible').getAttribute('data-question')).toBe('contact')
    expect(await page.locator('.question:visible :checked').getAttribute('value')).toBe('fairly_hard')
    await page.locator('.start-over').tap()
    await page.locator('.wipe').tap()
    await page.locator('#wall').waitFor({ state: 'visible' })
  })

  test('nothing can be sent before at least one question is answered, and to skip is one touch', async () => {
    const { page } = tablet
    await answerOnTablet(page, 'sv', {})
    await page.locator('.cannot-send').waitFor()
    expect(await page.locator('.deliver').isVisible()).toBe(false)
    await page.locator('.sending .back').tap()
    await page.locator('.question:visible input[value="other"]').tap()
    await page.locator('.question:visible .next').tap()
    await page.locator('.deliver').waitFor()
    await page.locator('.start-over').tap()
    await page.locator('.wipe').tap()
  })

  test('back, back, back, reload and a second window show nothing of the person before', async () => {
    const { page } = tablet
    const isClean = async (where: typeof page) => {
      await where.locator('#wall').waitFor({ state: 'visible' })
      expect(await where.locator(':checked').count()).toBe(0)
      expect(await where.locator('#stage').innerHTML()).toBe('')
    }
    const answerHalf = async () => {
      await page.locator('#wall [data-language="sv"]').tap()
      await page.locator('.intro .next').tap()
      await page.locator('.question:visible input[value="very_hard"]').tap()
    }
    await answerHalf()
    const second = await page.context().newPage()
    await second.goto(`${room.cable.url}/tablet/`)
    await isClean(second)
    await second.close()

    const backAndLedForward = () =>
      new Promise<void>((resolve) => {
        const top = history.state
        addEventListener('popstate', ({ state }) => state === top && resolve())
        history.back()
      })
    for (let step = 0; step < 5; step++) await page.evaluate(backAndLedForward)
    expect(page.url()).toBe(`${room.cable.url}/tablet/`)
    if (!(await page.locator('.question').count())) await isClean(page) // else they still are where they were

    await page.reload()
    await isClean(page)
    await answerHalf()
    await page.goto('about:blank')
    await page.goBack()
    await isClean(page)
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([0, 0, ''])
  })
})

describe.skipIf(!hasChromium)('somebody who walks away', () => {
  let room: WaitingRoom
  afterEach(() => room.close())

  test('is asked in their language, can stay, and is wiped without sending', async () => {
    room = await openWaitingRoom({ settings: { TABLET_IDLE_WARN_SECONDS: '5', TABLET_IDLE_WIPE_SECONDS: '25' } })
    const { page } = await room.switchOn()
    await enrol(page, (await room.invite()).url)
    await page.locator('#wall [data-language="uk"]').tap()
    await page.locator('.intro .next').tap()
    await page.locator('.question:visible input[value="very_easy"]').tap()
    await page.locator('.idle').waitFor({ state: 'visible', timeout: 120_000 })
    expect(await page.locator('.session').getAttribute('lang')).toBe('uk')
    await expect.poll(() => page.locator('.countdown').textContent()).toMatch(/\d/)
    expect(await page.locator('.question:visible').count()).toBe(0)
    await expectAccessible(page, 'idle')
    await page.locator('.idle .stay').tap()
    expect(await page.locator('.question:visible :checked').getAttribute('value')).toBe('very_easy')

    await page.locator('#wall').waitFor({ state: 'visible', timeout: 120_000 })
    expect(await page.locator('#stage').innerHTML()).toBe('')
    expect((await room.opened()).ballots).toBe(0)
  })
})

describe.skipIf(!hasChromium)('in a break of the round', () => {
  let room: WaitingRoom
  afterEach(() => room.close())

  test('staff read why the languages are gone, and they come back by themselves', async () => {
    room = await openWaitingRoom()
    const { page } = await room.switchOn()
    await enrol(page, (await room.invite()).url)
    await setPaused(room.service.db, room.round.id, true)
    await page.getByText('Undersökningen är pausad just nu').waitFor()
    expect(await page.locator('#wall').isVisible()).toBe(false)
    await expectAccessible(page, 'paused')

    await setPaused(room.service.db, room.round.id, false)
    await page.locator('#wall').waitFor({ state: 'visible' })
  })
})

describe.skipIf(!hasChromium)('staff at the tablet', () => {
  let room: WaitingRoom
  afterEach(() => room.close())

  const unlock = async (tablet: Tablet, pin: string) => {
    await tablet.page.locator('#wall .staff').tap()
    await tablet.page.locator('#pin').fill(pin)
    await tablet.page.locator('.locked [type=submit]').tap()
  }
  const figure = (tablet: Tablet, name: string) => tablet.page.locator(`[data-figure=${name}] dd`).textContent()

  test('count who declined, take one back, and see it all delivered once', async () => {
    room = await openWaitingRoom()
    const tablet = await room.switchOn()
    const { page } = tablet
    await enrol(page, (await room.invite('4711')).url)
    await answerOnTablet(page, 'so', { overall: 'very_satisfied' })
    await sendOnTablet(page)
    await page.reload()
    room.cable.pullOut()
    await unlock(tablet, '4711')
    for (let times = 0; times < 3; times++) await page.locator('.add-declined').tap()
    await page.locator('.undo-declined').tap()
    await expect.poll(() => figure(tablet, 'declined')).toBe('2')
    await page.locator('.end-day').tap()
    await page.getByText('Alla svar är inte skickade än').waitFor()
    await expectAccessible(page, 'staff corner')
    room.cable.putBack()
    await page.locator('.check').tap()
    await page.getByText('Kontakten fungerar').waitFor()
    await page.locator('.end-day').tap()
    await page.getByText('Du kan stänga av surfplattan').waitFor()
    const [seen] = await room.tablets()
    expect(seen).toMatchObject({ delivered: 1, strata: [{ declined: 2 }] })
    expect(seen!.lastContactHour).toMatch(/^\d{4}-\d\d-\d\dT\d\d$/)
  })

  test('are not told whether somebody has answered, also without a network', async () => {
    room = await openWaitingRoom()
    const tablet = await room.switchOn()
    const { page } = tablet
    await enrol(page, (await room.invite('4711')).url)
    await room.cable.pullOut()
    const look = async () => {
      await unlock(tablet, '4711')
      await page.locator('.unlocked').waitFor()
      const said = [await page.locator('.figures').innerText()]
      for (const [press, answer] of [
        ['.end-day', 'Alla svar är inte skickade än'],
        ['.check', 'Ingen kontakt'],
      ] as const) {
        await page.locator(press).tap()
        await page.getByText(answer).waitFor()
        said.push(await page.locator('.unlocked').innerText())
      }
      await page.locator('.unlocked .leave').tap()
      return said
    }
    const before = await look()
    await answerOnTablet(page, 'so', { overall: 'very_satisfied' })
    await sendOnTablet(page)
    expect(await look()).toEqual(before)
  })

  test('are slowed down by wrong PINs, also after a reload', async () => {
    room = await openWaitingRoom()
    const tablet = await room.switchOn()
    const { page } = tablet
    await enrol(page, (await room.invite('4711')).url)
    await unlock(tablet, '0000')
    await page.getByText('Fel pinkod').waitFor()
    for (const pin of ['1111', '2222']) {
      await page.locator('#pin').fill(pin)
      await page.locator('.locked [type=submit]').tap()
      await expect.poll(() => page.locator('#pin').inputValue()).toBe('')
    }
    await page.reload()
    await page.locator('#wall').waitFor({ state: 'visible' })
    await unlock(tablet, '4711')
    await page.getByText(/Vänta \d sekunder/).waitFor()
    expect(await page.locator('.unlocked').isVisible()).toBe(false)
    await page.locator('.unlocked').waitFor({ state: 'visible', timeout: 120_000 })
  })

  test('choose the group where a unit has several, and nobody answers before', async () => {
    room = await openWaitingRoom({ groups: ['guardian', 'youth'] })
    const tablet = await room.switchOn()
    const { page } = tablet
    await enrol(page, (await room.invite('4711')).url)
    await page.locator('#wall [data-language="sv"]').tap()
    await page.locator('#pin').waitFor()
    await page.locator('#pin').fill('4711')
    await page.locator('.locked [type=submit]').tap()
    await page.locator('.option[data-group=youth]').tap()
    await page.locator('.unlocked .leave').tap()
    await answerOnTablet(page, 'sv', { gender: 'man' })
    await sendOnTablet(page)
    await untilDelivered(room, 1)
    const { counts } = await room.opened()
    expect(new Set(counts.map(({ stratumId }) => stratumId))).toEqual(new Set([room.round.strata.youth]))
  })
})
