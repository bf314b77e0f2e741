import { type Database, openDatabase } from './connection.ts'
import { bindKeys, type Keys, loadKeys } from './key-folder.ts'

/**
 * Opens a database that exists, with the key folder that belongs to it.
 * @throws DomainError `not-found` without a database, `conflict` when its keys are missing, damaged or another's.
 */
export function openWithKeys(files: { databaseFile: string; keyDir: string }): { db: Database; keys: Keys } {
  const db = openDatabase(files.databaseFile, { mustExist: true })
  try {
    const keys = loadKeys(files.keyDir)
    bindKeys(db, keys)
    return { db, keys }
  } catch (error) {
    db.$client.close()
    throw error
  }
}
