import type { Line } from '../../../fieldwork/line.ts'
import type { countMissing } from '../../../fieldwork/missing.ts'
import type { Overview } from '../../../fieldwork/overview.ts'
import type { atDay, TrendPoint } from '../../../fieldwork/trend.ts'
import type { Scope } from '../../../organisation/scope.ts'
import type { Round } from '../../../round/round.ts'
import type { ListingOf } from '../listing.ts'
import type { MunicipalityLine, missingText, municipalityList } from '../municipality-list.ts'
import type { EveryStaffPage } from '../staff-page.ts'
import type { Todo } from '../todos.ts'
import type { countText, rateText } from '../words.ts'
import type { By, FigureRow, figureRows } from './figure-rows.ts'
import type { comparison, findingText } from './finding.ts'
import type { seriesOf } from './series.ts'

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
  /** Today, and the last day of the round. */
  dayNumber: number
  lastDay: number
}

/** A part of the country, or all of it. */
interface Part extends When {
  overview: Overview
  line: Line
  nation: Line
  comparison: typeof comparison
  findingText: typeof findingText
  countText: typeof countText
  rateText: typeof rateText
}

/** Its days; units have none. */
interface Days {
  days: TrendPoint[]
  lastYear?: TrendPoint[]
  atDay: typeof atDay
  /** The same day of last year. */
  sameDay?: TrendPoint
  /** What is written below the line. */
  marks: { day: string; number: number }[]
  chart: typeof import('./line-chart.ts')
  seriesOf: typeof seriesOf
}

/** The table of figures, and the ways to see it. */
interface Tables {
  tabs: { by: By; href: string; isCurrent: boolean }[]
  figureRows: typeof figureRows
}

interface Municipalities {
  list: ListingOf<typeof municipalityList, MunicipalityLine>
  missingText: typeof missingText
}

/** What the views of `views/staff/fieldwork` are given. */
export interface Views {
  'staff/fieldwork/figures': Written & Pick<Part, 'nation'> & { first: string; rows: FigureRow[]; label: string }
  'staff/fieldwork/head': EveryStaffPage &
    Pick<Written, 'countText'> &
    When &
    Pick<Part, 'line'> & { heading: string; place: string; up?: { href: string; text: string } }
  'staff/fieldwork/missing': EveryStaffPage & { missing: Todo[] }
  'staff/fieldwork/municipalities': Written & Municipalities & Pick<Part, 'nation'>
  'staff/fieldwork/nation': Part & Days & Tables & Municipalities & { missing: ReturnType<typeof countMissing> }
  'staff/fieldwork/nothing': object
  'staff/fieldwork/over-time': Written &
    Days &
    Pick<When, 'lastDay'> &
    Pick<Part, 'line' | 'nation' | 'comparison'> & { name: string; nationDays?: TrendPoint[] }
  'staff/fieldwork/place': Part &
    Tables & {
      /** Its days, beside the nation's. */
      overTime?: Days & { nationDays: TrendPoint[] }
      municipality: string
      unit?: string
      scope: Scope
      missing: Todo[]
    }
  'staff/fieldwork/tables': Written & Tables & Pick<Part, 'overview' | 'nation'> & { place: string }
  'staff/fieldwork/why': EveryStaffPage & Pick<Part, 'overview'>
}
