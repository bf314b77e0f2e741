import { DomainError } from '../errors.ts'
import { type Database, openDatabase } from './connection.ts'
import { isThere, wasMoved } from './file-trouble.ts'
import { isInUse, lockFile } from './in-use.ts'
import { bindKeys, type Keys, loadKeys } from './key-folder.ts'

/**
 * Opens a database that exists, with the key folder that belongs to it.
 * @param busyMs how long one statement may wait for another process.
 * @throws DomainError `not-found` without a database, `conflict` when it is gone under a running service, and when its keys are missing, damaged or another's.
 */
export async function openWithKeys(
  files: { databaseFile: string; keyDir: string },
  { busyMs }: { busyMs?: number } = {},
): Promise<{ db: Database; keys: Keys }> {
  if (!isThere(files.databaseFile)) refuseMissing(files.databaseFile)
  const db = openDatabase(files.databaseFile, { busyMs, mustExist: true })
  try {
    const keys = loadKeys(files.keyDir)
    await bindKeys(db, keys)
    return { db, keys }
  } catch (error) {
    db.$client.close()
    throw error
  }
}

/** Where there was a database, a new one is the last thing to be made: whoever held answers to be safe would look into an empty one. */
function refuseMissing(file: string): void {
  if (isInUse(file)) throw new DomainError('conflict', wasMoved(file))
  if (isThere(lockFile(file)))
    throw new DomainError(
      'not-found',
      `There is no database at ${file}, and there was one. Put it back, or a backup: brukarsvar restore <file>. If it is to be a new one: brukarsvar init`,
    )
}
