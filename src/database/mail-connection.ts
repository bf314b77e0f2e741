import { type AnyDatabase, openFile } from './connection.ts'
import * as schema from './mail-schema.ts'

export type MailDatabase = ReturnType<typeof openMailDatabase>

/**
 * Opens, or makes, the file of addresses and outgoing mail, with the same promises as the other one. It is in no backup.
 * @throws DomainError `conflict` when a pragma does not hold.
 */
export function openMailDatabase(file: string, { busyMs = 10_000 } = {}) {
  return openFile(file, { busyMs, cacheMegabytes: 4, schema, migrations: 'migrations/mail' })
}

/** Writes the whole file anew, so that nothing of what was deleted is left in it. */
export function forgetDeleted(mailDb: AnyDatabase): void {
  mailDb.$client.exec('VACUUM')
}
