import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeNightly } from '../src/fieldwork/nightly.ts'
import { steadyClock } from '../src/time/steady-clock.ts'

const minute = 60_000
const begin = new Date('2026-09-15T12:00:00Z').getTime()

/** A machine whose clock can be set, and a service on it that looks every minute. */
function machine() {
  const state = { elapsed: 0, wrongBy: 0 }
  const clock = () => new Date(begin + state.elapsed + state.wrongBy)
  const jumps: number[] = []
  const written: string[] = []
  const { isSteady } = steadyClock({ clock, elapsedMs: () => state.elapsed, onJump: (seconds) => jumps.push(seconds) })
  const nightly = makeNightly(async (day) => void written.push(day), clock)
  return {
    state,
    jumps,
    written,
    async pass(minutes: number) {
      for (let passed = 0; passed < minutes; passed++) {
        state.elapsed += minute
        if (isSteady()) await nightly.look()
      }
    },
  }
}

describe('what is written once a day', () => {
  test('is written of every day that ends, while the clock only goes', async () => {
    const { pass, written, jumps } = machine()
    await pass(3 * 24 * 60)
    expect(written).toEqual(['2026-09-14', '2026-09-15', '2026-09-16', '2026-09-17'])
    expect(jumps).toEqual([])
  })

  test('is not written of a day that a clock has jumped to for less than an hour, wherever it jumped', async () => {
    const jump = fc.integer({ min: -400 * 24 * 60, max: 400 * 24 * 60 }).filter((minutes) => Math.abs(minutes) > 5)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1_500 }),
        jump,
        fc.integer({ min: 1, max: 59 }),
        async (at, by, length) => {
          const { state, pass, written, jumps } = machine()
          await pass(at)
          state.wrongBy = by * minute
          await pass(length)
          state.wrongBy = 0
          await pass(2 * 24 * 60)
          expect(written).toEqual(['2026-09-14', '2026-09-15', '2026-09-16', '2026-09-17'].slice(0, written.length))
          expect(written.length).toBeGreaterThanOrEqual(3)
          expect(jumps).toHaveLength(2)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('is written again an hour after a clock was set right', async () => {
    const { state, pass, written } = machine()
    state.wrongBy = 24 * 60 * minute
    await pass(59)
    expect(written).toEqual([])
    await pass(2)
    expect(written).toEqual(['2026-09-15'])
  })
})
