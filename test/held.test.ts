import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { hold } from '../src/memory/held.ts'
import { onceOnly } from '../src/pages/staff/once.ts'
import { lastForms } from '../src/pages/staff/paper/last-forms.ts'
import { printJobs } from '../src/print/print-jobs.ts'
import { holdCeremonies } from '../src/round/ceremony.ts'
import { createRoundKey } from '../src/round/round-key.ts'
import { pendingImports, sizeOfRead } from '../src/table/pending-imports.ts'

/** The service's clock stands still: what goes, goes by a timer of its own and not because somebody came by. */
const still = () => new Date('2026-03-02T09:00:00Z')
const session = Buffer.from('a session')
const minutes = 30
const small = { minutes, sizeOf: () => 1 }
const by = (name: string | Buffer, id = String(name)) => ({ id, sessionTag: Buffer.from(name) })

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
  const pending = pendingImports<string>(still, small)
  const id = pending.keep(by(session), 'answers')
  expect(pending.find(session, id)).toBe('answers')
  vi.advanceTimersByTime(minutes * 60_000)
  expect(pending.find(session, id)).toBe(undefined)
  const imported = pending.keep(by(session), 'units')
  pending.forget(imported)
  expect([pending.find(session, imported), vi.getTimerCount()]).toEqual([undefined, 0])
})

test('several files of a session wait, each under its own id and for that session only', () => {
  const pending = pendingImports<string>(still, small)
  const ids = ['a', 'b', 'c', 'd', 'e'].map((name) => pending.keep(by(session), name))
  expect(ids.map((id) => pending.find(session, id))).toEqual([undefined, 'b', 'c', 'd', 'e'])
  expect(ids.map((id) => pending.find(Buffer.from('another'), id))).toEqual(Array(5).fill(undefined))
})

test('files that wait take no more than a bound together: one person’s make room for theirs only, and nobody’s for others', () => {
  const megabytes = 1024 * 1024
  const pending = pendingImports<{ bytes: Buffer }>(still, {
    minutes,
    sizeOf: ({ bytes }) => sizeOfRead({ bytes, rows: 0 }),
  })
  const keep = (name: string, person: string) => pending.keep(by(name, person), { bytes: Buffer.alloc(5 * megabytes) })
  const isThere = (name: string, id: string) => pending.find(Buffer.from(name), id) !== undefined
  const quiet = keep('quiet', 'Åsa')
  const greedy = Array.from({ length: 20 }, (_, at) => keep(`greedy ${at}`, 'Mallory'))
  expect(greedy.filter((id, at) => isThere(`greedy ${at}`, id))).toHaveLength(4)
  expect(isThere('quiet', quiet)).toBe(true)
  for (const name of ['a', 'b', 'c']) expect(isThere(name, keep(name, name))).toBe(true)
  expect(() => keep('d', 'd')).toThrow(expect.objectContaining({ code: 'too-many', values: { minutes: 5 } }))
  expect(isThere('quiet', quiet)).toBe(true)
})

test('a large file that nobody has looked at for five minutes makes room for somebody else’s, and one that is looked at does not', () => {
  let now = still()
  const later = (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000)
  }
  const pending = pendingImports<{ rows: number; columns: number }>(() => now, {
    minutes,
    sizeOf: (table) => sizeOfRead({ bytes: Buffer.alloc(4_500_000), ...table }),
  })
  const small = pending.keep(by('small'), { rows: 100, columns: 10 })
  const left = pending.keep(by('left'), { rows: 19_900, columns: 25 })
  const keep = () => pending.keep(by('other'), { rows: 19_900, columns: 16 })
  later(4)
  expect(pending.find(Buffer.from('left'), left)).toBeDefined()
  later(4)
  expect(keep).toThrow(expect.objectContaining({ messageKey: 'staff.table.refusal.noRoom', values: { minutes: 5 } }))
  later(1)
  const kept = keep()
  expect(pending.find(Buffer.from('other'), kept)).toBeDefined()
  expect(pending.find(Buffer.from('left'), left)).toBeUndefined()
  expect(pending.find(Buffer.from('small'), small)).toBeDefined()
})

