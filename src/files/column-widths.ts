import type { FileCell, FileTable } from './figure-report.ts'

const isFigure = (cell: FileCell) => typeof cell === 'object' && cell !== null

/** Which columns of a table are of figures: they stand to the right, their heads too. */
export const figureColumns = ({ head, rows }: FileTable): boolean[] =>
  head.map((_, column) => rows.some((row) => isFigure(row[column] ?? null)))

/** No column asks for more room than one of so many signs. */
const most = 28

/** How much of a width each column is given, 1 together: by its longest text, or the longest word of its head. */
export function columnShares({ head, rows }: FileTable, shown: (cell: FileCell) => string): number[] {
  const asked = head.map((title, column) => {
    const texts = [...title.split(' '), ...rows.map((row) => shown(row[column] ?? null))]
    return Math.min(most, Math.max(4, ...texts.map(({ length }) => length))) + 3
  })
  const all = asked.reduce((sum, one) => sum + one, 0)
  return asked.map((one) => one / all)
}

/** So many signs of a table's text stand in a line across a slide, and so many lines below each other. */
const [signs, lines] = [150, 24]

/** The rows of a table in as many parts as it takes slides: a row with a long name takes the room of several. */
export function onSlides(table: FileTable, shown: (cell: FileCell) => string): FileTable['rows'][] {
  const shares = columnShares(table, shown)
  const parts: FileTable['rows'][] = []
  let room = 0
  for (const row of table.rows) {
    const needs = 1 + Math.max(...row.map((cell, column) => Math.ceil(shown(cell).length / (shares[column]! * signs))))
    if (needs > room) {
      parts.push([])
      room = lines
    }
    parts.at(-1)!.push(row)
    room -= needs
  }
  return parts
}
