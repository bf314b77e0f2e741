import type { ArchiveTurn } from '../../actions/archive-package.ts'
import type { Closing } from '../../actions/close-round.ts'
import type { AnswersEnd } from '../../actions/destroy-round.ts'
import type { Config } from '../../config.ts'
import type { Keys } from '../../database/key-folder.ts'
import type { FollowedNation } from '../../fieldwork/nation.ts'
import type { FindInvitation } from '../../invitation/store.ts'
import type { Languages } from '../../language/languages.ts'
import type { CountedLog } from '../../log/counted-log.ts'
import type { Log } from '../../log/log.ts'
import type { MailOffice } from '../../mail/mail-office.ts'
import type { SendMail, TellOwner } from '../../people/telling-owners.ts'
import type { Stores } from '../../stores.ts'
import type { RecordResponse } from '../../urn/sealed-ballot.ts'
import type { LinksLeft } from './links-left.ts'
import type { StaffPage } from './staff-page.ts'
import type { Undoing } from './undoing.ts'

/** What every staff route is given; `Views` are those that it shows. */
export interface StaffContext<Views = unknown> {
  /** What can be asked of the databases, in turns that give way to those who answer. */
  stores: Stores
  findInvitation: FindInvitation
  findPublicKey: (stratumId: string) => Promise<Buffer | undefined>
  /** The end of a round's collection. */
  closing: Closing
  /** The end of a round's answers. */
  answersEnd: AnswersEnd
  /** The archive package of a round, or of a municipality's part in it, as a ZIP. */
  makeArchive: (roundId: string, turn: ArchiveTurn) => Promise<Buffer>
  /** What it takes to queue mail. */
  mail: MailOffice
  keys: Keys
  config: Config
  languages: Languages
  clock: () => Date
  log: Log
  /** For what goes wrong where somebody's answers are stored. */
  troubles: CountedLog
  /** The nation's fieldwork of a round, as it was at most a minute ago, and not before a change of a round. */
  nation: FollowedNation
  /** What a light step leaves to be taken back. */
  undoing: Undoing
  /** Sends a page, with what every staff page shows. */
  page: StaffPage<Views>
  /**
   * What else ends when a round's collection ends, in the order in which it was added. Each is told the round, and says what it could
   * not end: a text under `staff.rounds.notice`.
   */
  atClose: ((roundId: string) => Promise<'addressesStay' | 'addressesLater' | undefined>)[]
  /** All that the audit trail can say was done. */
  deeds: ReadonlySet<string>
  /** The one write of an answer: for paper that is entered. */
  recordResponse: RecordResponse
  /** Sends a letter of the service to staff; absent where no mail server is set. */
  sendMail?: SendMail
  /** How many links to accounts may still be made, and mailed. */
  links: LinksLeft
  /** Whether an address had an account that has ended. */
  hadAccount: (email: string) => Promise<boolean>
  /** Tells the owner of an account what was done to it, where mail is set. It never fails: what was done is done. */
  tellOwner: TellOwner
  /**
   * To be asked before somebody gets a way into an account that has a password.
   * @throws DomainError `unavailable` where mail is set and its owner cannot be told just now: nothing may be changed then.
   */
  requireTelling: () => Promise<void>
}
