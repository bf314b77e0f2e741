import { codeLength, isWellFormed, readTypedCode, type TypedCode } from './survey-code.ts'

/**
 * What the keys 1 to 9 and 0 type where a scanner and the computer are set for different countries: the signs of a row without Shift, or
 * with it where the scanner's own country has digits there.
 */
const rows = [
  '&é"\'(-è_çà', // French
  '&é"\'(§è!çà', // Belgian
  '+ěščřžýáíé', // Czech
  '+ľščťžýáíé', // Slovak
  'ąčęėįšųū90', // Lithuanian
  '123456789ö', // Hungarian
  '123456789§', // a scanner for Hungary at a Swedish computer
  '!"#¤%&/()=', // Swedish with Shift
  '!"§$%&/()=', // German
  '!"£$%^&*()', // British
  '!@#$%^&*()', // American
].map((row) => {
  const digits = new Map(Array.from(row, (sign, at) => [sign, String((at + 1) % 10)]))
  return (sign: string) => digits.get(sign)
})

/** So few different digits are a line or a border that somebody drew: one code in six million has them. */
const fewest = 4

/**
 * Reads a code as `readTypedCode` does and, where there is none, as a scanner types it that is set for another country's keyboard: the signs
 * at the end that stand for sixteen digits in one row of keys, with the right check digit. Where two rows make two codes, none is chosen.
 */
export function readAnyKeyboard(typed: string): TypedCode {
  const read = readTypedCode(typed)
  if (!read.problem || read.problem === 'check') return read

  const last = [
    ...typed
      .slice(-100)
      .normalize('NFC')
      .replace(/[\s\p{Cf}]/gu, ''),
  ].slice(-codeLength)
  if (last.every((sign) => /\d/.test(sign))) return read // too many digits, typed as what they are
  const found = new Set(rows.map((digitOf) => last.map((sign) => digitOf(sign) ?? '-').join('')).filter(isCode))
  return found.size === 1 ? { digits: [...found][0]! } : read
}

const isCode = (text: string) => !text.includes('-') && isWellFormed(text) && new Set(text).size >= fewest
