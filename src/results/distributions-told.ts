import type { Figure } from '../disclosure/cells.ts'
import { largestFirst } from '../disclosure/in-order.ts'
import { fewestForDistribution } from '../disclosure/thresholds.ts'
import { sum } from '../statistics/sum.ts'
import type { Sets } from './sets.ts'

type Counted = Figure & { people: number }

const isCounted = (figure: Figure): figure is Counted =>
  figure.gender === 'all' && figure.status === 'shown' && (figure.people ?? 0) >= fewestForDistribution

/**
 * Of which figures it may be told how the answers were shared out: of thirty people or more, and where what those within leave of them is
 * nobody, or thirty as well: else the distribution of fewer would follow by taking one from the other. Groups of municipalities come
 * first, then their units, the largest first, then totals, and the nation last.
 */
export function distributionsThatLeaveEnough(figures: readonly Figure[], sets: Sets): (figure: Figure) => boolean {
  const counted = figures.filter(isCounted)
  const of = (level: Figure['level'], isTotal: boolean) =>
    counted.filter((one) => one.level === level && (one.targetGroup === 'total') === isTotal)
  const told = new Set<Figure>()
  const groups = of('municipality', false)
  for (const group of groups) told.add(group)

  const groupOf = new Map(groups.flatMap((group) => sets(group).map((stratum) => [stratum, group] as const)))
  const restOf = new Map(groups.map((group) => [group, group.people]))
  for (const unit of largestFirst(of('unit', false))) {
    const group = groupOf.get(sets(unit)[0] ?? '')
    const rest = group && restOf.get(group)! - unit.people
    if (rest !== undefined && !isEnough(rest)) continue
    told.add(unit)
    if (group) restOf.set(group, rest!)
  }
  const leaves = (whole: Counted, parts: readonly Counted[]) =>
    isEnough(whole.people - sum(parts.filter((part) => told.has(part)).map(({ people }) => people)))
  for (const total of of('municipality', true))
    if (
      leaves(
        total,
        groups.filter(({ area }) => area === total.area),
      )
    )
      told.add(total)
  const ofNation = of('nation', false)
  for (const group of ofNation)
    if (
      leaves(
        group,
        groups.filter(({ targetGroup }) => targetGroup === group.targetGroup),
      )
    )
      told.add(group)
  for (const total of of('nation', true))
    if (leaves(total, ofNation) && leaves(total, of('municipality', true))) told.add(total)
  return (figure) => told.has(figure)
}

const isEnough = (people: number) => people <= 0 || people >= fewestForDistribution
