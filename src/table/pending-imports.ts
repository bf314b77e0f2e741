import { randomBytes } from 'node:crypto'
import { hold } from '../memory/held.ts'
import { tableRefusal } from './table.ts'

/** So many files of one session wait, each in a tab of its own; a further one takes the place of the oldest. */
const mostOfSession = 4
const mostWaiting = 100
const megabyte = 1024 * 1024
/**
 * What all that waits of one kind may take, and of it what is one person's. Somebody whose files are small together is let in beyond the
 * room for all, up to a bound of its own: most files are. A service that others answer in has a heap of 80 MB.
 */
const mostBytes = { all: 40 * megabyte, own: 24 * megabyte, small: megabyte, allWithSmall: 52 * megabyte }

/** Whose files take more than a fair share keeps the room for so many minutes after they were looked at: then they make room for others. */
const idleMinutes = 5

/** About what a row and a cell take beside the bytes of a file. */
const rowBytes = 300
const cellBytes = 32

/** About how much memory a file takes with what was read from it, in bytes. */
export function sizeOfRead(file: { bytes?: Buffer; rows: number; columns?: number }): number {
  const { bytes, rows, columns = 0 } = file
  return (bytes?.length ?? 0) + rows * (rowBytes + columns * cellBytes)
}

interface Waiting<T> {
  owner: string
  session: string
  what: T
  /** When its owner last looked at it, in milliseconds. */
  seen: number
}

interface Keeping<T> {
  /** How long each waits for a yes. */
  minutes: number
  /** About how much each takes, in bytes. */
  sizeOf: (what: T) => number
  /** The bytes of the file that it came in. */
  bytesOf?: (what: T) => Buffer | undefined
}

/**
 * What was read from files and waits for a yes: in memory only, each under an id of its own and for the session that sent it. Where all
 * that waits takes too much, the person's own files make room, the oldest first; of others only what nobody has looked at for a while, of
 * people who have more than their share: of three people each a third.
 * The bytes of a file are overwritten when it leaves.
 */
export function pendingImports<T>(clock: () => Date, { minutes: waitMinutes, sizeOf, bytesOf: bytesIn }: Keeping<T>) {
  const onLeaving = ({ what }: Waiting<T>) => bytesIn?.(what)?.fill(0)
  const waiting = hold<Waiting<T>>(clock, { minutes: waitMinutes, onLeaving })
  const bytesOf = (some: [string, { what: T }][]) => some.reduce((sum, [, { what }]) => sum + sizeOf(what), 0)

  function makeRoom(owner: string, size: number): void {
    const all = waiting.entries()
    const own = all.filter(([, one]) => one.owner === owner)
    let [left, leftOfOwn, count] = [bytesOf(all) + size, bytesOf(own) + size, all.length + 1]
    const room = () => (leftOfOwn <= mostBytes.small ? mostBytes.allWithSmall : mostBytes.all)
    for (const [old, { what }] of own) {
      if (left <= room() && leftOfOwn <= mostBytes.own && count <= mostWaiting) return
      waiting.forget(old)
      left -= sizeOf(what)
      leftOfOwn -= sizeOf(what)
      count--
    }
    if (count > mostWaiting) throw tableRefusal('busy')
    if (left > room()) makeOthersLeave(owner, left - room())
  }

  /** All that is needed, or nothing. */
  function makeOthersLeave(owner: string, needed: number): void {
    const idleSince = clock().getTime() - idleMinutes * 60_000
    const all = waiting.entries()
    const ofOne = (whose: string) => bytesOf(all.filter(([, one]) => one.owner === whose))
    const owners = new Set([owner, ...all.map(([, one]) => one.owner)])
    const share = mostBytes.all / owners.size
    const large = all.filter(([, one]) => one.owner !== owner && ofOne(one.owner) > share)
    const idle = large.filter(([, one]) => one.seen <= idleSince)
    const minutes = bytesOf(large) < needed ? waitMinutes : idleMinutes
    if (bytesOf(idle) < needed) throw tableRefusal('noRoom', { minutes })
    let left = needed
    for (const [id, { what }] of idle) {
      if (left <= 0) return
      waiting.forget(id)
      left -= sizeOf(what)
    }
  }

  return {
    /**
     * Keeps it, and gives the id to find it by.
     * @throws DomainError `too-many` when others' files take all the room
     */
    keep({ id: owner, sessionTag }: { id: string; sessionTag: Buffer }, what: T): string {
      const session = sessionTag.toString('hex')
      const own = waiting.entries().filter(([, one]) => one.session === session)
      for (const [old] of own.slice(0, Math.max(0, own.length + 1 - mostOfSession))) waiting.forget(old)
      makeRoom(owner, sizeOf(what))
      const id = randomBytes(8).toString('hex')
      waiting.keep(id, { owner, session, what, seen: clock().getTime() })
      return id
    },
    /** What waits under that id; `undefined` for another session, and when it has waited too long or made room. */
    find(session: Buffer, id: string): T | undefined {
      const one = waiting.find(id)
      if (one?.session !== session.toString('hex')) return undefined
      one.seen = clock().getTime()
      return one.what
    },
    /** Takes it away, so that no second press imports it again. */
    forget: (id: string): void => waiting.forget(id),
  }
}

export type PendingImports<T> = ReturnType<typeof pendingImports<T>>
