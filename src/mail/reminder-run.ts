import { sealFor } from '../sign-in/sealing.ts'
import { opened } from './sealed.ts'

/** Somebody who may have to be reminded. Whether they are is decided when their turn comes. */
export interface Turn {
  recipientId: string
  /** Failed attempts, and when the next may be (ms since 1970). */
  attempts: number
  dueAt: number
}

/** How far a reminder has come with some people of a stratum. `neutral`: everybody gets it, whether they have answered or not. */
export interface ReminderRun {
  number: number
  neutral: boolean
  turns: Turn[]
}

/** As many people as share a row. Few enough to be written anew after each mail, and enough to hide in. */
export const mostTurns = 500

const head = 4
const turnLength = 16 + 1 + 6

/**
 * Seals a run at one length for as many people as it began with, so that nothing tells how many turns are left, let alone whose.
 * @param size how many it began with.
 */
export function sealRun(key: Buffer, id: string, { number, neutral, turns }: ReminderRun, size: number): Buffer {
  const plain = Buffer.alloc(head + size * turnLength)
  plain.writeUInt8(number, 0)
  plain.writeUInt8(Number(neutral), 1)
  plain.writeUInt16BE(turns.length, 2)
  for (const [index, { recipientId, attempts, dueAt }] of turns.entries()) {
    const at = head + index * turnLength
    Buffer.from(recipientId, 'hex').copy(plain, at)
    plain.writeUInt8(attempts, at + 16)
    plain.writeUIntBE(dueAt, at + 17, 6)
  }
  return sealFor(key, id, plain)
}

/** The run, and how many it began with. @throws Error when it was sealed with another key or for another row. */
export function openRun(key: Buffer, id: string, sealed: Buffer): { run: ReminderRun; size: number } {
  const plain = opened(key, id, sealed)
  const turns = Array.from({ length: plain.readUInt16BE(2) }, (_, index) => {
    const at = head + index * turnLength
    return {
      recipientId: plain.subarray(at, at + 16).toString('hex'),
      attempts: plain.readUInt8(at + 16),
      dueAt: plain.readUIntBE(at + 17, 6),
    }
  })
  const run = { number: plain.readUInt8(0), neutral: plain.readUInt8(1) === 1, turns }
  return { run, size: (plain.length - head) / turnLength }
}

/** Fewer than this many on either side, and everybody is written to in the neutral wording. */
export const fewest = 10

/** Whether so few have, or have not, answered that a reminder must not go to some of them only. */
export function mustBeNeutral({ answered, silent }: { answered: number; silent: number }): boolean {
  return answered < fewest || silent < fewest
}
