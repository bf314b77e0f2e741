import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { DomainError } from '../errors.ts'
import { type Database, isPassing, openDatabase } from './connection.ts'
import { isThere } from './file-trouble.ts'
import { holdRestoring, keepUnused, refuseWhileInUse } from './in-use.ts'
import { bindKeys, type Keys } from './key-folder.ts'
import { type Connection, SQLite } from './sqlite.ts'

/**
 * Writes a fresh copy with VACUUM INTO: rows in the order of their random keys, no free pages, no journal, so that
 * neither deleted rows nor the order of arrival are in it. On disk and checked when this returns.
 * @throws DomainError `conflict` when the file exists, `unavailable` when the copy is not whole.
 */
export function backupDatabase(db: Database, file: string): void {
  if (existsSync(file)) throw new DomainError('conflict', `${file} exists already; a backup is never overwritten.`)
  const partial = `${file}.partial`
  try {
    writeFileSync(partial, '', { mode: 0o600 }) // says plainly when the place cannot be written; VACUUM INTO fills an empty file
    db.$client.prepare('VACUUM INTO ?').run(partial)
    if (!isWholeDatabase(partial)) throw new DomainError('unavailable', 'The copy is not whole. Is the disk full?')
    syncToDisk(partial)
    renameSync(partial, file)
    syncToDisk(dirname(file))
  } finally {
    rmSync(partial, { force: true })
  }
}

/** A backup that was copied beside the database and found good. */
export interface Restoring {
  /** How many ballots it holds. For the tests: people are told `told`. */
  ballots: number
  /** How many people had answered by then, as was told. */
  told: { low: number; high: number }
  /** Puts it in the place of the database in one step; the name of the old one, which is kept beside it. */
  putInPlace(): string | undefined
  /** Removes what is left of the copy, and lets others restore. */
  discard(): void
}

/**
 * Copies a backup beside the database, checks it and brings its tables up to date. The backup itself is only read, and no message names
 * the copy, which is gone when it is read.
 * @throws DomainError `not-found` when it is missing, `invalid` when it is damaged or belongs to other keys,
 * `conflict` while a service runs on the database, or another restore is under way.
 */
export async function prepareRestore(file: string, databaseFile: string, keys: Keys): Promise<Restoring> {
  if (!isThere(file)) throw new DomainError('not-found', `There is no backup at ${file}.`)
  accessSync(file, constants.R_OK) // one that this user may not read is not a damaged one
  accessSync(dirname(databaseFile), constants.W_OK)
  if (!isWholeDatabase(file)) throw new DomainError('invalid', `${file} is not a whole database.`)
  refuseWhileInUse(databaseFile)

  const fresh = restoringFile(databaseFile)
  const release = holdRestoring(databaseFile)
  const removeCopy = () => {
    for (const path of [fresh, `${fresh}-journal`]) rmSync(path, { force: true })
  }
  const discard = () => {
    removeCopy()
    release()
  }
  try {
    removeCopy()
    copyFileSync(file, fresh)
    chmodSync(fresh, 0o600)
    return {
      ...(await inspect(fresh, { file, databaseFile }, keys)),
      putInPlace: () => putInPlace(fresh, databaseFile),
      discard,
    }
  } catch (error) {
    discard()
    throw error
  }
}

/** The copy that a restore checks before it puts it in place. One that was broken off leaves it; the next removes it. */
export const restoringFile = (databaseFile: string) => `${databaseFile}.restoring`

interface Names {
  file: string
  databaseFile: string
}

async function inspect(
  fresh: string,
  { file, databaseFile }: Names,
  keys: Keys,
): Promise<{ ballots: number; told: { low: number; high: number } }> {
  let db: Database | undefined
  try {
    db = openDatabase(fresh)
    const holdsRounds = db.$client.prepare('select count(*) from key_checks').pluck().get() !== 0
    if (!holdsRounds) throw new Error(`${file} is no backup of this service.`)
    await bindKeys(db, keys)
    const ballots = db.$client.prepare('select count(*) from urn').pluck().get() as number
    const ofNation = `select coalesce(sum(low), 0) as low, coalesce(sum(high), 0) as high from told_numbers
      where place = 'nation' and part = 'all'`
    return { ballots, told: db.$client.prepare(ofNation).get() as { low: number; high: number } }
  } catch (cause) {
    if (isPassing(cause)) throw cause
    const { code, message } = cause as DomainError
    if (code === 'unavailable') throw new DomainError(code, message.replaceAll(fresh, databaseFile), { cause })
    throw new DomainError('invalid', message.replaceAll(fresh, file), { cause })
  } finally {
    db?.$client.close()
  }
}

function putInPlace(fresh: string, databaseFile: string): string | undefined {
  const release = keepUnused(databaseFile)
  try {
    return replace(databaseFile, fresh)
  } finally {
    release()
  }
}

function replace(databaseFile: string, fresh: string): string | undefined {
  syncToDisk(fresh)
  const name = freeName(`${databaseFile}.replaced`)
  const replaced = moveAside(databaseFile)
  // A journal that a kill left would be played back into the restored copy, also when its own database is gone.
  if (existsSync(`${databaseFile}-journal`)) renameSync(`${databaseFile}-journal`, `${name}-journal`)
  syncToDisk(dirname(databaseFile))
  renameSync(fresh, databaseFile)
  syncToDisk(dirname(databaseFile))
  return replaced
}

/** Gives a file a name of its own beside its place, and says which; `undefined` when there is none. */
export function moveAside(file: string): string | undefined {
  if (!existsSync(file)) return undefined
  const name = freeName(`${file}.replaced`)
  renameSync(file, name)
  if (existsSync(`${file}-journal`)) renameSync(`${file}-journal`, `${name}-journal`)
  return name
}

function freeName(wanted: string): string {
  for (let number = 1; ; number++) if (!existsSync(`${wanted}-${number}`)) return `${wanted}-${number}`
}

function isWholeDatabase(file: string): boolean {
  let copy: Connection | undefined
  try {
    copy = new SQLite(file, { readonly: true })
    return copy.pragma('integrity_check', { simple: true }) === 'ok'
  } catch {
    return false
  } finally {
    copy?.close()
  }
}

function syncToDisk(path: string): void {
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
