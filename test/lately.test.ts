import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../src/errors.ts'
import { isResting } from '../src/mail/outage.ts'
import { fewAnHour } from '../src/memory/few-an-hour.ts'
import { lately } from '../src/memory/lately.ts'
import { countLately } from '../src/memory/lately-counted.ts'
import { limitWrongCodes } from '../src/pages/respondent/wrong-codes.ts'
import { slowDown } from '../src/pages/staff/slow-down.ts'
import { limitDeliveries } from '../src/pages/tablet/deliveries.ts'

const clock = { now: new Date('2026-03-02T09:00:00Z') }
const byClock = () => clock.now
const later = (minutes: number) => {
  clock.now = new Date(clock.now.getTime() + minutes * 60_000)
}
const address = (n: number) => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`
const networks = (n: number) => ({ own: `own ${n}`, wide: `wide ${n}` })

test('never more is known than there is room for, and what is known is what was put last', () => {
  const put = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 1000 }))
  fc.assert(
    fc.property(fc.array(put, { minLength: 100, maxLength: 400, size: 'max' }), (puts) => {
      const known = lately<number>(byClock, { minutes: 15, weightOf: (value) => value, most: 20 })
      const last = new Map<string, number>()
      for (const [key, value] of puts) {
        known.put(`${key}`, value)
        last.set(`${key}`, value)
        expect(known.find(`${key}`)).toBe(value)
      }
      const found = [...last].filter(([key]) => known.find(key) !== undefined)
      expect(found).toHaveLength(known.size())
      expect(known.size()).toBe(Math.min(20, last.size))
      for (const [key, value] of found) expect(known.find(key)).toBe(value)
    }),
    { numRuns: 50 },
  )
})

test('new keys push out what weighs as little as they, the oldest first, and nothing that weighs more', () => {
  const known = lately<number>(byClock, { minutes: 15, weightOf: (value) => value, most: 10 })
  known.put('often', 8)
  known.put('twice', 2)
  for (let n = 0; n < 1000; n++) known.put(`${n}`, 1)
  const left = ['often', 'twice', '0', '991', '992', '999'].filter((key) => known.find(key) !== undefined)
  expect(left).toEqual(['often', 'twice', '992', '999'])
})

test('nothing is known after its time, and it takes no room either', () => {
  const known = lately<number>(byClock, { minutes: 15, weightOf: () => 1 })
  for (let n = 0; n < 100; n++) known.put(`${n}`, 1)
  later(15.01)
  expect(known.find('7')).toBeUndefined()
  known.put('new', 1)
  expect(known.size()).toBe(1)
})

test('what was put is not known any more where the clock was set back to before, and goes at the next sweep', () => {
  const known = lately<number>(byClock, { minutes: 15, weightOf: () => 1 })
  for (let n = 0; n < 100; n++) known.put(`${n}`, 1)
  later(-24 * 60)
  expect(known.find('7')).toBeUndefined()
  known.put('new', 1)
  expect([known.find('new'), known.size()]).toEqual([1, 1])
})

describe('a clock that is set back lengthens nobody’s wait', () => {
  const back = fc.integer({ min: 1, max: 500 * 24 * 60 })

  test('after wrong passwords', async () => {
    await fc.assert(
      fc.asyncProperty(back, fc.integer({ min: 5, max: 13 }), async (minutes, times) => {
        const { attempt } = slowDown(byClock)
        const guess = () => attempt({ who: 'asa@example.se', networks: networks(1) }, async () => false)
        for (let n = 0; n < times; n++) {
          await guess()
          later(1.01)
        }
        await guess() // it counts, so that the next has to wait
        expect((await guess()).waitSeconds).toBeGreaterThan(0)
        later(-minutes)
        expect((await guess()).waitSeconds).toBe(0)
        later(minutes)
      }),
      { numRuns: 30 },
    )
  })

  test('for what may be done a few times an hour', () => {
    fc.assert(
      fc.property(back, (minutes) => {
        const { take } = fewAnHour(3, byClock)
        for (let n = 0; n < 3; n++) take('a')
        expect(take('a')).toBe(false)
        later(-minutes)
        expect(take('a')).toBe(true)
      }),
    )
  })

  test('of mails until the server is asked again', () => {
    const nextTry = new Date(byClock().getTime() + 15 * 60_000)
    const problem = { trouble: 'unreachable' } as const
    const server = { outage: { problem, since: byClock(), nextTry } }
    expect(isResting(server, byClock())).toBe(true)
    later(-1)
    expect(isResting(server, byClock())).toBe(false)
    later(16)
    expect([isResting(server, byClock()), isResting({}, byClock())]).toEqual([false, false])
  })
})

describe('counts of wrong passwords run out', () => {
  const wrong = async () => false
  const wait = async (attempt: ReturnType<typeof slowDown>['attempt'], who: string, network: number) =>
    (await attempt({ who, networks: networks(network) }, wrong)).waitSeconds

  test('of an office in which somebody fails now and then', async () => {
    const { attempt } = slowDown(byClock)
    for (let n = 0; n < 70; n++) {
      await wait(attempt, `colleague ${n}`, 1)
      later(14)
    }
    await wait(attempt, 'asa@example.se', 1)
    expect(await wait(attempt, 'bo@example.se', 1)).toBe(0)
  })

  test('of one account that somebody else goes on failing with', async () => {
    const { attempt } = slowDown(byClock)
    for (let n = 0; n < 70; n++) {
      await wait(attempt, 'asa@example.se', n)
      later(14)
    }
    expect([await wait(attempt, 'asa@example.se', 71), await wait(attempt, 'asa@example.se', 71)]).toEqual([0, 0])
  })

  test('of all the country', async () => {
    const { attempt } = slowDown(byClock)
    for (let n = 0; n < 2_005; n++) {
      await wait(attempt, `somebody ${n}`, n)
      later(2)
    }
    await wait(attempt, 'asa@example.se', 3_000)
    expect(await wait(attempt, 'bo@example.se', 3_000)).toBe(0)
  })
})

const full = async () => {
  throw new DomainError('too-many', 'Too many passwords are being checked.')
}

test('sign-ins that are refused for want of room leave nothing behind', async () => {
  const { attempt, size } = slowDown(byClock)
  for (let n = 0; n < 2_000; n++)
    await attempt({ who: `${n}${'x'.repeat(180)} false`, networks: networks(n) }, full).catch(() => {})
  expect(size()).toBe(0)
})

test('failed sign-ins on ever new accounts from ever new networks have a bound, and no wait of others is forgotten', async () => {
  const { attempt, size } = slowDown(byClock)
  const wrong = async () => false
  const guess = () => attempt({ who: 'asa@example.se false' }, wrong)
  for (let times = 0; times < 8; times++) {
    await guess()
    later(0.2)
  }
  for (let n = 0; n < 21_000; n++) {
    await attempt({ who: `${n}`, networks: networks(n) }, wrong)
  }
  expect(size()).toBe(60_001)
  expect((await guess()).waitSeconds).toBeGreaterThan(0)
})

test('what may be done a few times an hour may be done so often for each, and a flood of others takes nobody’s count', () => {
  const { take, isLeft } = fewAnHour(3, byClock)
  expect([take('a'), take('a'), take('a'), take('a'), isLeft('a')]).toEqual([true, true, true, false, false])
  for (let n = 0; n < 21_000; n++) take(`${n}`)
  expect([take('a'), take('b')]).toEqual([false, true])
  later(60.1)
  expect(take('a')).toBe(true)
})

test('a network that tried too many codes waits on while ever new ones try, and for an hour', async () => {
  const codes = limitWrongCodes(10, byClock)
  const isLetIn = (from: string) => codes.minutesToWait(from).then((minutes) => minutes === 0)
  for (let times = 0; times < 10; times++) await codes.count('192.0.2.1')
  for (let n = 0; n < 21_000; n++) await codes.count(address(n))
  expect([await isLetIn('192.0.2.1'), await isLetIn('198.51.100.7')]).toEqual([false, true])
  const waits: number[] = []
  for (const minutes of [0, 1, 10, 38, 10.5]) {
    later(minutes)
    waits.push(await codes.minutesToWait('192.0.2.1'))
  }
  expect(waits).toEqual([60, 60, 50, 20, 10]) // after 0, 1, 11, 49 and 59.5 of sixty
  later(0.5)
  expect(await isLetIn('192.0.2.1')).toBe(true)
})

test('a tablet comes so often in a minute, and ever new keys take nobody’s count', async () => {
  const { count } = limitDeliveries(3, byClock)
  const comes = (key: string) =>
    count(Buffer.from(key)).then(
      () => true,
      () => false,
    )
  expect([await comes('a'), await comes('a'), await comes('a'), await comes('a')]).toEqual([true, true, true, false])
  for (let n = 0; n < 21_000; n++) await comes(`${n}`)
  expect([await comes('a'), await comes('b')]).toEqual([false, true])
  later(1)
  expect(await comes('a')).toBe(true)
})

test('what came is counted from the first time on, for each key, and then from none again', () => {
  let now = 0
  const counted = countLately(() => new Date(now), 60)
  for (const minutes of [0, 30, 59]) {
    now = minutes * 60_000
    counted.add('one')
  }
  counted.add('other')
  expect([counted.numberOf('one'), counted.numberOf('other'), counted.numberOf('none')]).toEqual([3, 1, 0])
  now = 60 * 60_000
  expect([counted.numberOf('one'), counted.numberOf('other')]).toEqual([0, 1])
  counted.add('one')
  expect(counted.numberOf('one')).toBe(1)
  now = 0 // the clock is set back
  expect(counted.numberOf('one')).toBe(0)
})
