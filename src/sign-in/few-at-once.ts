import { DomainError } from '../errors.ts'

/**
 * Lets a few pieces of heavy work run at once and some more wait. A password takes 19 MiB and a thread that the answers of respondents
 * need too; a flood of them must not take all.
 * @throws DomainError `too-many` when the queue is full.
 */
export function fewAtOnce({ running: mostRunning, waiting: mostWaiting }: { running: number; waiting: number }) {
  const waiting: (() => void)[] = []
  let running = 0

  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < mostRunning) running++
    else if (waiting.length >= mostWaiting) throw new DomainError('too-many', 'Too many passwords are being checked.')
    else await new Promise<void>((go) => waiting.push(go)) // who ends hands its place on
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
