import type { Area } from '../catalogue/areas.ts'
import type { Kpi } from '../catalogue/kpis.ts'
import { smallestShown } from '../disclosure/thresholds.ts'
import { nationArea } from '../results/indicator.ts'
import { firstYear, type HistoryFigure } from './figure.ts'
import type { HistoryRejection, SourceFigure } from './source-figure.ts'

/** What figures are judged by. */
export interface HistoryGround {
  kpis: ReadonlyMap<string, Kpi>
  /** Areas by their codes, and municipalities and the nation by their names in small letters. */
  areas: ReadonlyMap<string, Area>
  /** The year that it is. */
  thisYear: number
}

export function knownFrom(kpis: readonly Kpi[], areas: readonly Area[], thisYear: number): HistoryGround {
  const byName = areas.filter(isOurs).map((area): [string, Area] => [area.title.toLocaleLowerCase('sv'), area])
  return {
    kpis: new Map(kpis.map((kpi) => [kpi.id, kpi])),
    areas: new Map([...byName, ...areas.map((area): [string, Area] => [area.id, area])]),
    thisYear,
  }
}

const isOurs = ({ id, type }: Area) => type === 'K' || id === nationArea

/** The largest number of answers that is believed. */
const mostPeople = 1_000_000

/** Whether a figure can be taken in: the figure as it is kept, or why not. Any source gives one or the other. */
export function judged(from: SourceFigure, known: HistoryGround): HistoryFigure | HistoryRejection {
  if (from.isNone) return from.isNone
  const kpi = known.kpis.get(textOf(from.kpi))
  if (!kpi) return 'kpi'
  const area = areaOf(textOf(from.area), known)
  if (typeof area === 'string') return area
  const year = yearOf(from.year, known)
  if (typeof year === 'string') return year
  const gender = genders[textOf(from.gender).toLocaleLowerCase('sv')]
  if (gender === undefined) return 'gender'
  if (gender !== 'T' && !kpi.byGender) return 'undivided'
  const value = numberOf(from.value)
  if (typeof value === 'string') return value
  if (textOf(from.status) !== '') return 'withheld'
  if (!isInRange(kpi, value)) return 'range'
  const people = numberOf(from.people)
  if (people === 'value' || (typeof people === 'number' && !isCount(people))) return 'people'
  if (isFew(kpi.measure === 'responses' ? value : people)) return 'few'
  return { area: area.id, kpi: kpi.id, year, gender, value, ...(people === 'none' ? {} : { people }) }
}

const textOf = (cell: unknown) => (typeof cell === 'string' || typeof cell === 'number' ? String(cell).trim() : '')

/** Excel takes the zeros from before a code. */
function areaOf(text: string, { areas }: HistoryGround): Area | HistoryRejection {
  if (/^G\d+$/i.test(text)) return 'group'
  const code = /^\d{1,3}$/.test(text) ? text.padStart(4, '0') : text
  const area = areas.get(code) ?? areas.get(text.normalize('NFC').toLocaleLowerCase('sv'))
  if (!area) return 'area'
  return isOurs(area) ? area : 'region'
}

function yearOf(cell: unknown, { thisYear }: HistoryGround): number | HistoryRejection {
  const text = textOf(cell)
  if (!/^\d{4}$/.test(text)) return 'year'
  if (Number(text) < firstYear) return 'early'
  return Number(text) > thisYear ? 'future' : Number(text)
}

const genders: Record<string, HistoryFigure['gender'] | undefined> = {
  ...{ t: 'T', total: 'T', totalt: 'T', alla: 'T', all: 'T' },
  ...{ k: 'K', kvinnor: 'K', kvinna: 'K', women: 'K', woman: 'K' },
  ...{ m: 'M', män: 'M', man: 'M', men: 'M' },
}

/** What stands where there is no value. */
const blanks = ['', '-', '.', '..', 'null', 'NA']

function numberOf(cell: unknown): number | 'none' | 'value' {
  if (cell === null || cell === undefined) return 'none'
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : 'value'
  if (typeof cell !== 'string') return 'value'
  const text = cell.replace(/[\s\u00a0\u202f]/g, '')
  if (blanks.includes(text)) return 'none'
  return /^-?\d{1,15}(?:[.,]\d{1,15})?$/.test(text) ? Number(text.replace(',', '.')) : 'value'
}

/** Of so few nothing is told here, whoever told it before. */
const isFew = (people: number | 'none') => people !== 'none' && people < smallestShown

const isCount = (number: number) => Number.isInteger(number) && number >= 0 && number <= mostPeople

const isInRange = ({ measure }: Kpi, value: number) =>
  measure === 'responses' ? isCount(value) : value >= 0 && value <= 100
