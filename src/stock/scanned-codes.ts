import { type CodeProblem, readTypedCode } from '../invitation/survey-code.ts'

/** A line that a scanner or a person typed, with the code it holds or what is wrong with it. */
export interface ScannedLine {
  /** From 1, as the field shows it. */
  number: number
  text: string
  digits: string
  problem?: CodeProblem | 'repeated'
}

/** So many lines are read at a time. */
export const mostLines = 2_000

/**
 * Reads what a handheld scanner leaves in a field: one code, or the link of a QR code, on each line. Empty lines are
 * dropped; a code that came before is `repeated`.
 */
export function readScannedCodes(typed: string): ScannedLine[] {
  const seen = new Set<string>()
  return typed.split(/\r\n|\r|\n/).flatMap((line, index) => {
    const text = line.trim()
    if (text === '') return []
    const { digits, problem } = readTypedCode(text)
    const isRepeated = !problem && seen.has(digits)
    seen.add(digits)
    return [
      { number: index + 1, text: text.slice(0, 80), digits, problem: isRepeated ? ('repeated' as const) : problem },
    ]
  })
}
