import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hold } from '../src/held.ts'
import { holdCeremonies } from '../src/round/ceremony.ts'
import { createRoundKey } from '../src/round/round-key.ts'
import { pendingImports, waitMinutes } from '../src/table/pending-imports.ts'

/** The service's clock stands still: what goes, goes by a timer of its own and not because somebody came by. */
const still = () => new Date('2026-03-02T09:00:00Z')
const session = Buffer.from('a session')

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

test('what is held leaves when its time is up, though nobody comes by', () => {
  const left: string[] = []
  const held = hold<string>(still, { minutes: 30, onLeaving: (what) => left.push(what) })
  held.keep('a', 'first')
  vi.advanceTimersByTime(20 * 60_000)
  held.keep('b', 'second')
  vi.advanceTimersByTime(10 * 60_000)
  expect(left).toEqual(['first'])
  vi.advanceTimersByTime(20 * 60_000)
  expect(left).toEqual(['first', 'second'])
  expect(vi.getTimerCount()).toBe(0)
})

test('what takes the place of another has its whole time', () => {
  const left: string[] = []
  const held = hold<string>(still, { minutes: 30, onLeaving: (what) => left.push(what) })
  held.keep('a', 'old')
  vi.advanceTimersByTime(29 * 60_000)
  held.keep('a', 'new')
  vi.advanceTimersByTime(29 * 60_000)
  expect([left, held.find('a')]).toEqual([['old'], 'new'])
})

test('the one held longest makes room, and nothing is given out after its time where a timer is late', () => {
  let now = still()
  const held = hold<number>(() => now, { minutes: 30, most: 2 })
  for (const [at, id] of ['a', 'b', 'c'].entries()) held.keep(id, at)
  expect(held.entries()).toEqual([
    ['b', 1],
    ['c', 2],
  ])
  now = new Date(now.getTime() + 30 * 60_000)
  expect([held.find('b'), held.entries()]).toEqual([undefined, []])
})

test('an uploaded file is gone after its wait, and at once when it is imported', () => {
  const pending = pendingImports<string>(still)
  const id = pending.keep(session, 'answers')
  expect(pending.find(session, id)).toBe('answers')
  vi.advanceTimersByTime(waitMinutes * 60_000)
  expect([pending.find(session, id), pending.findOf(session)]).toEqual([undefined, undefined])
  pending.forget(pending.keep(session, 'units'))
  expect([pending.findOf(session), vi.getTimerCount()]).toEqual([undefined, 0])
})

test('a private key that nobody saved is overwritten when its time is up', () => {
  const ceremonies = holdCeremonies(still)
  const key = createRoundKey('round')
  ceremonies.begin(session, { key, round: {} as never })
  vi.advanceTimersByTime(30 * 60_000)
  expect(key.secretKey.every((byte) => byte === 0)).toBe(true)
})