describe('two people who fill all the room that waiting files have', () => {
  const megabytes = 1024 * 1024
  let now = still()
  const fill = () => {
    const pending = pendingImports<number>(() => now, { minutes, sizeOf: (size) => size })
    const of = (name: string) => Array.from({ length: 4 }, () => pending.keep(by(name), 5 * megabytes))
    return { pending, filled: [...of('Mallory'), ...of('Trudy')] }
  }

  test('keep out nobody whose files are small, and those have a bound too', () => {
    const { pending, filled } = fill()
    const kept = Array.from({ length: 30 }, (_, at) => {
      try {
        return pending.find(Buffer.from(`${at}`), pending.keep(by(`${at}`), megabytes))
      } catch (error) {
        return (error as { messageKey: string }).messageKey.split('.').at(-1)
      }
    })
    expect(kept).toEqual([...Array(12).fill(megabytes), ...Array(18).fill('noRoom')])
    const isThere = filled.map((id, at) => pending.find(Buffer.from(at < 4 ? 'Mallory' : 'Trudy'), id) !== undefined)
    expect(isThere).toEqual(Array(8).fill(true))
  })

  test('make room for large ones after five minutes, and keep their share where they look at them', () => {
    const { pending, filled } = fill()
    const keep = () => pending.keep(by('Åsa'), 5 * megabytes)
    expect(keep).toThrow(expect.objectContaining({ values: { minutes: 5 } }))
    now = new Date(now.getTime() + 5 * 60_000)
    for (const id of filled.slice(4)) pending.find(Buffer.from('Trudy'), id)
    expect(pending.find(Buffer.from('Åsa'), keep())).toBeDefined()
    const left = filled.filter((id, at) => pending.find(Buffer.from(at < 4 ? 'Mallory' : 'Trudy'), id) !== undefined)
    expect(left).toEqual(filled.slice(1))
  })

  test('are not let in beyond the room with a small one more', () => {
    const { pending, filled } = fill()
    pending.keep(by('Mallory at another desk', 'Mallory'), megabytes)
    expect(pending.find(Buffer.from('Mallory'), filled[0]!)).toBeUndefined()
  })
})

test('what is larger than the bound is held alone', () => {
  const held = hold<number>(still, { minutes: 1, mostSize: 10, sizeOf: (size) => size })
  for (const size of [4, 6, 11]) held.keep(`${size}`, size)
  expect(held.entries()).toEqual([['11', 11]])
  held.keep('5', 5)
  expect(held.entries()).toEqual([['5', 5]])
})

test('a private key that nobody saved is overwritten when its time is up', () => {
  const ceremonies = holdCeremonies(still)
  const key = createRoundKey('round')
  ceremonies.begin(session, { key, round: {} as never })
  vi.advanceTimersByTime(30 * 60_000)
  expect(key.secretKey.every((byte) => byte === 0)).toBe(true)
})

test('an uploaded file of plain answers is overwritten when its time is up, though nobody comes by', () => {
  const file = { bytes: Buffer.from('1;2;3;4;5;1;2;3') }
  const pending = pendingImports<typeof file>(still, { ...small, bytesOf: ({ bytes }) => bytes })
  const id = pending.keep(by(session), file)
  vi.advanceTimersByTime(minutes * 60_000 - 1)
  expect([pending.find(session, id), file.bytes[0]]).toEqual([file, 0x31])
  vi.advanceTimersByTime(1)
  expect([pending.find(session, id), file.bytes.every((byte) => byte === 0)]).toEqual([undefined, true])
})

test('a file of codes that nobody fetches is overwritten a quarter of an hour after it was ready', async () => {
  const jobs = printJobs(still)
  const bytes = Buffer.from('7351 2064')
  let resolve!: (file: { name: string; bytes: Buffer }) => void
  const made = new Promise<{ name: string; bytes: Buffer }>((done) => {
    resolve = done
  })
  const { id } = jobs.start({ owner: 'Åsa', session: 'a' }, { total: 1, expectedBytes: 9 }, () => made)
  vi.advanceTimersByTime(60 * 60_000)
  expect(jobs.find('a', id).state).toBe('working')
  resolve({ name: 'codes.pdf', bytes })
  await vi.waitFor(() => expect(jobs.find('a', id).state).toBe('ready'))
  vi.advanceTimersByTime(15 * 60_000)
  expect(bytes.every((byte) => byte === 0)).toBe(true)
  expect(() => jobs.find('a', id)).toThrow('There is no such print.')
})

test('forms that were sent in, and the last one that can be taken back, are remembered for as long as a session lasts', () => {
  const [sent, last] = [onceOnly(still), lastForms(still)]
  const form = { ballotId: 'f', isBlank: false, place: { bundleId: 'b' } as never }
  last.remember('Åsa', form)
  expect([sent.take('a', '1'), sent.take('a', '1'), last.find('Åsa', 'b')]).toEqual([true, false, form])
  vi.advanceTimersByTime(12 * 60 * 60_000)
  expect([last.find('Åsa', 'b'), vi.getTimerCount(), sent.take('a', '1')]).toEqual([undefined, 0, true])
})
