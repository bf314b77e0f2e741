import type { Language } from '../../../language/languages.ts'
import type { getStratumWithin } from '../../../organisation/store.ts'
import { joinedSheet } from '../../../print/joined-sheet.ts'
import { letterSheet } from '../../../print/letters.ts'
import type { PrintJob } from '../../../print/print-jobs.ts'
import { channelOf, mergeRows, type PrintKind } from '../../../print/print-order.ts'
import { printPdf } from '../../../print/print-process.ts'
import { slipSheet } from '../../../print/slips.ts'
import { writeCsv, writeXlsx } from '../../../table/table-file.ts'
import type { StaffContext } from '../context.ts'

/** What is printed for one target group of a unit: a batch of its own. */
export interface OrderPart {
  stratum: Awaited<ReturnType<typeof getStratumWithin>>
  number: number
  /** One for each letter, or none. Known to the job only. */
  addresses: string[][]
}

/** What becomes one file. A table has one part. */
export interface FileOrder {
  parts: OrderPart[]
  kind: PrintKind
  language: Language
  /** An empty page after each, for printers that print on both sides whatever they are told. */
  emptyBacks: boolean
  contact: string[]
}

/** A part whose codes are issued. */
export type IssuedPart = OrderPart & { batchId: string; codes: string[] }

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
    issued,
  }: { staff: { id: string; language: string }; order: FileOrder; job: PrintJob; issued: IssuedPart[] },
): Promise<Buffer> {
  const { kind, language, contact, emptyBacks } = order
  const { publicUrl } = config
  const own = languages.find(staff.language) ?? languages.all[0]!
  const text = (key: string) => languages.text(own, `staff.print.${key}`)
  const header = [text('columns.code'), text('columns.link')]
  const turn = { owner: `codes of ${staff.id}`, mostOfOne: 5, signal: job.signal }
  const rows = () =>
    mergeRows(
      issued.flatMap(({ codes }) => codes),
      publicUrl,
    )
  if (kind === 'xlsx') return writeXlsx(header, rows(), { sheet: text('columns.sheet'), ...turn })
  if (kind === 'csv') return writeCsv(header, rows(), turn)

  const { closesOn } = await stores.round.getRound(issued[0]!.stratum.roundId)
  const parts = issued.map(({ stratum, addresses, batchId, codes }) => {
    const municipality = { code: stratum.municipalityCode, name: stratum.municipality }
    const common = { municipality, publicUrl, language, languages, emptyBacks }
    const letters = codes.map((code, index) => ({ code, address: addresses[index] }))
    const sender = [stratum.municipality, stratum.unit]
    const said = { group: stratum.targetGroup, sender, contact, lastDay: closesOn }
    const sheet =
      kind === 'slips' ? slipSheet({ ...common, codes, batch: batchId }) : letterSheet({ ...common, ...said, letters })
    const what = languages.text(own, `staff.leftovers.kinds.${channelOf(kind)}`, { count: codes.length })
    const group = languages.text(own, `staff.words.groups.${stratum.targetGroup}`)
    const marked = kind === 'slips' ? [languages.text(own, 'staff.leftovers.onSlips', { id: batchId })] : []
    return { sheet, cover: [`${stratum.unit}: ${group}`, what, ...marked] }
  })
  const onProgress = (now: { done: number }) => (job.done = now.done)
  return printPdf(joinedSheet(parts), { owner: staff.id, signal: job.signal, onProgress })
}
