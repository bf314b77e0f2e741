import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readKpis } from '../src/catalogue/kpis.ts'
import { openDatabase } from '../src/database/connection.ts'
import { importOnThread } from '../src/history/import-thread.ts'
import type { Server } from './stage.ts'

/** How long somebody waits for a file of figures, in milliseconds: nothing is kept of it, and nobody else waits for one. */
export async function timeFile(server: Server, page: string, ending: string): Promise<number> {
  const started = performance.now()
  const response = await fetch(`${server.url}${page}/files/figures.${ending}`)
  await response.arrayBuffer()
  if (response.status !== 200) throw new Error(`${ending}: ${response.status}`)
  return performance.now() - started
}

/** How many figures a second come in the file of all. */
export async function deliveredPerSecond(server: Server): Promise<number> {
  const started = performance.now()
  const lines = (await (await fetch(`${server.url}/open-data.csv`)).text()).split('\r\n').length - 2
  return (lines * 1000) / (performance.now() - started)
}

/**
 * How many figures a second are imported of nine years of a nation, from a CSV file, on the thread as an operator has it; and how many rows
 * a second the same database takes in one transaction of one prepared statement and nothing else.
 */
export async function importedPerSecond(codes: readonly string[]): Promise<{ imported: number; bare: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-history-'))
  const db = openDatabase(join(folder, 'brukarsvar.sqlite'))
  const kpis = readKpis().filter(({ measure }) => measure === 'positive')
  const years = Array.from({ length: 9 }, (_, nth) => 2016 + nth)
  const rows = codes.flatMap((code, at) =>
    kpis.flatMap(({ id }, of) => years.map((year) => [id, code, year, 20 + ((at * 7 + of * 3 + year) % 70)] as const)),
  )
  const file = join(folder, 'history.csv')
  writeFileSync(file, ['kpi;municipality;year;value', ...rows.map((row) => row.join(';'))].join('\n'))

  const order = { source: file, by: 'operator', now: new Date(), isPreview: false }
  let started = performance.now()
  const { counts } = await importOnThread(db, { ...order, from: { kind: 'files', paths: [file] } })
  const imported = (rows.length * 1000) / (performance.now() - started)
  if (counts.added !== rows.length) throw new Error(`${counts.added} of ${rows.length} were imported`)

  db.$client.exec(
    'create table bare (kpi text, area text, year integer, value real, primary key (area, kpi, year)) strict',
  )
  const put = db.$client.prepare('insert into bare (kpi, area, year, value) values (?, ?, ?, ?)')
  started = performance.now()
  db.$client.transaction(() => {
    for (const row of rows) put.run(...row)
  })()
  const bare = (rows.length * 1000) / (performance.now() - started)
  if (statSync(join(folder, 'brukarsvar.sqlite')).size < rows.length) throw new Error('nothing was written')
  db.$client.close()
  rmSync(folder, { recursive: true, force: true })
  return { imported, bare }
}
