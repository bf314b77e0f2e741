import { groupBy } from '../fieldwork/group-by.ts'
import { type QuestionId, qualityQuestions } from '../questionnaire/questions.ts'
import { addedPairs, associationWithOverall, type PairTable } from './association.ts'
import { type GroupOrTotal, type Indicator, type Level, nationArea } from './indicator.ts'
import { textOfSet } from './sets.ts'

/** The part of the nation of which pairs of answers are counted: a target group of a municipality. */
export const pairPart = (municipalityCode: string, targetGroup: string): string => `${municipalityCode} ${targetGroup}`

type Tables = ReadonlyMap<QuestionId, PairTable>

/**
 * How strongly each question goes together with overall satisfaction, for the target groups of the nation and of municipalities with a
 * hundred pairs, where the share of the question is told with its number.
 * @param pairs by the parts that {@link pairPart} names
 */
export function associationIndicators(pairs: ReadonlyMap<string, Tables>, shares: readonly Indicator[]): Indicator[] {
  const told = new Set(
    shares
      .filter(({ measure, gender, people }) => measure === 'positive' && gender === 'all' && people !== undefined)
      .map((share) => `${textOfSet(share)} ${share.question}`),
  )
  const parts = [...pairs].map(([part, tables]) => {
    const [area, targetGroup] = part.split(' ') as [string, GroupOrTotal]
    return { area, targetGroup, tables }
  })
  const ofNation = [...groupBy(parts, ({ targetGroup }) => targetGroup)].map(([targetGroup, own]) => ({
    ...{ area: nationArea, targetGroup, tables: own.map(({ tables }) => tables).reduce(together) },
  }))
  const indicatorsOf = (level: Level, all: typeof parts) =>
    all.flatMap(({ area, targetGroup, tables }) =>
      qualityQuestions.flatMap((question): Indicator[] => {
        const table = tables.get(question.id)
        const found =
          table &&
          told.has(`${textOfSet({ level, area, targetGroup })} ${question.id}`) &&
          associationWithOverall(question, table)
        if (!found) return []
        const key = { level, area, targetGroup, gender: 'all' as const, measure: 'association' as const }
        return [{ ...key, question: question.id, part: '', status: 'shown', value: found.tau, people: found.pairs }]
      }),
    )
  return [...indicatorsOf('nation', ofNation), ...indicatorsOf('municipality', parts)]
}

const together = (one: Tables, other: Tables): Tables =>
  new Map([...one].map(([question, table]) => [question, addedPairs(table, other.get(question)!)]))
