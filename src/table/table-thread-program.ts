/** What runs on the thread of a table: it reads one file or writes one, and ends. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { DomainError } from '../errors.ts'
import { parseTable } from './parse-table.ts'
import type { TableReply, TableWork } from './table-thread.ts'
import { csvBytes, type WrittenCell, xlsxBytes } from './written.ts'

const rowsAtATime = 500
const port: MessagePort = parentPort!
const work = workerData as TableWork
const reply = (message: TableReply) => port.postMessage(message)
const nextMessage = () => new Promise<unknown>((resolve) => port.once('message', resolve))

try {
  await (work.kind === 'read' ? read(work) : write(work))
} catch (error) {
  reply({ error: describe(error) })
}
port.close()

async function read({ bytes, limits, way, headings }: TableWork & { kind: 'read' }): Promise<void> {
  const { rows, ...about } = await parseTable(Buffer.from(bytes), limits, way, headings)
  reply(about)
  for (let start = 0; start < rows.length; start += rowsAtATime) {
    await nextMessage()
    reply({ rows: rows.slice(start, start + rowsAtATime) })
  }
  await nextMessage()
  reply({ end: true })
}

async function write({ format, sheet }: TableWork & { kind: 'write' }): Promise<void> {
  const rows: WrittenCell[][] = []
  reply({ ready: true })
  for (let some = await nextMessage(); Array.isArray(some); some = await nextMessage()) {
    for (const row of some) rows.push(row)
    reply({ ready: true })
  }
  const bytes = format === 'csv' ? await csvBytes(rows) : await xlsxBytes(rows, sheet)
  reply({ bytes })
}

/** An error loses its class on the way between threads. */
function describe(error: unknown) {
  const { message, stack } = error as Error
  if (!(error instanceof DomainError)) return { message, stack }
  const { code, messageKey, values } = error
  return { message, refusal: { code, messageKey, values } }
}
