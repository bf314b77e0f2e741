import { readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError } from 'commander'
import type { Config } from '../config.ts'
import { type Database, isPassing, openDatabase } from '../database/connection.ts'
import { bindKeys, type Keys, loadKeys } from '../database/key-folder.ts'
import { DomainError, type RefusalCode } from '../errors.ts'
import { isTargetGroup, type TargetGroup, targetGroups } from '../questionnaire/target-groups.ts'
import { parseRoundKeyFile, type RoundKey } from '../round/round-key.ts'

export type AddCommands = (program: Command, config: () => Config) => void

const exitCodes: Record<RefusalCode, number> = {
  invalid: 2,
  'not-found': 3,
  conflict: 4,
  'too-many': 5,
  unavailable: 5,
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof DomainError) return exitCodes[error.code]
  return isPassing(error) ? 5 : 1
}

/** What an operator reads when a command cannot be carried out: a sentence, never a stack trace. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code } = error as { code?: string }
  if (isPassing(error))
    return `The database cannot be used just now (${code}). Is the disk full, or does another process hold it?`
  return error.message
}

/** Runs a command on the database and its keys, and closes it whatever happens. */
export async function withDatabase<T>(config: Config, run: (db: Database, keys: Keys) => Promise<T>): Promise<T> {
  const keys = loadKeys(config.keyDir)
  const db = openDatabase(config.databaseFile, { mustExist: true })
  try {
    bindKeys(db, keys)
    return await run(db, keys)
  } finally {
    db.$client.close()
  }
}

/** Prints for a person, or for a program when `--json` was given. */
export function print(options: { json?: boolean }, value: unknown, lines: string | string[]): void {
  process.stdout.write(options.json ? `${JSON.stringify(value, null, 2)}\n` : `${[lines].flat().join('\n')}\n`)
}

export function wholeNumber(text: string): number {
  const number = Number(text)
  if (!/^\d{1,7}$/.test(text) || number < 1) throw new InvalidArgumentError('A whole number of at least 1 is needed.')
  return number
}

export function countFromZero(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError('A whole number is needed.')
  return Number(text)
}

export function day(text: string): string {
  const date = new Date(`${text}T00:00:00Z`)
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) {
    throw new InvalidArgumentError('A day such as 2026-09-01 is needed.')
  }
  return text
}

export function groupList(text: string): TargetGroup[] {
  if (text === 'all') return [...targetGroups]
  const parts = text.split(',').map((part) => part.trim())
  const groups = parts.filter(isTargetGroup)
  if (groups.length !== parts.length)
    throw new InvalidArgumentError(`Target groups are: ${targetGroups.join(', ')}, or all.`)
  return [...new Set(groups)]
}

/** Reads a round's private key from a file, or from standard input for `-`. */
export function readRoundKey(file: string): RoundKey {
  let text: string
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (cause) {
    throw new DomainError('not-found', `The key file ${file} cannot be read.`, { cause })
  }
  return parseRoundKeyFile(text)
}

/** Columns of text, as wide as their widest cell; numbers to the right. */
export function table(head: string[], rows: (string | number)[][]): string[] {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => String(row[column]).length)))
  const line = (row: (string | number)[]) =>
    row
      .map((cell, column) =>
        typeof cell === 'number' ? String(cell).padStart(widths[column]!) : String(cell).padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd()
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)]
}
