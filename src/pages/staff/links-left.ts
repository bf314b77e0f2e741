import type { ServerResponse } from 'node:http'
import { DomainError } from '../../errors.ts'
import { fewAnHour } from '../../memory/few-an-hour.ts'
import { normalEmail } from '../../people/rows-store.ts'

/** More links than the largest municipality makes on a day: whoever takes over an account cannot use it to fill mailboxes. */
export const mostLinksOfDay = 200

/** Links that are mailed to one address in an hour, by everybody together. */
const mostMailsAnHour = 5

export interface LinksLeft {
  /**
   * Counts a link that is about to be made in a municipality, until it is answered; then it stands in the audit trail.
   * @throws DomainError `too-many` when so many were made today
   */
  take(municipalityCode: string | undefined, answer: ServerResponse): Promise<void>
  /** Whether one more link may be mailed to an address in this hour. */
  isMailLeft(email: string): boolean
  /** The same; then it counts. */
  takeMail(email: string): boolean
}

/** @param linksToday how many links the audit trail has of a municipality today. */
export function linksLeft(linksToday: (municipalityCode: string) => Promise<number>, clock: () => Date): LinksLeft {
  const inHand = new Map<string, number>()
  const mails = fewAnHour(mostMailsAnHour, clock)

  return {
    async take(municipalityCode, answer) {
      if (municipalityCode === undefined) return
      // Those in hand are read first: one that is answered meanwhile is counted twice rather than not at all.
      const number = (inHand.get(municipalityCode) ?? 0) + 1
      inHand.set(municipalityCode, number)
      answer.once('close', () => inHand.set(municipalityCode, inHand.get(municipalityCode)! - 1))
      if ((await linksToday(municipalityCode)) + number > mostLinksOfDay)
        throw new DomainError('too-many', 'The municipality has made enough links today.', { messageKey: 'linksOfDay' })
    },
    isMailLeft: (email) => mails.isLeft(normalEmail(email)),
    takeMail: (email) => mails.take(normalEmail(email)),
  }
}
