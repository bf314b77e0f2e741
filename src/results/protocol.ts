import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import * as z from 'zod'
import { DomainError } from '../errors.ts'
import type { ReleaseStep } from './phase.ts'
import type { Release } from './release-store.ts'

/** What a protocol says: how a round was counted, what came of it, and who let whom see it when. */
export interface ProtocolText {
  round: string
  release: number
  openedAt: string
  facts: Release['facts']
  /** Of one municipality's part: what is said of strata, and `sha256` of areas and indicators, is of its own. Absent of the whole. */
  part?: { municipality: string; name: string; sha256: string }
  /** What a correction changed, and why. */
  reason?: string
  indicators: { sha256: string }
  /** When the answers were destroyed, and what the archive had decided; null where it had not said. Absent while they can be counted. */
  destroyed?: { on: string; decision: string | null }
  steps: (Omit<ReleaseStep, 'nth'> & { proposedByName?: string; approvedByName?: string })[]
}

/** A protocol as it is handed out: `signed` is its text to the letter, so that nobody has to write it the same way to check it. */
export interface Protocol {
  signed: string
  /** Ed25519, of the bytes of `signed` in UTF-8. Both in base64; the key as SubjectPublicKeyInfo. */
  signature: string
  publicKey: string
}

/** The protocol of a release, signed. The same facts and steps give the same to the byte. @param seed 32 bytes that only this service has */
export function protocolOf(text: ProtocolText, seed: Buffer): Protocol {
  const key = signingKey(seed)
  const signed = JSON.stringify(text, null, 1)
  return {
    signed,
    signature: sign(null, Buffer.from(signed), key).toString('base64'),
    publicKey: exported(createPublicKey(key)),
  }
}

const file = z.object({ signed: z.string(), signature: z.string(), publicKey: z.string() })

/**
 * Reads a protocol and checks that this service signed it and that nothing in it was changed.
 * @throws DomainError `invalid` that says what is wrong with it
 */
export function readProtocol(json: string, seed: Buffer): ProtocolText {
  const { data } = file.safeParse(parsed(json))
  if (!data) throw new DomainError('invalid', 'This is not the protocol of a release.')
  const key = createPublicKey(signingKey(seed))
  if (data.publicKey !== exported(key))
    throw new DomainError('invalid', 'The protocol was signed with another key than this service has.')
  if (!verify(null, Buffer.from(data.signed), key, Buffer.from(data.signature, 'base64')))
    throw new DomainError('invalid', 'The protocol is not as it was signed.')
  return JSON.parse(data.signed)
}

/** A short form of the key that people can compare: the first sixteen digits of its SHA-256. */
export const keyMark = (seed: Buffer): string =>
  createHash('sha256')
    .update(exported(createPublicKey(signingKey(seed))))
    .digest('hex')
    .slice(0, 16)

/** The head of an Ed25519 private key in PKCS #8 (RFC 8410); the 32 bytes of the seed follow. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')

const signingKey = (seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' })

const exported = (key: KeyObject) => key.export({ format: 'der', type: 'spki' }).toString('base64')

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
