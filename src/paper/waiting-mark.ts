import { openFor, sealFor } from '../crypto/sealing.ts'

const whom = 'a form that waits'
const none: Buffer = Buffer.alloc(32)

/**
 * Seals the mark that the code of a form will leave, or that the form has none, for as long as the form waits beside the urn: laid
 * beside the marks in `spent` it would tell who has answered. 72 bytes.
 * @param spentPepper what makes such marks is what seals them: without it there are none.
 */
export const sealMark = (spentPepper: Buffer, spentTag = none): Buffer => sealFor(spentPepper, whom, spentTag)

/**
 * The reverse of {@link sealMark}; `undefined` for a form without a code. Forms that waited before marks were sealed have theirs as it is.
 * @throws Error for the mark of another key folder.
 */
export function openMark(spentPepper: Buffer, sealedMark: Buffer | null): Buffer | undefined {
  if (sealedMark === null || sealedMark.length === none.length) return sealedMark ?? undefined
  const mark = openFor(spentPepper, whom, sealedMark)
  if (!mark) throw new Error('a form that waits beside the urn belongs to another spent-pepper.key')
  return mark.equals(none) ? undefined : mark
}
