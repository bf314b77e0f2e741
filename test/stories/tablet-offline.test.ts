import { randomInt } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { loadLanguages, localesFolder } from '../../src/language/languages.ts'
import { type Answers, answersOf } from '../../src/questionnaire/answers.ts'
import { questions } from '../../src/questionnaire/questions.ts'
import { openSealed } from '../../src/round/round-key.ts'
import { endCollection } from '../../src/round/store.ts'
import { mostTogether } from '../../src/tablet/padding.ts'
import { revokeTablet } from '../../src/tablet/store.ts'
import { decodeBallot } from '../../src/urn/ballot.ts'
import { ballotsIn } from '../support/ballots-counted.ts'
import { hasChromium } from '../support/chromium.ts'
import { startService } from '../support/service.ts'
import { canMount, mountSmallDisk } from '../support/small-disk.ts'
import { answerOften, answerQuickly, lyingOn, shownOn } from '../support/tablet-hands.ts'
import { answerOnTablet, enrol, openWaitingRoom, sendOnTablet, type WaitingRoom } from '../support/waiting-room.ts'

let room: WaitingRoom
afterEach(() => room.close())

/** Everybody's answers as text, sorted: what is in the urn, for the holder of the round's key. */
async function inTheUrn({ service, round }: WaitingRoom): Promise<string[]> {
  const ballots = await ballotsIn(service.db, round.id)
  return ballots.map(({ sealed }) => asText(decodeBallot(openSealed(round.key, sealed)!).answers)).sort()
}
const asText = (answers: Answers) => questions.map(({ id }) => answers[id] ?? '-').join(' ')

const someAnswers = (): Answers => {
  const answers = answersOf(questions.map(({ options }) => randomInt(options.length + 1)))
  return Object.keys(answers).length > 0 ? answers : { gender: 'other' }
}

