import { sealChecked } from '../crypto/checked.ts'
import { openRow } from './sealed.ts'

/** Somebody to whom a reminder goes, unless they have opted out when their turn comes. Whether they have answered is never asked. */
export interface ReminderTurn {
  recipientId: string
  /** Failed attempts, and when the next may be (ms since 1970). */
  attempts: number
  dueAt: number
}

/** How far a reminder has come with some people of a stratum. */
export interface ReminderRun {
  number: number
  turns: ReminderTurn[]
}

/** As many people as share a row. Few enough to be written anew after each mail, and enough to hide in. */
export const mostTurns = 500

const head = 4
const turnLength = 16 + 1 + 6

/**
 * Seals a run at one length for as many people as it began with, so that nothing tells how many turns are left, or whose.
 * @param size how many it began with.
 */
export function sealRun(key: Buffer, id: string, { number, turns }: ReminderRun, size: number): Buffer {
  const plain = Buffer.alloc(head + size * turnLength)
  plain.writeUInt8(number, 0)
  plain.writeUInt16BE(turns.length, 2)
  for (const [index, { recipientId, attempts, dueAt }] of turns.entries()) {
    const at = head + index * turnLength
    Buffer.from(recipientId, 'hex').copy(plain, at)
    plain.writeUInt8(attempts, at + 16)
    plain.writeUIntBE(dueAt, at + 17, 6)
  }
  return sealChecked(key, id, plain)
}

/** The run, and how many it began with. @throws as `openRow` does. */
export function openRun(key: Buffer, id: string, sealed: Buffer): { run: ReminderRun; size: number } {
  const plain = openRow(key, id, sealed)
  const turns = Array.from({ length: plain.readUInt16BE(2) }, (_, index) => {
    const at = head + index * turnLength
    return {
      recipientId: plain.subarray(at, at + 16).toString('hex'),
      attempts: plain.readUInt8(at + 16),
      dueAt: plain.readUIntBE(at + 17, 6),
    }
  })
  return { run: { number: plain.readUInt8(0), turns }, size: (plain.length - head) / turnLength }
}
