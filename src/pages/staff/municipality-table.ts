import type { Range } from '../../disclosure/steps.ts'
import type { Line } from '../../fieldwork/line.ts'
import type { Overview } from '../../fieldwork/overview.ts'
import { compareNames } from '../../text/name-order.ts'

export const sortings = ['name', 'offered', 'responded', 'rate', 'missing'] as const

/** How the table of municipalities is asked for. */
export interface TableQuery {
  name?: string
  county?: string
  /** Only those with something to mend. */
  isOnlyMissing: boolean
  sort: (typeof sortings)[number]
  isDescending: boolean
}

export type MunicipalityLine = Overview['municipalities'][number] & { county: string }

/** The lines that fit, in the order asked for; what cannot be told comes last. */
export function municipalityTable(lines: MunicipalityLine[], query: TableQuery): MunicipalityLine[] {
  const wanted = query.name?.toLocaleLowerCase('sv')
  const direction = query.isDescending ? -1 : 1
  return lines
    .filter(({ municipality }) => !wanted || municipality.toLocaleLowerCase('sv').includes(wanted))
    .filter(({ county }) => !query.county || county === query.county)
    .filter((line) => !query.isOnlyMissing || isMissing(line))
    .sort((a, b) => compare(a, b, query.sort, direction) || compareNames(a.municipality, b.municipality))
}

export const isMissing = ({ problems, offered }: Line) => problems.length > 0 || offered.high === 0

function compare(a: MunicipalityLine, b: MunicipalityLine, sort: TableQuery['sort'], direction: number): number {
  if (sort === 'name') return direction * compareNames(a.municipality, b.municipality)
  const [one, other] = [figureOf(a, sort), figureOf(b, sort)]
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined)
  return direction * (one - other)
}

const middle = ({ low, high }: Range) => (low + high) / 2

function figureOf(line: MunicipalityLine, sort: Exclude<TableQuery['sort'], 'name'>): number | undefined {
  if (sort === 'missing') return line.problems.length + Number(line.offered.high === 0)
  const range = line[sort]
  return range && middle(range)
}
