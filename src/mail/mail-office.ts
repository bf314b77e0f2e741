import type { Keys } from '../database/key-folder.ts'
import type { MailFile } from '../database/mail-file.ts'
import type { Languages } from '../language/languages.ts'
import type { Sender } from '../text/sender.ts'
import type { MailStores } from './mail-stores.ts'
import type { ServerState } from './outage.ts'

/** What whoever queues or sends mail is given. */
export interface MailOffice {
  stores: MailStores
  /** Where the databases lie, for a thread that opens them itself; nothing where one is in memory. */
  files: () => { databaseFile: string; mailDatabaseFile: string } | undefined
  /** Whether it can be used, and how a thread's news of it comes in. */
  mailFile: Pick<MailFile, 'isOff' | 'watch' | 'lookThrough'>
  keys: Keys
  languages: Languages
  publicUrl: string
  from: Sender
  /** Whether the mail server can be used, as far as is known. */
  server: ServerState
}
