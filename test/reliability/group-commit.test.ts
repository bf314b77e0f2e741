import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { prepareCommit } from '../../src/actions/record-response.ts'
import { groupCommit } from '../../src/urn/group-commit.ts'
import type { SealedBallot } from '../../src/urn/sealed-ballot.ts'
import { valueIn } from '../support/rows.ts'
import { openRound, startService } from '../support/service.ts'

class Busy extends Error {}
class Broken extends Error {}

const patience = { isBusy: (error: unknown) => error instanceof Busy, patienceMs: 5_000, pauseMs: 20 }

/** Time that moves only when a test moves it. */
const timers = ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'] as const

beforeEach(() => void vi.useFakeTimers({ toFake: [...timers] }))
afterEach(() => void vi.useRealTimers())

/** A store in memory, which does at each commit what it is told: the last of them forever. */
function storeThat(...commits: ('works' | 'is busy' | 'breaks')[]) {
  const stored: number[] = []
  const batches: number[][] = []
  const commit = (batch: number[]) => {
    const next = commits.length > 1 ? commits.shift() : commits[0]
    if (next === 'is busy') throw new Busy()
    if (next === 'breaks') throw new Broken()
    batches.push(batch)
    stored.push(...batch)
    return batch.map((submission) => `outcome of ${submission}`)
  }
  return { stored, batches, record: groupCommit(commit, patience) }
}

const ended = (promises: Promise<string>[]) => Promise.allSettled(promises)

describe('submissions that arrive together', () => {
  test('share one transaction, in their order, and each gets its own outcome', async () => {
    const { record, batches } = storeThat('works')
    const outcomes = Promise.all([record(3), record(1), record(2)])
    await vi.runAllTimersAsync()
    expect(await byNow(outcomes)).toEqual(['outcome of 3', 'outcome of 1', 'outcome of 2'])
    expect(batches).toEqual([[3, 1, 2]])
  })

  test('are not acknowledged before they are committed, however long the disk takes', async () => {
    const stored: number[] = []
    const record = groupCommit(async (batch: number[]) => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      stored.push(...batch)
      return batch
    }, patience)
    let acknowledged = false
    record(1).then(() => (acknowledged = true))
    await vi.advanceTimersByTimeAsync(49)
    expect([acknowledged, stored]).toEqual([false, []])
    await vi.runAllTimersAsync()
    expect([acknowledged, stored]).toEqual([true, [1]])
  })

  test('are all refused when the transaction breaks, and nothing of them is stored; the next ones are served', async () => {
    const { record, stored } = storeThat('breaks', 'breaks', 'breaks', 'works')
    const refused = ended([record(1), record(2)])
    await vi.runAllTimersAsync()
    expect((await byNow(refused)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(stored).toEqual([])

    const next = record(3)
    await vi.runAllTimersAsync()
    expect(await byNow(next)).toBe('outcome of 3')
  })

  test('are tried one by one when the transaction breaks, so that one bad submission takes nobody along', async () => {
    const { record, stored } = storeThat('breaks', 'breaks', 'works')
    const outcomes = ended([record(1), record(2)])
    await vi.runAllTimersAsync()
    expect((await byNow(outcomes)).map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    expect(stored).toEqual([2])
  })
})

describe('while somebody else holds the database', () => {
  test('submissions wait, later ones join them, and all are committed at once in the order of arrival', async () => {
    const { record, batches } = storeThat('is busy', 'is busy', 'works')
    const first = record(1)
    await vi.advanceTimersByTimeAsync(1)
    const second = record(2)
    await vi.advanceTimersByTimeAsync(100)
    expect(await byNow(Promise.all([first, second]))).toEqual(['outcome of 1', 'outcome of 2'])
    expect(batches).toEqual([[1, 2]])
  })

  test('each is told so when its own patience ends, and not before', async () => {
    const { record, stored } = storeThat('is busy')
    const ends: Record<number, number> = {}
    const submit = (submission: number) => record(submission).catch(() => (ends[submission] = performance.now()))
    const start = performance.now()
    void submit(1)
    await vi.advanceTimersByTimeAsync(2_000)
    void submit(2)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(ends[1]! - start).toBeGreaterThanOrEqual(5_000)
    expect(ends[1]! - start).toBeLessThanOrEqual(5_200)
    expect(ends[2]! - start).toBeGreaterThanOrEqual(7_000)
    expect(ends[2]! - start).toBeLessThanOrEqual(7_200)
    expect(stored).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })
})

test('whatever arrives and whatever happens: every submission is answered once, and stored exactly when it was acknowledged', async () => {
  const commits = fc.array(fc.constantFrom('works', 'works', 'is busy', 'is busy', 'breaks'), {
    maxLength: 60,
    size: 'max',
  })
  const turns = fc.array(
    fc.record({ arrive: fc.integer({ min: 0, max: 4 }), thenMs: fc.integer({ max: 4_000, min: 0 }) }),
    {
      minLength: 1,
      maxLength: 12,
      size: 'max',
    },
  )
  await fc.assert(
    fc.asyncProperty(commits, turns, fc.boolean(), async (planned, arrivals, recovers) => {
      const { record, stored, batches } = storeThat(...planned, recovers ? 'works' : 'is busy')
      const promises: Promise<string>[] = []
      for (const { arrive, thenMs } of arrivals) {
        for (let i = 0; i < arrive; i++) {
          const promise = record(promises.length)
          promise.catch(() => {}) // it may be refused long before all are looked at
          promises.push(promise)
        }
        await vi.advanceTimersByTimeAsync(thenMs)
      }
      await vi.advanceTimersByTimeAsync(6_000)

      const outcomes = await byNow(ended(promises))
      const acknowledged = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []))
      expect(stored, 'in order, once, and nothing that was refused').toEqual(acknowledged)
      expect(batches.every((batch) => batch.length > 0)).toBe(true)
      for (const [index, outcome] of outcomes.entries())
        if (outcome.status === 'fulfilled') expect(outcome.value).toBe(`outcome of ${index}`)
        else expect(outcome.reason).toSatisfy((reason) => reason instanceof Busy || reason instanceof Broken)
    }),
    { numRuns: 200 },
  )
})

test('the one write of answers: one that cannot be stored takes all of its batch back out of the database', async () => {
  vi.useRealTimers()
  const service = await startService()
  const { id: roundId, strata } = await openRound(service.db)
  const commit = prepareCommit(service.db)
  const ballot = (stratumId: string): SealedBallot => ({
    ballotId: randomBytes(16),
    spentTag: randomBytes(32),
    stratumId,
    channel: 'handout',
    roundId,
    sealed: randomBytes(112),
  })
  const good = [ballot(strata.youth), ballot(strata.guardian)]
  const count = (table: string) => valueIn(service.db, `select count(*) from ${table}`)

  expect(() => commit([good[0]!, ballot('no such stratum'), good[1]!])).toThrow()
  expect([await count('urn'), await count('spent')]).toEqual([0, 0])
  expect(commit(good)).toEqual(['recorded', 'recorded'])
  expect([await count('urn'), await count('spent')]).toEqual([2, 2])
  await service.close()
})

/** What a promise has come to: time stands still, so that nothing but what is known already can say so. @throws Error else. */
async function byNow<T>(promise: Promise<T>): Promise<T> {
  const never = async () => {
    for (let turn = 0; turn < 100; turn++) await Promise.resolve()
    throw new Error('Somebody still waits to be answered.')
  }
  return Promise.race([promise, never()])
}
