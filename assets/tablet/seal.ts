import sodium from 'libsodium-wrappers'
import { type Ballot, encodeBallot } from '../../src/urn/ballot.ts'
import type { WaitingBallot } from './storage.ts'

/** What keeps a ballot from being counted twice: 16 random bytes in base64. */
export const newBallotId = () => toBase64(crypto.getRandomValues(new Uint8Array(16)))

/** Seals a person's answers to the round's public key, exactly as the server does. From here on this tablet cannot read them either. */
export async function sealBallot(publicKey: string, id: string, ballot: Ballot): Promise<WaitingBallot> {
  await sodium.ready
  const key = Uint8Array.from(atob(publicKey), (character) => character.charCodeAt(0))
  const plain = encodeBallot(ballot)
  const sealed = sodium.crypto_box_seal(plain, key)
  plain.fill(0)
  return { id, stratumId: ballot.stratumId, sealed }
}

/** Loads what sealing needs, so that the first person does not wait for it. */
export const prepareSealing = () => sodium.ready

export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
