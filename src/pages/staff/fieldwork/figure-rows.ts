import type { ChannelLine } from '../../../fieldwork/adding-up.ts'
import { type Line, lowestFirst } from '../../../fieldwork/line.ts'
import type { Overview } from '../../../fieldwork/overview.ts'

/** By what figures are shown; the nation's also by municipality, which is a list of its own. */
export type By = 'units' | 'groups' | 'channels' | 'municipalities'

/** A row of the table of figures. */
export interface FigureRow {
  label: string
  href?: string
  line: Line | ChannelLine
  /** A unit above its target groups, one of these, or the sum of all. */
  kind?: 'whole' | 'part' | 'sum'
}

/** The rows of one view of the table, the lowest rate first; where they are of one place, its total last. */
export function figureRows(
  by: Exclude<By, 'municipalities'>,
  overview: Overview,
  { t, place }: { t: (key: string) => string; place: string },
): FigureRow[] {
  const group = (name: string) => t(`staff.words.groups.${name}`)
  const sum: FigureRow = { label: place, line: overview.total, kind: 'sum' }
  if (by === 'groups')
    return [...overview.groups.toSorted(lowestFirst).map((line) => ({ label: group(line.targetGroup), line })), sum]
  if (by === 'channels')
    return [
      ...overview.channels
        .toSorted(lowestFirst)
        .map((line) => ({ label: t(`staff.words.channels.${line.channel}`), line })),
      sum,
    ]
  const units = overview.units.toSorted(lowestFirst).flatMap((unit): FigureRow[] => {
    const strata = overview.strata.filter(({ stratum }) => stratum.unitId === unit.unitId).toSorted(lowestFirst)
    const href = `/staff/fieldwork/units/${unit.unitId}`
    return [
      { label: unit.unit, href, line: unit, kind: 'whole' },
      ...strata.map((line) => ({ label: group(line.stratum.targetGroup), line, kind: 'part' as const })),
    ]
  })
  return overview.units.length > 1 ? [...units, sum] : units
}
