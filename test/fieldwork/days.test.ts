import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dayBefore, dayNumber } from '../../src/fieldwork/days.ts'
import { makeNightly } from '../../src/fieldwork/nightly.ts'
import type { Line } from '../../src/fieldwork/overview.ts'
import { remember } from '../../src/fieldwork/remember.ts'
import { exactly, type Range } from '../../src/fieldwork/steps.ts'
import { listChannelRecords, listDays, listMovingRounds, takeSnapshot } from '../../src/fieldwork/store.ts'
import { atDay, trend } from '../../src/fieldwork/trend.ts'
import { addToTally } from '../../src/invitation/store.ts'
import { addStrata, addUnit, listStrata } from '../../src/organisation/store.ts'
import { prepareCommit } from '../../src/response/store.ts'
import { sealTo } from '../../src/round/round-key.ts'
import { endCollection } from '../../src/round/store.ts'
import { swedishDay } from '../../src/web/swedish-day.ts'
import { openRound } from '../support/service.ts'
import { type Ledger, openLedger } from './ledger-database.ts'

let ledger: Ledger
beforeEach(async () => {
  ledger = await openLedger()
})
afterEach(() => ledger.db.$client.close())

function respondAtTablet(stratumId: string, number: number) {
  const { db, roundId, key } = ledger
  const sealed = sealTo(key.publicKey, Buffer.alloc(64))
  const ballot = () => ({ ballotId: randomBytes(16), stratumId, channel: 'tablet' as const, roundId, sealed })
  prepareCommit(db)(Array.from({ length: number }, ballot))
}

const rows = () => ledger.db.$client.prepare('select * from fieldwork_days order by day, target_group').all()

describe('the days of a round', () => {
  test('are those of Sweden, in summer and in winter', () => {
    expect(swedishDay(new Date('2026-09-15T21:59:59Z'))).toBe('2026-09-15')
    expect(swedishDay(new Date('2026-09-15T22:00:00Z'))).toBe('2026-09-16')
    expect(swedishDay(new Date('2026-11-15T22:59:59Z'))).toBe('2026-11-15')
    expect(dayBefore('2026-03-01')).toBe('2026-02-28')
    expect(dayNumber('2026-09-01', '2026-10-31')).toBe(61) // over the end of summer time
  })

  test('are written once, by municipality and target group, and a later look changes nothing', async () => {
    const { db, roundId, strata } = ledger
    const { id: unit } = await addUnit(db, { municipalityCode: '1480', name: 'Centrum' })
    await addStrata(db, roundId, unit, ['youth'])
    respondAtTablet(strata.youth, 7)
    await addToTally(db, { stratumId: strata.youth, channel: 'tablet', disposition: 'declined', number: 3 })

    expect(await takeSnapshot(db, roundId, '2026-09-14')).toBe(6) // five groups there, one here
    respondAtTablet(strata.youth, 5)
    expect(await takeSnapshot(db, roundId, '2026-09-14')).toBe(0)
    expect(await takeSnapshot(db, roundId, '2026-09-15')).toBe(6)

    const counts = { declined: 3, undeliverable: 0 }
    expect(rows()).toContainEqual({
      ...{ round_id: roundId, day: '2026-09-14', municipality_code: '1489', target_group: 'youth' },
      ...{ offered: 10, responded: 7, ...counts },
    })
    const days = [
      { day: '2026-09-14', offered: 10, responded: 7, ...counts },
      { day: '2026-09-15', offered: 15, responded: 12, ...counts },
    ]
    expect(await listDays(db, roundId)).toEqual(days)
    expect(await listDays(db, roundId, { municipalityCode: '1489', targetGroup: 'youth' })).toEqual(days)
    expect((await listDays(db, roundId, { municipalityCode: '1480' }))[0]).toMatchObject({ offered: 0 })
  })

  test('are those on which a round collects, or still takes what lies in tablets', async () => {
    const { db, roundId } = ledger
    await openRound(db, { id: '2027', collecting: false })
    const now = new Date('2026-11-01T12:00:00Z')
    expect(await listMovingRounds(db, now)).toEqual([roundId])
    await endCollection(db, roundId, new Date('2026-11-03T00:00:00Z'))
    expect(await listMovingRounds(db, now)).toEqual([roundId])
    expect(await listMovingRounds(db, new Date('2026-11-04T00:00:00Z'))).toEqual([])
  })
})

