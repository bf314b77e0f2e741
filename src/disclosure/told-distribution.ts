import { sum } from '../statistics/sum.ts'
import { fewestForDistribution, smallestPart } from './thresholds.ts'

/** Options that are told together, in the order of the form, and how many chose one of them. */
export interface DistributionPart {
  options: string[]
  number: number
}

/**
 * A distribution as it may be told of a set of people that is `shown` with its number; `undefined` of fewer than thirty people, and of two
 * options, of which the share says it all. An option that fewer than three chose is told together with its neighbour towards the middle,
 * and never with one on the other side of what is positive: where a whole side has fewer than three, it is one part.
 * @param parts how many chose each option, "don't know" left out, in the order of the form: what is positive at one end of it
 */
export function tellDistribution(
  parts: readonly { option: string; number: number }[],
  positive: ReadonlySet<string>,
): DistributionPart[] | undefined {
  if (parts.length < 3 || sum(parts.map(({ number }) => number)) < fewestForDistribution) return undefined
  const single = parts.map(({ option, number }): DistributionPart => ({ options: [option], number }))
  const first = single.filter(({ options }) => positive.has(options[0]!) === positive.has(parts[0]!.option))
  const last = single.slice(first.length)
  return [...mergedInwards(first), ...mergedInwards(last.reverse()).map(reversed).reverse()]
}

/** @param parts of one side, from its end to the middle */
function mergedInwards(parts: DistributionPart[]): DistributionPart[] {
  const told: DistributionPart[] = []
  for (const part of parts) {
    const before = told.at(-1)
    if (before && before.number < smallestPart) told.splice(-1, 1, together(before, part))
    else told.push(part)
  }
  const [last, before] = told.toReversed()
  return before && last!.number < smallestPart ? [...told.slice(0, -2), together(before, last!)] : told
}

const together = (outer: DistributionPart, inner: DistributionPart): DistributionPart => ({
  options: [...outer.options, ...inner.options],
  number: outer.number + inner.number,
})

const reversed = ({ options, number }: DistributionPart): DistributionPart => ({ options: options.reverse(), number })
