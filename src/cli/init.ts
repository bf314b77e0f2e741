import { existsSync, mkdirSync } from 'node:fs'
import type { Config } from '../config.ts'
import { moveAside, refuseWhileInUse } from '../database/backup.ts'
import { openDatabase } from '../database/connection.ts'
import { isThere } from '../database/file-trouble.ts'
import { bindKeys, loadKeys, staffKeyFile } from '../database/key-folder.ts'
import { openMailDatabase } from '../database/mail-connection.ts'
import { bindStaffKey, needsStaffKey, takeNewStaffKey } from '../database/staff-key.ts'
import { DomainError } from '../errors.ts'
import { type AddCommands, type Output, print } from './command.ts'

interface InitOptions extends Output {
  newStaffKey?: boolean
}

export const initCommand: AddCommands = (program, config) => {
  program
    .command('init')
    .description('Create the database and the key folder, or update the ones that already exist.')
    .option('--new-staff-key', 'when every copy of staff.key is lost: make another; removes second factors and mail')
    .action((options: InitOptions) => {
      const { dataDir, databaseFile, keyDir } = config()
      mkdirSync(dataDir, { recursive: true, mode: 0o700 })
      const aside = isThere(databaseFile) ? update(config(), options) : create(config())
      print(options, { databaseFile, keyDir, aside }, [
        `Database: ${databaseFile}`,
        `Keys:     ${keyDir}`,
        ...aside.map((file) => `Moved aside, destroy it if its key is really lost: ${file}`),
        'Back up the key folder separately, once, to a place where no database backups are kept.',
        'Next: start the service and open the link it prints; or brukarsvar round create.',
      ])
    })
}

function create({ databaseFile, mailDatabaseFile, keyDir }: Config): string[] {
  const keys = loadKeys(keyDir, { create: true })
  const db = openDatabase(databaseFile)
  try {
    bindKeys(db, keys)
    bindStaffKey(db, keys)
    openMailDatabase(mailDatabaseFile, { updates: true }).$client.close()
  } finally {
    db.$client.close()
  }
  return []
}

/** Keys are never made for a database that has its own somewhere. @returns what was moved aside. */
function update({ databaseFile, mailDatabaseFile, keyDir }: Config, { newStaffKey = false }: InitOptions): string[] {
  refuseWhileInUse(databaseFile) // its tables may change
  const db = openDatabase(databaseFile)
  try {
    const file = staffKeyFile(keyDir)
    if (!newStaffKey && !existsSync(file) && needsStaffKey(db)) throw lostStaffKey(keyDir)
    const aside = newStaffKey ? [file, mailDatabaseFile].flatMap((old) => moveAside(old) ?? []) : []
    const keys = loadKeys(keyDir, { addStaffKey: true })
    bindKeys(db, keys)
    if (newStaffKey) takeNewStaffKey(db, keys)
    else bindStaffKey(db, keys)
    openMailDatabase(mailDatabaseFile, { updates: true }).$client.close()
    return aside
  } finally {
    db.$client.close()
  }
}

const lostStaffKey = (folder: string) =>
  new DomainError(
    'conflict',
    `The key folder ${folder} has no staff.key. Put its copy there; if every copy is lost: brukarsvar init --new-staff-key`,
  )
