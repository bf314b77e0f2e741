import { atOnce } from '../database/patience.ts'
import type { Transport, Verdict } from './kinds.ts'
import { mailKeys } from './mail-keys.ts'
import type { MailOffice } from './mail-office.ts'
import { type Addressee, mailTo, messageId, personOf, reminderTo } from './mail-to.ts'
import { openRun, type ReminderRun, type ReminderTurn, sealRun } from './reminder-run.ts'
import { nextAttempt } from './retry.ts'
import { openStaffMail, UnreadableError } from './sealed.ts'
import type { OutboxRow } from './store.ts'

export interface DeliveryOptions {
  transport: Transport
  now: Date
  /** At most so many mails, so that the server's limits are kept. */
  limit?: number
  /** Those to people first, so that what somebody causes at accounts cannot hold them up for ever. */
  isStaffLast?: boolean
}

/** How many were tried, accepted, and refused for good, or could not be read at all; whether the server could not be used. */
export interface Delivered {
  tried: number
  accepted: number
  refused: number
  unreadable: number
  isDown: boolean
}

/**
 * Sends what is due, one after another, until nothing is, the limit is reached or the server cannot be used. A mail is taken
 * out of the outbox after the server has said yes: it may be sent twice when the process dies in between, and is never lost.
 */
export async function deliverOutbox(office: MailOffice, options: DeliveryOptions): Promise<Delivered> {
  const { limit = Number.POSITIVE_INFINITY } = options
  const delivered = { tried: 0, accepted: 0, refused: 0, unreadable: 0, isDown: false }
  while (delivered.tried < limit && !delivered.isDown) {
    const row = await findNext(office, options)
    if (!row) break
    const verdict = await sendOrSetAside(office, row, options)
    if (verdict === 'unreadable') {
      delivered.unreadable++
      continue
    }
    if (verdict === undefined) continue // there was nothing to send after all
    delivered.tried++
    delivered.accepted += Number(verdict === 'accepted')
    delivered.refused += Number(verdict === 'refused')
    delivered.isDown = verdict === 'down'
  }
  return delivered
}

/** What is due next. While a round is paused its invitations and reminders wait, and then go on. */
export async function findNext(
  { stores }: MailOffice,
  { now, isStaffLast }: Pick<DeliveryOptions, 'now' | 'isStaffLast'>,
): Promise<OutboxRow | undefined> {
  const held = await stores.round.listPausedRounds()
  return stores.mail.findDue(now, { held, isStaffLast })
}

/**
 * One mail that cannot be read although the file is whole, as when it was sealed with another key, is given up at once: it must not hold up
 * all that come after. In a damaged file nothing is given up.
 */
async function sendOrSetAside(office: MailOffice, row: OutboxRow, options: DeliveryOptions) {
  try {
    return await send[row.kind](office, row, options)
  } catch (error) {
    await throwUnlessUnreadable(office, error)
    await office.stores.mail.postpone(row.id, row.attempts, undefined)
    return 'unreadable'
  }
}

/** @throws what it is given, unless it is a row that cannot be read in a file that is whole; DomainError `unavailable` in one that is not. */
async function throwUnlessUnreadable({ mailFile }: MailOffice, error: unknown): Promise<void> {
  if (!(error instanceof UnreadableError)) throw error
  await mailFile.lookThrough()
}

type Send = (office: MailOffice, row: OutboxRow, options: DeliveryOptions) => Promise<Verdict | undefined>

