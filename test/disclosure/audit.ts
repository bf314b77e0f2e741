/**
 * What somebody can work out, by arithmetic alone, of numbers that are told as ranges. It knows nothing of the program that tells them:
 * it has what docs/anonymity.md says of steps, and every sum that stands on a page.
 */

/** A number that nobody is told, such as the answers of a stratum by letter, and how far it is known. */
export interface Unknown {
  least: number
  most: number
}

/** That some numbers come to so many together. */
export interface Known {
  of: Unknown[]
  low: number
  high: number
}

type Range = Pick<Known, 'low' | 'high'>

/**
 * That a step is told of some numbers together, as on the first morning: it is come to from one behind its border on, and left two
 * behind the next; but no step is come to before four numbers of it are possible.
 */
export function inStep(of: Unknown[], { low, high }: Range): Known {
  const most = total(of, 'most')
  return { of, low: low === 0 ? 0 : low + 1, high: most < high + 5 ? most : high + 1 }
}

/** That a sum is told of them, beside what is told of its parts: at its ends it says nothing more than they do. */
export function inSum(of: Unknown[], { low, high }: Range, parts: Range[]): Known {
  const isFirst = low <= total(parts, 'low')
  const isLast = high >= total(parts, 'high')
  return { of, low: isFirst ? 0 : low, high: isLast ? Number.POSITIVE_INFINITY : high + 1 }
}

/** Narrows all numbers by each of the sums, until none gets narrower. */
export function workOut(known: Known[]): void {
  for (let isDone = false; !isDone; ) {
    isDone = true
    for (const { of, low, high } of known) {
      let [least, most] = [total(of, 'least'), total(of, 'most')]
      for (const one of of) {
        const from = Math.max(one.least, low - (most - one.most))
        const to = Math.min(one.most, high - (least - one.least))
        if (from === one.least && to === one.most) continue
        least += from - one.least
        most += to - one.most
        Object.assign(one, { least: from, most: to })
        isDone = false
      }
    }
  }
}

/** How many numbers are left possible of some together. */
export const numbersLeft = ({ of, low, high }: Known): number =>
  Math.min(high, total(of, 'most')) - Math.max(low, total(of, 'least')) + 1

export const total = <K extends string>(all: Record<K, number>[], key: K): number =>
  all.reduce((sum, one) => sum + one[key], 0)