describe('every night', () => {
  test('the day that has ended is written: at the start, and when the day has changed', async () => {
    const days: string[] = []
    let now = new Date('2026-09-15T09:00:00Z')
    const { look } = makeNightly(
      async (day) => {
        days.push(day)
      },
      () => now,
    )
    await Promise.all([look(), look()])
    now = new Date('2026-09-15T21:59:00Z')
    await look()
    now = new Date('2026-09-15T22:00:00Z')
    await look()
    await look()
    expect(days).toEqual(['2026-09-14', '2026-09-15'])
  })

  test('and what fails is tried again at the next look', async () => {
    let tries = 0
    const { look } = makeNightly(
      async () => {
        tries += 1
        if (tries === 1) throw new Error('the disk is full')
      },
      () => new Date('2026-09-15T09:00:00Z'),
    )
    await expect(look()).rejects.toThrow('the disk is full')
    await look()
    await look()
    expect(tries).toBe(2)
  })
})

describe('what is remembered for a minute', () => {
  test('is worked out once for everybody, anew after it, and again after a failure', async () => {
    let [now, times] = [new Date('2026-09-15T09:00:00Z'), 0]
    const ask = remember(
      async (round) => {
        times += 1
        if (times === 1) throw new Error('busy')
        return `${round} ${times}`
      },
      60,
      () => now,
    )
    await expect(ask('2026')).rejects.toThrow('busy')
    expect(await Promise.all([ask('2026'), ask('2026'), ask('2027')])).toEqual(['2026 2', '2026 2', '2027 3'])
    now = new Date('2026-09-15T09:01:00Z')
    expect(await ask('2026')).toBe('2026 4')
  })
})

describe('who works in a municipality or a unit', () => {
  test('gets its records and strata only', async () => {
    const { db, roundId, strata } = ledger
    const { id: unit } = await addUnit(db, { municipalityCode: '1480', name: 'Centrum' })
    await addStrata(db, roundId, unit, ['youth'])
    const there = (await listStrata(db, roundId, { municipalityCode: '1480' }))[0]!
    respondAtTablet(strata.youth, 7)
    respondAtTablet(there.id, 2)
    const seen = async (scope: Parameters<typeof listStrata>[2]) => [
      (await listStrata(db, roundId, scope)).length,
      (await listChannelRecords(db, roundId, scope)).map(({ responded }) => responded),
    ]
    expect(await seen({ municipalityCode: '1480' })).toEqual([1, [2]])
    expect(await seen({ municipalityCode: '1489' })).toEqual([5, [7]])
    expect(await seen({ municipalityCode: '1489', unitIds: [unit] })).toEqual([0, []]) // a unit of another municipality
    expect(await seen({ municipalityCode: '1480', unitIds: [unit] })).toEqual([1, [2]])
    expect(await seen({ municipalityCode: '1480', unitIds: [] })).toEqual([0, []])
    expect((await seen({}))[0]).toBe(6)
  })
})

describe('the trend', () => {
  const line = (offered: Range, responded: Range): Line => ({
    ...{ offered, responded, declined: 0, undeliverable: 0, problems: [] },
  })
  const days = [
    [1, 100, 3],
    [2, 100, 19],
    [3, 120, 30],
    [4, 130, 57],
  ].map(([number, offered, responded]) => ({
    day: `2026-09-0${number}`,
    ...{ offered: offered!, responded: responded!, declined: 0, undeliverable: 0 },
  }))

  test('gives the rate of each day from twenty answers on, and ends with today', () => {
    const points = trend(days, '2026-09-01', { day: '2026-09-05', line: line(exactly(200), exactly(80)) })
    expect(points.map(({ number, responded, rate }) => [number, responded, rate])).toEqual([
      [1, { low: 0, high: 4 }, undefined],
      [2, { low: 10, high: 19 }, undefined],
      [3, exactly(30), exactly(0.25)],
      [4, exactly(57), exactly(57 / 130)],
      [5, exactly(80), exactly(0.4)],
    ])
  })

  test('tells of no day more than is told of today', () => {
    const today = { day: '2026-09-05', line: line({ low: 150, high: 159 }, { low: 55, high: 59 }) }
    const points = trend(days, '2026-09-01', today)
    expect(points.map(({ responded }) => responded)).toEqual([
      { low: 0, high: 4 },
      { low: 10, high: 19 },
      exactly(30),
      { low: 55, high: 59 },
      { low: 55, high: 59 },
    ])
    expect(points[2]).toMatchObject({ offered: { low: 120, high: 139 }, rate: { low: 30 / 139, high: 0.25 } })
  })

  test('is compared with the same day of last year, or the last before it', () => {
    const points = trend(days, '2026-09-01', { day: '2026-09-09', line: line(exactly(200), exactly(80)) })
    expect(atDay(points, 4)!.day).toBe('2026-09-04')
    expect(atDay(points, 7)!.day).toBe('2026-09-04')
    expect(atDay(points, 0)).toBeUndefined()
  })
})
