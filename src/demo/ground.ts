import type { Database } from '../database/connection.ts'
import type { Keys } from '../database/key-folder.ts'
import type { AnswerStores } from '../stores.ts'

/** What a demo is made up in: a database, what can be asked of it, and its keys. */
export interface Ground {
  db: Database
  stores: AnswerStores
  keys: Keys
}
