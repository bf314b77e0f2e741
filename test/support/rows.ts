import type { AnyDatabase } from '../../src/database/connection.ts'

/*
 * What tests ask a database in its own language, and change in it, past the stores. Which engine answers is known here alone: each `?`
 * stands for one of the values, and a blob is a Buffer. What a column is called, and what it holds, is for the test to say.
 */

/** Every row, in the order in which they are asked for. */
export async function rowsIn<Row = Record<string, unknown>>(
  { $client }: AnyDatabase,
  question: string,
  ...values: unknown[]
): Promise<Row[]> {
  return $client.prepare(question).all(...values) as Row[]
}

/** The first row; `undefined` where there is none. */
export async function rowIn<Row = Record<string, unknown> | undefined>(
  { $client }: AnyDatabase,
  question: string,
  ...values: unknown[]
): Promise<Row> {
  return $client.prepare(question).get(...values) as Row
}

/** The first column of every row. */
export async function valuesIn<Value = unknown>(
  { $client }: AnyDatabase,
  question: string,
  ...values: unknown[]
): Promise<Value[]> {
  return $client
    .prepare(question)
    .pluck()
    .all(...values) as Value[]
}

/** The first column of the first row; `undefined` where there is none. */
export async function valueIn<Value = unknown>(
  { $client }: AnyDatabase,
  question: string,
  ...values: unknown[]
): Promise<Value> {
  return $client
    .prepare(question)
    .pluck()
    .get(...values) as Value
}

/** Carries out one statement with its values, or any number of them without. */
export async function runIn({ $client }: AnyDatabase, statement: string, ...values: unknown[]): Promise<void> {
  if (values.length === 0) $client.exec(statement)
  else $client.prepare(statement).run(...values)
}
