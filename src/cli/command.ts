import type { Command } from 'commander'
import type { Config } from '../config.ts'
import { closeDatabase, type Database } from '../database/connection.ts'
import type { Keys } from '../database/key-folder.ts'
import { openWithKeys } from '../database/open.ts'
import { atOnce } from '../database/patience.ts'
import { type AnswerStores, bindStores } from '../stores.ts'

/** Adds a command, or a group of them, to the program. `config` is read when a command runs, not for `--help`. */
export type AddCommands = (program: Command, config: () => Config) => void

/** Every command has `--json`: cli.ts adds it. */
export interface Output {
  json?: boolean
}

/** Runs a command on what can be asked of the database and on its keys, and closes it whatever happens. @throws what openWithKeys throws. */
export async function withStores<T>(
  config: Config,
  run: (stores: AnswerStores, keys: Keys, db: Database) => Promise<T>,
): Promise<T> {
  const { db, keys } = await openWithKeys(config)
  try {
    return await run(bindStores(db, atOnce), keys, db)
  } finally {
    closeDatabase(db)
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