const send: Record<OutboxRow['kind'], Send> = {
  async staff(office, row, { transport, now }) {
    const { stores, keys, mailFile } = office
    const { seal } = mailKeys(keys.staffKey)
    const mail = await mailFile.watch(atOnce)(() => openStaffMail(seal, row.id, row.sealed!))
    if (mail.to === '') {
      // Asked for by somebody who has no account. No server was asked: it says nothing of the server.
      await stores.mail.takeOut(row.id)
      return undefined
    }
    const verdict = await transport.send({ ...mail, messageId: messageId(office, row.id) })
    if (verdict === 'accepted') await stores.mail.takeOut(row.id)
    else await tryLater(office, row, verdict === 'refused' ? undefined : nextAttempt(row.attempts + 1, now))
    return verdict
  },

  async invitation(office, row, { transport, now }) {
    const { stores } = office
    const person = await personOf(office, row.about!)
    if (person === 'held') return undefined
    if (!person) {
      await stores.mail.forgetRecipient(row.id)
      return undefined
    }
    if (person.hasOptedOut) return passAsSent(office, row, { person, now })
    const verdict = await transport.send(mailTo(office, person, 'invitation', row.id))
    if (verdict === 'later' || verdict === 'down') {
      await tryLater(office, row, nextAttempt(row.attempts + 1, now))
      return verdict
    }
    // The ledger first: said twice it counts once, and while the mail waits it can be said again.
    await stores.invitation.recordEmailed(person, verdict === 'accepted' ? 'handed_out' : 'undeliverable')
    await stores.mail.finishInvitation(row.id, verdict === 'accepted' ? 'accepted' : 'bounced')
    return verdict
  },

  async reminder(office, row, { transport, now }) {
    const { stores, keys, mailFile } = office
    const { seal } = mailKeys(keys.staffKey)
    const { run, size } = await mailFile.watch(atOnce)(() => openRun(seal, row.id, row.sealed!))
    const found = await findTurn(office, run, now)
    if (found === 'held') return undefined
    const verdict = found && (await transport.send(reminderTo(office, run, found.person)))
    if (found && verdict === 'refused') await stores.mail.recordRefused(found.person.id)
    const rest = restOf(run, found?.passed ?? dueIn(run, now), found?.turn, verdict, now)
    if (rest.length === 0) await stores.mail.takeOut(row.id)
    else {
      const next = new Date(Math.min(...rest.map(({ dueAt }) => dueAt)))
      await stores.mail.keepRun(row.id, sealRun(seal, row.id, { ...run, turns: rest }, size), next)
    }
    return verdict
  },
}

/**
 * Who has opted out of another municipality's mail is not written to, and is counted as if they were: that they said no would tell
 * whoever gives their address that social services had invited them. It waits while the server is down, as a mail would.
 */
async function passAsSent(office: MailOffice, row: OutboxRow, { person, now }: { person: Addressee; now: Date }) {
  const { stores, server } = office
  if (server.outage) {
    await tryLater(office, row, nextAttempt(row.attempts + 1, now))
    return 'later'
  }
  await stores.invitation.recordEmailed(person, 'handed_out')
  await stores.mail.finishInvitation(row.id, 'accepted', { forgets: true })
  return undefined
}

const dueIn = ({ turns }: ReminderRun, now: Date) => turns.filter(({ dueAt }) => dueAt <= now.getTime())

/**
 * The first of those whose turn it is, and those before them who have opted out or whose address was refused meanwhile. Whose address
 * cannot be read gets no reminder, and holds up nobody else's.
 */
async function findTurn(office: MailOffice, run: ReminderRun, now: Date) {
  const passed: ReminderTurn[] = []
  for (const turn of dueIn(run, now)) {
    const person = await personOf(office, turn.recipientId).catch((error) => throwUnlessUnreadable(office, error))
    if (person === 'held') return 'held'
    if (person) return { turn, person, passed }
    passed.push(turn)
  }
  return undefined
}

/** Whose turn is still to come: without those who were passed over, who got their mail, and who was refused or given up. */
function restOf(
  run: ReminderRun,
  passed: ReminderTurn[],
  turn: ReminderTurn | undefined,
  verdict: Verdict | undefined,
  now: Date,
) {
  const rest = run.turns.filter((other) => other !== turn && !passed.includes(other))
  const next = turn && (verdict === 'later' || verdict === 'down') ? nextAttempt(turn.attempts + 1, now) : undefined
  return next ? [...rest, { ...turn!, attempts: turn!.attempts + 1, dueAt: next.getTime() }] : rest
}

async function tryLater({ stores }: MailOffice, { id, attempts }: OutboxRow, next: Date | undefined) {
  await stores.mail.postpone(id, attempts + 1, next)
}
