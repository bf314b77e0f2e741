import { exactly, type Range, sumOf } from '../disclosure/steps.ts'
import { fewestForRate, widestRate } from '../disclosure/thresholds.ts'
import type { Problem } from './cells.ts'

/**
 * How the fieldwork of a part goes, as far as it may be told: docs/anonymity.md. `rate` is a share from 0 to 1; it is absent
 * where fewer than twenty answered, nobody was offered, more answered than were offered, or what is told leaves too much open.
 */
export interface Line {
  offered: Range
  declined: number
  undeliverable: number
  responded: Range
  rate?: Range
  problems: Problem[]
}

/** What a line is worked out from. */
export interface Counted {
  /** Without those who answered at tablets: each of them is an offer as well. */
  offered: number
  declined: number
  undeliverable: number
  /** Those who answered otherwise than on paper without a code; of them at tablets; and how many with a code at most. */
  answered: Range
  atTablets: Range
  mostByCode: number
  /** The forms without a code. They are told by themselves: see decision 16. */
  onPaper: Range
  problems: Problem[]
}

export function lineOf(counted: Counted): Line {
  const { offered, atTablets, answered, onPaper, declined, undeliverable, problems } = counted
  return {
    offered: { low: offered + atTablets.low, high: offered + atTablets.high },
    responded: sumOf([answered, onPaper]),
    ...{ declined, undeliverable, rate: rateOf(counted), problems },
  }
}

/**
 * The lowest and the highest rate that is possible. Of those who answered no more than all, and no fewer than the codes leave
 * over, did so at a tablet: so offers and answers are not far from each other at random.
 */
function rateOf({ offered, atTablets, answered, mostByCode, onPaper }: Counted): Range | undefined {
  const most = offered + Math.min(atTablets.high, answered.low)
  const least = offered + Math.max(atTablets.low, answered.high - mostByCode)
  const responded = sumOf([answered, onPaper])
  if (responded.low < fewestForRate || least === 0 || responded.low > most) return undefined
  const [low, high] = [responded.low / most, Math.min(1, responded.high / least)]
  if (high - low > widestRate) return undefined
  return low > high ? exactly(high) : { low, high }
}

/** The lowest rate first, as the middle of what is told of it; those without one last. */
export function lowestFirst({ rate: one }: Pick<Line, 'rate'>, { rate: other }: Pick<Line, 'rate'>): number {
  if (!one || !other) return Number(!one) - Number(!other)
  return one.low + one.high - (other.low + other.high)
}
