import type { ChannelLine } from '../../../fieldwork/adding-up.ts'
import type { Line } from '../../../fieldwork/line.ts'
import type { countMissing, Missing } from '../../../fieldwork/missing.ts'
import type { Overview } from '../../../fieldwork/overview.ts'
import type { atDay, TrendPoint } from '../../../fieldwork/trend.ts'
import type { Scope } from '../../../organisation/scope.ts'
import type { Round } from '../../../round/round.ts'
import type { isMissing, MunicipalityLine, TableQuery } from '../municipality-table.ts'
import type { EveryStaffPage, Refused } from '../staff-page.ts'
import type { countText, figureText, rateText } from '../words.ts'

/** How figures are written. */
interface Written extends EveryStaffPage {
  countText: typeof countText
  rateText: typeof rateText
}

/** Which round, and as of which day. */
interface When {
  round: Round
  /** The day that was told last. */
  asOf?: string
  dayNumber: number
  lastDay: number
}

/** A part of the country, or all of it. */
interface Part extends When {
  overview: Overview
  line: Line
  nation: Line
  /** The same day of last year. */
  sameDay?: TrendPoint
  charts: typeof import('./charts.ts')
  countText: typeof countText
  rateText: typeof rateText
  figureText: typeof figureText
}

/** Its days; units have none. */
interface Days {
  days: TrendPoint[]
  lastYear?: TrendPoint[]
  atDay: typeof atDay
}

interface Municipalities {
  municipalities: MunicipalityLine[]
  counties: string[]
  query: TableQuery
  isMissing: typeof isMissing
}

/** Some lines with their heads. */
interface Lines {
  heading: string
  first: string
  lines: ((Line | ChannelLine) & { label: string })[]
}

/** What the views of `views/staff/fieldwork` are given. */
export interface Views {
  'staff/fieldwork/by-line': Written &
    Pick<Part, 'charts' | 'figureText'> &
    Omit<Lines, 'lines'> & { id: string; title: string; lines: (Line & { label: string })[] }
  'staff/fieldwork/cells': Written & { line: Line | ChannelLine }
  'staff/fieldwork/columns': EveryStaffPage & { first: string }
  'staff/fieldwork/figures': Written & Pick<Part, 'line' | 'nation' | 'sameDay'> & { isNation?: boolean }
  'staff/fieldwork/head': EveryStaffPage & When & { heading: string; place: string }
  'staff/fieldwork/lines': Written & Lines
  'staff/fieldwork/missing': EveryStaffPage & { missing: Missing[] }
  'staff/fieldwork/municipalities': Written & Municipalities
  'staff/fieldwork/municipality': Part & Days & { nationDays: TrendPoint[]; municipality: string; missing: Missing[] }
  'staff/fieldwork/nation': Part &
    Days &
    Municipalities &
    Pick<Refused, 'typed'> & { missing: ReturnType<typeof countMissing> }
  'staff/fieldwork/nothing': object
  'staff/fieldwork/over-time': Written &
    Days &
    Pick<Part, 'line' | 'lastDay' | 'dayNumber' | 'charts'> & { name: string; nationDays?: TrendPoint[] }
  'staff/fieldwork/places': Written & Pick<Part, 'overview'>
  'staff/fieldwork/steps': EveryStaffPage & Pick<Part, 'overview'>
  'staff/fieldwork/units': Part & { municipality: string; unit?: string; scope: Scope; missing: Missing[] }
}
