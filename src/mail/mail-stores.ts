import { bindStore } from '../database/bound.ts'
import type { Database } from '../database/connection.ts'
import type { MailDatabase } from '../database/mail-connection.ts'
import type { Run } from '../database/patience.ts'
import { findEmailed, issueEmailCodes, recordEmailed } from '../invitation/email-codes-store.ts'
import { getStratumPhase } from '../invitation/issue-store.ts'
import { listStrataBeside } from '../organisation/store.ts'
import { listPausedRounds } from '../round/store.ts'
import * as announcements from './announcement-store.ts'
import * as recipients from './recipient-store.ts'
import * as reminders from './reminder-store.ts'
import * as outbox from './store.ts'

/** What can be asked of the mail file. */
export function bindMailStore(mailDb: MailDatabase, run: Run) {
  return bindStore({ ...outbox, ...recipients, ...reminders, ...announcements }, mailDb, run)
}

/** What mail asks of both files. */
export function bindMailStores(db: Database, mailDb: MailDatabase, run: Run) {
  return {
    mail: bindMailStore(mailDb, run),
    round: bindStore({ listPausedRounds }, db, run),
    organisation: bindStore({ listStrataBeside }, db, run),
    invitation: bindStore({ findEmailed, issueEmailCodes, recordEmailed, getStratumPhase }, db, run),
  }
}

export type MailStores = ReturnType<typeof bindMailStores>
