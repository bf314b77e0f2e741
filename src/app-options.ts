import type { RouteOptions } from 'fastify'
import type { Config } from './config.ts'
import type { Database } from './database/connection.ts'
import type { Keys } from './database/key-folder.ts'
import type { MailFile } from './database/mail-file.ts'
import type { Languages } from './language/languages.ts'
import type { Log } from './log/log.ts'
import type { MailOffice } from './mail/mail-office.ts'
import type { SendMail } from './people/telling-owners.ts'
import type { Commit, RecordResponse } from './urn/sealed-ballot.ts'
import type { Door } from './web/door.ts'

export interface AppOptions {
  config: Config
  db: Database
  /** Addresses and outgoing mail; without it, in memory. */
  mailFile?: MailFile
  keys: Keys
  /** Is given what it takes to send mail, once the service is ready; what it returns is called before the databases close. */
  startMail?: (office: MailOffice) => () => Promise<void>
  languages?: Languages
  clock?: () => Date
  /** Without it nothing is logged. */
  log?: Log
  /** Where a transaction of answers is carried out; without it on this thread. */
  commit?: Commit
  /** Whether all pages are made as soon as it listens; without it when they are first asked for. */
  makesPagesAhead?: boolean
  /** The token of the link that makes the first administrator. */
  setUpToken?: string
  /** Is told of every route: for the list of them, and for the test that walks them all. */
  eachRoute?: (route: RouteOptions) => void
  /** How an answer is stored; the benchmark measures others beside the real one. */
  recordResponse?: RecordResponse
  /** Sends letters of the service to staff; without it none are sent, and the pages say so. */
  sendMail?: SendMail
  /** Whether nothing that goes by the day is done just now, because the clock cannot be believed. */
  isNightOff?: () => boolean
  /** Says when there is no room for anybody more; without it the event loop does. */
  door?: Door
}
