import { existsSync, mkdirSync, statSync } from 'node:fs'
import type { Config } from '../config.ts'
import { backupDatabase, prepareRestore } from '../database/backup.ts'
import { loadKeys } from '../database/key-folder.ts'
import type { Range } from '../disclosure/steps.ts'
import { DomainError } from '../errors.ts'
import { ask } from './ask.ts'
import { type AddCommands, type Output, print, withStores } from './command.ts'
import { rangeText } from './rates.ts'

interface RestoreOptions extends Output {
  yes?: boolean
}

export const backupCommands: AddCommands = (program, config) => {
  program
    .command('backup')
    .description(
      'Write a checked copy of the database. This also works while the service is running. The key folder is deliberately left out.',
    )
    .argument('<file>')
    .action((file: string, options: Output) => backup(config(), file, options))

  program
    .command('restore')
    .description('Replace the database with a backup. Stop the service first.')
    .argument('<file>')
    .option('--yes', 'do not ask')
    .action((file: string, options: RestoreOptions) => restore(config(), file, options))
}

async function backup(config: Config, file: string, options: Output): Promise<void> {
  await withStores(config, async (_stores, _keys, db) => backupDatabase(db, file))
  const bytes = statSync(file).size
  print(options, { file, bytes }, [
    `${file}: ${bytes} bytes, integrity checked.`,
    'Codes used after this moment count as unused in the backup, and their responses are not in it.',
  ])
}

async function restore({ dataDir, databaseFile, keyDir }: Config, file: string, options: RestoreOptions) {
  const keys = loadKeys(keyDir)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const restoring = await prepareRestore(file, databaseFile, keys)
  try {
    if (existsSync(databaseFile) && !options.yes) await confirm(databaseFile, restoring.told)
    const replaced = restoring.putInPlace()
    print(options, { restored: databaseFile, responded: restoring.told, replaced: replaced ?? null }, [
      `Restored ${databaseFile}: ${rangeText(restoring.told)} responses, as last told.`,
      ...(replaced ? [`The old database is kept as: ${replaced}`] : []),
    ])
  } finally {
    restoring.discard()
  }
}

async function confirm(databaseFile: string, told: Range): Promise<void> {
  const question = `Replace ${databaseFile} with a copy that has ${rangeText(told)} responses, as last told? Anything received after the backup will be lost.`
  const answer = await ask(`${question} [yes/no] `, `${question} Use --yes to confirm.`)
  if (answer.toLowerCase() !== 'yes') throw new DomainError('conflict', 'Nothing was changed.')
}
