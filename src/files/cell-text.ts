import type { FileCell } from './figure-report.ts'

/** How a cell is written where there is text alone: on paper, and on slides. */
export function cellTexts(lang: string): (cell: FileCell) => string {
  const percent = new Intl.NumberFormat(lang, { style: 'percent' })
  const number = new Intl.NumberFormat(lang)
  return (cell) => {
    if (cell === null) return ''
    if (typeof cell === 'string') return cell
    return 'percent' in cell ? percent.format(cell.percent / 100) : number.format(cell.people)
  }
}