describe.skipIf(!hasChromium)('with the network cable out', () => {
  test.each([
    { number: 50, batteries: 5 },
    { number: 20, batteries: 2 },
    { number: 20, batteries: 2 },
  ])(
    '$number answers and $batteries dead batteries later, none is lost and none is doubled',
    async ({ number }) => {
      room = await openWaitingRoom()
      let tablet = await room.switchOn()
      await enrol(tablet.page, (await room.invite()).url)
      room.cable.pullOut()

      const thanked: string[] = []
      const again = async () => {
        await tablet.kill()
        tablet = await room.switchOn()
        await tablet.page.goto(`${room.cable.url}/tablet/`)
      }
      while (thanked.length < number) {
        const answers = someAnswers()
        await answerQuickly(tablet.page, answers)
        const dies = thanked.length % 10 === 9
        if (dies && thanked.length % 20 === 9) {
          await again() // with everything chosen and nothing sent: it is gone
          await answerQuickly(tablet.page, answers)
        }
        await sendOnTablet(tablet.page)
        thanked.push(asText(answers)) // thanked for: from here on it must not be lost
        if (dies) await again()
        else await tablet.page.reload()
      }
      expect((await lyingOn(tablet.page)).ballots).toBe(number)

      // The network comes, goes in the middle of deliveries, and the battery dies once more.
      room.cable.putBack()
      await expect.poll(async () => (await room.opened()).ballots, { interval: 20 }).toBeGreaterThan(0)
      room.cable.pullOut()
      await again()
      room.cable.putBack()
      await expect.poll(async () => (await lyingOn(tablet.page)).ballots).toBe(0)

      expect(await inTheUrn(room)).toEqual(thanked.sort())
      const overall = (option: string) => thanked.filter((text) => text.split(' ')[6] === option).length
      const counted = (await room.opened()).counts.filter(({ question }) => question === 'overall')
      for (const option of questions[6]!.options) {
        const found = counted.filter((count) => count.option === option).reduce((sum, count) => sum + count.number, 0)
        expect(found, option).toBe(overall(option))
      }
      expect((await room.tablets())[0]).toMatchObject({ delivered: number, held: 0 })
    },
    300_000,
  )

  test('more answers than one delivery holds are delivered in several, each once', async () => {
    room = await openWaitingRoom()
    const { page } = await room.switchOn()
    await enrol(page, (await room.invite()).url)
    room.cable.pullOut()
    const thanked: string[] = []
    while (thanked.length < 4) {
      const answers = someAnswers()
      await answerQuickly(page, answers)
      await sendOnTablet(page)
      thanked.push(asText(answers))
      await page.reload()
    }
    const alike = mostTogether + 1 - thanked.length
    thanked.push(...Array(alike).fill(asText(await answerOften(page, alike))))
    room.cable.putBack()
    await expect.poll(async () => (await lyingOn(page)).ballots).toBe(0)
    expect(await inTheUrn(room)).toEqual(thanked.sort())
  })

  test('a full disk is told, keeps the answers on the screen, and takes them when there is room', async (context) => {
    room = await openWaitingRoom()
    if (!canMount()) return context.skip('This user may not mount a small disk.')
    const disk = mountSmallDisk(room.profileOf('tablet'), 160)
    const { page, close } = await room.switchOn()
    try {
      await enrol(page, (await room.invite()).url)
      room.cable.pullOut()
      disk.leaveFree(0)
      const thanks = page.locator('.thanks:visible')
      const complaint = page.getByText(/Det gick inte att spara dina svar|Surfplattan kan inte spara svar/)
      let thanked = 0
      const mostThatFit = 200
      for (; thanked < mostThatFit; thanked++) {
        await answerQuickly(page, { contact: 'very_hard' })
        await page.locator('.deliver').tap()
        await thanks.or(complaint).first().waitFor({ state: 'visible' })
        if (await complaint.isVisible()) break // a few find room in what the files had left
        await page.reload() // the thanks would stay for fifteen seconds, and how many find room is not known
        await page.locator('#wall:visible').or(complaint).first().waitFor({ state: 'visible' })
        if (await complaint.isVisible()) break
      }
      expect(thanked).toBeLessThan(mostThatFit)
      expect(await thanks.isVisible()).toBe(false)
      disk.makeRoom()
      room.cable.putBack()
      if (await page.locator('.deliver').isVisible()) await sendOnTablet(page) // what was chosen is still there
      await expect.poll(() => shownOn(page), { timeout: 120_000 }).toBe('wall')
      await expect.poll(async () => (await room.opened()).ballots).toBeGreaterThanOrEqual(thanked)
      await answerQuickly(page, { contact: 'very_hard' })
      await sendOnTablet(page)
    } finally {
      await close()
      disk.unmount()
    }
  }, 300_000)

  test('a round that closes meanwhile still takes what was sealed, for a time, and the tablet then says it is closed', async () => {
    room = await openWaitingRoom()
    const { page } = await room.switchOn()
    await enrol(page, (await room.invite()).url)
    room.cable.pullOut()
    await answerQuickly(page, { situation: 'no_change' })
    await sendOnTablet(page)
    await page.reload()
    await endCollection(room.service.db, room.round.id, new Date(room.service.clock.now.getTime() + 72 * 3_600_000))
    room.cable.putBack()
    await page.locator('#closed').waitFor({ state: 'visible', timeout: 120_000 })
    await expect.poll(async () => (await room.opened()).ballots).toBe(1)

    await page.locator('#closed .staff').tap()
    await page.locator('#pin').waitFor()
  })

  test('what comes after that time is refused, and staff are told that it is not counted', async () => {
    room = await openWaitingRoom()
    const { page } = await room.switchOn()
    await enrol(page, (await room.invite('4711')).url)
    room.cable.pullOut()
    await answerQuickly(page, { situation: 'no_change' })
    await sendOnTablet(page)
    await page.reload()
    await endCollection(room.service.db, room.round.id, null)
    room.cable.putBack()
    await page.locator('#closed').waitFor({ state: 'visible', timeout: 120_000 })
    expect(await lyingOn(page)).toMatchObject({ ballots: 0, own: { refused: 1 } })
    expect((await room.opened()).ballots).toBe(0)
    await page.locator('#closed .staff').tap()
    await page.locator('#pin').fill('4711')
    await page.locator('.locked [type=submit]').tap()
    await expect.poll(() => page.locator('[data-figure=refused]').textContent()).toContain('ja')
  })

  test('a tablet that is revoked says so, delivers what it holds, and forgets everything', async () => {
    room = await openWaitingRoom()
    const { page } = await room.switchOn()
    const { id, url } = await room.invite()
    await enrol(page, url)
    await expect.poll(async () => (await room.tablets())[0]!.lastContactHour).toBeDefined()
    room.cable.pullOut()
    await answerQuickly(page, { gender: 'woman' })
    await sendOnTablet(page)
    await page.reload()
    // It tries, and cannot tell anybody what it holds.
    await page.waitForEvent('requestfailed', (request) => request.url().endsWith('/tablet/delivery'))
    await revokeTablet(room.service.db, id, { stolen: false })
    room.cable.putBack()
    await page.getByText('Surfplattan används inte längre').waitFor({ timeout: 120_000 })
    await expect.poll(async () => (await lyingOn(page)).ballots).toBe(0)
    const { own } = await lyingOn(page)
    expect(Object.keys(own).sort()).toEqual(
      ['declined', 'delivered', 'gone', 'sequence', 'today', 'refused', 'wrongPins'].sort(),
    )
    // It had not said that it held anything: a day's quota is taken all the same.
    expect((await room.tablets())[0]).toMatchObject({ state: 'revoked', delivered: 1, held: 0 })
    expect((await room.opened()).ballots).toBe(1)
    await page.reload()
    await page.getByText('Surfplattan används inte längre').waitFor()
  })

  test('a new version is fetched meanwhile and takes over between two persons, never under somebody’s hands', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'brukarsvar-update-')), 'survey.sqlite')
    room = await openWaitingRoom({ file })
    const { page } = await room.switchOn()
    await enrol(page, (await room.invite()).url)
    await page.locator('#wall [data-language="sv"]').tap()
    await page.locator('.intro .next').tap()
    await page.locator('.question:visible input[value="fairly_easy"]').tap()

    const locales = mkdtempSync(join(tmpdir(), 'brukarsvar-locales-'))
    cpSync(localesFolder, locales, { recursive: true })
    const texts = join(locales, 'sv/web.json')
    writeFileSync(texts, readFileSync(texts, 'utf8').replace('Undersökning om socialtjänsten', 'Den nya versionen'))
    const { keys, clock } = room.service
    const settings = { PUBLIC_URL: room.cable.url, TABLET_CONTACT_SECONDS: '1' }
    const next = await startService({
      file,
      keys,
      now: clock.now.toISOString(),
      languages: loadLanguages(locales),
      settings,
    })
    await next.app.listen({ port: 0, host: '127.0.0.1' })
    room.cable.plugInto((next.app.server.address() as { port: number }).port)
    room.cable.pullOut()
    room.cable.putBack()
    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => found!.update()))
    await page.waitForFunction(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting))
    for (let contact = 0; contact < 2; contact++) await page.waitForResponse('**/tablet/delivery')
    expect(await page.locator('.question:visible :checked').getAttribute('value')).toBe('fairly_easy')
    for (let step = 0; step < 8; step++) await page.locator('.question:visible .next').tap()
    await sendOnTablet(page)
    await page.locator('#wall').getByText('Den nya versionen').waitFor({ timeout: 120_000 })
    await answerOnTablet(page, 'sv', { views: 'no' })
    await sendOnTablet(page)
    await expect.poll(async () => (await room.opened()).ballots).toBe(2)
    await next.close()
    rmSync(locales, { recursive: true })
  }, 300_000)
})
