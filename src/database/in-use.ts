import { truncateSync } from 'node:fs'
import { DomainError } from '../errors.ts'
import { isBusy } from './connection.ts'
import { isThere, namingFile } from './file-trouble.ts'
import { codeOfSQLite, SQLite } from './sqlite.ts'

/** The file that a running service holds. It stays when the service has ended. */
export const lockFile = (databaseFile: string) => `${databaseFile}.in-use`

/**
 * A running service holds this lock for as long as it lives, so that nobody puts another database under its feet.
 * @throws DomainError `conflict` while another service does.
 */
export function holdInUse(databaseFile: string): () => void {
  return hold(lockFile(databaseFile), `Another service runs on ${databaseFile} already. Stop that one first.`)
}

/**
 * A restore holds this lock from the copy to the end: two would write the same copy. It stays when the restore has ended.
 * @throws DomainError `conflict` while another restore does.
 */
export function holdRestoring(databaseFile: string): () => void {
  return hold(
    `${databaseFile}.in-restore`,
    `Another restore of ${databaseFile} is under way. Wait until it has ended, or stop it.`,
  )
}

function hold(file: string, refusal: string): () => void {
  return namingFile(file, () => {
    try {
      return lockedBy(file, refusal)
    } catch (error) {
      if (!/^SQLITE_(CORRUPT|NOTADB)/.test(codeOfSQLite(error))) throw error
      truncateSync(file) // nobody holds it, or it would be busy; the file stays the same one, for whoever takes it meanwhile
      return lockedBy(file, refusal)
    }
  })
}

function lockedBy(file: string, refusal: string): () => void {
  const lock = new SQLite(file, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch (cause) {
    lock.close()
    if (!isBusy(cause)) throw cause
    throw new DomainError('conflict', refusal, { cause })
  }
  return () => lock.close()
}

/** Whether a service runs on a database, also where the database itself is gone. */
export function isInUse(databaseFile: string): boolean {
  if (!isThere(lockFile(databaseFile))) return false
  try {
    holdInUse(databaseFile)()
    return false
  } catch (error) {
    if (isHeld(error)) return true
    throw error
  }
}

/** @throws DomainError `conflict` while a service runs on the database. */
export function refuseWhileInUse(databaseFile: string): void {
  keepUnused(databaseFile)()
}

/** Keeps services from the database until it is let go. @throws DomainError `conflict` while one runs on it. */
export function keepUnused(databaseFile: string): () => void {
  try {
    return holdInUse(databaseFile)
  } catch (cause) {
    if (!isHeld(cause)) throw cause
    throw new DomainError('conflict', 'The service runs on this database. Stop it first.', { cause })
  }
}

const isHeld = (error: unknown) => error instanceof DomainError && isBusy(error.cause)
