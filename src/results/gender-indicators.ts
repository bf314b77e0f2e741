import { smallestUnanimous } from '../disclosure/thresholds.ts'
import { groupBy } from '../fieldwork/group-by.ts'
import { pooled } from '../statistics/proportion.ts'
import type { CountOf } from './cells.ts'
import { comparisonOf, outcomesOf, type TestOutcome } from './comparison.ts'
import type { Indicator } from './indicator.ts'
import { type Sets, textOfSet } from './sets.ts'

const outcomeValue: Record<TestOutcome, number> = { higher: 1, lower: -1, 'no-sure-difference': 0 }

/**
 * Whether women or men are surely higher, of each question of an area and group where a share of both is told: among all its questions
 * together (Holm), which a reader sees side by side. Nothing else is told of how many they are.
 * @param shares of all questions
 * @param countedOf who answered a question, by its id
 */
export function womenMenIndicators(
  shares: readonly Indicator[],
  { sets, countedOf }: { sets: Sets; countedOf: (question: string) => CountOf },
): Indicator[] {
  const told = shares.filter(({ gender, status }) => gender !== 'all' && status === 'shown')
  const places = groupBy(told, textOfSet)
  return [...places.values()].flatMap((its) => {
    const both = its.filter(
      ({ gender, question }) =>
        gender === 'woman' && its.some((other) => other.gender === 'man' && other.question === question),
    )
    const comparisons = both.map((indicator) => {
      const of = (gender: 'woman' | 'man') =>
        pooled(sets(indicator).map((stratumId) => countedOf(indicator.question)(stratumId, gender)))
      return comparisonOf(of('woman'), of('man'))!
    })
    const outcomes = outcomesOf(comparisons)
    return both.map(({ level, area, targetGroup, question }, at) => ({
      ...{ level, area, targetGroup, question, gender: 'all' as const, measure: 'women-men' as const, part: '' },
      ...{ status: 'shown' as const, value: outcomeValue[outcomes[at]!] },
    }))
  })
}

/** How the women among women and men are told, from which share on. Of thirty people the narrowest leaves four numbers possible. */
const words = [
  { from: 0.86, part: 'nearly-all-women' },
  { from: 0.72, part: 'three-of-four-women' },
  { from: 0.58, part: 'two-of-three-women' },
  { from: 0.42, part: 'about-as-many' },
  { from: 0.28, part: 'two-of-three-men' },
  { from: 0.14, part: 'three-of-four-men' },
  { from: 0, part: 'nearly-all-men' },
]

/** In words how many of those who answered are women, where thirty people or more gave one of the two genders: "51 % of 121" would be 62. */
export function genderIndicators(
  responses: readonly Indicator[],
  { sets, counted }: { sets: Sets; counted: CountOf },
): Indicator[] {
  return responses.flatMap((indicator) => {
    if (indicator.level === 'unit' || indicator.status !== 'shown') return []
    const of = (gender: 'woman' | 'man') =>
      pooled(sets(indicator).map((stratumId) => counted(stratumId, gender))).people
    const [women, men] = [of('woman'), of('man')]
    if (women + men < smallestUnanimous) return []
    const { part } = words.find(({ from }) => women / (women + men) >= from)!
    const { level, area, targetGroup } = indicator
    return [{ level, area, targetGroup, gender: 'all', measure: 'gender', question: '', part, status: 'shown' }]
  })
}
