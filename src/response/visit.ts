import { randomBytes } from 'node:crypto'
import sodium from 'sodium-native'
import type { InvitationChannel } from '../invitation/disposition.ts'
import type { CodeProblem } from '../invitation/survey-code.ts'
import { type Answers, answersOf, isEmpty, optionNumbers } from '../questionnaire/answers.ts'
import type { Register, TargetGroup } from '../questionnaire/target-groups.ts'

/** Somebody at the door whose code needs another look, or whose visit ran out with answers in hand. */
export interface Entering {
  kind: 'entering'
  problem?: CodeProblem | 'time-passed'
  typed?: string
  draft?: Answers
}

/** Somebody with a good code, answering. Holds the mark the code will leave, never the code. */
export interface Answering {
  kind: 'answering'
  spentTag: string
  ballotId: string
  stratumId: string
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

/** Sealed visits are padded to a multiple of this many bytes, which holds every one of them: their length tells nothing. */
const padTo = 384

/** Seals a visit for a cookie, with the moment it ends. */
export function sealVisit(key: Buffer, visit: Visit, expiresAt: Date): string {
  const draft = 'draft' in visit && visit.draft && !isEmpty(visit.draft) ? optionNumbers(visit.draft) : undefined
  const json = Buffer.from(JSON.stringify({ ...visit, draft, expiresAt: expiresAt.getTime() }))
  const padded = Buffer.alloc(Math.ceil(json.length / padTo) * padTo, ' ')
  json.copy(padded)

  const nonceLength = sodium.crypto_secretbox_NONCEBYTES
  const sealed = Buffer.allocUnsafe(nonceLength + sodium.crypto_secretbox_MACBYTES + padded.length)
  sodium.randombytes_buf(sealed.subarray(0, nonceLength))
  sodium.crypto_secretbox_easy(sealed.subarray(nonceLength), padded, sealed.subarray(0, nonceLength), key)
  return sealed.toString('base64url')
}

/** What a cookie holds; `undefined` for anything this server did not seal. An expired visit says so. */
export function openVisit(key: Buffer, cookie: string, now: Date): OpenedVisit | undefined {
  const bytes = Buffer.from(cookie, 'base64url')
  const nonceLength = sodium.crypto_secretbox_NONCEBYTES
  const length = bytes.length - nonceLength - sodium.crypto_secretbox_MACBYTES
  if (length <= 0) return undefined

  const json = Buffer.allocUnsafe(length)
  if (!sodium.crypto_secretbox_open_easy(json, bytes.subarray(nonceLength), bytes.subarray(0, nonceLength), key))
    return undefined
  const { expiresAt, draft, ...visit } = JSON.parse(json.toString('utf8'))
  return { ...visit, draft: draft && answersOf(draft), expired: expiresAt <= now.getTime() }
}

/** A new idempotency key: 16 random bytes, in base64url. */
export function newBallotId(): string {
  return randomBytes(16).toString('base64url')
}
