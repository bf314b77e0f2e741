import type { Config } from '../config.ts'
import type { Keys } from '../database/key-folder.ts'
import { openMailDatabase } from '../database/mail-connection.ts'
import { patiently } from '../database/patience.ts'
import { queueStaffMail } from '../mail/queueing.ts'
import { type AccountChange, writeChangeNotice } from '../staff/change-mail.ts'
import { loadLanguages } from '../web/languages.ts'

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
    await queueStaffMail({ mailDb, keys, between: patiently }, { to: email, ...written }, now).finally(() =>
      mailDb.$client.close(),
    )
  } catch (error) {
    console.error(`${email} could not be told by email: ${(error as Error).message}`)
  }
}
