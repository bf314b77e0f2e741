import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import type { Config } from '../config.ts'
import { type Database, openDatabase } from '../database/connection.ts'
import { bindKeys, type Keys, loadKeys } from '../database/key-folder.ts'
import { DomainError } from '../errors.ts'

/** Adds a command, or a group of them, to the program. `config` is read when a command runs, not for `--help`. */
export type AddCommands = (program: Command, config: () => Config) => void

/** Every command has `--json`: cli.ts adds it. */
export interface Output {
  json?: boolean
}

/**
 * Runs a command on the database and its keys, and closes it whatever happens.
 * @throws DomainError `not-found` without a database, `conflict` when its keys are missing, damaged or others.
 */
export async function withDatabase<T>(config: Config, run: (db: Database, keys: Keys) => Promise<T>): Promise<T> {
  if (!existsSync(config.databaseFile))
    throw new DomainError('not-found', `There is no database at ${config.databaseFile}. Make one with: brukarsvar init`)

  const keys = refusing('conflict', () => loadKeys(config.keyDir))
  const db = refusing('conflict', () => openDatabase(config.databaseFile, { mustExist: true }))
  try {
    refusing('conflict', () => bindKeys(db, keys))
    return await run(db, keys)
  } finally {
    db.$client.close()
  }
}

/** Makes a refusal of a plain Error, which is how settings, keys and database say in a sentence what is wrong with them. */
export function refusing<T>(code: 'invalid' | 'conflict', attempt: () => T): T {
  try {
    return attempt()
  } catch (error) {
    if (error instanceof Error && error.constructor === Error && !('code' in error))
      throw new DomainError(code, error.message, { cause: error })
    throw error
  }
}

/** Prints for a person, or for a program when `--json` was given. */
export function print({ json }: Output, value: unknown, lines: string | string[]): void {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${[lines].flat().join('\n')}\n`)
}

/** Columns of text, as wide as their widest cell; numbers to the right. */
export function table(head: string[], rows: (string | number)[][]): string[] {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => String(row[column]).length)))
  const cell = (content: string | number, column: number) =>
    typeof content === 'number' ? String(content).padStart(widths[column]!) : content.padEnd(widths[column]!)
  const line = (row: (string | number)[]) => row.map(cell).join('  ').trimEnd()
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)]
}
