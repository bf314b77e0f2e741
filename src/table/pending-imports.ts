import { randomBytes } from 'node:crypto'

/** How long the rows of a file wait for a yes, in minutes. */
export const waitMinutes = 30

/**
 * What was read from files and waits for a yes: in memory only, each for the session that sent it. A session's new file takes the
 * place of its old one, and where `most` wait in all, the one that has waited longest makes room.
 */
export function pendingImports<T>(clock: () => Date, { most = 100 } = {}) {
  const waiting = new Map<string, { session: string; until: number; what: T }>()

  function forgetOld(): void {
    for (const [id, { until }] of waiting) if (until <= clock().getTime()) waiting.delete(id)
  }

  return {
    /** Keeps it, and gives the id to find it by. */
    keep(session: Buffer, what: T): string {
      forgetOld()
      const owner = session.toString('hex')
      for (const [id, one] of waiting) if (one.session === owner) waiting.delete(id)
      const [oldest] = waiting.keys()
      if (waiting.size >= most) waiting.delete(oldest!)
      const id = randomBytes(8).toString('hex')
      waiting.set(id, { session: owner, until: clock().getTime() + waitMinutes * 60_000, what })
      return id
    },
    /** What waits under that id; `undefined` for another session, and when it has waited too long. */
    find(session: Buffer, id: string): T | undefined {
      forgetOld()
      const one = waiting.get(id)
      return one?.session === session.toString('hex') ? one.what : undefined
    },
    /** What waits for a session, under whatever id. */
    findOf(session: Buffer): T | undefined {
      forgetOld()
      const owner = session.toString('hex')
      return [...waiting.values()].find((one) => one.session === owner)?.what
    },
    /** Takes it away, so that no second press imports it again. */
    forget(id: string): void {
      waiting.delete(id)
    },
  }
}

export type PendingImports<T> = ReturnType<typeof pendingImports<T>>
