import { DomainError } from '../errors.ts'
import type { Languages } from '../language/languages.ts'
import type { Log } from '../log/log.ts'
import { fewAnHour } from '../memory/few-an-hour.ts'
import { type AccountChange, type ChangedBy, writeChangeNotice } from './change-mail.ts'
import { normalEmail } from './rows-store.ts'

export type TellOwner = (
  owner: { email: string; name: string; language: string },
  what: AccountChange,
  by: ChangedBy,
) => Promise<void>

/** One that its reader has asked for and waits for goes before all that others caused in the hour before. */
export type SendMail = (mail: { to: string; subject: string; text: string; isAskedFor?: boolean }) => Promise<void>

interface Telling {
  sendMail?: SendMail
  languages: Languages
  clock: () => Date
  log: Log
  publicUrl: string
}

/**
 * Mails to one owner in an hour of what anybody can do to them again and again: enough to be warned, too few to fill a mailbox with. Each
 * has a bound of its own, so that none hides another. Of links that were shown they are told once; of the rest, for which their link
 * was used or their second factor was there, always.
 */
const mostAnHour: Partial<Record<AccountChange['change'], number>> = { linkMade: 1, changed: 5, ended: 5 }

/** How owners of accounts are told by mail of what was done to them; where no mail is set, they are not. */
export function tellingOwners({ sendMail, languages, clock, log, publicUrl }: Telling): TellOwner {
  const few = new Map(Object.entries(mostAnHour).map(([change, most]) => [change, fewAnHour(most, clock)]))
  return async ({ email, name, language }, what, by) => {
    if (!sendMail || few.get(what.change)?.take(normalEmail(email)) === false) return
    const written = writeChangeNotice(languages, { name, language, what, by, now: clock(), publicUrl })
    await sendMail({ to: email, ...written }).catch(({ name, code }) =>
      log.error({ name, code }, 'the owner of an account could not be told of a change'),
    )
  }
}

/**
 * Looks whether a mail to the owner of an account could be queued now. Where no mail is set nobody expects one.
 * @param tryMail queues a mail and takes it back; it fails when none can be queued.
 */
export function requiringTelling(isMailSet: boolean, tryMail: () => Promise<void>): () => Promise<void> {
  return async () => {
    if (!isMailSet) return
    try {
      await tryMail()
    } catch (cause) {
      throw new DomainError('unavailable', 'The owner cannot be told.', { messageKey: 'ownerNotTold', cause })
    }
  }
}
