import type { Config } from '../config.ts'
import { closeDatabase } from '../database/connection.ts'
import type { Keys } from '../database/key-folder.ts'
import { namingMailFile, openMailDatabase } from '../database/mail-connection.ts'
import { patiently } from '../database/patience.ts'
import { DomainError } from '../errors.ts'
import { loadLanguages } from '../language/languages.ts'
import { bindMailStore } from '../mail/mail-stores.ts'
import { queueStaffMail } from '../mail/queueing.ts'
import { tryStaffMail } from '../mail/store.ts'
import { type AccountChange, writeChangeNotice } from '../people/change-mail.ts'

/**
 * To be asked before somebody gets a way into an account that has a password.
 * @throws DomainError `unavailable` where mail is set and its owner cannot be told.
 */
export async function requireTelling({ mail, mailDatabaseFile: file }: Config, email: string): Promise<void> {
  if (!mail.smtpUrl) return
  try {
    const mailDb = openMailDatabase(file)
    const tried = tryStaffMail(mailDb, new Date()).finally(() => closeDatabase(mailDb))
    await tried.catch((error) =>
      namingMailFile(file, () => {
        throw error
      }),
    )
  } catch (cause) {
    throw new DomainError(
      'unavailable',
      `Nothing was changed: ${email} could not be told by email. ${(cause as Error).message}`,
      { cause },
    )
  }
}

/**
 * Tells the owner of an account, where mail is set, what was done to it from the command line. The service sends the mail. What was done
 * stays done when that fails, which is said.
 */
export async function tellOwner(
  { mail, mailDatabaseFile, publicUrl }: Config,
  keys: Keys,
  { email, name, language }: { email: string; name: string; language: string },
  change: Exclude<AccountChange['change'], 'changed'>,
): Promise<void> {
  if (!mail.smtpUrl) return
  const now = new Date()
  const written = writeChangeNotice(loadLanguages(), {
    ...{ name, language, now, publicUrl },
    ...{ what: { change }, by: 'operator' },
  })
  try {
    const mailDb = openMailDatabase(mailDatabaseFile)
    const stores = { mail: bindMailStore(mailDb, patiently) }
    await queueStaffMail({ stores, keys }, { to: email, ...written }, now).finally(() => closeDatabase(mailDb))
  } catch (error) {
    console.error(`${email} could not be told by email: ${(error as Error).message}`)
  }
}
