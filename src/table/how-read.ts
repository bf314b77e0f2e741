import type { Table, Way } from './table.ts'
import { offeredWays } from './ways.ts'

/** So many rows are shown as they were read. */
const shown = 8

/** The beginning of a table and what is said of it: what a page needs to show how a file was read. */
export type ReadTable = Pick<Table, 'header' | 'headerRow' | 'rows' | 'notes' | 'ways'>

/** Only the rows that a page shows, so that the others need not wait in memory. */
export function beginningOf(table: Table): ReadTable {
  return { ...table, rows: table.rows.slice(0, shown) }
}

/**
 * What the part `how-read` of a page shows, but for the address that its form is sent to.
 * @param tried a way that somebody chose and that could not be gone: it stays chosen, to be put right
 */
export function howRead({ header, headerRow, rows, notes, ways }: ReadTable, tried?: Way) {
  return {
    notes,
    preview: [{ number: headerRow, cells: header }, ...rows.slice(0, shown)],
    offeredWays: offeredWays(ways, tried),
    isUnsure: notes.length > 0 || tried !== undefined,
  }
}
