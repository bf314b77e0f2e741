import { and, count, eq, max, sql } from 'drizzle-orm'
import { recordDeed } from '../audit/store.ts'
import type { Database, Transaction } from '../database/connection.ts'
import { look, type Steps, step, TakenBack, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import type { HistoryFigure } from './figure.ts'
import { historyFigures, historyImports, historyYears } from './tables.ts'

/** What an import did, or would do: figures that were not there, that had another value, and that are there as they are. */
export interface ImportCounts {
  added: number
  changed: number
  unchanged: number
}

/** Where figures come from, who takes them in, and when. */
export interface ImportOrigin {
  source: string
  by: string
  now: Date
  isPractice?: boolean
}

/** What an import of these figures would do. @param figures each area, indicator, year and gender once */
export async function previewImport(
  db: Database,
  figures: readonly HistoryFigure[],
  onProgress: (done: number) => void = () => {},
): Promise<ImportCounts> {
  return look(compare(db, figures, { onProgress }))
}

/**
 * Takes figures in and writes down who did, all of it or nothing: a figure that is there with another value gets the new one. What is there already stays as
 * it is, so that the same import twice changes nothing. On a thread: it takes seconds for a nation.
 * @param figures each area, indicator, year and gender once
 * @param onProgress is told how many figures have been looked at
 */
export async function importFigures(
  db: Database,
  figures: readonly HistoryFigure[],
  origin: ImportOrigin,
  onProgress: (done: number) => void = () => {},
): Promise<ImportCounts> {
  return transaction(db, function* (tx): Steps<ImportCounts | TakenBack<ImportCounts>> {
    const importId = yield* addImport(tx, origin)
    const put = preparePut(tx)
    const write = (figure: HistoryFigure) => step(put.run({ ...figure, people: figure.people ?? null, importId }))
    const counts = yield* compare(tx, figures, { onProgress, write })
    const number = counts.added + counts.changed
    if (number === 0) return new TakenBack(counts)
    yield* countYears(tx)
    const { by: staffId, source: subject, now } = origin
    yield* recordDeed(tx, { staffId, action: 'history.imported', subject, number, now })
    return counts
  })
}

interface Comparing {
  onProgress: (done: number) => void
  /** Writes what is new or different. */
  write?: (figure: HistoryFigure) => Steps<unknown>
}

/** An area at a time. */
function* compare(
  db: Database | Transaction,
  figures: readonly HistoryFigure[],
  { onProgress, write }: Comparing,
): Steps<ImportCounts> {
  const counts = { added: 0, changed: 0, unchanged: 0 }
  let done = 0
  for (const [area, own] of byArea(figures)) {
    const known = yield* knownOf(db, area)
    for (const figure of own) {
      const there = known.get(keyOf(figure))
      const is = there === undefined ? 'added' : isSame(there, figure) ? 'unchanged' : 'changed'
      counts[is]++
      if (write && is !== 'unchanged') yield* write(figure)
    }
    done += own.length
    onProgress(done)
  }
  return counts
}

/**
 * Removes what is there of a year from one import, and writes down who did. What that import had changed does not come back.
 * @returns how many figures were removed
 * @throws DomainError `not-found` where there is nothing of that year from it
 */
export async function removeImportedYear(
  db: Database,
  { importId, year, by, now }: { importId: number; year: number; by: string; now: Date },
): Promise<number> {
  return transaction(db, function* (tx) {
    const its = and(eq(historyFigures.importId, importId), eq(historyFigures.year, year))
    const { changes } = yield* step(tx.delete(historyFigures).where(its).run())
    if (changes === 0) throw new DomainError('not-found', `There is nothing of ${year} from import ${importId}.`)
    yield* countYears(tx)
    const subject = `${year}, ${importId}`
    yield* recordDeed(tx, { staffId: by, action: 'history.removed', subject, number: changes, now })
    return changes
  })
}

function* addImport(tx: Transaction, { source, by, now, isPractice = false }: ImportOrigin): Steps<number> {
  const last = yield* step(
    tx
      .select({ id: max(historyImports.id) })
      .from(historyImports)
      .get(),
  )
  const id = (last?.id ?? 0) + 1
  yield* step(
    tx.insert(historyImports).values({ id, importedAt: now.toISOString(), importedBy: by, source, isPractice }).run(),
  )
  return id
}

/** Prepared, for a nation has a quarter of a million. */
function preparePut(tx: Transaction) {
  const { area, kpi, year, gender } = historyFigures
  const names = ['area', 'kpi', 'year', 'gender', 'value', 'people', 'importId'] as const
  const placeholders = Object.fromEntries(names.map((name) => [name, sql.placeholder(name)]))
  const { value, people, importId } = placeholders
  return tx
    .insert(historyFigures)
    .values(placeholders as never)
    .onConflictDoUpdate({ target: [area, kpi, year, gender], set: { value, people, importId } as never })
    .prepare()
}

type Before = { value: number; people: number | null }

function* knownOf(db: Database | Transaction, area: string): Steps<Map<string, Before>> {
  const { kpi, year, gender, value, people } = historyFigures
  const rows = yield* step(
    db.select({ kpi, year, gender, value, people }).from(historyFigures).where(eq(historyFigures.area, area)).all(),
  )
  return new Map(rows.map((row) => [keyOf(row), row]))
}

const keyOf = ({ kpi, year, gender }: Pick<HistoryFigure, 'kpi' | 'year' | 'gender'>) => `${kpi} ${year} ${gender}`

/** A source that does not say of how many answers a figure is contradicts none that does. */
const isSame = (known: Before, { value, people }: HistoryFigure) =>
  known.value === value && (people === undefined || known.people === people)

function byArea(figures: readonly HistoryFigure[]): Map<string, HistoryFigure[]> {
  const areas = new Map<string, HistoryFigure[]>()
  for (const figure of figures) {
    const own = areas.get(figure.area)
    if (own) own.push(figure)
    else areas.set(figure.area, [figure])
  }
  return areas
}

function* countYears(tx: Transaction): Steps<void> {
  const { importId, year } = historyFigures
  const rows = yield* step(
    tx.select({ importId, year, figures: count() }).from(historyFigures).groupBy(importId, year).all(),
  )
  yield* step(tx.delete(historyYears).run())
  if (rows.length > 0) yield* step(tx.insert(historyYears).values(rows).run())
}
