import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import SQLite from 'better-sqlite3'
import { DomainError } from '../errors.ts'
import { type Database, openDatabase } from './connection.ts'
import { bindKeys, type Keys } from './key-folder.ts'

/**
 * Writes a fresh copy with VACUUM INTO: rows in the order of their random keys, no free pages, no journal, so that
 * neither deleted rows nor the order of arrival are in it. On disk and checked when this returns.
 * @throws DomainError `conflict` when the file exists, `unavailable` when the copy is not whole.
 */
export function backupDatabase(db: Database, file: string): void {
  if (existsSync(file)) throw new DomainError('conflict', `${file} exists already; a backup is never overwritten.`)
  const partial = `${file}.partial`
  rmSync(partial, { force: true })
  db.$client.prepare('VACUUM INTO ?').run(partial)
  try {
    checkIntegrity(partial)
  } catch (cause) {
    rmSync(partial, { force: true })
    throw new DomainError('unavailable', 'The copy is not whole. Is the disk full?', { cause })
  }
  syncToDisk(partial)
  renameSync(partial, file)
  syncToDisk(dirname(file) || '.')
}

/**
 * Looks into a backup without changing it.
 * @throws DomainError when it is missing, damaged, or belongs to other keys.
 */
export function inspectBackup(file: string, keys: Keys): { ballots: number } {
  if (!existsSync(file)) throw new DomainError('not-found', `There is no backup at ${file}.`)
  try {
    checkIntegrity(file)
  } catch (cause) {
    throw new DomainError('invalid', `${file} is not a whole database.`, { cause })
  }
  const copy = `${file}.inspected`
  copyFileSync(file, copy)
  try {
    const db = openDatabase(copy)
    try {
      bindKeys(db, keys)
      return db.$client.prepare('select count(*) as ballots from urn').get() as { ballots: number }
    } finally {
      db.$client.close()
    }
  } catch (cause) {
    throw new DomainError('invalid', (cause as Error).message, { cause })
  } finally {
    rmSync(copy, { force: true })
    rmSync(`${copy}-journal`, { force: true })
  }
}

/**
 * Puts a backup in the place of the database in one step; the old one is kept beside it.
 * @throws DomainError `unavailable` while a service or command uses the database.
 */
export function restoreDatabase(file: string, databaseFile: string): { replaced?: string } {
  const fresh = `${databaseFile}.restoring`
  copyFileSync(file, fresh)
  syncToDisk(fresh)
  let replaced: string | undefined
  if (existsSync(databaseFile)) {
    refuseWhileInUse(databaseFile)
    replaced = freeName(`${databaseFile}.replaced`)
    renameSync(databaseFile, replaced)
    if (existsSync(`${databaseFile}-journal`)) renameSync(`${databaseFile}-journal`, `${replaced}-journal`)
  }
  renameSync(fresh, databaseFile)
  syncToDisk(dirname(databaseFile))
  return { replaced }
}

/** A running service holds this lock for as long as it lives, so that nobody puts another database under its feet. */
export function holdInUse(databaseFile: string): () => void {
  const lock = new SQLite(lockFile(databaseFile), { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch (cause) {
    lock.close()
    throw new DomainError('conflict', 'Another service runs on this database already.', { cause })
  }
  return () => lock.close()
}

function refuseWhileInUse(databaseFile: string): void {
  try {
    holdInUse(databaseFile)()
  } catch (cause) {
    throw new DomainError('conflict', 'The service runs on this database. Stop it first.', { cause })
  }
}

const lockFile = (databaseFile: string) => `${databaseFile}.in-use`

function freeName(wanted: string): string {
  for (let number = 1; ; number++) if (!existsSync(`${wanted}-${number}`)) return `${wanted}-${number}`
}

function checkIntegrity(file: string): void {
  const copy = new SQLite(file, { readonly: true })
  try {
    const result = copy.pragma('integrity_check', { simple: true })
    if (result !== 'ok') throw new Error(String(result))
  } finally {
    copy.close()
  }
}

function syncToDisk(path: string): void {
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
