import { randomBytes } from 'node:crypto'
import { hold } from '../held.ts'

/** How long the rows of a file wait for a yes, in minutes. */
export const waitMinutes = 30
/** So many files of one session wait, each in a tab of its own; a further one takes the place of the oldest. */
const mostOfSession = 4
const mostWaiting = 100
/** What all that waits of one kind may take. A service that others answer in has a heap of 80 MB. */
const mostBytes = 24 * 1024 * 1024

/** About what a row and a cell take beside the bytes of a file. */
const rowBytes = 300
const cellBytes = 32

/** About how much memory a file takes with what was read from it, in bytes. */
export function sizeOfRead(file: { bytes?: Buffer; rows: number; columns?: number }): number {
  const { bytes, rows, columns = 0 } = file
  return (bytes?.length ?? 0) + rows * (rowBytes + columns * cellBytes)
}

/**
 * What was read from files and waits for a yes: in memory only, each under an id of its own and for the session that sent it. Where all
 * that waits takes too much, what has waited longest makes room.
 * @param sizeOf about how much each takes, in bytes
 */
export function pendingImports<T>(clock: () => Date, sizeOf: (what: T) => number) {
  const bounds = { minutes: waitMinutes, most: mostWaiting, mostSize: mostBytes }
  const waiting = hold<{ session: string; what: T }>(clock, { ...bounds, sizeOf: ({ what }) => sizeOf(what) })

  return {
    /** Keeps it, and gives the id to find it by. */
    keep(session: Buffer, what: T): string {
      const own = waiting.entries().filter(([, one]) => one.session === session.toString('hex'))
      for (const [old] of own.slice(0, Math.max(0, own.length + 1 - mostOfSession))) waiting.forget(old)
      const id = randomBytes(8).toString('hex')
      waiting.keep(id, { session: session.toString('hex'), what })
      return id
    },
    /** What waits under that id; `undefined` for another session, and when it has waited too long or made room. */
    find(session: Buffer, id: string): T | undefined {
      const one = waiting.find(id)
      return one?.session === session.toString('hex') ? one.what : undefined
    },
    /** Takes it away, so that no second press imports it again. */
    forget: (id: string): void => waiting.forget(id),
  }
}

export type PendingImports<T> = ReturnType<typeof pendingImports<T>>
