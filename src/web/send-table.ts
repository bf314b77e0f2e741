import type { FastifyReply, FastifyRequest } from 'fastify'
import { writeCsv, writeXlsx } from '../table/table-file.ts'
import type { WrittenCell } from '../table/written.ts'
import { goneFrom } from './gone.ts'
import { sendFile } from './page.ts'

/** The kind of file that an address asks for, `?format=xlsx`; `undefined` for a page. */
export const askedFormat = ({ query }: FastifyRequest): 'csv' | 'xlsx' | undefined =>
  (['csv', 'xlsx'] as const).find((format) => format === (query as { format?: unknown }).format)

/**
 * Sends rows as a file that somebody of staff asked for: CSV for programs, or a workbook, in which codes and telephone numbers keep
 * the zeros that Excel takes off those of a CSV file.
 * @param name of the file, without its ending
 */
export async function sendTable(
  request: FastifyRequest,
  reply: FastifyReply,
  { name, head, rows }: { name: string; head: string[]; rows: WrittenCell[][] },
): Promise<FastifyReply> {
  const turn = { owner: request.staff.id, signal: goneFrom(reply) }
  return askedFormat(request) === 'xlsx'
    ? sendFile(reply, `${name}.xlsx`, await writeXlsx(head, rows, { sheet: name, ...turn }))
    : sendFile(reply, `${name}.csv`, await writeCsv(head, rows, turn))
}
