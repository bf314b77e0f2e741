import { type CountedLog, countedLog } from '../log/counted-log.ts'
import type { Log } from '../log/log.ts'

/** What staff, or somebody who would like to be, can be refused: for a password, a number, a role, a form's token, a form of another site, or as one too many. */
export type Refusal = 'password' | 'number' | 'forbidden' | 'form token' | 'foreign form' | 'limit'

export type CountRefusal = (what: Refusal) => void

const hourMs = 3_600_000

/**
 * Refusals of the staff pages as counts in an hour, so that whoever runs the service sees an attack. Without a name, an address or a
 * time; and nothing that respondents meet is counted.
 */
export function countRefusals(log: Log): Pick<CountedLog, 'write' | 'close'> & { count: CountRefusal } {
  const counted = countedLog(log, { everyMs: hourMs, level: 'warn' })
  return { ...counted, count: (what) => counted.count('refused on the staff pages in an hour', { code: what }) }
}

/** Failed tries of passwords and numbers since somebody last signed in: in memory, for people who have an account. */
export interface FailedTries {
  note(staffId: string): void
  /** They are in: the tries before are theirs to see until they sign in the next time. */
  signedIn(staffId: string): void
  /** How many there were before this sign-in, and since. */
  of(staffId: string): number
}

export function failedTries(): FailedTries {
  const tries = new Map<string, { before: number; since: number }>()
  const known = (staffId: string) => tries.get(staffId) ?? { before: 0, since: 0 }
  return {
    note: (staffId) => void tries.set(staffId, { ...known(staffId), since: known(staffId).since + 1 }),
    signedIn: (staffId) => void tries.set(staffId, { before: known(staffId).since, since: 0 }),
    of: (staffId) => known(staffId).before + known(staffId).since,
  }
}
