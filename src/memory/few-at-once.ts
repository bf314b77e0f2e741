import { DomainError } from '../errors.ts'

interface Places {
  running: number
  waiting: number
  /** How many of one group wait or are at work; without it, any number. */
  ofOneGroup?: number
}

/**
 * Lets a few pieces of heavy work run at once and some more wait. A password takes 19 MiB and a thread that the answers of respondents
 * need too; a flood of them must not take all, and no group of those who ask must take all the places.
 * @throws DomainError `too-many` when the queue is full.
 */
export function fewAtOnce({
  running: mostRunning,
  waiting: mostWaiting,
  ofOneGroup = Number.POSITIVE_INFINITY,
}: Places) {
  const waiting: (() => void)[] = []
  const groups = new Map<string, number>()
  let running = 0

  function change(group: string, by: number): void {
    const count = (groups.get(group) ?? 0) + by
    if (count > 0) groups.set(group, count)
    else groups.delete(group)
  }

  async function takeTurn<T>(work: () => Promise<T>): Promise<T> {
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

  return async <T>(work: () => Promise<T>, group = ''): Promise<T> => {
    if ((groups.get(group) ?? 0) >= ofOneGroup) throw new DomainError('too-many', 'Too many passwords of one network.')
    change(group, 1)
    try {
      return await takeTurn(work)
    } finally {
      change(group, -1)
    }
  }
}
