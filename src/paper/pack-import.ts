import { setImmediate as breath } from 'node:timers/promises'
import { sealTo } from '../round/round-key.ts'
import { encodeBallot } from '../urn/ballot.ts'
import { answersOfDigits } from './digits.ts'
import { type ImportPlace, type ImportWork, sealedLength, tagLength } from './import-thread.ts'
import type { ReadyForm } from './pending-import.ts'

const atATime = 50

/** Seals the forms of a file and packs them for their way to a thread: in slices, so that nobody else waits. */
export async function packImport(
  forms: ReadyForm[],
  { publicKey, language }: { publicKey: Buffer; language: string },
): Promise<Pick<ImportWork, 'sealed' | 'spentTags' | 'places' | 'placeOf'>> {
  const sealed = Buffer.alloc(sealedLength * forms.length)
  const spentTags = Buffer.alloc(tagLength * forms.length)
  const placeOf = new Uint16Array(forms.length)
  const places: ImportPlace[] = []
  const known = new Map<string, number>()
  for (const [at, { digits, stratumId, channel, spentTag }] of forms.entries()) {
    const ballot = encodeBallot({ stratumId, language, answers: answersOfDigits(digits) })
    sealTo(publicKey, ballot).copy(sealed, at * sealedLength)
    spentTag?.copy(spentTags, at * tagLength)
    const place = { stratumId, channel, hasCodes: spentTag !== undefined }
    const key = Object.values(place).join(' ')
    if (!known.has(key)) known.set(key, places.push(place) - 1)
    placeOf[at] = known.get(key)!
    if (at % atATime === 0) await breath()
  }
  return { sealed, spentTags, places, placeOf }
}
