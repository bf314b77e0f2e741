import { randomBytes, randomInt } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import { DomainError } from '../errors.ts'
import { inSlices } from '../memory/in-slices.ts'
import type { AddressProblem } from './addresses.ts'
import { addressTag, mailKeys } from './mail-keys.ts'
import type { MailOffice } from './mail-office.ts'
import { mostTurns, sealRun } from './reminder-run.ts'
import { type StaffMail, sealRecipient, sealStaffMail } from './sealed.ts'

type Queueing = Pick<MailOffice, 'stores' | 'keys'>

/** How long one that was asked for counts as having waited. */
const aheadMs = 3_600_000

/** How it is queued: one that its reader asked for goes before the others; one that grows waits until it is due, and is written anew under its id. */
interface Manner {
  isAskedFor?: boolean
  growing?: { id: string; due: Date }
}

/** Queues a mail to a member of staff or of a municipality, which goes before those to people. */
export async function queueStaffMail(
  { stores, keys }: { stores: Pick<MailOffice['stores'], 'mail'> } & Pick<MailOffice, 'keys'>,
  { isAskedFor = false, growing, ...mail }: StaffMail & Manner,
  now: Date,
): Promise<void> {
  const id = growing?.id ?? newId()
  const sealed = sealStaffMail(mailKeys(keys.staffKey).seal, id, mail)
  const due = growing?.due ?? (isAskedFor ? new Date(now.getTime() - aheadMs) : now)
  await stores.mail.addStaffMail({ id, sealed }, due)
}

export interface InvitationOrder {
  stratumId: string
  language: string
  /** As `readAddresses` gives them. */
  addresses: string[]
  now: Date
}

export interface QueuedInvitations {
  queued: number
  rejected: { address: string; reason: AddressProblem }[]
}

/**
 * Issues a code for each address and queues its invitation. An address that the stratum has already, or whose owner wants no
 * mail of this municipality in this round, is rejected. What was queued when it breaks off stays queued, and the same list can be given again.
 * It waits for the disk twice for so many `together`: where others answer on the same thread, use `queueOnThread`.
 * @throws DomainError `not-found`, or `conflict` when the round is not collecting.
 */
export async function queueInvitations(
  office: Queueing,
  order: InvitationOrder,
  { together = 50, onProgress }: { together?: number; onProgress?: (done: number) => void } = {},
): Promise<QueuedInvitations> {
  const { stores, keys } = office
  const { stratumId, language, addresses, now } = order
  const { roundId } = await collectingStratum(office, stratumId)
  const own = mailKeys(keys.staffKey)
  const result: QueuedInvitations = { queued: 0, rejected: [] }
  for (const slice of inSlices(shuffled(addresses), together)) {
    const { fresh, rejected } = await sortOut(office, { stratumId, roundId, addresses: slice })
    result.rejected.push(...rejected)
    onProgress?.(result.queued + result.rejected.length)
    if (fresh.length === 0) continue
    const codes = await stores.invitation.issueEmailCodes(keys.codePepper, { stratumId, roundId, count: fresh.length })
    const rows = fresh.map((address, index) => {
      const id = newId()
      const sealed = sealRecipient(own.seal, id, { address, code: codes[index]!, language })
      return { id, roundId, stratumId, addressTag: addressTag(own, roundId, address), sealed }
    })
    await stores.mail.addRecipients(rows, now)
    await forgetIfClosed(office, stratumId)
    result.queued += rows.length
    onProgress?.(result.queued + result.rejected.length)
    await breathe()
  }
  return result
}

/**
 * A close takes addresses out after it has ended the round. Whoever writes some and then finds the round open has written before that; who
 * finds it closed may have come after it, and takes them out as the close does.
 * @throws DomainError `conflict` once the round is closed
 */
async function forgetIfClosed({ stores }: Queueing, stratumId: string): Promise<void> {
  const { roundId, phase } = await stores.invitation.getStratumPhase(stratumId)
  if (phase !== 'closed') return
  await stores.mail.forgetAddresses(roundId)
  throw new DomainError('conflict', `Round ${roundId} was closed meanwhile: nobody is invited any more.`)
}

/**
 * Which of some addresses can be invited to a stratum, and why the others cannot. Changes nothing. Nothing is told of what is known of
 * an address in other municipalities.
 */
export async function checkAddresses(
  office: Queueing,
  { stratumId, roundId, addresses }: { stratumId: string; roundId: string; addresses: string[] },
) {
  const checked: Awaited<ReturnType<typeof sortOut>> = { fresh: [], rejected: [] }
  for (const slice of inSlices(addresses, 100)) {
    const { fresh, rejected } = await sortOut(office, { stratumId, roundId, addresses: slice })
    checked.fresh.push(...fresh)
    checked.rejected.push(...rejected)
    await breathe()
  }
  return checked
}

async function sortOut(
  { stores, keys }: Queueing,
  { stratumId, roundId, addresses }: { stratumId: string; roundId: string; addresses: string[] },
) {
  const own = mailKeys(keys.staffKey)
  const tags = addresses.map((address) => addressTag(own, roundId, address))
  const ofMunicipality = await stores.organisation.listStrataBeside(stratumId)
  const all = await stores.mail.listKnown(tags)
  const known = all.filter((row) => ofMunicipality.includes(row.stratumId))
  const fresh: string[] = []
  const rejected: QueuedInvitations['rejected'] = []
  for (const [index, address] of addresses.entries()) {
    const theirs = known.filter((row) => row.addressTag.equals(tags[index]!))
    if (theirs.some(({ state }) => state === 'opted_out')) rejected.push({ address, reason: 'optedOut' })
    else if (theirs.some((row) => row.stratumId === stratumId)) rejected.push({ address, reason: 'queued' })
    else fresh.push(address)
  }
  return { fresh, rejected }
}

/**
 * Plans the next reminder of a stratum. It goes to everybody whose invitation was accepted and who has not opted out, whether they
 * have answered or not: whom it reaches would otherwise tell who has. docs/decisions/013.
 * @throws DomainError `conflict` when the round is not collecting, nobody was invited by e-mail, two were sent or one is under way.
 */
export async function planReminder(
  office: Queueing,
  { stratumId, now }: { stratumId: string; now: Date },
): Promise<{ number: number; recipients: number }> {
  const { stores, keys } = office
  const { roundId } = await collectingStratum(office, stratumId)
  const { seal } = mailKeys(keys.staffKey)
  return stores.mail.addReminder({ stratumId, roundId, now }, (number, recipientIds) => {
    const turns = shuffled(recipientIds).map((recipientId) => ({ recipientId, attempts: 0, dueAt: now.getTime() }))
    return inSlices(turns, mostTurns).map((slice) => {
      const id = newId()
      return { id, sealed: sealRun(seal, id, { number, turns: slice }, slice.length) }
    })
  })
}

async function collectingStratum({ stores }: Queueing, stratumId: string) {
  const stratum = await stores.invitation.getStratumPhase(stratumId)
  if (stratum.phase !== 'collecting')
    throw new DomainError('conflict', `Round ${stratum.roundId} is not collecting: no mail is sent.`)
  return stratum
}

const newId = () => randomBytes(16).toString('hex')

/** In random order (Fisher and Yates), so that no row tells who stood where in a list. */
function shuffled<T>(list: T[]): T[] {
  const result = [...list]
  for (let last = result.length - 1; last > 0; last--) {
    const other = randomInt(last + 1)
    ;[result[last], result[other]] = [result[other]!, result[last]!]
  }
  return result
}
