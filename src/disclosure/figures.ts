import type { Figure, MunicipalityCells } from './cells.ts'
import { inOrder, largestFirst } from './in-order.ts'
import { together } from './open-numbers.ts'
import { isTold, type MunicipalitySet, makeMunicipality, makeNation, type NationSets } from './sets.ts'
import { type Telling, tellingNumbers, tellingShares } from './telling.ts'
import { figuresOf } from './told-figures.ts'

/** What is told of a round: how many answered, and the shares of each question, in their order. */
export interface ToldRound {
  responses: Figure[]
  shares: Figure[][]
}

/**
 * What is told of a round, of the nation, its municipalities, their target groups and units, and of women and men.
 * By level, area, group and gender, in the same order whatever that of the input: one figure of each set in which someone is asked.
 * Nothing of it tells what is withheld: docs/decisions/021-figures-that-keep-their-parts.md.
 * @param answered how many answered: of its counts only the people are read; left out where nothing is told of them
 * @param questions who had an opinion on each question, and how many of them are positive
 */
export function tellRound(
  answered: readonly MunicipalityCells[] | undefined,
  questions: readonly (readonly MunicipalityCells[])[],
): ToldRound {
  const [responses, shares] = [answered && setsOf(answered), questions.map(setsOf)]
  tellTogether(responses, shares)
  return { responses: responses ? numbersOf(responses) : [], shares: shares.map(figuresOf) }
}

/** What is told of the number of responses alone: no share, and nothing of women and men. */
export const tellNumbers = (municipalities: readonly MunicipalityCells[]): Figure[] =>
  tellRound(municipalities, []).responses

const setsOf = (municipalities: readonly MunicipalityCells[]): NationSets =>
  makeNation(inOrder(municipalities, ({ code }) => code).map(makeMunicipality))

const numbersOf = (nation: NationSets): Figure[] => figuresOf(nation).filter(({ gender }) => gender === 'all')

/** Each municipality by itself, then what is told of the nation: how many answered first, and the questions in their order. */
function tellTogether(responses: NationSets | undefined, questions: readonly NationSets[]): void {
  const codes = [...(responses ? [responses] : []), ...questions].flatMap(({ municipalities }) => municipalities)
  for (const code of new Set(codes.map(({ code }) => code))) {
    const alone = (nation: NationSets) => makeNation(nation.municipalities.filter((its) => its.code === code))
    const [own, its] = [responses && alone(responses), questions.map(alone)]
    const all = together(own, its)
    for (const set of own?.municipalities ?? []) tellMunicipality(set, tellingNumbers(own!, all))
    for (const nation of its) for (const set of nation.municipalities) tellMunicipality(set, tellingShares(nation, all))
  }
  const all = together(responses, questions)
  if (responses) tellNation(responses, tellingNumbers(responses, all))
  for (const nation of questions) tellNation(nation, tellingShares(nation, all))
}

/** Groups before the total, which gives way to them, its number first; units last, and of all of them the largest first. */
function tellMunicipality({ total, groups }: MunicipalitySet, telling: Telling): void {
  for (const group of largestFirst(groups)) telling.tell(group)
  telling.tellShare(total)
  telling.tell(total)
  const units = groups.filter(isTold).flatMap((group) => group.units)
  for (const unit of largestFirst(units)) telling.tell(unit)
}

/** All shares before any number: where something would follow from both, it is the number that is kept back. */
function tellNation({ total, groups }: NationSets, telling: Telling): void {
  const sets = [...largestFirst(groups), total]
  for (const set of sets) telling.tellShare(set)
  for (const set of sets) telling.tell(set)
}
