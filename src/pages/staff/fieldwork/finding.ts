import type { Range } from '../../../disclosure/steps.ts'
import type { Line } from '../../../fieldwork/line.ts'
import { monthsIn } from '../../../time/days.ts'
import { rateText, type Words } from '../words.ts'

/** Rates are alike where they are no further from each other than this, wherever in their ranges they lie. */
const closest = 0.08

/**
 * How a rate stands to another, as far as both are told. Ranges that overlap say neither which is higher nor that they are alike: that is
 * said only where both are narrow and near.
 */
export function compared(own: Range | undefined, other: Range | undefined): 'higher' | 'lower' | 'alike' | undefined {
  if (!own || !other) return undefined
  if (own.low > other.high) return 'higher'
  if (own.high < other.low) return 'lower'
  return Math.max(own.high - other.low, other.high - own.low) <= closest ? 'alike' : undefined
}

/** The keys of a sentence that says how the rate stands to last year and to the nation; none where there is nothing to compare with. */
export function comparison(own?: Range, lastYear?: Range, nation?: Range): string[] {
  const found = [
    ['lastYear', compared(own, lastYear)],
    ['nation', compared(own, nation)],
  ].filter(([, how]) => how)
  return found.map(
    ([what, how], number) => `staff.fieldwork.compared.${number === 0 ? 'first' : 'then'}.${what}.${how}`,
  )
}

/** The days of a round that are written below its line: its first and last, and the first of each month between. */
export function dayMarks(opensOn: string, closesOn: string): string[] {
  return [...new Set([opensOn, ...monthsIn(opensOn, closesOn), closesOn])]
}

/** What a page of fieldwork says before all else: the rate of a place, or that none can be told yet. */
export function findingText(
  kind: 'nation' | 'place' | 'unit' | 'units',
  { name, line }: { name: string; line: Line },
  words: Words,
): string {
  const rate = line.rate && rateText(line, words)
  return words.t(`staff.fieldwork.finding.${kind}${rate ? '' : 'None'}`, { name, rate: rate ?? '' })
}
