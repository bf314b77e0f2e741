import { dotRow } from '../../chart/dot-row.ts'
import { isWithheld } from '../../chart/drawing.ts'
import type { Range } from '../../disclosure/steps.ts'
import { type TargetGroup, targetGroups } from '../../questionnaire/target-groups.ts'
import type { Indicator, ReleasedArea } from '../../results/indicator.ts'
import { percentOf } from '../../results/mean-indicators.ts'
import { participationIn, type ShareLine } from '../../results/share-lines.ts'
import { type Side, sideBySide } from '../../results/side-by-side.ts'
import { chartValue, responsesText } from './area.ts'
import { groupName } from './groups.ts'
import type { UnitLine } from './matrix-view.ts'
import type { AskedPage } from './results-pages.ts'
import { shareCell } from './share-cell.ts'

type Words = Pick<AskedPage, 't' | 'frame'>

/** A target group of a municipality: all of it, and its units. */
export interface UnitGroup {
  name: string
  rows: UnitLine[]
}

interface Ground {
  units: readonly ReleasedArea[]
  told: readonly Indicator[]
  /** What was told of the answers of a unit and group while people answered. */
  rangeOf: (unitId: string, group: string) => Range | undefined
}

/** A row before it is written: a unit, or all of a target group. */
interface Placed extends Side {
  name: string
  group: TargetGroup
  unitId?: string
  /** Of a unit that has its target group alone. */
  isAll: boolean
}

/**
 * The target groups, each as a whole first, with its units below; a unit that is the whole group stands for both. `compared` is how many
 * shares of units could be laid against those of the rest.
 */
export function unitGroups(ground: Ground, words: Words): { groups: UnitGroup[]; compared: number } {
  const placed = targetGroups.flatMap((group) => placedOf(group, ground, words))
  const { sides, compared } = sideBySide(placed)
  const groups = targetGroups.flatMap((group) => {
    const rows = placed.flatMap((one, at) => (one.group === group ? [rowOf(one, sides[at]!, ground, words)] : []))
    return rows.length > 0 ? [{ name: groupName(group, words), rows }] : []
  })
  return { groups, compared }
}

function placedOf(group: TargetGroup, { units, told }: Ground, { t }: Words): Placed[] {
  const isOfGroup = ({ targetGroup }: Indicator) => targetGroup === group
  const whole = told.filter(({ level }) => level === 'municipality')
  const own = units
    .map(({ area, name }) => ({
      unitId: area,
      name,
      own: told.filter((one) => one.area === area && one.level === 'unit'),
    }))
    .filter((unit) => unit.own.some(isOfGroup))
  if (!whole.some(isOfGroup) && own.length === 0) return []
  const isAll = own.length === 1
  const all = { name: t('results.units.whole'), own: whole, group, targetGroup: group, isAll: false }
  const each = own.map((unit) => ({
    ...unit,
    group,
    targetGroup: group,
    isAll,
    against: isAll ? undefined : whole,
    isPart: true,
  }))
  return isAll ? each : [all, ...each]
}

function rowOf(placed: Placed, lines: ShareLine[], { rangeOf }: Ground, words: Words): UnitLine {
  const { name, own, group, unitId, isAll } = placed
  const { t, frame } = words
  const { responses, rate } = participationIn(own, group)
  const range = responses?.status === 'protected' && unitId !== undefined ? rangeOf(unitId, group) : undefined
  const isKept = lines.every(({ share }) => share && isWithheld(chartValue(share)))
  const isFew = responses?.status === 'few' || lines.every(({ share }) => share?.status === 'few')
  return {
    name,
    isWhole: unitId === undefined,
    isAll,
    responses: answersText(responses, range, words),
    rate: rate?.value === undefined ? undefined : frame.percent(rate.value),
    withheld: isKept
      ? {
          chart: dotRow({ own: { status: 'few' } }, { size: 'cell' }),
          text: t(`results.units.kept.${isFew ? 'few' : 'protected'}`),
        }
      : undefined,
    cells: lines.map((line) =>
      shareCell(line, words, {
        name: t(`results.label.${line.question}`),
        stroke: line.whole.share && percentOf(line.whole.share),
      }),
    ),
  }
}

/** How many answered: to the person, as it was told while people answered, or why that is not told. */
function answersText(responses: Indicator | undefined, range: Range | undefined, { t }: Words): string {
  return responses?.people === undefined && range && range.low > 0
    ? t('results.units.range', { low: range.low, high: range.high })
    : responsesText(responses, { t })
}

/** What differs surely, a line each, or the sentence that nothing does, or that nothing could be compared. */
export function unitDifferences({ groups, compared }: ReturnType<typeof unitGroups>, { t }: Pick<AskedPage, 't'>) {
  const differences = groups.flatMap(({ name: group, rows }) =>
    rows.flatMap(({ name, cells }) =>
      cells
        .filter(({ sign }) => sign)
        .map((cell) => ({
          text: t('results.units.difference', { name, group, question: cell.name, outcome: cell.outcome }),
        })),
    ),
  )
  const heading =
    differences.length > 0
      ? t('results.units.some', { count: differences.length })
      : compared > 0
        ? t('results.units.none', { count: compared })
        : t('results.units.alone')
  return { heading, differences }
}
