import { existsSync, mkdirSync } from 'node:fs'
import { refuseWhileInUse } from '../database/backup.ts'
import { openDatabase } from '../database/connection.ts'
import { bindKeys, loadKeys } from '../database/key-folder.ts'
import { openMailDatabase } from '../database/mail-connection.ts'
import { type AddCommands, type Output, print } from './command.ts'

export const initCommand: AddCommands = (program, config) => {
  program
    .command('init')
    .description('Create the database and the key folder, or update the ones that already exist.')
    .action((options: Output) => {
      const { dataDir, databaseFile, mailDatabaseFile, keyDir } = config()
      mkdirSync(dataDir, { recursive: true, mode: 0o700 })
      const isNew = !existsSync(databaseFile) // keys are never made for a database that has its own somewhere
      const keys = loadKeys(keyDir, { create: isNew, addStaffKey: true })
      if (!isNew) refuseWhileInUse(databaseFile) // its tables may change
      const db = openDatabase(databaseFile)
      try {
        bindKeys(db, keys)
        openMailDatabase(mailDatabaseFile, { updates: true }).$client.close()
      } finally {
        db.$client.close()
      }
      print(options, { databaseFile, keyDir }, [
        `Database: ${databaseFile}`,
        `Keys:     ${keyDir}`,
        'Back up the key folder separately, once, to a place where no database backups are kept.',
        'Next: start the service and open the link it prints; or brukarsvar round create.',
      ])
    })
}
