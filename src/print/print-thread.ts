import { Worker } from 'node:worker_threads'
import type { Sheet } from './sheet.ts'
import type { Format } from './typeset.ts'

/** What the thread says: how far it is, what it made, or why it could not. */
export type PrintReply = { done: number } | { made: Uint8Array } | { error: string }

export interface PrintOptions {
  /** Is told now and then how many of all QR codes are drawn. Setting the pages takes about as long again, and tells nothing. */
  onProgress?: (progress: { done: number; total: number }) => void
}

// The built file: Node runs no TypeScript in a thread, and the tests run from the sources.
const program = new URL('../../dist/print/print-thread-program.js', import.meta.url)

/**
 * Sets a sheet on a thread of its own, which ends with it: answers go on coming in meanwhile, and typst's memory is given back.
 * @returns a tagged PDF (PDF/UA-1)
 * @throws Error with what typst has to say
 */
export function printPdf(sheet: Sheet, options: PrintOptions = {}): Promise<Buffer> {
  return print(sheet, 'pdf', options)
}

/** The same as one drawing of all pages, for tests that look at it. */
export function printSvg(sheet: Sheet): Promise<Buffer> {
  return print(sheet, 'svg', {})
}

function print(sheet: Sheet, format: Format, { onProgress }: PrintOptions): Promise<Buffer> {
  const worker = new Worker(program, { workerData: { sheet, format } })
  const total = sheet.links.length
  return new Promise((resolve, reject) => {
    worker.on('message', (reply: PrintReply) => {
      if ('done' in reply) onProgress?.({ done: reply.done, total })
      else if ('made' in reply) resolve(Buffer.from(reply.made.buffer, reply.made.byteOffset, reply.made.byteLength))
      else reject(new Error(reply.error))
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('Printing ended before it was done.')))
  })
}
