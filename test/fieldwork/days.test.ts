import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { prepareCommit } from '../../src/actions/record-response.ts'
import { listDays, wasTold, writeNight } from '../../src/disclosure/store.ts'
import { nationPlace, ToldNumbers } from '../../src/disclosure/told-numbers.ts'
import { makeNightly } from '../../src/fieldwork/nightly.ts'
import { remember } from '../../src/fieldwork/remember.ts'
import { listMovingRounds, listTold } from '../../src/fieldwork/store.ts'
import { tellRound } from '../../src/fieldwork/tell.ts'
import { atDay, trend } from '../../src/fieldwork/trend.ts'
import { addToTally } from '../../src/invitation/tally-store.ts'
import { addStrata, addUnit, listStrata } from '../../src/organisation/store.ts'
import { sealTo } from '../../src/round/round-key.ts'
import { endCollection } from '../../src/round/store.ts'
import { dayBefore, dayNumber } from '../../src/time/days.ts'
import { swedishDay } from '../../src/time/swedish-day.ts'
import { listChannelRecords } from '../support/exact-ledger.ts'
import { rowsIn, runIn } from '../support/rows.ts'
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

describe('the days of a round', () => {
  test('are those of Sweden, in summer and in winter', () => {
    expect(swedishDay(new Date('2026-09-15T21:59:59Z'))).toBe('2026-09-15')
    expect(swedishDay(new Date('2026-09-15T22:00:00Z'))).toBe('2026-09-16')
    expect(swedishDay(new Date('2026-11-15T22:59:59Z'))).toBe('2026-11-15')
    expect(dayBefore('2026-03-01')).toBe('2026-02-28')
    expect(dayNumber('2026-09-01', '2026-10-31')).toBe(61) // over the end of summer time
  })

  test('are told once, also where two services look at the same time', async () => {
    const { db, roundId } = ledger
    const told = (low: number) => {
      const numbers = new ToldNumbers()
      numbers.set(nationPlace, 'all', { low, high: low + 4, moved: low })
      const line = { offered: { low: 0, high: 0 }, responded: { low, high: low + 4 } }
      return { roundId, day: '2026-09-14', today: '2026-09-15', told: numbers, lines: [{ place: nationPlace, line }] }
    }
    expect([await writeNight(db, told(5)), await writeNight(db, told(10))]).toEqual([true, false])
    expect((await listTold(db, roundId)).find(nationPlace, 'all')).toMatchObject({ low: 5 })
    expect(await listDays(db, roundId, nationPlace)).toMatchObject([{ responded: { low: 5, high: 9 } }])
  })

  test('are told once, and a later look changes nothing', async () => {
    const { db, roundId, strata } = ledger
    const { id: unit } = await addUnit(db, { municipalityCode: '1480', name: 'Centrum' })
    await addStrata(db, roundId, unit, ['youth'])
    respondAtTablet(strata.youth, 7)
    await addToTally(db, { stratumId: strata.youth, channel: 'tablet', disposition: 'declined', number: 3 })

    expect(await tellRound(db, { roundId, day: '2026-09-14' })).toBe(true)
    respondAtTablet(strata.youth, 15)
    expect(await tellRound(db, { roundId, day: '2026-09-14' })).toBe(false)
    expect((await listTold(db, roundId)).find(strata.youth, 'all')).toEqual({ low: 5, high: 9, moved: 7 })
    expect(await tellRound(db, { roundId, day: '2026-09-15' })).toBe(true)
    expect((await listTold(db, roundId)).find(strata.youth, 'all')).toEqual({ low: 20, high: 24, moved: 22 })
    expect((await listDays(db, roundId, '1489')).map(({ day }) => day)).toEqual(['2026-09-14', '2026-09-15'])
    expect((await listDays(db, roundId, '1480'))[0]).toMatchObject({ responded: { low: 0, high: 0 } })
    expect(await listDays(db, roundId, nationPlace)).toHaveLength(2)
  })

  test('go on from the night before', async () => {
    const { db, roundId, strata } = ledger
    await addToTally(db, { stratumId: strata.youth, channel: 'tablet', disposition: 'declined', number: 3 })
    respondAtTablet(strata.youth, 9)
    await tellRound(db, { roundId, day: '2026-09-14' })
    const places = [strata.youth!, '1489', nationPlace]
    const told = async () => {
      const now = await listTold(db, roundId)
      return places.map((place) => now.find(place, 'all'))
    }
    await runIn(db, `update told_numbers set moved = 8 where part = 'all'`)
    respondAtTablet(strata.youth, 3) // two beyond the border, but four since it was reached
    await tellRound(db, { roundId, day: '2026-09-15' })
    expect(await told()).toEqual(places.map(() => ({ low: 5, high: 9, moved: 8 })))
  })

  test('keep ranges only: no number of theirs is one that came in', async () => {
    const { db, roundId, strata } = ledger
    respondAtTablet(strata.youth, 37)
    await tellRound(db, { roundId, day: '2026-09-14' })
    for (const row of await rowsIn<Record<string, number>>(db, 'select * from fieldwork_days where responded_high > 0'))
      expect(row.responded_high! - row.responded_low!).toBeGreaterThanOrEqual(4)
  })

  test('that a clock made up which was wrong go again, and the right ones are told', async () => {
    const { db, roundId, strata } = ledger
    respondAtTablet(strata.youth, 7)
    await tellRound(db, { roundId, day: '2031-01-01', today: '2031-01-02' })
    expect(await tellRound(db, { roundId, day: '2026-09-14', today: '2026-09-15' })).toBe(true)
    expect((await listDays(db, roundId, nationPlace)).map(({ day }) => day)).toEqual(['2026-09-14'])
    expect(await wasTold(db, { roundId, day: '2026-09-13', today: '2026-09-15' })).toBe(true)
  })

  test('are those on which a round collects, or still takes what lies in tablets', async () => {
    const { db, roundId } = ledger
    await openRound(db, { id: '2027', collecting: false })
    const now = new Date('2026-11-01T12:00:00Z')
    const moving = async (at: Date) => (await listMovingRounds(db, at)).map(({ id }) => id)
    expect(await moving(now)).toEqual([roundId])
    await endCollection(db, roundId, new Date('2026-11-03T00:00:00Z'))
    expect(await moving(now)).toEqual([roundId])
    expect(await moving(new Date('2026-11-04T00:00:00Z'))).toEqual([roundId]) // what came last is told as well
    expect(await moving(new Date('2026-11-05T00:00:00Z'))).toEqual([])
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
      1,
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
  const days = ['2026-09-01', '2026-09-04', '2026-09-05'].map((day, index) => ({
    day,
    offered: { low: 100, high: 100 },
    responded: { low: 10 * index, high: 10 * index + 9 },
  }))

  test('is the days as they were told, from the first of the round on', () => {
    expect(trend(days, '2026-09-01').map(({ number, responded }) => [number, responded.low])).toEqual([
      [1, 0],
      [4, 10],
      [5, 20],
    ])
  })

  test('is compared with the same day of last year, or the last before it', () => {
    const points = trend(days, '2026-09-01')
    expect(atDay(points, 4)!.day).toBe('2026-09-04')
    expect(atDay(points, 3)!.day).toBe('2026-09-01')
    expect(atDay(points, 0)).toBeUndefined()
  })
})
