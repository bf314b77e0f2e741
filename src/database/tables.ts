import { sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** A fingerprint of the key folder, so that a database is never run with another's peppers. Not a key. */
export const keyChecks = sqliteTable('key_checks', {
  name: text().primaryKey(),
  fingerprint: text().notNull(),
})
