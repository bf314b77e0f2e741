import { fork } from 'node:child_process'
import { inProject } from '../project-folder.ts'
import type { Sheet } from './sheet.ts'
import type { Format } from './typeset.ts'

/** What the process is given, on its standard input. What it makes comes on its standard output. */
export interface PrintJob {
  sheet: Sheet
  format: Format
}

/** What it says meanwhile: how far it is, or why it cannot. */
export type PrintMessage = { done: number } | { error: string }

export interface PrintOptions {
  /** Is told now and then how many of all QR codes are drawn. Setting the pages takes longer than that, and tells nothing. */
  onProgress?: (progress: { done: number; total: number }) => void
}

// The built file: Node runs no TypeScript, and the tests run from the sources.
const program = inProject('dist/print/print-process-program.js')

/**
 * Sets a sheet in a process of its own, which ends with it: answers go on coming in meanwhile, the half gigabyte that
 * typst takes for a thousand letters is given back, and should it fall it takes nothing along.
 * @returns a tagged PDF (PDF/UA-1)
 * @throws Error with what typst has to say
 */
export function printPdf(sheet: Sheet, options: PrintOptions = {}): Promise<Buffer> {
  return inTurn(() => print({ sheet, format: 'pdf' }, options))
}

/** The same as one drawing of all pages, for tests that look at it. */
export function printSvg(sheet: Sheet): Promise<Buffer> {
  return inTurn(() => print({ sheet, format: 'svg' }, {}))
}

let before: Promise<unknown> = Promise.resolve()

/** One print at a time: two would take twice the memory. */
function inTurn(print: () => Promise<Buffer>): Promise<Buffer> {
  const turn = before.then(print)
  before = turn.catch(() => {})
  return turn
}

function print(job: PrintJob, { onProgress }: PrintOptions): Promise<Buffer> {
  const child = fork(program, { execArgv: [], env: {}, stdio: ['pipe', 'pipe', 'ignore', 'ipc'] })
  const made: Buffer[] = []
  let error: string | undefined
  child.stdin!.on('error', () => {}).end(JSON.stringify(job)) // one that has ended says why below
  child.stdout!.on('data', (part: Buffer) => made.push(part))
  child.on('message', (message: PrintMessage) => {
    if ('error' in message) error = message.error
    else onProgress?.({ done: message.done, total: job.sheet.links.length })
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode) => {
      if (exitCode === 0 && !error) resolve(Buffer.concat(made))
      else reject(new Error(error ?? `Printing ended with ${exitCode}.`))
    })
  })
}
