import { existsSync, statSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import type { Config } from '../config.ts'
import { backupDatabase, inspectBackup, restoreDatabase } from '../database/backup.ts'
import { loadKeys } from '../database/key-folder.ts'
import { DomainError } from '../errors.ts'
import { type AddCommands, print, withDatabase } from './command.ts'

export const backupCommands: AddCommands = (program, config) => {
  program
    .command('backup')
    .description(
      'Write a checked copy of the database, also while the service runs. The key folder is not in it, on purpose.',
    )
    .argument('<file>')
    .option('--json', 'print JSON')
    .action((file: string, options: { json?: boolean }) => backup(config(), file, options))

  program
    .command('restore')
    .description('Put a backup in the place of the database. Stop the service first.')
    .argument('<file>')
    .option('--yes', 'do not ask')
    .option('--json', 'print JSON')
    .action((file: string, options: { yes?: boolean; json?: boolean }) => restore(config(), file, options))
}

async function backup(config: Config, file: string, options: { json?: boolean }): Promise<void> {
  await withDatabase(config, async (db) => backupDatabase(db, file))
  const bytes = statSync(file).size
  print(options, { file, bytes }, [
    `${file}: ${bytes} bytes, integrity checked.`,
    'Codes that are used after this moment are unused in it, and their answers are not in it.',
  ])
}

async function restore(config: Config, file: string, options: { yes?: boolean; json?: boolean }): Promise<void> {
  const found = inspectBackup(file, loadKeys(config.keyDir))
  if (existsSync(config.databaseFile) && !options.yes)
    await confirm(
      `Replace ${config.databaseFile} by a copy with ${found.ballots} ballots? What came in after it is lost.`,
    )
  const { replaced } = restoreDatabase(file, config.databaseFile)
  print(options, { restored: config.databaseFile, ballots: found.ballots, replaced: replaced ?? null }, [
    `Restored ${config.databaseFile}: ${found.ballots} ballots.`,
    ...(replaced ? [`The database that was there: ${replaced}`] : []),
  ])
}

async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new DomainError('invalid', `${question} Say --yes to do it.`)
  const prompt = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await prompt.question(`${question} [yes/no] `)
  prompt.close()
  if (answer.trim().toLowerCase() !== 'yes') throw new DomainError('conflict', 'Nothing was changed.')
}
