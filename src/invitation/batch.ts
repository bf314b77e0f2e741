import type { Round, RoundState } from '../round/round.ts'
import type { ScannedLine } from './scanned-codes.ts'

/** What a batch that is counted must have. */
interface Counted {
  issued: number
  undeliverable: number
  state: RoundState
}

/** How many codes of a batch can be left over at most. */
export const mostLeftover = ({ issued, undeliverable }: Counted) => issued - undeliverable

/** Whether leftovers can still be counted: once a round's results are released its rates stand. */
export const canBeCounted = ({ state }: Pick<Round, 'state'>) => state !== 'released' && state !== 'published'

/** A line that could not be used, and why: a text under `staff.leftovers.reasons`. */
export interface UnusedLine {
  number: number
  text: string
  reason: string
}

/** A code of somebody's own round and units, as far as counting needs to know it. */
interface Known {
  digits: string
  batchId: string
  channel: string
  drawn: boolean
  disposition: string
}

/**
 * Lays scanned lines beside the codes that are known of them. `refuse` says why a known code cannot be used here.
 * Every line is either among the used codes or among the unused lines.
 */
export function sortScanned<T extends Known>(
  lines: ScannedLine[],
  known: T[],
  refuse: (code: T) => string | undefined,
): { used: { line: ScannedLine; code: T }[]; unused: UnusedLine[] } {
  const byDigits = new Map(known.map((code) => [code.digits, code]))
  const used: { line: ScannedLine; code: T }[] = []
  const unused: UnusedLine[] = []
  for (const line of lines) {
    const code = line.problem ? undefined : byDigits.get(line.digits)
    const unknown = line.lacksZeros ? 'short' : 'unknown'
    const reason = line.problem ?? (code ? refuse(code) : unknown)
    if (code && !reason) used.push({ line, code })
    else unused.push({ number: line.number, text: line.text, reason: reason ?? unknown })
  }
  return { used, unused }
}

/** Why a code cannot be counted as left over. */
export function notLeftover({ drawn, disposition }: Known): string | undefined {
  if (drawn) return 'drawn'
  return disposition === 'undeliverable' ? 'undeliverable' : undefined
}

/** Why a code cannot be one of a letter that came back. */
export const notLetter = ({ channel }: Known) => (channel === 'letter' ? undefined : 'handout')
