import { randomBytes } from 'node:crypto'
import { hold } from '../held.ts'

/** How long the rows of a file wait for a yes, in minutes. */
export const waitMinutes = 30

/**
 * What was read from files and waits for a yes: in memory only, each for the session that sent it. A session's new file takes the
 * place of its old one, and where `most` wait in all, the one that has waited longest makes room.
 */
export function pendingImports<T>(clock: () => Date, { most = 100 } = {}) {
  const waiting = hold<{ session: string; what: T }>(clock, { minutes: waitMinutes, most })
  const entriesOf = (session: Buffer) => waiting.entries().filter(([, one]) => one.session === session.toString('hex'))

  return {
    /** Keeps it, and gives the id to find it by. */
    keep(session: Buffer, what: T): string {
      for (const [id] of entriesOf(session)) waiting.forget(id)
      const id = randomBytes(8).toString('hex')
      waiting.keep(id, { session: session.toString('hex'), what })
      return id
    },
    /** What waits under that id; `undefined` for another session, and when it has waited too long. */
    find(session: Buffer, id: string): T | undefined {
      const one = waiting.find(id)
      return one?.session === session.toString('hex') ? one.what : undefined
    },
    /** What waits for a session, under whatever id. */
    findOf(session: Buffer): T | undefined {
      return entriesOf(session)[0]?.[1].what
    },
    /** Takes it away, so that no second press imports it again. */
    forget: (id: string): void => waiting.forget(id),
  }
}

export type PendingImports<T> = ReturnType<typeof pendingImports<T>>
