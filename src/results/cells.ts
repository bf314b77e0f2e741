import type { GroupCells, MunicipalityCells } from '../disclosure/cells.ts'
import type { Place } from '../fieldwork/cells.ts'
import { groupBy } from '../fieldwork/group-by.ts'
import type { Question } from '../questionnaire/questions.ts'
import { type Proportion, pooled } from '../statistics/proportion.ts'
import { distributionOf, opinionsOf } from './distribution.ts'
import type { Count, GenderCell, ResponseCount } from './tally.ts'

/** How many answered, and how many of them positively, in a stratum and among those of one gender in it. */
export type CountOf = (stratumId: string, gender: GenderCell) => Proportion

const genders = ['woman', 'man', 'other', 'none'] as const

/** What disclosure control looks at: the strata of a round by municipality and target group. Those of whom nobody answered are among them. */
export function cellsOf(places: readonly Place[], counted: CountOf): MunicipalityCells[] {
  return [...groupBy(places, ({ municipalityCode }) => municipalityCode)].map(([code, own]) => ({
    code,
    groups: [...groupBy(own, ({ targetGroup }) => targetGroup)].map(([targetGroup, strata]) =>
      groupOf(targetGroup, strata, counted),
    ),
  }))
}

function groupOf(targetGroup: Place['targetGroup'], strata: Place[], counted: CountOf): GroupCells {
  const of = (gender: GenderCell) => pooled(strata.map(({ id }) => counted(id, gender)))
  return {
    targetGroup,
    units: strata.map(({ id, unitId }) => ({ unitId, ...pooled(genders.map((gender) => counted(id, gender))) })),
    woman: of('woman'),
    man: of('man'),
    rest: pooled([of('other'), of('none')]),
  }
}

const nobody: Proportion = { people: 0, positive: 0 }

/** Those who have an opinion on a question. */
export function opinionsBy(question: Question, counts: readonly Count[]): CountOf {
  const own = counts.filter((count) => count.question === question.id)
  const cells = groupBy(own, ({ stratumId, gender }) => `${stratumId} ${gender}`)
  const opinions = new Map(
    [...cells].map(([cell, some]) => [cell, opinionsOf(question, distributionOf(question, some))]),
  )
  return (stratumId, gender) => opinions.get(`${stratumId} ${gender}`) ?? nobody
}

/** Those who answered at least one question. */
export function responsesBy(responses: readonly ResponseCount[]): CountOf {
  const numbers = new Map<string, number>()
  for (const { stratumId, gender, number } of responses) {
    const cell = `${stratumId} ${gender}`
    numbers.set(cell, (numbers.get(cell) ?? 0) + number)
  }
  return (stratumId, gender) => ({ people: numbers.get(`${stratumId} ${gender}`) ?? 0, positive: 0 })
}
