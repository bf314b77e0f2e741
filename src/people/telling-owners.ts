import { randomBytes } from 'node:crypto'
import { DomainError } from '../errors.ts'
import type { Languages } from '../language/languages.ts'
import type { Log } from '../log/log.ts'
import { fewAnHour } from '../memory/few-an-hour.ts'
import { hold } from '../memory/held.ts'
import {
  type AccountChange,
  type ChangedBy,
  kindOf,
  type ManyChanges,
  writeChangeNotice,
  writeChangeSummary,
} from './change-mail.ts'
import { normalEmail } from './rows-store.ts'

export type TellOwner = (
  owner: { email: string; name: string; language: string },
  what: AccountChange,
  by: ChangedBy,
) => Promise<void>

/**
 * One that its reader has asked for and waits for goes before all that others caused in the hour before. One that may grow waits until it is
 * due, and takes the place of what was written under its id before.
 */
export type SendMail = (mail: {
  to: string
  subject: string
  text: string
  isAskedFor?: boolean
  growing?: { id: string; due: Date }
}) => Promise<void>

interface Telling {
  sendMail?: SendMail
  languages: Languages
  clock: () => Date
  log: Log
  publicUrl: string
}

/**
 * Mails to one owner in an hour of each change, by each kind of people, that go at once: enough to be warned, too few to fill a mailbox
 * with, or to hold up the mail of others. Each has a bound of its own, so that none hides another. What comes after them is told in one mail
 * half an hour later, which waits in the outbox meanwhile: nobody is left untold by a restart.
 */
const mostAnHour: Record<AccountChange['change'], number> = {
  ...{ passwordSet: 3, factorSetUp: 3, factorRemoved: 3 },
  ...{ linkMade: 1, changed: 5, ended: 5 },
}
const summaryMs = 30 * 60_000

/** Beyond so many lines a summary names nobody: who has many accounts, or many names, makes it no longer. */
const mostLines = 20

/** How owners of accounts are told by mail of what was done to them; where no mail is set, they are not. */
export function tellingOwners({ sendMail, languages, clock, log, publicUrl }: Telling): TellOwner {
  const few = new Map(Object.entries(mostAnHour).map(([change, most]) => [change, fewAnHour(most, clock)]))
  const summaries = hold<{ id: string; due: Date; lines: Map<string, ManyChanges> }>(clock, { minutes: 60 })

  function summaryOf(owner: string) {
    const found = summaries.find(owner)
    if (found && clock() < found.due) return found
    const due = new Date(clock().getTime() + summaryMs)
    const summary = { id: randomBytes(16).toString('hex'), due, lines: new Map<string, ManyChanges>() }
    summaries.keep(owner, summary)
    return summary
  }

  function addTo(lines: Map<string, ManyChanges>, what: AccountChange, by: ChangedBy): void {
    const own = `${what.change} ${JSON.stringify(by)}`
    const isNamed = lines.has(own) || lines.size < mostLines
    const key = isNamed ? own : what.change
    const number = (lines.get(key)?.number ?? 0) + 1
    lines.set(key, { what, by: isNamed ? by : undefined, number, last: clock() })
  }

  return async ({ email, name, language }, what, by) => {
    if (!sendMail) return
    const send = (mail: Omit<Parameters<SendMail>[0], 'to'>) =>
      sendMail({ to: email, ...mail }).catch(({ name, code }) =>
        log.error({ name, code }, 'the owner of an account could not be told of a change'),
      )
    const owner = normalEmail(email)
    const writing = { name, language, publicUrl }
    if (few.get(what.change)!.take(`${owner} ${kindOf(by)}`))
      return send(writeChangeNotice(languages, { ...writing, what, by, now: clock() }))
    const { id, due, lines } = summaryOf(owner)
    addTo(lines, what, by)
    await send({
      ...writeChangeSummary(languages, { ...writing, all: [...lines.values()] }),
      growing: { id, due },
    })
  }
}

/**
 * Looks whether a mail to the owner of an account could be queued now. Where no mail is set nobody expects one.
 * @param tryMail queues a mail and takes it back; it fails when none can be queued.
 */
export function requiringTelling(isMailSet: boolean, tryMail: () => Promise<void>): () => Promise<void> {
  return async () => {
    if (!isMailSet) return
    try {
      await tryMail()
    } catch (cause) {
      throw new DomainError('unavailable', 'The owner cannot be told.', { messageKey: 'ownerNotTold', cause })
    }
  }
}
