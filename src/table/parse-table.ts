import { readCsv } from './csv.ts'
import { fileKind } from './file-kind.ts'
import type { Table, TableLimits, Way } from './table.ts'
import { readXlsx } from './xlsx.ts'

/**
 * Reads a file of rows where it is called; `readTable` does the same on a thread of its own.
 * @throws DomainError `invalid` with what to do
 */
export async function parseTable(bytes: Buffer, limits: TableLimits, way: Way = {}): Promise<Table> {
  return fileKind(bytes) === 'archive' ? readXlsx(bytes, limits, way) : readCsv(bytes, limits, way)
}
