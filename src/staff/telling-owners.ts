import type { Log } from '../log.ts'
import type { Languages } from '../web/languages.ts'
import { writeChangeNotice } from './change-mail.ts'
import type { SendMail, TellOwner } from './context.ts'

interface Telling {
  sendMail?: SendMail
  languages: Languages
  clock: () => Date
  log: Log
  publicUrl: string
}

/** How owners of accounts are told by mail of what was done to them; where no mail is set, they are not. */
export function tellingOwners({ sendMail, languages, clock, log, publicUrl }: Telling): TellOwner {
  return async ({ email, name, language }, what, by) => {
    if (!sendMail) return
    const written = writeChangeNotice(languages, { name, language, what, by, now: clock(), publicUrl })
    await sendMail({ to: email, ...written }).catch(({ name, code }) =>
      log.error({ name, code }, 'the owner of an account could not be told of a change'),
    )
  }
}
