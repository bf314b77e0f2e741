import { withAsciiDigits } from '../text/digits.ts'
import { readWrittenCode, type WrittenCode } from './spreadsheet-code.ts'

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
 * Reads what a handheld scanner leaves in a field: codes or the links of QR codes, each on its line or several on one, also with
 * nothing between them. Empty lines are dropped; a code that came before is `repeated`.
 */
export function readScannedCodes(typed: string): ScannedLine[] {
  const seen = new Set<string>()
  return typed.split(/\r\n|\r|\n/).flatMap((line, index) => {
    return severalOn(line).map((text) => {
      const code = readWrittenCode(text)
      const isRepeated = !code.problem && seen.has(code.digits)
      if (!code.problem) seen.add(code.digits)
      const problem = isRepeated ? { problem: 'repeated' as const } : {}
      return { number: index + 1, text: text.slice(0, 80), ...code, ...problem }
    })
  })
}

/** What parts several codes on a line, the surest first: signs, spaces, or nothing where a scanner sends nothing behind a code. */
const parted = [
  (line: string) => line.split(/[,;|\t]+/),
  (line: string) => line.split(/\s+/),
  (line: string) => (/^[\d\s-]+$/.test(line) ? (line.replace(/\D/g, '').match(/\d{1,16}/g) ?? []) : []),
  (line: string) => line.split(/(?=https?:)/i),
]

/** The codes of a line, each as it stands there; the line itself where it holds one, or nothing that parts them into codes. */
function severalOn(line: string): string[] {
  const whole = line.trim()
  if (whole === '') return []
  const found = parted
    .map((part) => part(withAsciiDigits(whole)).filter((text) => text.trim() !== ''))
    .filter((texts) => texts.length > 1 && texts.every((text) => text.replace(/\D/g, '').length >= 16))
  const rights = found.map((texts) => texts.filter((text) => !readWrittenCode(text).problem).length)
  const most = Math.max(0, ...rights)
  return most === 0 ? [whole] : found[rights.indexOf(most)]!.map((text) => text.trim())
}
