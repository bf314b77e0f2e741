import type { Language } from '../../../language/languages.ts'
import type { getStratumWithin } from '../../../organisation/store.ts'
import { letterSheet } from '../../../print/letters.ts'
import type { PrintJob } from '../../../print/print-jobs.ts'
import { mergeRows, type PrintKind } from '../../../print/print-order.ts'
import { printPdf } from '../../../print/print-process.ts'
import { slipSheet } from '../../../print/slips.ts'
import { writeCsv, writeXlsx } from '../../../table/table-file.ts'
import type { StaffContext } from '../context.ts'

export interface FileOrder {
  stratum: Awaited<ReturnType<typeof getStratumWithin>>
  kind: PrintKind
  language: Language
  number: number
  /** An empty page after each, for printers that print on both sides whatever they are told. */
  emptyBacks: boolean
  contact: string[]
  /** One for each letter, or none. Known to the job only. */
  addresses: string[][]
}

/** About what one code takes in its file, at most: a letter in Arabic with an empty back takes the most. */
export const bytesOfOne = { slips: 5_000, letters: 14_000, xlsx: 200, csv: 100 } as const
export const extension = { slips: 'pdf', letters: 'pdf', xlsx: 'xlsx', csv: 'csv' } as const

/** Makes the file of an order with its codes, until nobody looks at the job any more. */
export async function makeFile(
  { config, languages, stores }: Pick<StaffContext, 'config' | 'languages' | 'stores'>,
  {
    staff,
    order,
    job,
    codes,
  }: { staff: { id: string; language: string }; order: FileOrder; job: PrintJob; codes: string[] },
): Promise<Buffer> {
  const { stratum, kind, language, contact, addresses, emptyBacks } = order
  const { publicUrl } = config
  const own = languages.find(staff.language) ?? languages.all[0]!
  const text = (key: string) => languages.text(own, `staff.print.${key}`)
  const header = [text('columns.code'), text('columns.link')]
  const turn = { owner: `codes of ${staff.id}`, mostOfOne: 5, signal: job.signal }
  if (kind === 'xlsx') return writeXlsx(header, mergeRows(codes, publicUrl), { sheet: text('columns.sheet'), ...turn })
  if (kind === 'csv') return writeCsv(header, mergeRows(codes, publicUrl), turn)

  const municipality = { code: stratum.municipalityCode, name: stratum.municipality }
  const common = { municipality, publicUrl, language, languages, emptyBacks }
  const asked = { owner: staff.id, signal: job.signal, onProgress: (now: { done: number }) => (job.done = now.done) }
  if (kind === 'slips') return printPdf(slipSheet({ ...common, codes, batch: job.batchId! }), asked)
  const { closesOn } = await stores.round.getRound(stratum.roundId)
  const letters = codes.map((code, index) => ({ code, address: addresses[index] }))
  const sender = [stratum.municipality, stratum.unit]
  const said = { group: stratum.targetGroup, sender, contact, lastDay: closesOn }
  return printPdf(letterSheet({ ...common, ...said, letters }), asked)
}
