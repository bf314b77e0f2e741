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
const nonceLength = sodium.crypto_secretbox_NONCEBYTES
const overhead = nonceLength + sodium.crypto_secretbox_MACBYTES

/** Seals a visit for a cookie, with the moment it ends. */
export function sealVisit(key: Buffer, visit: Visit, expiresAt: Date): string {
  const draft = 'draft' in visit && visit.draft && !isEmpty(visit.draft) ? optionNumbers(visit.draft) : undefined
  const json = Buffer.from(JSON.stringify({ ...visit, draft, expiresAt: expiresAt.getTime() }))
  const padded = Buffer.alloc(Math.ceil(json.length / padTo) * padTo, ' ')
  json.copy(padded)

  const { all, nonce, box } = sealedBytes(padded.length)
  sodium.randombytes_buf(nonce)
  sodium.crypto_secretbox_easy(box, padded, nonce, key)
  return all.toString('base64url')
}

/** What a cookie holds; `undefined` for anything this server did not seal. An expired visit says so. */
export function openVisit(key: Buffer, cookie: string, now: Date): OpenedVisit | undefined {
  const length = Math.floor((cookie.length * 3) / 4) - overhead
  if (length <= 0) return undefined

  const { all, nonce, box, json } = length === padTo ? scratch : sealedBytes(length)
  if (all.write(cookie, 'base64url') !== all.length || !sodium.crypto_secretbox_open_easy(json, box, nonce, key))
    return undefined
  const visit = JSON.parse(json.toString('utf8'))
  if (visit.draft) visit.draft = answersOf(visit.draft)
  visit.expired = visit.expiresAt <= now.getTime()
  visit.expiresAt = undefined
  return visit
}

/** Room for a sealed visit of so many bytes, and for what is in it. */
function sealedBytes(length: number) {
  const all = Buffer.alloc(overhead + length)
  return { all, nonce: all.subarray(0, nonceLength), box: all.subarray(nonceLength), json: Buffer.alloc(length) }
}

/** Used again for every visit of the usual length: making room anew costs more than opening. Nothing waits while it is in use. */
const scratch = sealedBytes(padTo)

/** A new idempotency key: 16 random bytes, in base64url. */
export function newBallotId(): string {
  return randomBytes(16).toString('base64url')
}
