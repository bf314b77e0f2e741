import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { endCollection } from '../src/actions/close-round.ts'
import { makeNights } from '../src/actions/nights.ts'
import { openRoundUrn } from '../src/actions/open-urn.ts'
import { prepareCommit } from '../src/actions/record-response.ts'
import { openMailDatabase } from '../src/database/mail-connection.ts'
import { mailFileOf } from '../src/database/mail-file.ts'
import { forgetDaysAfter, listDays } from '../src/disclosure/store.ts'
import { nationPlace } from '../src/disclosure/told-numbers.ts'
import type { ClockDoubt } from '../src/fieldwork/clock-doubt.ts'
import { listTold } from '../src/fieldwork/store.ts'
import { tellRound } from '../src/fieldwork/tell.ts'
import { makeLog } from '../src/log/log.ts'
import { addRecipients, listWrittenTo } from '../src/mail/recipient-store.ts'
import { sealTo } from '../src/round/round-key.ts'
import { getRound } from '../src/round/store.ts'
import { type Ledger, openLedger } from './fieldwork/ledger-database.ts'
import { runIn, valuesIn } from './support/rows.ts'

const minute = 60_000
const builtAt = new Date('2026-09-01T00:00:00Z')
const spentPepper = randomBytes(32)
const begin = new Date('2026-09-15T12:00:00Z').getTime()

let ledger: Ledger
let mailDb: ReturnType<typeof openMailDatabase>
beforeEach(async () => {
  ledger = await openLedger()
  mailDb = openMailDatabase(':memory:')
})
afterEach(() => {
  ledger.db.$client.close()
  mailDb.$client.close()
})

/** A machine whose clock can be set, and what a service on it does at night; it looks every ten minutes. */
function machine({ wrongBy = 0, from = begin } = {}) {
  const state = { elapsed: 0, wrongBy, announced: 0 }
  const said: { level: string; doubt?: ClockDoubt; msg: string }[] = []
  const clock = () => new Date(from + state.elapsed + state.wrongBy)
  const log = makeLog('info', { write: (line: string) => void said.push(JSON.parse(line)) } as never)
  const { db } = ledger
  const nights = makeNights({
    ...{ db, mailFile: mailFileOf(mailDb), clock },
    ...{ elapsedMs: () => state.elapsed, builtAt, patienceMs: 100, log },
    tellOfReleases: async () => void state.announced++,
  })
  return {
    state,
    said,
    doubt: nights.doubt,
    faults: () => said.flatMap(({ doubt }) => doubt ?? []),
    async pass(hours: number) {
      for (let passed = 0; passed < hours * 6; passed++) {
        await nights.look()
        state.elapsed += 10 * minute
      }
    },
  }
}

const told = async () => (await listDays(ledger.db, ledger.roundId, nationPlace)).map(({ day }) => day)
const days = (number: number) => number * 24 * 60 * minute

describe('a clock that is wrong from the start', () => {
  test('and stands before the program was built tells nothing, says so once, and is believed when it is set right', async () => {
    const { pass, state, faults, doubt } = machine({ wrongBy: -days(400) })
    await pass(48)
    expect([await told(), faults(), doubt()]).toEqual([[], ['before-build'], 'before-build'])
    expect(state.announced).toBe(0) // nor is anybody told by mail what would have happened to results
    state.wrongBy = 0
    await pass(2)
    expect([await told(), doubt()]).toEqual([['2026-09-16'], undefined])
    expect(state.announced).toBeGreaterThan(0)
  })

  test('and stands before a day that was told takes out nothing, until the operator says that the clock is right', async () => {
    const { db, roundId } = ledger
    await tellRound(db, { roundId, day: '2026-09-20' })
    const first = machine()
    await first.pass(48)
    expect([await told(), first.faults()]).toEqual([['2026-09-20'], ['before-last-night']])

    expect(await forgetDaysAfter(db, '2026-09-17')).toBe(1)
    const second = machine({ from: begin + days(2) })
    await second.pass(24)
    expect([await told(), second.faults()]).toEqual([['2026-09-16', '2026-09-17'], []])
  })

  test('is believed again by itself when that day has come', async () => {
    const { db, roundId } = ledger
    await tellRound(db, { roundId, day: '2026-09-17' })
    const { pass } = machine()
    await pass(4 * 24)
    expect(await told()).toEqual(['2026-09-17', '2026-09-18'])
  })

  test('and stands so long after the round that none goes on for so long tells nothing', async () => {
    const { pass, faults } = machine({ wrongBy: days(400) })
    await pass(24)
    expect([await told(), faults()]).toEqual([[], ['long-after-round']])
  })

  test('and has told a day that no round can see: it goes when the clock is right', async () => {
    const { db, roundId } = ledger
    await tellRound(db, { roundId, day: '2031-01-01', today: '2031-01-02' })
    const { pass, faults } = machine()
    await pass(1)
    expect([await told(), faults()]).toEqual([['2026-09-14'], []])
  })
})

