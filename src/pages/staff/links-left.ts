import type { ServerResponse } from 'node:http'
import { DomainError } from '../../errors.ts'
import { fewAnHour } from '../../memory/few-an-hour.ts'
import { normalEmail } from '../../people/rows-store.ts'

/** More links than the largest municipality makes on a day: whoever takes over an account cannot use it to fill mailboxes. */
export const mostLinksOfDay = 200

/** What one national administrator makes on the day on which two coordinators are invited in each of the 290 municipalities. */
export const mostOfNational = 600

/** Of whom links are counted: all of a municipality together, each national administrator alone. */
export type LinksOf = { municipalityCode: string } | { staffId: string }

/** Links that are mailed to one address in an hour, by everybody together. */
const mostMailsAnHour = 5

export interface LinksLeft {
  /**
   * Counts a link that somebody is about to make, until it is answered; then it stands in the audit trail.
   * @throws DomainError `too-many` when so many were made today, by their municipality or, of the nation's, by them
   */
  take(by: { id: string; municipalityCode?: string }, answer: ServerResponse): Promise<void>
  /** Whether one more link may be mailed to an address in this hour. */
  isMailLeft(email: string): boolean
  /** The same; then it counts. */
  takeMail(email: string): boolean
}

/** @param linksToday how many links the audit trail has of today. */
export function linksLeft(linksToday: (of: LinksOf) => Promise<number>, clock: () => Date): LinksLeft {
  const inHand = new Map<string, number>()
  const madeFor = new WeakMap<ServerResponse, number>()
  const mails = fewAnHour(mostMailsAnHour, clock)

  function letGo(key: string, made: number): void {
    const left = inHand.get(key)! - made
    if (left === 0) inHand.delete(key)
    else inHand.set(key, left)
  }

  return {
    async take({ id, municipalityCode }, answer) {
      const key = municipalityCode ?? id
      // Those in hand are read first: one that is answered meanwhile is counted twice rather than not at all.
      const number = (inHand.get(key) ?? 0) + 1
      inHand.set(key, number)
      const made = (madeFor.get(answer) ?? 0) + 1
      madeFor.set(answer, made)
      if (made === 1) answer.once('close', () => letGo(key, madeFor.get(answer)!))
      const [of, most, messageKey] =
        municipalityCode === undefined
          ? ([{ staffId: id }, mostOfNational, 'linksOfNational'] as const)
          : ([{ municipalityCode }, mostLinksOfDay, 'linksOfDay'] as const)
      if ((await linksToday(of)) + number > most)
        throw new DomainError('too-many', 'Enough links were made today.', { messageKey })
    },
    isMailLeft: (email) => mails.isLeft(normalEmail(email)),
    takeMail: (email) => mails.take(normalEmail(email)),
  }
}
