import { wholePercent } from '../statistics/rounding.ts'
import { sum } from '../statistics/sum.ts'
import type { Indicator } from './indicator.ts'

/** How many answered in a language, and which part of all answers that is, in whole per cent. `other` is some languages together. */
export interface LanguageShare {
  language: string
  people: number
  percent: number
}

/** The languages of the nation's answers, the most common first and `other` last; none where they are not told. */
export function languageShares(indicators: readonly Indicator[]): LanguageShare[] {
  const told = indicators.filter(({ level, measure }) => level === 'nation' && measure === 'language')
  const all = sum(told.map(({ people }) => people ?? 0))
  if (all === 0) return []
  return told
    .map(({ part, people = 0 }) => ({ language: part, people, percent: wholePercent(people, all) }))
    .sort(
      (one, other) =>
        Number(one.language === 'other') - Number(other.language === 'other') || other.people - one.people,
    )
}
