import { delimiters, type Way, type Ways } from './table.ts'

/** A way to read a file again, as a form offers it: `value` is sent back, the rest is shown. */
export interface OfferedWay {
  value: string
  isChosen: boolean
  sheet?: string
  /** The place of a delimiter in the list of all. */
  delimiter?: number
}

/** The other ways in which a file could be read; none for a workbook of one sheet. */
export function offeredWays(ways: Ways): OfferedWay[] {
  if ('delimiter' in ways)
    return delimiters.map((each, at) => ({
      value: `delimiter-${at}`,
      delimiter: at,
      isChosen: each === ways.delimiter,
    }))
  if (ways.sheets.length < 2) return []
  return ways.sheets.map((sheet, at) => ({ value: `sheet-${at}`, sheet, isChosen: at === ways.sheet }))
}

/** What a form chose; an unknown choice is the usual way. */
export function readWay(form: unknown): Way {
  const { way } = (form ?? {}) as { way?: unknown }
  const [, kind, at] = (typeof way === 'string' && /^(sheet|delimiter)-(\d{1,3})$/.exec(way)) || []
  if (kind === 'sheet') return { sheet: Number(at) }
  return kind ? { delimiter: delimiters[Number(at)] } : {}
}
