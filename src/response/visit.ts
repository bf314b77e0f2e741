import { randomBytes } from 'node:crypto'
import sodium from 'sodium-native'
import type { InvitationChannel } from '../invitation/disposition.ts'
import type { CodeProblem } from '../invitation/survey-code.ts'
import type { Answers } from '../questionnaire/answers.ts'
import type { Register, TargetGroup } from '../questionnaire/target-groups.ts'
import { decodeVisit, encodeVisit, visitLength } from './visit-format.ts'

/** Somebody at the door whose code needs another look. With answers: what a page keeps of a visit that is gone, whoever's it was. */
export interface Entering {
  kind: 'entering'
  problem?: CodeProblem | 'time-passed'
  /** Up to 40 characters, as JavaScript counts them. */
  typed?: string
  draft?: Answers
}

/** Somebody with a good code, answering. Holds the mark the code will leave, never the code. */
export interface Answering {
  kind: 'answering'
  /** 32 bytes. */
  spentTag: Buffer
  /** 16 bytes. */
  ballotId: Buffer
  /** 16 hexadecimal digits. */
  stratumId: string
  /** 1 to 20 letters, digits and hyphens. */
  roundId: string
  channel: InvitationChannel
  targetGroup: TargetGroup
  language: string
  draft?: Answers
  problem?: 'empty'
}

/** Somebody who has just been thanked. Who, and with which code, is gone. */
export interface Thanked {
  kind: 'thanked'
  language: string
  register: Register
}

/** Where a person is between the start page and the thank-you: all that their browser holds of it, sealed. */
export type Visit = Entering | Answering | Thanked

export type OpenedVisit = Visit & { expired: boolean }

const sealedLength = sodium.crypto_secretbox_NONCEBYTES + sodium.crypto_secretbox_MACBYTES + visitLength

/** Room for what is sealed, used again for every visit. Nothing waits while it is in use. */
const sealed = Buffer.alloc(sealedLength)
const nonce = sealed.subarray(0, sodium.crypto_secretbox_NONCEBYTES)
const box = sealed.subarray(sodium.crypto_secretbox_NONCEBYTES)

/** Seals a visit for a cookie, with the moment it ends. @throws RangeError when something of it does not fit. */
export function sealVisit(key: Buffer, visit: Visit, expiresAt: Date): string {
  sodium.randombytes_buf(nonce)
  sodium.crypto_secretbox_easy(box, encodeVisit(visit, expiresAt), nonce, key)
  return sealed.toString('base64url')
}

/** What a cookie holds; `undefined` for anything this server did not seal. An expired visit says so. */
export function openVisit(key: Buffer, cookie: string, now: Date): OpenedVisit | undefined {
  if (cookie.length !== (sealedLength / 3) * 4 || sealed.write(cookie, 'base64url') !== sealedLength) return undefined
  const bytes = Buffer.allocUnsafe(visitLength)
  return sodium.crypto_secretbox_open_easy(bytes, box, nonce, key) ? decodeVisit(bytes, now) : undefined
}

/** A new idempotency key: 16 random bytes. */
export function newBallotId(): Buffer {
  return randomBytes(16)
}
