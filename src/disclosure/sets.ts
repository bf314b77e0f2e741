import { type TargetGroup, targetGroups } from '../questionnaire/target-groups.ts'
import { type Proportion, pooled } from '../statistics/proportion.ts'
import type { GroupCells, MunicipalityCells } from './cells.ts'
import { inOrder } from './in-order.ts'
import type { Range } from './steps.ts'

/** A set of people, and what is told of it so far: of its share, and whether the number of people is. */
export interface PeopleSet extends Proportion {
  share: 'hidden' | 'words' | 'exact'
  hasNumber: boolean
  /** The numbers of positive answers with which the same would be told of it: all that somebody can know of it by itself. */
  counts: Range
  /** How many people it can be, as everybody reads: of a question no more than answered, of those who answered no fewer than have an opinion on one. */
  least: number
  most: number
}

/** A target group of a municipality, or of the nation; only the former is told by unit. */
export interface GroupSet extends PeopleSet {
  targetGroup: TargetGroup
  units: UnitSet[]
  woman: Proportion
  man: Proportion
  rest: Proportion
}

export interface UnitSet extends PeopleSet {
  unitId: string
}

/** A municipality and the target groups that it surveys, in their order. */
export interface MunicipalitySet {
  code: string
  total: PeopleSet
  groups: GroupSet[]
}

/** All sets of people of which something is told: municipalities and target groups cross, everything else lies in one of them. */
export interface NationSets {
  total: PeopleSet
  groups: GroupSet[]
  municipalities: MunicipalitySet[]
}

/**
 * The sets of a municipality, in one order whatever that of the input, and nothing told yet.
 * @throws RangeError where the units of a group do not add up to its women, men and the rest: nothing that is said of such sets would hold
 */
export function makeMunicipality({ code, groups: cells }: MunicipalityCells): MunicipalitySet {
  const groups = inTheirOrder(cells).map(makeGroup)
  return { code, total: untold(pooled(groups)), groups }
}

function makeGroup({ targetGroup, units, woman, man, rest }: GroupCells): GroupSet {
  const [all, ofUnits] = [pooled([woman, man, rest]), pooled(units)]
  if (all.people !== ofUnits.people || all.positive !== ofUnits.positive) {
    throw new RangeError(`the units of ${targetGroup} do not add up to its women, men and the rest`)
  }
  return {
    ...untold(all),
    ...{ targetGroup, woman, man, rest },
    units: inOrder(units, ({ unitId }) => unitId).map(({ unitId, ...cell }) => ({ unitId, ...untold(cell) })),
  }
}

/** The nation of some municipalities, and nothing told yet of its own sets. */
export function makeNation(municipalities: MunicipalitySet[]): NationSets {
  const parts = municipalities.flatMap(({ groups }) => groups)
  const present = targetGroups.filter((group) => parts.some(({ targetGroup }) => targetGroup === group))
  const groups = present.map((group) => pooledGroup(parts.filter(({ targetGroup }) => targetGroup === group)))
  return { total: untold(pooled(groups)), groups, municipalities }
}

const pooledGroup = (parts: GroupSet[]): GroupSet => ({
  ...untold(pooled(parts)),
  targetGroup: parts[0]!.targetGroup,
  units: [],
  woman: pooled(parts.map(({ woman }) => woman)),
  man: pooled(parts.map(({ man }) => man)),
  rest: pooled(parts.map(({ rest }) => rest)),
})

const inTheirOrder = <T extends { targetGroup: TargetGroup }>(list: readonly T[]): T[] =>
  targetGroups.flatMap((group) => list.filter(({ targetGroup }) => targetGroup === group))

/** More than ever answer; sums of it stay exact. */
const unlimited = 1e9

const untold = ({ people, positive }: Proportion): PeopleSet => ({
  ...{ people, positive },
  ...{ share: 'hidden', hasNumber: false, counts: { low: 0, high: people }, least: 0, most: unlimited },
})

export const isTold = ({ share, hasNumber }: Pick<PeopleSet, 'share' | 'hasNumber'>): boolean =>
  share !== 'hidden' || hasNumber
