import type { Figure, MunicipalityCells } from './cells.ts'
import { inOrder, largestFirst } from './in-order.ts'
import { limitPeople, type MostPeople, mostPeopleIn } from './open-numbers.ts'
import { isTold, type MunicipalitySet, makeMunicipality, makeNation, type NationSets } from './sets.ts'
import { type Telling, tellingNumbers, tellingShares } from './telling.ts'
import { figuresOf } from './told-figures.ts'

/**
 * What is told of the shares of one question, of the nation, its municipalities, their target groups and units, and of women and men.
 * By level, area, group and gender, in the same order whatever that of the input: one figure of each set in which someone is asked.
 * Nothing of it tells what is withheld: docs/decisions/021-figures-that-keep-their-parts.md.
 * @param most how many can have an opinion at most in each set, as what is told of responses says
 */
export const tellShares = (municipalities: MunicipalityCells[], most?: MostPeople): Figure[] =>
  figuresOf(tellAll(municipalities, tellingShares, most))

/** The same for the number of responses: no share, and nothing of women and men. */
export const tellNumbers = (municipalities: MunicipalityCells[]): Figure[] =>
  figuresOf(tellAll(municipalities, tellingNumbers)).filter(({ gender }) => gender === 'all')

/** How many can have answered at most in each set, as everybody reads who was told the numbers of responses. */
export const mostResponses = (municipalities: MunicipalityCells[]): MostPeople =>
  mostPeopleIn(tellAll(municipalities, tellingNumbers))

function tellAll(
  municipalities: MunicipalityCells[],
  tellingOf: (nation: NationSets) => Telling,
  most: MostPeople = () => undefined,
): NationSets {
  const nation = makeNation(inOrder(municipalities, ({ code }) => code).map(makeMunicipality))
  limitPeople(nation, most)
  for (const set of nation.municipalities) tellMunicipality(set, tellingOf(makeNation([set])))
  tellNation(nation, tellingOf(nation))
  return nation
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
