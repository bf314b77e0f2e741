import { and, asc, eq, type SQL } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import type { HistoryFigure } from './figure.ts'
import { historyFigures, historyImports, historyYears } from './tables.ts'

/**
 * The figures of an area in earlier years, by indicator, year and gender: some hundreds, read in a millisecond. `area` is a municipality's
 * code, or `0000` for the nation. A year of which this service has published results of its own is to be left out by whoever shows them.
 * Empty where nothing was imported.
 */
export async function listHistoryOf(db: Database, area: string): Promise<HistoryFigure[]> {
  return figuresWhere(db, eq(historyFigures.area, area))
}

/**
 * The figures of one indicator in all areas, of one year or of all, by area, year and gender: at most some thousands a year. The mean of
 * municipalities is not among them: it is worked out of theirs. Empty where nothing was imported.
 */
export async function listHistoryOfKpi(db: Database, kpi: string, year?: number): Promise<HistoryFigure[]> {
  const ofYear = year === undefined ? undefined : eq(historyFigures.year, year)
  return figuresWhere(db, and(eq(historyFigures.kpi, kpi), ofYear))
}

async function figuresWhere(db: Database, which?: SQL): Promise<HistoryFigure[]> {
  const { area, kpi, year, gender, value, people } = historyFigures
  const rows = await db
    .select({ area, kpi, year, gender, value, people })
    .from(historyFigures)
    .where(which)
    .orderBy(asc(area), asc(kpi), asc(year), asc(gender))
    .all()
  return rows.map(({ people, ...figure }) => ({ ...figure, ...(people === null ? {} : { people }) }))
}

/** What is there of a year from one import. */
export interface ImportedYear {
  importId: number
  year: number
  figures: number
  /** ISO instant. */
  importedAt: string
  importedBy: string
  source: string
  /** Whether they were made up for a demo. */
  isPractice: boolean
}

/** What is there of earlier years, by year and import. Whatever is imported or removed changes it: it tells whether what was read before still holds. */
export async function listImportedYears(db: Database): Promise<ImportedYear[]> {
  const { importedAt, importedBy, source, isPractice } = historyImports
  const { importId, year, figures } = historyYears
  return db
    .select({ importId, year, figures, importedAt, importedBy, source, isPractice })
    .from(historyYears)
    .innerJoin(historyImports, eq(historyImports.id, importId))
    .orderBy(asc(year), asc(importId))
    .all()
}
