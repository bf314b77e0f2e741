import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs'
import type { Config } from '../config.ts'
import { moveAside } from '../database/backup.ts'
import { closeDatabase, openDatabase } from '../database/connection.ts'
import { isThere } from '../database/file-trouble.ts'
import { refuseWhileInUse } from '../database/in-use.ts'
import { bindKeys, isBound, isOpenToOthers, loadKeys, loadPeppers, staffKeyFile } from '../database/key-folder.ts'
import { openMailDatabase } from '../database/mail-connection.ts'
import { atOnce } from '../database/patience.ts'
import { DomainError } from '../errors.ts'
import { bindStores } from '../stores.ts'
import { swedishDay } from '../time/swedish-day.ts'
import { type AddCommands, type Output, print } from './command.ts'

interface InitOptions extends Output {
  newStaffKey?: boolean
  clockIsRight?: boolean
}

export const initCommand: AddCommands = (program, config) => {
  program
    .command('init')
    .description('Create the database and the key folder, or update the ones that already exist.')
    .option('--new-staff-key', 'when every copy of staff.key is lost: make another; removes second factors and mail')
    .option('--clock-is-right', 'when days that have not come yet were told by a wrong clock: takes them out')
    .action(async (options: InitOptions) => {
      const { dataDir, databaseFile, mailDatabaseFile, keyDir } = config()
      mkdirSync(dataDir, { recursive: true, mode: 0o700 })
      refuseWhileInUse(databaseFile) // its tables may change; where it is gone under the service, an empty one would take its place
      const aside = isThere(databaseFile) ? await update(config(), options) : await create(config())
      const closed = [databaseFile, mailDatabaseFile].filter(isOpenToOthers).filter(closeToOthers)
      print(options, { databaseFile, keyDir, aside, closed }, [
        `Database: ${databaseFile}`,
        `Keys:     ${keyDir}`,
        ...closed.map((file) => `Other users could read it, and no longer can: ${file}`),
        ...aside.map((file) => `Moved aside, destroy it if its key is really lost: ${file}`),
        'Back up the key folder separately, once, to a place where no database backups are kept.',
        'Next: start the service and open the link it prints; or brukarsvar round create.',
      ])
    })
}

async function create({ databaseFile, mailDatabaseFile, keyDir }: Config): Promise<string[]> {
  const keys = loadKeys(keyDir, { create: true })
  const db = openDatabase(databaseFile)
  const stores = bindStores(db, atOnce)
  try {
    await bindKeys(db, keys)
    await stores.people.bindStaffKey(keys)
    closeDatabase(openMailDatabase(mailDatabaseFile, { updates: true }))
  } finally {
    closeDatabase(db)
  }
  return []
}

/** Keys are never made for a database that has its own somewhere. @returns what was moved aside. */
async function update(
  { databaseFile, mailDatabaseFile, keyDir }: Config,
  { newStaffKey = false, clockIsRight = false }: InitOptions,
): Promise<string[]> {
  const db = openDatabase(databaseFile)
  const stores = bindStores(db, atOnce)
  try {
    if (!(await isBound(db))) loadKeys(keyDir, { create: true }) // it was cut off in the making, or is an empty file
    await bindKeys(db, loadPeppers(keyDir)) // before anything is moved aside: where these are lost nothing else helps
    const file = staffKeyFile(keyDir)
    if (!newStaffKey && !existsSync(file) && (await stores.people.needsStaffKey())) throw lostStaffKey(keyDir)
    const aside = newStaffKey ? [file, mailDatabaseFile].flatMap((old) => moveAside(old) ?? []) : []
    const keys = loadKeys(keyDir, { add: ['visitKey', 'staffKey'] })
    if (newStaffKey) await stores.people.takeNewStaffKey(keys)
    else await stores.people.bindStaffKey(keys)
    if (clockIsRight) await stores.disclosure.forgetDaysAfter(swedishDay(new Date()))
    closeDatabase(openMailDatabase(mailDatabaseFile, { updates: true }))
    return aside
  } finally {
    closeDatabase(db)
  }
}

/** Takes a file from other users of the machine: first versions made it as the system would. Whether it could; `doctor` says what stays open. */
function closeToOthers(file: string): boolean {
  try {
    chmodSync(file, statSync(file).mode & 0o700)
    return true
  } catch {
    return false // it belongs to somebody else
  }
}

const lostStaffKey = (folder: string) =>
  new DomainError(
    'conflict',
    `The key folder ${folder} has no staff.key. Put its copy there; if every copy is lost: brukarsvar init --new-staff-key`,
  )
