import { createReadStream, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import { areasOf } from '../catalogue/areas.ts'
import { readKpis } from '../catalogue/kpis.ts'
import type { Database } from '../database/connection.ts'
import { listMunicipalities } from '../organisation/store.ts'
import { swedishDay } from '../time/swedish-day.ts'
import { type Gathered, type Gathering, gather } from './gathered.ts'
import { type ImportCounts, type ImportOrigin, importFigures, previewImport } from './import-store.ts'
import { knownFrom } from './judged.ts'
import { type LiveLimits, liveLimits } from './live-limits.ts'
import { liveQuestions } from './live-questions.ts'
import { readLive } from './read-live.ts'
import { readSource } from './read-source.ts'

/** Where figures are read from: files by their paths, one that was sent in, or a live API. */
export type HistorySource =
  | { kind: 'files'; paths: string[] }
  | { kind: 'sent'; name: string; bytes: Uint8Array }
  | { kind: 'live'; address: string; limits?: LiveLimits }

export interface HistoryOrder extends Omit<ImportOrigin, 'isPractice'> {
  from: HistorySource
  /** Only looks what would come of it. */
  isPreview: boolean
}

/** What came of an import, or would come of it. */
export interface HistoryOutcome extends Omit<Gathered, 'figures'> {
  counts: ImportCounts
  /** How many figures of each year can be taken in, the oldest first. */
  years: { year: number; figures: number }[]
}

/** How far an import has come: bytes or pages that were read, figures that were written, of how many where that is known. */
export interface HistoryProgress {
  step: 'bytes' | 'pages' | 'figures'
  done: number
  of?: number
}

/**
 * Reads figures of earlier years and takes in what can be, all of it together or nothing.
 * @throws DomainError where a source cannot be read or its figures were made up: nothing is changed then
 */
export async function importHistory(
  db: Database,
  { from, isPreview, ...origin }: HistoryOrder,
  tell: (progress: HistoryProgress) => void = () => {},
): Promise<HistoryOutcome> {
  const kpis = readKpis()
  const thisYear = Number(swedishDay(origin.now).slice(0, 4))
  const gathering = gather(knownFrom(kpis, areasOf(await listMunicipalities(db)), thisYear))
  if (from.kind === 'live') {
    const onPage = (done: number) => tell({ step: 'pages', done })
    const questions = liveQuestions(from.address, kpis, thisYear)
    await readLive(questions, from.limits ?? liveLimits, (figure, page) => gathering.add(figure, page), onPage)
  } else await readFiles(from, gathering, (done, of) => tell({ step: 'bytes', done, of }))

  const { figures, ...found } = gathering.end()
  const onProgress = (done: number) => tell({ step: 'figures', done, of: figures.length })
  const counts = await (isPreview
    ? previewImport(db, figures, onProgress)
    : importFigures(db, figures, origin, onProgress))
  return { ...found, counts, years: countedYears(figures) }
}

async function readFiles(
  from: Exclude<HistorySource, { kind: 'live' }>,
  gathering: Gathering,
  onBytes: (done: number, of: number) => void,
): Promise<void> {
  const files =
    from.kind === 'sent'
      ? [{ name: from.name, size: from.bytes.length, bytes: () => Readable.from([from.bytes]) }]
      : from.paths.map((path) => ({ name: path, size: statSync(path).size, bytes: () => createReadStream(path) }))
  const all = files.reduce((sum, { size }) => sum + size, 0)
  let done = 0
  async function* followed(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      done += piece.length
      onBytes(done, all)
      yield piece
    }
  }
  for (const { name, bytes } of files) await readSource(followed(bytes()), (figure) => gathering.add(figure, name))
}

function countedYears(figures: Gathered['figures']): HistoryOutcome['years'] {
  const years = new Map<number, number>()
  for (const { year } of figures) years.set(year, (years.get(year) ?? 0) + 1)
  return [...years].map(([year, count]) => ({ year, figures: count })).sort((one, other) => one.year - other.year)
}
