import type Driver from 'better-sqlite3'
import { DomainError } from '../errors.ts'

/**
 * better-sqlite3 in the version that this Node can load. Version 13 needs Node-API 10, which came with Node 22.14; below
 * it, it falls at the first database. Version 12 falls on Node 24.19 and later, at the first statement that is collected
 * (nodejs/node#65446).
 */
const { default: driver } = (await import(
  Number(process.versions.napi) >= 10 ? 'better-sqlite3' : 'better-sqlite3-12'
)) as { default: typeof Driver }

export const SQLite = driver

/** What is left of an error on its way between threads. */
export interface SentError {
  message: string
  code?: string
  refusal?: Pick<DomainError, 'code' | 'messageKey' | 'values'>
}

/** What of an error is sent from a thread, which takes its class from it. */
export function errorToSend(error: unknown): SentError {
  const { message, code } = error as Error & { code?: string }
  if (!(error instanceof DomainError)) return { message, code: codeOfSQLite(error) || code }
  const { messageKey, values } = error
  return { message, refusal: { code: error.code, messageKey, values } }
}

/** An error as it was before it lost its class on the way between threads: by its class it is known whether to try again. */
export function errorFromThread({ message, code, refusal }: SentError): Error {
  if (refusal) return new DomainError(refusal.code, message, refusal)
  return code?.startsWith('SQLITE_') ? new SQLite.SqliteError(message, code) : new Error(message)
}

/** A connection of better-sqlite3, beneath drizzle. */
export type Connection = Driver.Database

/** What SQLite says is the matter, such as `SQLITE_BUSY`, also where a library has put its own words around it; `''` for any other error. */
export function codeOfSQLite(error: unknown): string {
  if (error instanceof SQLite.SqliteError) return error.code
  return error instanceof Error && error.name.startsWith('Drizzle') ? codeOfSQLite(error.cause) : ''
}
