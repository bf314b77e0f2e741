import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { DomainError } from '../errors.ts'
import { type Asked, fairTurns } from '../memory/fair-turns.ts'
import { endInTime } from '../memory/time-limit.ts'
import { inProject } from '../project-folder.ts'
import type { Sheet } from './sheet.ts'
import type { Format } from './typeset.ts'

/** What the process is given, on its standard input. What it makes comes on its standard output. */
export interface PrintWork {
  sheet: Sheet
  format: Format
}

/** What it says meanwhile: how far it is, or why it cannot. */
export type PrintMessage = { done: number } | { error: string }

export type PrintOptions = Asked & {
  /** Is told now and then how many of all QR codes are drawn. Setting the pages takes longer than that, and tells nothing. */
  onProgress?: (progress: { done: number; total: number }) => void
}

// The built file: Node runs no TypeScript, and the tests run from the sources.
const program = inProject('dist/print/print-process-program.js')

/**
 * Sets a sheet in a process of its own, which ends with it: answers go on coming in meanwhile, the half gigabyte that
 * typst takes for a thousand letters is given back, and should it fall it takes nothing along.
 * @returns a tagged PDF (PDF/UA-1)
 * @throws Error with what typst has to say; DomainError `too-many` when much waits, `unavailable` when it took too long
 */
export function printPdf(sheet: Sheet, options: PrintOptions = {}): Promise<Buffer> {
  const { owner = randomUUID(), mostOfOne, signal } = options
  return inTurn({ owner, mostOfOne, signal }, () => print({ sheet, format: 'pdf' }, options))
}

/**
 * The same as one drawing of all pages, for tests that look at it.
 * @internal
 */
export function printSvg(sheet: Sheet): Promise<Buffer> {
  return inTurn({ owner: randomUUID() }, () => print({ sheet, format: 'svg' }, {}))
}

/** One print at a time: two would take twice the memory. Everybody has a turn before anybody has two. */
const inTurn = fairTurns({
  mostOfOne: 5,
  most: 60,
  refusal: (why) =>
    new DomainError('too-many', 'Much waits to be printed.', { messageKey: why === 'own' ? 'printOwn' : 'printBusy' }),
})

/** A thousand letters take some seconds; what takes this long takes for ever. */
const mostSeconds = 120

function print(job: PrintWork, { onProgress, signal }: PrintOptions): Promise<Buffer> {
  const child = fork(program, { execArgv: [], env: {}, stdio: ['pipe', 'pipe', 'ignore', 'ipc'] })
  const { isLate } = endInTime(child, () => child.kill('SIGKILL'), { seconds: mostSeconds, signal })
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
      if (signal?.aborted) reject(signal.reason)
      else if (isLate())
        reject(new DomainError('unavailable', 'A print took too long.', { messageKey: 'printTooSlow' }))
      else if (exitCode === 0 && !error) resolve(Buffer.concat(made))
      else reject(new Error(error ?? `Printing ended with ${exitCode}.`))
    })
  })
}
