import { type Answers, answersOf, optionNumbers } from '../questionnaire/answers.ts'
import { questions } from '../questionnaire/questions.ts'

/** One person's answers as they go into the urn: nothing about who, when or with what device. */
export interface Ballot {
  /** 16 hexadecimal digits. Checked against the row at the opening, so that a ballot cannot be moved to another stratum. */
  stratumId: string
  /** Two to eight letters, such as `sv`. Counted for the nation only and never crossed with an answer. */
  language: string
  answers: Answers
}

/** Every ballot has this many bytes before sealing, whatever was answered. */
export const ballotLength = 64

const version = 1
const at = { version: 0, stratum: 1, language: 9, options: 17, padding: 17 + questions.length }

/** Version, stratum, language and the eight option numbers, padded with zeros to {@link ballotLength} bytes. The same on the server and in a tablet. */
export function encodeBallot({ stratumId, language, answers }: Ballot): Uint8Array {
  if (!/^[0-9a-f]{16}$/.test(stratumId)) throw new RangeError(`not a stratum id: ${stratumId}`)
  if (!isLanguage(language)) throw new RangeError(`not a language code of 2 to 8 letters: ${language}`)

  const bytes = new Uint8Array(ballotLength)
  bytes[at.version] = version
  bytes.set(
    stratumId.match(/../g)!.map((pair) => Number.parseInt(pair, 16)),
    at.stratum,
  )
  bytes.set(
    Array.from(language, (letter) => letter.charCodeAt(0)),
    at.language,
  )
  bytes.set(optionNumbers(answers), at.options)
  return bytes
}

/**
 * The reverse of {@link encodeBallot}.
 * @throws RangeError when the bytes are not a ballot of a known version.
 */
export function decodeBallot(bytes: Uint8Array): Ballot {
  if (bytes.length !== ballotLength) throw new RangeError(`a ballot has ${ballotLength} bytes, not ${bytes.length}`)
  if (bytes[at.version] !== version) throw new RangeError(`unknown ballot version ${bytes[at.version]}`)
  if (bytes.subarray(at.padding).some((byte) => byte !== 0))
    throw new RangeError('the padding of a ballot is not empty')

  const language = String.fromCharCode(...bytes.subarray(at.language, at.options)).replace(/(?<!\0)\0+$/, '')
  if (!isLanguage(language)) throw new RangeError('the language of a ballot is none')

  const stratum = Array.from(bytes.subarray(at.stratum, at.language), (byte) => byte.toString(16).padStart(2, '0'))
  return {
    stratumId: stratum.join(''),
    language,
    answers: answersOf(bytes.subarray(at.options, at.padding)),
  }
}

const isLanguage = (code: string) => /^[A-Za-z-]{2,8}$/.test(code)
