import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { setPaused } from '../../src/round/store.ts'
import { revokeTablet } from '../../src/tablet/store.ts'
import { loadLanguages } from '../../src/web/languages.ts'
import { hasChromium } from '../support/chromium.ts'
import { expectAccessible, expectNoOverflow } from '../support/story.ts'
import { answerOnTablet, enrol, openWaitingRoom, sendOnTablet, type WaitingRoom } from '../support/waiting-room.ts'

const languages = loadLanguages().all
type Tablet = Awaited<ReturnType<WaitingRoom['switchOn']>>

/** Long enough for a few contacts, which come every second here. */
const untilDelivered = (room: WaitingRoom, ballots: number) =>
  expect.poll(() => room.opened().ballots, { timeout: 15_000, interval: 100 }).toBe(ballots)

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
    const before = room.opened()
    await answerOnTablet(page, code, { contact: 'very_easy', views: 'no', gender: 'other' })
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
      code,
      dir,
    ])
    await sendOnTablet(page)
    await page.locator('#wall').waitFor({ state: 'visible', timeout: 12_000 }) // eight seconds of thanks
    await untilDelivered(room, before.ballots + 1)
    const opened = room.opened()
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

    for (let step = 0; step < 5; step++) await page.evaluate(() => history.back())
    await page.waitForTimeout(300)
    if (!page.url().endsWith('/tablet/')) await page.goForward().catch(() => page.goto(`${room.cable.url}/tablet/`))
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
    await page.locator('.idle').waitFor({ state: 'visible', timeout: 8_000 })
    expect(await page.locator('.session').getAttribute('lang')).toBe('uk')
    await expect.poll(() => page.locator('.countdown').textContent()).toMatch(/\d/)
    expect(await page.locator('.question:visible').count()).toBe(0)
    await expectAccessible(page, 'idle')
    await page.locator('.idle .stay').tap()
    expect(await page.locator('.question:visible :checked').getAttribute('value')).toBe('very_easy')

    await page.locator('#wall').waitFor({ state: 'visible', timeout: 30_000 })
    expect(await page.locator('#stage').innerHTML()).toBe('')
    expect(room.opened().ballots).toBe(0)
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
    expect([await figure(tablet, 'waiting'), await figure(tablet, 'delivered')]).toEqual(['ja', 'nej'])
    await page.locator('.end-day').tap()
    await page.getByText('Alla svar är inte skickade än').waitFor()
    await expectAccessible(page, 'staff corner')
    room.cable.putBack()
    await page.locator('.check').tap()
    await page.getByText('Kontakten fungerar').waitFor()
    await expect.poll(() => figure(tablet, 'waiting')).toBe('nej')
    expect(await figure(tablet, 'delivered')).toBe('ja')
    await page.locator('.end-day').tap()
    await page.getByText('Du kan stänga av surfplattan').waitFor()
    const [seen] = await room.tablets()
    expect(seen).toMatchObject({ waiting: 0, delivered: 1, strata: [{ declined: 2 }] })
    expect(seen!.lastContactHour).toMatch(/^\d{4}-\d\d-\d\dT\d\d$/)
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
    await page.locator('.unlocked').waitFor({ state: 'visible', timeout: 10_000 })
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
    const { counts } = room.opened()
    expect(new Set(counts.map(({ stratumId }) => stratumId))).toEqual(new Set([room.round.strata.youth]))
  })
})

describe.skipIf(!hasChromium)('every screen', () => {
  let room: WaitingRoom
  beforeAll(async () => {
    room = await openWaitingRoom()
  })
  afterAll(() => room.close())

  test.each([
    ['portrait', { width: 600, height: 960 }],
    ['landscape', { width: 1280, height: 800 }],
  ])(
    'is accessible and fits, %s, in every language',
    async (name, viewport) => {
      const { page } = await room.switchOn(name, viewport)
      const check = async (what: string) => {
        await expectAccessible(page, `${name} ${what}`)
        await expectNoOverflow(page, `${name} ${what}`)
        const small = await page.evaluate(() =>
          Array.from(document.querySelectorAll<HTMLElement>('button, summary, .option'))
            .filter((part) => part.offsetParent !== null && part.getBoundingClientRect().height < 64)
            .map((part) => part.outerHTML),
        )
        expect(small, what).toEqual([])
        if (process.env.SHOTS)
          await page.screenshot({ path: `${process.env.SHOTS}/${name}-${what}.png`, fullPage: true })
      }
      await page.goto(`${room.cable.url}/tablet/`)
      await page.getByText('Surfplattan är inte ansluten').waitFor()
      await check('not-enrolled')
      const { url, id } = await room.invite('4711')
      await enrol(page, url)
      await check('wall')
      await page.locator('#wall .staff').tap()
      await page.locator('#pin').waitFor()
      await check('pin')
      await page.locator('#pin').fill('4711')
      await page.locator('.locked [type=submit]').tap()
      await page.locator('.unlocked').waitFor({ state: 'visible' })
      await check('corner-sv')
      await page.locator('.other-language').tap()
      await page.locator('.corner[lang=en] .unlocked').waitFor({ state: 'visible' })
      await check('corner-en')
      await page.locator('.unlocked .leave').tap()
      for (const { code } of languages) {
        await page.locator(`#wall [data-language="${code}"]`).tap()
        await page.locator('.intro').waitFor()
        await check(`${code}-intro`)
        await page.locator('.bar .languages summary').tap()
        await check(`${code}-languages`)
        await page.locator('.bar .languages summary').tap()
        await page.locator('.intro .next').tap()
        for (let step = 0; step < 8; step++) {
          const question = page.locator('.question:visible')
          if (step % 3 === 0) await question.locator('.option').first().tap()
          await check(`${code}-question-${step + 1}`)
          await question.locator('.next').tap()
        }
        await check(`${code}-sending`)
        await page.locator('.start-over').tap()
        await check(`${code}-start-over`)
        await page.locator('.ask-start-over .stay').tap()
        await sendOnTablet(page)
        await check(`${code}-thanks`)
        await page.reload()
        await page.locator('#wall').waitFor({ state: 'visible' })
      }
      const setState = (state: string) =>
        room.service.db.$client.prepare('update rounds set state = ?, late_until = null').run(state)
      setState('closed')
      await page.locator('#closed').waitFor({ state: 'visible' })
      await check('closed')
      setState('draft')
      await page.getByText('Undersökningen har inte börjat än').waitFor()
      await check('not-open')
      setState('collecting')
      await revokeTablet(room.service.db, id, { stolen: false })
      await page.getByText('Surfplattan används inte längre').waitFor()
      await check('gone')
    },
    300_000,
  )
})
