import { fairTurns } from '../memory/fair-turns.ts'
import { printPdf } from '../print/print-process.ts'
import type { Sheet } from '../print/sheet.ts'
import { csvBytes, plainCsvBytes } from '../table/written.ts'
import { type ArchivedFile, checkedArchive } from '../table/zip.ts'
import { type FigureReport, type FileKind, fileKinds } from './figure-report.ts'
import { fileBusy, fileOnThread } from './file-thread.ts'
import { reportSheet } from './report-sheet.ts'

/** Who asks: each has a turn before anybody has two. A file that nobody waits for any more is not begun. */
interface FileTurn {
  owner: string
  signal: AbortSignal
}

/**
 * One file at a time: however many strangers ask for them, they take one core and one place among the prints, and those who answer and
 * staff who print have the others.
 */
const inTurn = fairTurns({ mostOfOne: 6, most: 40, refusal: () => fileBusy('Many files wait to be made.') })

/**
 * A report as a file of a kind: `csv` as Swedish Excel has it, `rfc.csv` as RFC 4180 does.
 * @throws DomainError `unavailable` or `too-many` when many files wait, or one took too long
 */
export function makeFile(kind: FileKind, report: FigureReport, turn: FileTurn): Promise<Buffer> {
  if (kind === 'csv') return csvBytes(report.rows)
  if (kind === 'rfc.csv') return plainCsvBytes(report.rows)
  if (kind === 'pdf') return printInTurn(reportSheet(report), turn)
  return inTurn(turn, () => fileOnThread({ kind, report }))
}

/** A print that strangers ask for, in the same turns. @throws as `makeFile` does */
export const printInTurn = (sheet: Sheet, turn: FileTurn): Promise<Buffer> =>
  inTurn(turn, () => printPdf(sheet, { owner: 'files of figures', signal: turn.signal }))

/** All kinds of file of a report in one ZIP archive, with their checksums. @param name what each is called, without its ending */
export async function makeArchive(name: string, report: FigureReport, turn: FileTurn): Promise<Buffer> {
  const files: ArchivedFile[] = []
  for (const kind of fileKinds) files.push({ path: `${name}.${kind}`, bytes: await makeFile(kind, report, turn) })
  return checkedArchive(name, files)
}
