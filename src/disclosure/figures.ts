import type { Figure, MunicipalityCells } from './cells.ts'
import { inOrder, largestFirst } from './in-order.ts'
import { type KnownBefore, takeKnown, together } from './open-numbers.ts'
import { isTold, type MunicipalitySet, makeMunicipality, makeNation, type NationSets, type PeopleSet } from './sets.ts'
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
 * @param before what is known already of how many answered, by those who were told of the fieldwork
 */
export function tellRound(
  answered: readonly MunicipalityCells[] | undefined,
  questions: readonly (readonly MunicipalityCells[])[],
  before: readonly KnownBefore[] = [],
): ToldRound {
  const kept = new Set<string>()
  for (let times = 0; ; times++) {
    const [responses, shares] = [answered && setsOf(answered), questions.map(setsOf)]
    if (responses) takeKnown(responses, before)
    const closed = tellTogether(responses, shares, kept)
    const others = before.length > 0 && times < mostTimes ? numbersBeside(responses, closed, kept) : []
    if (others.length === 0) return { responses: responses ? numbersOf(responses) : [], shares: shares.map(figuresOf) }
    for (const code of others) kept.add(code)
  }
}

/** So often a round is told anew where what was told of the fieldwork of the nation, less all others, would say how many a small set is. */
const mostTimes = 10

/**
 * Whose numbers of answers are not told, so that small sets elsewhere stay open: for each of them another municipality, of those that have
 * the number of one of its groups told the one where that is the smallest.
 */
function numbersBeside(
  responses: NationSets | undefined,
  closed: ReadonlySet<PeopleSet>,
  kept: ReadonlySet<string>,
): string[] {
  const municipalities = responses?.municipalities ?? []
  return municipalities.flatMap((its) => {
    const groups = its.groups.filter((group) => [its.total, group, ...group.units].some((set) => closed.has(set)))
    const beside = municipalities
      .filter((other) => other !== its && !kept.has(other.code))
      .flatMap(({ code, groups: theirs }) =>
        theirs
          .filter(({ hasNumber, targetGroup }) => hasNumber && groups.some((one) => one.targetGroup === targetGroup))
          .map(({ people }) => ({ code, people })),
      )
    return beside
      .sort((one, other) => one.people - other.people)
      .slice(0, 1)
      .map(({ code }) => code)
  })
}

/** What is told of the number of responses alone: no share, and nothing of women and men. */
export const tellNumbers = (municipalities: readonly MunicipalityCells[]): Figure[] =>
  tellRound(municipalities, []).responses

const setsOf = (municipalities: readonly MunicipalityCells[]): NationSets =>
  makeNation(inOrder(municipalities, ({ code }) => code).map(makeMunicipality))

const numbersOf = (nation: NationSets): Figure[] => figuresOf(nation).filter(({ gender }) => gender === 'all')

/**
 * Each municipality by itself, then what is told of the nation: how many answered first, and the questions in their order.
 * @param kept of which municipalities it is not told how many answered
 * @returns the small sets that are known too well by what is known of the nation, and were not by their municipality alone
 */
function tellTogether(
  responses: NationSets | undefined,
  questions: readonly NationSets[],
  kept: ReadonlySet<string>,
): ReadonlySet<PeopleSet> {
  const codes = [...(responses ? [responses] : []), ...questions].flatMap(({ municipalities }) => municipalities)
  const closedAlone = new Set<PeopleSet>()
  for (const code of new Set(codes.map(({ code }) => code))) {
    const alone = (nation: NationSets) => makeNation(nation.municipalities.filter((its) => its.code === code))
    const [own, its] = [responses && alone(responses), questions.map(alone)]
    const all = together(own, its)
    const told = kept.has(code) ? [] : (own?.municipalities ?? [])
    for (const set of told) tellMunicipality(set, tellingNumbers(own!, all))
    for (const nation of its) for (const set of nation.municipalities) tellMunicipality(set, tellingShares(nation, all))
    for (const set of all.closed()) closedAlone.add(set)
  }
  const all = together(responses, questions)
  const closed = new Set(all.closed().filter((set) => !closedAlone.has(set)))
  if (responses) tellNation(responses, tellingNumbers(responses, all))
  for (const nation of questions) tellNation(nation, tellingShares(nation, all))
  return closed
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
