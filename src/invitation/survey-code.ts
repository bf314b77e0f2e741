import { asciiDigits } from '../digits.ts'

/**
 * Survey codes: 16 digits, 15 random and a check digit, shown in groups of four.
 * This file runs in the browser too.
 */
export const codeLength = 16

/** Why something typed is not a survey code yet. */
export type CodeProblem = 'missing' | 'short' | 'long' | 'check'

export type TypedCode = { digits: string; problem?: undefined } | { digits: string; problem: CodeProblem }

/**
 * What was typed or pasted, read as kindly as possible: digits of any script,
 * with spaces, dashes, direction marks or anything else between them.
 */
export function readTypedCode(typed: string): TypedCode {
  const digits = asciiDigits(typed)
  if (digits.length === 0) return { digits, problem: 'missing' }
  if (digits.length < codeLength) return { digits, problem: 'short' }
  if (digits.length > codeLength) return { digits, problem: 'long' }
  return isWellFormed(digits) ? { digits } : { digits, problem: 'check' }
}

/** Whether 16 digits carry the right check digit. */
export function isWellFormed(digits: string): boolean {
  return digits.length === codeLength && checkDigit(digits) === 0
}

/** 15 digits and their check digit. */
export function completeCode(fifteen: string): string {
  return fifteen + checkDigit(fifteen)
}

/** `1234 5678 9012 3456`, with no-break spaces when asked, so that the four groups stay on one line. */
export function inFours(digits: string, space = ' '): string {
  return digits.replace(/(.{4})(?=.)/g, `$1${space}`)
}

/**
 * Damm's check digit (H. Michael Damm, 2004): finds every single wrong digit and every swap of neighbours.
 * Zero for digits that already end in their own check digit.
 */
function checkDigit(digits: string): number {
  let interim = 0
  for (const digit of digits) interim = Number(quasigroup[interim]![Number(digit)])
  return interim
}

/** A weakly totally anti-symmetric quasigroup of order 10, from Damm’s thesis. */
const quasigroup = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
]
