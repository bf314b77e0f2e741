import { asciiDigits, withAsciiDigits } from '../text/digits.ts'
import { unmangled } from '../text/unmangled.ts'

/**
 * Survey codes: 16 digits, 15 random and a check digit, shown in groups of four.
 * This file runs in the browser too.
 */
export const codeLength = 16

/** Why something typed is not a survey code yet. */
export type CodeProblem = 'missing' | 'short' | 'long' | 'check'

export type TypedCode = { digits: string; problem?: undefined } | { digits: string; problem: CodeProblem }

/**
 * What was typed, pasted, scanned or stands in a link, read as kindly as possible: digits of any script, with spaces, dashes,
 * direction marks or nearly anything else between them. In a longer text, such as a whole message or a link that a program on
 * the way has added to, the code is the 16 digits that stand together and carry the right check digit; standing there twice it is one.
 * Where there is none, the digits are those that most resemble one.
 */
export function readTypedCode(typed: string): TypedCode {
  const text = withAsciiDigits(unmangled(typed))
  const runs = text.match(togetherness) ?? []
  const found = new Set(runs.flatMap(codesIn))
  if (found.size === 1) return { digits: [...found][0]! }

  const all = asciiDigits(text)
  const digits = found.size === 0 ? mostLikely(all, runs.map(asciiDigits)) : all
  if (digits.length === 0) return { digits, problem: 'missing' }
  if (digits.length < codeLength) return { digits, problem: 'short' }
  if (digits.length > codeLength) return { digits, problem: 'long' }
  return isWellFormed(digits) ? { digits } : { digits, problem: 'check' }
}

/** Digits with nothing between them that begins something else: no letter, and none of the signs that part an address. */
const togetherness = /\d(?:[^\p{L}\d&?#=]{0,3}\d)*/gu

/** The codes in digits that stand together: all of them, over and over, or 16 and four times four that have others beside them. */
function codesIn(run: string): string[] {
  const digits = asciiDigits(run)
  const once = digits.slice(0, codeLength)
  if (digits.length % codeLength === 0 && once.repeat(digits.length / codeLength) === digits && isWellFormed(once))
    return [once]
  const groups = run.match(/\d+/g)!
  const inFourGroups = groups
    .map((_, at) => groups.slice(at, at + 4))
    .filter((four) => four.every(({ length }) => length === 4))
  return [...groups, ...inFourGroups.map((four) => four.join(''))].filter(isWellFormed)
}

/** What somebody meant as a code where none is right. A scanner may have typed the # of a link as a digit. */
function mostLikely(all: string, runs: string[]): string {
  if (all.length <= codeLength) return all
  const last = runs[runs.length - 1]!
  if (runs.length > 1 && isWellFormed(last.slice(-codeLength))) return last.slice(-codeLength)
  return runs.find(({ length }) => length === codeLength) ?? runs.sort((a, b) => b.length - a.length)[0]!
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
