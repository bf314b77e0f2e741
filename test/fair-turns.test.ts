import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fairTurns } from '../src/memory/fair-turns.ts'

const queue = (bounds = { mostOfOne: 100, most: 1000 }) => fairTurns({ ...bounds, refusal: (why) => new Error(why) })

/** Work that goes on until it is let go, and how it came to its turn. */
function works(turn: ReturnType<typeof queue>) {
  const begun: string[] = []
  const ends: (() => void)[] = []
  const ask = (owner: string, signal?: AbortSignal) =>
    turn({ owner, signal }, () => {
      begun.push(owner)
      return new Promise<void>((end) => ends.push(end))
    })
  async function endAll(count: number) {
    for (let times = 0; times < count; times++) {
      while (ends.length === 0) await null
      ends.shift()!()
      await new Promise(setImmediate)
    }
  }
  return { begun, ask, endAll }
}

test('somebody who asks once waits for one piece of work of everybody else at most', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(5), { minLength: 1, maxLength: 60, size: 'max' }),
      fc.nat(59),
      async (greedy, at) => {
        const { begun, ask, endAll } = works(queue())
        const all = [...greedy.map((n) => `greedy ${n}`)]
        all.splice(at, 0, 'quiet')
        const asked = all.map((owner) => ask(owner))
        await endAll(all.length)
        await Promise.all(asked)
        const before = begun.slice(0, begun.indexOf('quiet')).slice(1) // one was at work
        expect(new Set(before).size).toBe(before.length)
        expect([...begun].sort()).toEqual([...all].sort())
      },
    ),
  ))

test('what is one too many of somebody, or of all, is refused at once', async () => {
  const { ask, endAll } = works(queue({ mostOfOne: 2, most: 3 }))
  const taken = ['a', 'a', 'b', 'c'].map((owner) => ask(owner))
  await expect(ask('a')).rejects.toThrow('own')
  await expect(ask('d')).rejects.toThrow('all')
  await endAll(4)
  await Promise.all(taken)
})

test('what nobody waits for any more is not begun, and holds nobody up', async () => {
  const { begun, ask, endAll } = works(queue())
  const gone = new AbortController()
  const first = ask('a')
  const dropped = ask('b', gone.signal)
  const last = ask('c')
  gone.abort(new Error('gone'))
  await expect(dropped).rejects.toThrow('gone')
  await expect(ask('d', gone.signal)).rejects.toThrow('gone')
  await endAll(2)
  await Promise.all([first, last])
  expect(begun).toEqual(['a', 'c'])
})

test('work that fails gives its turn on', async () => {
  const turn = queue()
  const failed = turn({ owner: 'a' }, () => Promise.reject(new Error('no')))
  const next = turn({ owner: 'a' }, async () => 'yes')
  await expect(failed).rejects.toThrow('no')
  expect(await next).toBe('yes')
})
