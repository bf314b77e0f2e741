import * as audit from './audit/store.ts'
import { bindStore } from './database/bound.ts'
import type { Database } from './database/connection.ts'
import type { MailFile } from './database/mail-file.ts'
import type { Run } from './database/patience.ts'
import * as disclosure from './disclosure/store.ts'
import * as approval from './enrolment/approval-store.ts'
import * as enrolmentList from './enrolment/list-store.ts'
import * as places from './enrolment/places-store.ts'
import * as enrolmentReminder from './enrolment/reminder-store.ts'
import * as standing from './enrolment/standing-store.ts'
import * as enrolment from './enrolment/store.ts'
import * as enrolmentUnits from './enrolment/units-store.ts'
import * as overview from './fieldwork/overview-store.ts'
import * as fieldwork from './fieldwork/store.ts'
import * as historyImport from './history/import-store.ts'
import { importOnThread } from './history/import-thread.ts'
import * as history from './history/store.ts'
import * as emailCodes from './invitation/email-codes-store.ts'
import * as issue from './invitation/issue-store.ts'
import * as stock from './invitation/stock-store.ts'
import * as invitation from './invitation/store.ts'
import * as tally from './invitation/tally-store.ts'
import { bindMailStore } from './mail/mail-stores.ts'
import * as notice from './notice/store.ts'
import * as organisation from './organisation/store.ts'
import * as ownTexts from './own-texts/store.ts'
import { writeOnThread } from './paper/import-thread.ts'
import * as paper from './paper/store.ts'
import * as waiting from './paper/waiting-store.ts'
import * as accounts from './people/account-store.ts'
import * as signIn from './people/sign-in-store.ts'
import * as staffKey from './people/staff-key-store.ts'
import * as people from './people/store.ts'
import * as indicators from './results/indicators-store.ts'
import * as releaseSteps from './results/release-steps-store.ts'
import * as releases from './results/release-store.ts'
import * as results from './results/store.ts'
import * as words from './round/asked-words-store.ts'
import * as plan from './round/plan-store.ts'
import * as round from './round/store.ts'
import * as device from './tablet/device-store.ts'
import * as held from './tablet/held-store.ts'
import * as tablet from './tablet/store.ts'

/** What can be asked of the database of answers, by subject: `stores.round.findWorkingRound()`. */
export function bindStores(db: Database, run: Run) {
  const bind = <Store extends object>(store: Store) => bindStore(store, db, run)
  return {
    round: bind({ ...round, ...plan, ...words }),
    organisation: bind(organisation),
    people: bind({ ...people, ...accounts, ...signIn, ...staffKey }),
    audit: bind(audit),
    enrolment: bind({
      ...enrolment,
      ...approval,
      ...enrolmentReminder,
      ...enrolmentList,
      ...enrolmentUnits,
      ...standing,
      ...places,
    }),
    notice: bind(notice),
    invitation: bind({ ...invitation, ...issue, ...stock, ...tally, ...emailCodes }),
    disclosure: bind(disclosure),
    fieldwork: bind({ ...fieldwork, ...overview }),
    results: bind({ ...results, ...indicators, ...releases, ...releaseSteps }),
    ownTexts: bind(ownTexts),
    history: bind({ ...history, ...historyImport, importOnThread }),
    paper: bind({ ...paper, ...waiting, writeOnThread }),
    tablet: bind({ ...tablet, ...device, ...held }),
  }
}

export type AnswerStores = ReturnType<typeof bindStores>

/** What can be asked of both files. */
export function bindAllStores(db: Database, mailFile: MailFile, run: Run) {
  return { ...bindStores(db, run), mail: bindMailStore(mailFile.db, mailFile.watch(run)) }
}

export type Stores = ReturnType<typeof bindAllStores>
