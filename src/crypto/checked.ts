import { createHash } from 'node:crypto'
import { openFor, sealFor } from './sealing.ts'

/** Begins what has a check; a version without wrote what was sealed and nothing else. */
const mark = Buffer.from('checked1')
const checkLength = 8
const headLength = mark.length + checkLength

/**
 * Seals as `sealFor` does, with a check that needs no key: bytes that a disk has changed are told from those of another key. 16 bytes
 * longer.
 */
export function sealChecked(key: Buffer, whom: string, message: Buffer): Buffer {
  const sealed = sealFor(key, whom, message)
  return Buffer.concat([mark, checkOf(whom, sealed), sealed])
}

/**
 * The reverse of {@link sealChecked}; `undefined` for another key, and, of what has no check, for changed bytes and for another person.
 * @throws SpoiledError when the bytes are not those that were sealed for that person
 */
export function openChecked(key: Buffer, whom: string, bytes: Buffer): Buffer | undefined {
  if (!isWhole(whom, bytes)) throw new SpoiledError('What was sealed is not as it was written.')
  return openFor(key, whom, hasCheck(bytes) ? bytes.subarray(headLength) : bytes)
}

/** Whether the bytes are still those that were sealed for that person, as far as can be seen without a key. */
export function isWhole(whom: string, bytes: Buffer): boolean {
  return !hasCheck(bytes) || bytes.subarray(mark.length, headLength).equals(checkOf(whom, bytes.subarray(headLength)))
}

const hasCheck = (bytes: Buffer) => bytes.subarray(0, mark.length).equals(mark)
const checkOf = (whom: string, sealed: Buffer) =>
  createHash('sha256').update(`${whom}|`).update(sealed).digest().subarray(0, checkLength)

/** What lies on the disk is not what was written: SQLite looks at the structure of a file, and not at what a row holds. */
export class SpoiledError extends Error {}
