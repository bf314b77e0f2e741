import type { Database } from '../database/connection.ts'
import type { Keys } from '../database/key-folder.ts'
import type { MailDatabase } from '../database/mail-connection.ts'
import type { Run } from '../database/patience.ts'
import type { Languages } from '../language/languages.ts'
import type { Sender } from '../text/sender.ts'
import type { ServerState } from './outage.ts'

/** What whoever queues or sends mail is given: both databases, the keys, and moments at which the databases can be reached. */
export interface MailOffice {
  db: Database
  mailDb: MailDatabase
  keys: Keys
  languages: Languages
  publicUrl: string
  from: Sender
  /** Whether the mail server can be used, as far as is known. */
  server: ServerState
  /** Works on a database at a moment when it can be reached, and again when another process holds it just then. */
  between: Run
}