describe('a clock that is set wrong while the service runs', () => {
  test('for longer than it waits, and right again, leaves no day that has not come', async () => {
    const { pass, state } = machine()
    await pass(2)
    state.wrongBy = days(47)
    await pass(3)
    expect(await told()).toEqual(['2026-09-14', '2026-10-31'])
    state.wrongBy = 0
    await pass(24)
    expect(await told()).toEqual(['2026-09-14', '2026-09-15'])
  })

  test('to long ago, for good, takes out nothing that was told', async () => {
    const { pass, state, faults } = machine({ from: begin + days(20) })
    await pass(48)
    const before = await told()
    expect(before).toEqual(['2026-10-04', '2026-10-05', '2026-10-06'])
    state.wrongBy = -days(25)
    await pass(48)
    expect([await told(), faults()]).toEqual([before, ['before-last-night']])
  })

  test('over midnight makes up for the day as soon as it is believed', async () => {
    const { pass, state, doubt } = machine()
    await pass(9.5) // half past eleven in the evening
    state.wrongBy = 7 * minute
    await pass(0.5)
    state.wrongBy = 0
    await pass(0.5)
    expect([await told(), doubt()]).toEqual([['2026-09-14'], 'jumped'])
    await pass(1)
    expect([await told(), doubt()]).toEqual([['2026-09-14', '2026-09-15'], undefined])
  })
})

test('a close by a clock that stands before what was told takes out no day, and is told', async () => {
  const { db, roundId, strata } = ledger
  await tellRound(db, { roundId, day: '2026-10-30' })
  const sealed = sealTo(ledger.key.publicKey, Buffer.alloc(64))
  const ballot = () => ({
    ballotId: randomBytes(16),
    stratumId: strata.youth,
    channel: 'tablet' as const,
    roundId,
    sealed,
  })
  prepareCommit(db)(Array.from({ length: 22 }, ballot))
  await endCollection(db, roundId, { now: new Date('2020-01-01T12:00:00Z'), lateUntil: null, spentPepper })
  expect(await told()).toEqual(['2026-10-30', '2026-10-31'])
  expect((await listTold(db, roundId)).find(strata.youth, 'all')).toMatchObject({ moved: 22 })
})

describe('the close of a round that was cut off', () => {
  const day = { now: new Date(begin), lateUntil: null, spentPepper }

  test('before it was told is told by the next look, and no more once the urn was opened', async () => {
    const { db, roundId, key } = ledger
    await runIn(db, `create trigger full before insert on fieldwork_days begin select raise(abort, 'full'); end`)
    await expect(endCollection(db, roundId, day)).rejects.toThrow('full')
    expect((await getRound(db, roundId)).state).toBe('closed')
    const { pass } = machine()
    await pass(1)
    expect(await told()).toEqual([])
    await runIn(db, 'drop trigger full')
    await pass(1)
    expect(await told()).toEqual(['2026-09-14'])
    await openRoundUrn(db, await getRound(db, roundId), { key, spentPepper })
    const atOpening = await told()
    await pass(72)
    expect(await told()).toEqual(atOpening)
  })

  test('before addresses were taken out leaves none: they go at the next start, also while the clock is wrong', async () => {
    const { db, roundId, strata } = ledger
    const person = { roundId, stratumId: strata.youth, sealed: randomBytes(100) }
    for (const round of [roundId, 'another'])
      await addRecipients(
        mailDb,
        [{ ...person, roundId: round, id: round, addressTag: randomBytes(32) }],
        new Date(begin),
      )
    const { pass } = machine({ wrongBy: -days(400) })
    await pass(1)
    expect(await listWrittenTo(mailDb)).toEqual(['2026', 'another'])
    await endCollection(db, roundId, day)
    await machine({ wrongBy: -days(400) }).pass(1)
    expect(await listWrittenTo(mailDb)).toEqual(['another'])
  })
})

test('a night takes out what staff have left behind that has reached its age, of deeds and of mails, and nothing younger', async () => {
  const { db } = ledger
  const at = (daysAgo: number) => new Date(begin - days(daysAgo)).toISOString()
  for (const [id, daysAgo] of [
    ['old', 735],
    ['young', 700],
  ] as const)
    await runIn(
      db,
      'insert into audit (at, id, staff_id, action, subject) values (?, ?, ?, ?, ?)',
      ...[at(daysAgo), id, 'anna', 'units.added', 'Enheten'],
    )
  for (const [id, daysAgo] of [
    ['old', 35],
    ['young', 20],
  ] as const)
    await runIn(
      mailDb,
      `insert into outbox (id, kind, sealed, next_attempt_at, state) values (?, 'staff', zeroblob(8), ?, 'given_up')`,
      ...[id, at(daysAgo)],
    )
  await machine().pass(30)
  expect(await valuesIn(db, 'select id from audit order by id')).toEqual(['young'])
  expect(await valuesIn(mailDb, 'select id from outbox order by id')).toEqual(['young'])
})
