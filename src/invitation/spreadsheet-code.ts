import { withAsciiDigits } from '../text/digits.ts'
import { readAnyKeyboard } from './other-keyboards.ts'
import { type CodeProblem, codeLength, isWellFormed } from './survey-code.ts'

/**
 * A code as it stands in a file or a list. `eaten`: a spreadsheet made a number of it, and its last digits are nowhere any more.
 * `lacksZeros`: with the zeros before it that a number drops it may be a code; whether it was issued decides.
 */
export type WrittenCode =
  | { digits: string; problem?: undefined; lacksZeros?: true }
  | { digits: string; problem: CodeProblem | 'eaten' }

/** So many digits at least are taken for a code without its zeros: four zeros begin one code in ten thousand. */
const fewest = codeLength - 4

/**
 * Reads a code that may have been through a spreadsheet, as kindly as `readAnyKeyboard` where no program has made a number of it. Of a number
 * all sixteen digits must stand there; nothing is made up but the zeros that a number cannot begin with.
 */
export function readWrittenCode(written: string): WrittenCode {
  const number = numberIn(withAsciiDigits(written).replace(/\p{Cf}/gu, ''))
  if (number === undefined) return readAnyKeyboard(written)
  if (number === 'rounded') return { digits: '', problem: 'eaten' }

  const digits = number.padStart(codeLength, '0')
  if (isWellFormed(digits)) return number.length < codeLength ? { digits, lacksZeros: true } : { digits }
  if (number.length < codeLength) return { digits: number, problem: 'short' }
  return { digits, problem: number.endsWith('0') ? 'eaten' : 'check' }
}

const around = /^[\s='"’]+|(?<![\s"’])[\s"’]+$/g
const withExponent = /^(\d)(?:[.,](\d*))?\s?e\s?\+?(\d{1,2})$/i
const inThousands = /^\d{1,3}(?:([\s.,'’])\d{3})(?:\1\d{3}){2,4}(?=$|[.,]0+$)/
const plainNumber = new RegExp(`^(\\d{${fewest},${codeLength}})(?:[.,]0*)?$`)

/** The whole number that a program has made of a code: its digits, or `rounded` when some are left out. `undefined` for what is no such number. */
function numberIn(text: string): string | 'rounded' | undefined {
  const bare = text.replace(around, '')
  const exponent = withExponent.exec(bare)
  if (exponent) return wholeNumber(exponent[1]!, exponent[2] ?? '', Number(exponent[3]))
  return plainNumber.exec(bare.replace(inThousands, (number) => number.replace(/\D/g, '')))?.[1]
}

/** One zero at most is thought to stand at the end: programs write none there, and Excel rounds to 15 digits. */
function wholeNumber(first: string, decimals: string, power: number): string | 'rounded' | undefined {
  if (power < fewest - 1 || power > codeLength) return undefined
  const isWhole = power < codeLength && decimals.length >= power - 1 && /^0*$/.test(decimals.slice(power))
  return isWhole ? first + decimals.slice(0, power).padEnd(power, '0') : 'rounded'
}
