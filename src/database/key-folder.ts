import { createHmac, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { DomainError } from '../errors.ts'
import type { Database } from './connection.ts'
import { isThere } from './file-trouble.ts'
import { keyChecks } from './tables.ts'

/** The secrets that live beside the database and never in it, in its backups or in a log. 32 bytes each. */
export interface Keys {
  /** Turns a survey code into the tag of its invitation. */
  codePepper: Buffer
  /** Turns that tag into the mark of a used code. */
  spentPepper: Buffer
  /**
   * Seals the cookie between entry and submit. No database is bound to it: it is good for the visits of the last hours only, and whoever
   * fears that it was read makes another.
   */
  visitKey: Buffer
  /** Seals what is kept of staff and of addresses; each purpose has a key of its own made of it. */
  staffKey: Buffer
}

export type Peppers = Pick<Keys, 'codePepper' | 'spentPepper'>

const files: Record<keyof Keys, string> = {
  codePepper: 'code-pepper.key',
  spentPepper: 'spent-pepper.key',
  visitKey: 'visit.key',
  staffKey: 'staff.key',
}

const withoutPepper =
  'if every copy is lost, the codes that are out no longer work: set DATA_DIR and KEY_DIR to new folders, and begin anew with: brukarsvar init'
const madeAnew: Record<keyof Keys, string> = {
  codePepper: withoutPepper,
  spentPepper: withoutPepper,
  visitKey: '"brukarsvar init" makes another, and whoever is answering just then begins again with the code.',
  staffKey: 'after an update "brukarsvar init" makes it; if every copy is lost: brukarsvar init --new-staff-key',
}

const mendOf = (name: keyof Keys) =>
  `Put its copy there${name === 'visitKey' ? `, or remove it: ${madeAnew.visitKey}` : '.'}`

interface Making {
  create?: boolean
  add?: ('visitKey' | 'staffKey')[]
}

/** The file that seals what is kept of staff and of addresses. */
export const staffKeyFile = (folder: string) => join(folder, files.staffKey)

/** The folder and those of its files that other users of the machine have access to. */
export function openToOthers(folder: string): string[] {
  if (process.platform === 'win32' || !isThere(folder)) return []
  return ['.', ...readdirSync(folder)].map((file) => join(folder, file)).filter(isOpenToOthers)
}

/** Whether other users of the machine have access to a file, as far as the file says; one that is not there is nobody's. */
export function isOpenToOthers(file: string): boolean {
  return process.platform !== 'win32' && isThere(file) && (statSync(file).mode & 0o077) !== 0
}

/**
 * The keys of a folder; makes those that are missing when `create` is set, readable by the owner only. With `add` only these: peppers
 * are never made for a database that has its own.
 * @throws DomainError `conflict` when a file is missing or damaged.
 */
export function loadKeys(folder: string, { create = false, add = [] }: Making = {}): Keys {
  if (create) mkdirSync(folder, { recursive: true, mode: 0o700 })
  const read = (name: keyof Keys) => {
    const isWanted = create || add.some((one) => one === name)
    return readKey(folder, name, isWanted)
  }
  return {
    codePepper: read('codePepper'),
    spentPepper: read('spentPepper'),
    visitKey: read('visitKey'),
    staffKey: read('staffKey'),
  }
}

/** The two keys to which a database is bound. @throws DomainError `conflict` when one is missing or damaged. */
export function loadPeppers(folder: string): Peppers {
  return { codePepper: readKey(folder, 'codePepper'), spentPepper: readKey(folder, 'spentPepper') }
}

function readKey(folder: string, name: keyof Keys, isMade = false): Buffer {
  const file = join(folder, files[name])
  if (isMade && !isThere(file)) writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  if (!isThere(file))
    throw new DomainError(
      'conflict',
      `The key folder ${folder} has no ${files[name]}. Put its copy there, or set KEY_DIR; ${madeAnew[name]}`,
    )
  if (statSync(file).isDirectory())
    throw new DomainError('conflict', `${file} is a folder where a file of a key is expected. Put its copy there.`)
  const text = readFileSync(file, 'utf8').trim()
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new DomainError('conflict', `${file} is damaged: 64 hexadecimal digits were expected. ${mendOf(name)}`)
  return Buffer.from(text, 'hex')
}

/** Whether a database has been used with a key folder: one that was not, as when it was cut off in the making, may have any. */
export const isBound = async (db: Database): Promise<boolean> =>
  (await db.select().from(keyChecks).limit(1).get()) !== undefined

/**
 * Binds a database to the key folder it was first used with, and refuses any other from then on:
 * with wrong peppers every code would look never issued, and every used one unused.
 * @throws DomainError `conflict` when the folder belongs to another database.
 */
export async function bindKeys(db: Database, keys: Peppers): Promise<void> {
  const known = await db.select().from(keyChecks).where(eq(keyChecks.name, 'peppers')).get()
  if (known && known.fingerprint !== fingerprint(keys)) {
    throw new DomainError(
      'conflict',
      'The key folder does not belong to this database: its peppers are others. Put the right KEY_DIR in place.',
    )
  }
  if (known) return

  if ((await db.get<{ found: number }>(sql`select exists (select 1 from invitations) as found`)).found === 1)
    throw new DomainError('conflict', 'This database has invitations but no fingerprint of its key folder.')
  await db
    .insert(keyChecks)
    .values({ name: 'peppers', fingerprint: fingerprint(keys) })
    .run()
}

function fingerprint({ codePepper, spentPepper }: Peppers): string {
  return createHmac('sha256', Buffer.concat([codePepper, spentPepper]))
    .update('brukarsvar key folder')
    .digest('hex')
    .slice(0, 16)
}
