import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { prepareCommit } from '../../src/actions/record-response.ts'
import type { Range } from '../../src/disclosure/steps.ts'
import { listDays } from '../../src/disclosure/store.ts'
import { nationPlace } from '../../src/disclosure/told-numbers.ts'
import { tellRound } from '../../src/fieldwork/tell.ts'
import { setUpDevice } from '../support/device.ts'
import { valueIn } from '../support/rows.ts'
import { staffBrowser } from '../support/staff.ts'
import { type AskedWorld, leaveWorlds, makeWorld, wordsOf } from './asked.ts'

type Device = Awaited<ReturnType<typeof setUpDevice>>

/** Ways in which figures beside an answer once told who had answered, gone again. */

afterEach(leaveWorlds)

test.each([4, 5, 24])(
  'by watching a visit, where %d others have answered: no page moves on that day',
  async (others) => {
    const { read, answer, anna } = await makeWorld({ others, hasAnswered: false })
    const before = await read()
    answer([anna])
    expect(await read()).toEqual(before)
  },
)

/** What everybody is shown of tablets: their page, the home page, the page that closes the round, and the figures. */
async function readOfTablets({ clerk, read }: AskedWorld, id: string) {
  const admin = await staffBrowser(clerk.service, { role: 'national', language: 'en' })
  const host = await staffBrowser(clerk.service, { role: 'host', language: 'en', municipalityCode: '1489' })
  const more = [
    await clerk.staff.get(`/staff/tablets/${id}`),
    await clerk.staff.get(`/staff/tablets/${id}/ending`),
    await admin.get(`/staff/rounds/${clerk.round.id}/closing`),
    await host.get('/staff/tablets'),
  ]
  expect(more.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200])
  return [...(await read()), ...more.map(({ body }) => wordsOf(body))]
}

test('by a tablet’s counters beside one letter: they are not shown, and nothing else differs', async () => {
  const seen: string[][][] = []
  for (const hasAnswered of [true, false]) {
    const world = await makeWorld({ others: 0, hasAnswered })
    const { service, round } = world.clerk
    const device = await setUpDevice(service, round, { group: 'economic_assistance' })
    const looks: string[][] = []
    if (!hasAnswered) await device.deliver([device.seal()]) // in both worlds so many have answered in all
    for (let day = 14; day < 18; day++) {
      await device.deliver([device.seal()])
      looks.push(await readOfTablets(world, device.id))
      await tellRound(service.db, { roundId: round.id, day: `2026-09-${day}` })
      looks.push(await readOfTablets(world, device.id))
    }
    seen.push(looks)
  }
  expect(seen[0]).toEqual(seen[1])
})

test('by cutting the cable after a tablet’s delivery, so that it comes again: nobody is shown that anything came', async () => {
  const seen: string[][] = []
  for (const comes of [true, false]) {
    const world = await makeWorld({ others: 0, hasAnswered: false })
    const device = await setUpDevice(world.clerk.service, world.clerk.round, { group: 'economic_assistance' })
    const brought = comes ? [device.seal()] : []
    await device.deliver(brought) // the reply is lost, so that the tablet keeps it
    await device.deliver(brought)
    seen.push(await readOfTablets(world, device.id))
  }
  expect(seen[0]).toEqual(seen[1])
})

describe('by what is held of a tablet beyond its quota', () => {
  /** Brings a tablet to where everything more is held, lets one person answer at it or none, and reads everything on that day and after the night. */
  async function askAtTablet(prepare: (world: AskedWorld, device: Device) => Promise<unknown>) {
    const seen: string[][][] = []
    for (const comes of [true, false]) {
      const world = await makeWorld({ others: 7, hasAnswered: false })
      const { service, round } = world.clerk
      const device = await setUpDevice(service, round, { group: 'economic_assistance', quota: 20 })
      await prepare(world, device)
      await device.deliver(comes ? [device.seal()] : [])
      const looks = [await readOfTablets(world, device.id)]
      await tellRound(service.db, { roundId: round.id, day: '2026-09-14' })
      looks.push(await readOfTablets(world, device.id))
      await world.clerk.staff.post(`/staff/tablets/${device.id}/held`, { how: 'discard' })
      looks.push(await readOfTablets(world, device.id))
      seen.push(looks)
    }
    expect(seen[0]).toEqual(seen[1])
  }

  test('who sits at a tablet while it is taken out of use', () =>
    askAtTablet(({ clerk }, { id }) => clerk.staff.post(`/staff/tablets/${id}/ending`, { how: 'revoked' })))

  test.each([20, 21, 24])('who comes after %d answers of one’s own, which stay', (own) =>
    askAtTablet((_, device) => device.deliver(Array.from({ length: own }, () => device.seal()))),
  )
})

test('by the trend of later days less the page of a day: past days stay as they were told', async () => {
  const { clerk, ballot } = await makeWorld({ others: 0, hasAnswered: false })
  const { service, round } = clerk
  const places = [nationPlace, '1489']
  const noted: Range[][] = places.map(() => [])
  for (const [day, [large, small]] of [
    [9, 1],
    [12, 0],
    [3, 1],
    [14, 0],
    [7, 2],
    [25, 0],
  ].entries()) {
    const come = (stratumId: string, number: number) =>
      Array.from({ length: number }, () => ({
        ...ballot,
        stratumId,
        ballotId: randomBytes(16),
        channel: 'tablet' as const,
      }))
    prepareCommit(service.db)([...come(ballot.stratumId, large!), ...come(round.strata.youth, small!)])
    await tellRound(service.db, { roundId: round.id, day: `2026-09-${14 + day}` })
    for (const [index, place] of places.entries())
      noted[index]!.push((await listDays(service.db, round.id, place)).at(-1)!.responded)
  }
  for (const [index, place] of places.entries()) {
    const days = await listDays(service.db, round.id, place)
    expect(days.slice(-6).map(({ responded }) => responded)).toEqual(noted[index])
    for (const { low, high } of noted[index]!) expect(high - low).toBeGreaterThanOrEqual(4)
  }
})

test('what is left of asking at the price of five answers: they stay, and the trail has five codes drawn', async () => {
  const seen: string[][] = []
  for (const hasAnswered of [true, false]) {
    const { clerk, answer, ballot, read } = await makeWorld({ others: 0, hasAnswered })
    const { staff, service, round } = clerk
    const offer = `/staff/offer/${ballot.stratumId}`
    const codes: string[] = []
    while (codes.length < 5) {
      const once = /name="once" value="([^"]+)"/.exec((await staff.get(offer)).body)![1]!
      const drawn = await staff.post(`${offer}/code`, { once, language: 'sv' })
      codes.push(/\d{4}(?: \d{4}){3}/.exec(drawn.body)![0].replaceAll(' ', ''))
    }
    answer(codes)
    await tellRound(service.db, { roundId: round.id, day: '2026-09-14' })
    seen.push(await read())
    const trail = await valueIn(service.db, `select sum(number) from audit where action = 'offer.drawn'`)
    const stays = await valueIn(service.db, 'select sum(number) from urn_counts')
    expect([trail, stays]).toEqual([5, 5 + Number(hasAnswered)])
  }
  expect(seen[0]).not.toEqual(seen[1]) // as the table of docs/anonymity.md says of a stratum of one person
})
