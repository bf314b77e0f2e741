import { nearlyAll } from '../disclosure/thresholds.ts'
import { isKept } from './extremes.ts'
import type { Quarter } from './quarters.ts'
import type { ShareLine } from './share-lines.ts'

/** Why a question is named: by which rule, and whether it is something to be proud of or to work on. */
export type HighlightRule = 'above' | 'risen' | 'best-quarter' | 'below' | 'fallen' | 'last-quarter' | 'lowest'

export interface Highlight {
  question: string
  rule: HighlightRule
  line: ShareLine
}

/** So many of each kind at the most. */
const most = 3

/** @param quarters where the area stands among all, by question; left out where there are too few areas to say so */
export interface Placed {
  lines: readonly ShareLine[]
  quarters: ReadonlyMap<string, Quarter | undefined>
}

/**
 * What an area can be proud of, and what it can work on: first what is surely so, above or below the whole, risen or fallen since the year
 * before, then what stands in the best or the last quarter. Where nothing is to be worked on by these rules, the lowest is
 * named, which is true without a test; not where many are as low, or where one that is kept back may be lower. No question is named twice.
 */
export function highlightsOf({ lines, quarters }: Placed): { proud: Highlight[]; work: Highlight[] } {
  const told = lines.filter(({ share }) => share?.status === 'shown')
  const chosen = (rules: [HighlightRule, (line: ShareLine) => boolean][]): Highlight[] => {
    const found = rules.flatMap(([rule, holds]) =>
      told.filter(holds).map((line) => ({ question: line.question, rule, line })),
    )
    return found.filter(({ question }, at) => found.findIndex((one) => one.question === question) === at).slice(0, most)
  }
  const proud = chosen([
    ['above', ({ whole }) => whole.outcome === 'higher'],
    ['risen', ({ before }) => before.outcome === 'higher'],
    ['best-quarter', ({ question }) => quarters.get(question) === 'best'],
  ])
  const lowest = Math.min(...told.map(({ share }) => share!.value!))
  const isLowestKnown = !lines.some(
    (line) =>
      isKept(line) ||
      line.share?.status === 'at-most-10' ||
      (line.share?.status === 'at-least-90' && lowest >= nearlyAll),
  )
  const work = chosen([
    ['below', ({ whole }) => whole.outcome === 'lower'],
    ['fallen', ({ before }) => before.outcome === 'lower'],
    ['last-quarter', ({ question }) => quarters.get(question) === 'last'],
  ])
  const last = told.filter(({ share }) => share!.value === lowest)
  if (work.length > 0 || last.length > most || last.length === lines.length || !isLowestKnown) return { proud, work }
  return { proud, work: last.map((line) => ({ question: line.question, rule: 'lowest', line })) }
}
