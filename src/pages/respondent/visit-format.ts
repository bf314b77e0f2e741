import { type InvitationChannel, invitationChannels } from '../../invitation/disposition.ts'
import type { CodeProblem } from '../../invitation/survey-code.ts'
import { type Answers, answersOf, optionNumbers } from '../../questionnaire/answers.ts'
import { type Register, registers, type TargetGroup, targetGroups } from '../../questionnaire/target-groups.ts'

/** Somebody at the door whose code needs another look. With answers: what a page keeps of a visit that is gone, and whom it asked. */
export interface Entering {
  kind: 'entering'
  problem?: CodeProblem | 'time-passed'
  /** Up to 40 characters, as JavaScript counts them. */
  typed?: string
  draft?: Answers
  targetGroup?: TargetGroup
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

/** Every visit has this many bytes before sealing, whatever is in it. With nonce and MAC they fill base64url without a rest. */
export const visitLength = 116

/** To be raised with every change to what follows, the order of the lists it names among it: visits of before then do not open. */
const version = 2
const kinds = ['entering', 'answering', 'thanked'] as const
const problems = ['missing', 'short', 'long', 'check', 'time-passed', 'empty'] as const

/** Where the parts begin. Of three kinds of visit each uses some; what was typed lies where somebody answering has their marks. */
const at = {
  version: 0,
  kind: 1,
  problem: 2,
  channel: 3,
  targetGroup: 4,
  register: 5,
  expiresAt: 6,
  language: 12,
  draft: 20,
  stratumId: 28,
  spentTag: 36,
  ballotId: 68,
  roundId: 84,
  end: 104,
  typedLength: 28,
  typed: 30,
  typedEnd: 110,
}

/**
 * A visit and the moment it ends, as bytes.
 * @throws RangeError when something of it does not fit.
 */
export function encodeVisit(visit: Visit, expiresAt: Date): Buffer {
  const bytes = Buffer.alloc(visitLength)
  bytes[at.version] = version
  bytes[at.kind] = kinds.indexOf(visit.kind)
  bytes.writeUIntBE(expiresAt.getTime(), at.expiresAt, 6)
  if ('problem' in visit && visit.problem) bytes[at.problem] = problems.indexOf(visit.problem) + 1
  if ('draft' in visit && visit.draft) bytes.set(optionNumbers(visit.draft), at.draft)
  if (visit.kind !== 'entering') put(visit.language, 'latin1', at.language, at.draft)
  if (visit.kind === 'thanked') bytes[at.register] = registers.indexOf(visit.register)
  if (visit.kind === 'entering' && visit.targetGroup)
    bytes[at.targetGroup] = targetGroups.indexOf(visit.targetGroup) + 1 // 0 for none, as it was before a group was kept
  if (visit.kind === 'entering') bytes[at.typedLength] = put(visit.typed ?? '', 'utf16le', at.typed, at.typedEnd)
  if (visit.kind === 'answering') {
    bytes[at.channel] = invitationChannels.indexOf(visit.channel)
    bytes[at.targetGroup] = targetGroups.indexOf(visit.targetGroup)
    put(visit.stratumId, 'hex', at.stratumId, at.spentTag)
    bytes.set(visit.spentTag, at.spentTag)
    bytes.set(visit.ballotId, at.ballotId)
    put(visit.roundId, 'latin1', at.roundId, at.end)
  }
  return bytes

  function put(text: string, encoding: BufferEncoding, start: number, end: number): number {
    const length = Buffer.byteLength(text, encoding)
    if (length > end - start) throw new RangeError('a text is too long for a visit')
    return bytes.write(text, start, encoding)
  }
}

/** The reverse of {@link encodeVisit}; `undefined` for bytes of another version. The marks in it are views of `bytes`. */
export function decodeVisit(bytes: Buffer, now: Date): OpenedVisit | undefined {
  if (bytes[at.version] !== version) return undefined
  const expired = bytes.readUIntBE(at.expiresAt, 6) <= now.getTime()
  const problem = problems[bytes[at.problem]! - 1]
  const draft = readDraft(bytes)
  const kind = kinds[bytes[at.kind]!]!
  if (kind === 'entering') {
    const typed = bytes.toString('utf16le', at.typed, at.typed + bytes[at.typedLength]!) || undefined
    const targetGroup = targetGroups[bytes[at.targetGroup]! - 1]
    return { kind, problem: problem as Entering['problem'], typed, draft, targetGroup, expired }
  }
  const language = readText(bytes, at.language, at.draft)
  if (kind === 'thanked') return { kind, language, register: registers[bytes[at.register]!]!, expired }
  return {
    kind,
    spentTag: bytes.subarray(at.spentTag, at.ballotId),
    ballotId: bytes.subarray(at.ballotId, at.roundId),
    stratumId: bytes.toString('hex', at.stratumId, at.spentTag),
    roundId: readText(bytes, at.roundId, at.end),
    channel: invitationChannels[bytes[at.channel]!]!,
    targetGroup: targetGroups[bytes[at.targetGroup]!]!,
    language,
    draft,
    problem: problem as Answering['problem'],
    expired,
  }
}

/** A text that zeros may follow. */
function readText(bytes: Buffer, start: number, end: number): string {
  let length = 0
  while (start + length < end && bytes[start + length] !== 0) length++
  return bytes.toString('latin1', start, start + length)
}

function readDraft(bytes: Buffer): Answers | undefined {
  for (let place = at.draft; place < at.stratumId; place++)
    if (bytes[place] !== 0) return answersOf(bytes.subarray(at.draft, at.stratumId))
  return undefined
}
