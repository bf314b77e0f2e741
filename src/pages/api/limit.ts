import { countLately } from '../../memory/lately-counted.ts'
import { networksOf } from '../../web/network.ts'

/** What a network may ask for in a minute: a request weighs 1, and so do so many rows of an answer. All figures of ten years weigh some 300. */
const most = { own: 1_500, wide: 6_000 }

const rowsOfWeight = 500

/** Keeps those who ask for much from keeping others waiting. Where they are is known in memory, for a minute. */
export function limitWeight(clock: () => Date) {
  const counts = { own: countLately(clock, 1), wide: countLately(clock, 1) }
  const kinds = ['own', 'wide'] as const

  function add(address: string, weight: number): void {
    const networks = networksOf(address)
    for (const kind of kinds) counts[kind].add(networks[kind], weight)
  }

  return {
    /** In how many whole seconds this one may ask again; 0 is now. */
    secondsToWait(address: string): number {
      const networks = networksOf(address)
      const full = kinds.filter((kind) => counts[kind].numberOf(networks[kind]) >= most[kind])
      return Math.max(0, ...full.map((kind) => Math.ceil(counts[kind].msLeft(networks[kind]) / 1000)))
    },
    /** Counts a request, and then the rows of its answer. */
    countRequest: (address: string): void => add(address, 1),
    countRows: (address: string, rows: number): void => add(address, rows / rowsOfWeight),
  }
}
