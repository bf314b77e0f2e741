import { type SQL, sql } from 'drizzle-orm'

/** The condition of a check: a column holds one of these words. */
export const oneOf = (column: string, words: readonly string[]): SQL =>
  sql.raw(`"${column}" in (${words.map((word) => `'${word}'`).join(', ')})`)
