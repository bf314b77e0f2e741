import { printPdf } from '../print/print-process.ts'
import { csvBytes, plainCsvBytes } from '../table/written.ts'
import { type ArchivedFile, checkedArchive } from '../table/zip.ts'
import { type FigureReport, type FileKind, fileKinds } from './figure-report.ts'
import { type FileTurn, fileOnThread } from './file-thread.ts'
import { reportSheet } from './report-sheet.ts'

/**
 * A report as a file of a kind: `csv` as Swedish Excel has it, `rfc.csv` as RFC 4180 does.
 * @throws DomainError `unavailable` or `too-many` when many files wait, or one took too long
 */
export function makeFile(kind: FileKind, report: FigureReport, turn: FileTurn): Promise<Buffer> {
  if (kind === 'csv') return csvBytes(report.rows)
  if (kind === 'rfc.csv') return plainCsvBytes(report.rows)
  if (kind === 'pdf') return printPdf(reportSheet(report), turn)
  return fileOnThread({ kind, report }, turn)
}

/** All kinds of file of a report in one ZIP archive, with their checksums. @param name what each is called, without its ending */
export async function makeArchive(name: string, report: FigureReport, turn: FileTurn): Promise<Buffer> {
  const files: ArchivedFile[] = []
  for (const kind of fileKinds) files.push({ path: `${name}.${kind}`, bytes: await makeFile(kind, report, turn) })
  return checkedArchive(name, files)
}
