import { DomainError, type RefusalCode } from '../errors.ts'
import { delimiters, type RefusalValues, type Way, type Ways } from './table.ts'

/** A way to read a file again, as a form offers it: `value` is sent back, the rest is shown. */
export interface OfferedWay {
  value: string
  isChosen: boolean
  sheet?: string
  /** The place of a delimiter in the list of all. */
  delimiter?: number
}

/** The other ways in which a file could be read, that in which it was read or tried chosen; none for a workbook of one sheet. */
export function offeredWays(ways: Ways, tried: Way = {}): OfferedWay[] {
  if ('delimiter' in ways)
    return delimiters.map((each, at) => ({
      value: `delimiter-${at}`,
      delimiter: at,
      isChosen: each === (tried.delimiter ?? ways.delimiter),
    }))
  if (ways.sheets.length < 2) return []
  return ways.sheets.map((sheet, at) => ({ value: `sheet-${at}`, sheet, isChosen: at === (tried.sheet ?? ways.sheet) }))
}

/** The key of a text that says what to do, and what it needs. */
interface Refusal {
  messageKey: string
  values: RefusalValues
  code: RefusalCode
}

/** Why a file could not be read. @throws the error itself when it is no refusal of a file */
export function refusalOfTable(error: unknown): Refusal {
  if (!(error instanceof DomainError) || !error.messageKey.startsWith('staff.table.')) throw error
  return error
}

/** Why a file could not be read in the way that somebody chose. @throws the error itself when it is no refusal of a file */
export function refusalOfWay(error: unknown, ways: Ways, { sheet }: Way): Refusal {
  const refusal = refusalOfTable(error)
  const name = 'sheets' in ways && sheet !== undefined ? ways.sheets[sheet] : undefined
  if (name === undefined || refusal.messageKey !== 'staff.table.refusal.empty') return refusal
  return { messageKey: 'staff.table.way.emptySheet', values: { sheet: name }, code: refusal.code }
}

/** What a form chose; an unknown choice is the usual way. */
export function readWay(form: unknown): Way {
  const { way } = (form ?? {}) as { way?: unknown }
  const [, kind, at] = (typeof way === 'string' && /^(sheet|delimiter)-(\d{1,3})$/.exec(way)) || []
  if (kind === 'sheet') return { sheet: Number(at) }
  return kind ? { delimiter: delimiters[Number(at)] } : {}
}
