import { existsSync } from 'node:fs'
import { DomainError } from '../errors.ts'
import { type AnyDatabase, openFile } from './connection.ts'
import * as schema from './mail-schema.ts'

export type MailDatabase = ReturnType<typeof openMailDatabase>

/**
 * Opens, or makes, the file of addresses and outgoing mail, with the same promises as the other one. It is in no backup.
 * @param updates whether one of an older version is brought up to date.
 * @throws DomainError `conflict` when a pragma does not hold, when it was made by another version, and when it is damaged.
 */
export function openMailDatabase(file: string, { busyMs = 10_000, updates = !existsSync(file) } = {}) {
  try {
    return openFile(file, { busyMs, cacheMegabytes: 4, schema, migrations: 'migrations/mail', updates })
  } catch (cause) {
    if (!/^SQLITE_(CORRUPT|NOTADB)/.test((cause as { code?: string }).code ?? '')) throw cause
    throw new DomainError(
      'conflict',
      `${file} is damaged. Move it to another folder: a new one is made at the next start, without the email and addresses in this one.`,
      { cause },
    )
  }
}

/** Writes the whole file anew, so that nothing of what was deleted is left in it. */
export function forgetDeleted(mailDb: AnyDatabase): void {
  mailDb.$client.exec('VACUUM')
}
