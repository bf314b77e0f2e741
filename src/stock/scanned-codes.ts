import { readWrittenCode, type WrittenCode } from '../invitation/spreadsheet-code.ts'

/** A line that a scanner or a person typed, with the code it holds or what is wrong with it. */
export interface ScannedLine {
  /** From 1, as the field shows it. */
  number: number
  text: string
  digits: string
  problem?: WrittenCode['problem'] | 'repeated'
  /** Whether zeros were put before it, which a number cannot begin with. */
  lacksZeros?: true
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
    const code = readWrittenCode(text)
    const isRepeated = !code.problem && seen.has(code.digits)
    if (!code.problem) seen.add(code.digits)
    return [
      { number: index + 1, text: text.slice(0, 80), ...code, ...(isRepeated ? { problem: 'repeated' as const } : {}) },
    ]
  })
}
