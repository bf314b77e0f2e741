/**
 * How long what is kept of staff stays, in days, after it has come to its end. docs/privacy.md says the same to data protection
 * officers, and the page of one's own account to everybody. What is held in memory only (jobs, files that wait) has ages of its own there.
 */
export const agesInDays = {
  /** What somebody did: the audit trail. */
  deeds: 730,
  /** Name and address of an account, after it was closed: as long as the deeds that name it. */
  endedAccounts: 730,
  /** Sessions and one-time links that can no longer be used. */
  sessions: 1,
  links: 1,
  /** Mails to staff that could not be delivered. */
  givenUpMails: 30,
  /** Fingerprints of files of answers that were imported, after the last day of a round that is closed. */
  imports: 30,
  /** Contact persons of registrations, and what they wrote, after the last day of a round that is over: until the next was registered for. */
  contacts: 400,
} as const

export type Age = keyof typeof agesInDays

/** The instant before which something of that age goes, and the day of it. */
export function endOf(age: Age, now: Date): { at: string; day: string } {
  const at = new Date(now.getTime() - agesInDays[age] * 24 * 3_600_000).toISOString()
  return { at, day: at.slice(0, 10) }
}
