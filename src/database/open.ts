import { type Database, openDatabase } from './connection.ts'
import { bindKeys, type Keys, loadKeys } from './key-folder.ts'

/**
 * Opens a database that exists, with the key folder that belongs to it.
 * @param busyMs how long one statement may wait for another process.
 * @throws DomainError `not-found` without a database, `conflict` when its keys are missing, damaged or another's.
 */
export function openWithKeys(
  files: { databaseFile: string; keyDir: string },
  { busyMs }: { busyMs?: number } = {},
): { db: Database; keys: Keys } {
  const db = openDatabase(files.databaseFile, { busyMs, mustExist: true })
  try {
    const keys = loadKeys(files.keyDir)
    bindKeys(db, keys)
    return { db, keys }
  } catch (error) {
    db.$client.close()
    throw error
  }
}
