import { randomBytes, randomInt } from 'node:crypto'
import * as z from 'zod'
import { openFor, sealFor } from '../../../crypto/sealing.ts'
import { keyFor } from '../../../crypto/secrets.ts'
import type { Bundle } from '../../../paper/store.ts'

const digits = z.array(z.number().int().min(0).max(9)).length(8)

/**
 * What a page for one form carries, sealed: which form it is, and on the second entry of a sample what was typed first.
 * So nothing of an answer is kept between two pages, and a form that is sent twice is the same form.
 */
const formTicket = z.object({
  bundleId: z.string(),
  ballotId: z.string(),
  /** How many forms of the bundle were counted when the page was made. */
  position: z.number().int(),
  language: z.string(),
  hasCodes: z.boolean(),
  isTwice: z.boolean(),
  code: z.string().optional(),
  first: digits.optional(),
  second: digits.optional(),
})

export type FormTicket = z.infer<typeof formTicket>

/** What is said once for all forms of a bundle. */
export type FormKind = Pick<FormTicket, 'language' | 'hasCodes'>

/** Where the next form like this one is entered. */
export const addressOf = ({ bundleId, language, hasCodes }: Pick<FormTicket, 'bundleId'> & FormKind) =>
  `/staff/paper/bundles/${bundleId}?language=${language}${hasCodes ? '&codes=1' : ''}`

/** One form in so many is entered twice when a sample is checked. */
const oneIn = 10

/** A ticket for the next form. Whether it is entered twice is decided now, by lot, before anybody sees the form. */
export function newTicket(
  { id, isSampled, entered, blank }: Pick<Bundle, 'id' | 'isSampled' | 'entered' | 'blank'>,
  { language, hasCodes }: FormKind,
): FormTicket {
  return {
    ...{ bundleId: id, position: entered + blank, language, hasCodes },
    ballotId: randomBytes(16).toString('base64url'),
    isTwice: isSampled && randomInt(oneIn) === 0,
  }
}

const purpose = 'paper form'

/** For one member of staff; the key is made of that of the key folder. */
export function sealTicket(staffKey: Buffer, staffId: string, ticket: FormTicket): string {
  return sealFor(keyFor(staffKey, purpose), staffId, Buffer.from(JSON.stringify(ticket))).toString('base64url')
}

/** The reverse; `undefined` for anything that was not sealed for this member of staff and this bundle. */
export function openTicket(
  staffKey: Buffer,
  { staffId, bundleId }: { staffId: string; bundleId: string },
  sealed: unknown,
): FormTicket | undefined {
  if (typeof sealed !== 'string') return undefined
  const opened = openFor(keyFor(staffKey, purpose), staffId, Buffer.from(sealed, 'base64url'))
  const ticket = opened && formTicket.parse(JSON.parse(opened.toString()))
  return ticket?.bundleId === bundleId ? ticket : undefined
}
