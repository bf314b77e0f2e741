import { isCellError } from './cell-error.ts'
import { type TableLimits, tableRefusal } from './table.ts'
import { markupOf, plainMarkup } from './xlsx-markup.ts'

export interface ReadableSheet {
  /** The sheet with an address on each cell, and with errors as the text that Excel shows. */
  part: Buffer
  hasMerged: boolean
  /** The numbers of the rows that a filter or a person has hidden. */
  hiddenRows: ReadonlySet<number>
  /** From 0. */
  hiddenColumns: number[]
  /** Formulas whose result was never stored: each stands as `#####`. */
  unsaved: number
}

const lastRowOfExcel = 1_048_576
/** A sign that ends no tag, which Excel never writes so, and behind which an address could hide. */
const hiddenEnd = /<(?:[^\s<>/:]+:)?(?:row|c)\s[^<>]*=\s*(?:"[^"<>]*>|'[^'<>]*>)/
const rowOrCell = /<((?:[^\s<>/:]+:)?(row|c))((?:\s[^<>]*?)?)(\/?)>/g
const isSet = (value: string | undefined) => value === '1' || value === 'true'

/**
 * Makes a sheet readable: cells and rows without an address get that of their order, as the standard says; an error or a formula
 * without a result becomes text, for an empty cell would mean something else. Addresses are looked at before the sheet is read: the
 * rows and columns up to a far cell would be filled up with empty ones.
 * @throws DomainError `invalid` when it is damaged or beyond a limit
 */
export function readableSheet(part: Uint8Array | undefined, limits: TableLimits): ReadableSheet {
  const xml = part ? plainMarkup(markupOf(part)) : ''
  if (!/<\/(?:[^\s<>/:]+:)?worksheet\s*>\s*$/.test(xml.slice(-100))) throw tableRefusal('damaged')
  if (hiddenEnd.test(xml)) throw tableRefusal('damaged')

  const hiddenRows = new Set<number>()
  const at = { row: 0, column: 0 }
  const pieces: string[] = []
  let unsaved = 0
  let kept = 0
  for (const [{ 0: tag, 1: name, 2: kind, 3: attributes = '', 4: end, index }, next] of withNext(xml)) {
    pieces.push(xml.slice(kept, index))
    kept = index + tag.length
    const given = attribute(attributes, 'r')
    if (kind === 'row') {
      at.row = given === undefined ? at.row + 1 : rowNumber(given)
      at.column = 0
      const isFlat = /^0+(?:\.0*)?$/.test(attribute(attributes, 'ht') ?? '')
      if (isFlat || isSet(attribute(attributes, 'hidden'))) hiddenRows.add(at.row)
      pieces.push(given === undefined ? `<${name} r="${at.row}"${attributes}${end}>` : tag)
      continue
    }
    Object.assign(at, given === undefined ? { column: at.column + 1 } : placeOf(given))
    if (!end) checkPlace(at, limits)
    const address = given === undefined ? ` r="${columnName(at.column)}${Math.max(at.row, 1)}"` : ''
    const close = `</${name}>`
    const inside = end ? '' : xml.slice(kept, next) // no cell stands in another: looked for further on, each end would be everybody's
    const until = inside.includes(close) ? kept + inside.indexOf(close) : -1
    const isUnsaved = until >= 0 && lacksResult(attribute(attributes, 't'), xml.slice(kept, until))
    const isError = attribute(attributes, 't') === 'e'
    if (isUnsaved) unsaved++
    if (isUnsaved || (isError && until >= 0 && !isCellError(valueIn(xml.slice(kept, until))))) {
      pieces.push(`<${name}${address}${asText(attributes)}><v>#####</v>${close}`)
      kept = until + close.length
    } else pieces.push(`<${name}${address}${isError ? asText(attributes) : attributes}${end}>`)
  }
  pieces.push(xml.slice(kept))
  return {
    part: Buffer.from(pieces.join(''), 'latin1'),
    hasMerged: /<(?:[^\s<>/:]+:)?mergeCell\s/.test(xml),
    ...{ hiddenRows, hiddenColumns: hiddenColumns(xml, limits), unsaved },
  }
}

/** Each tag of a row or a cell, with the place of the one that follows. */
function* withNext(xml: string): Generator<[RegExpExecArray, number | undefined]> {
  let before: RegExpExecArray | undefined
  for (const match of xml.matchAll(rowOrCell)) {
    if (before) yield [before, match.index]
    before = match
  }
  if (before) yield [before, undefined]
}

function attribute(attributes: string, name: string): string | undefined {
  return new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(attributes)?.[1]
}

/** A formula that gives an empty text has stored just that. */
function lacksResult(kind: string | undefined, inside: string): boolean {
  if (!/<(?:[^\s<>/:]+:)?f[\s/>]/.test(inside)) return false
  return kind === 'str'
    ? !/<(?:[^\s<>/:]+:)?v[\s/>]/.test(inside)
    : !/<(?:[^\s<>/:]+:)?v(?:\s[^<>]*)?>[^<]/.test(inside)
}

function valueIn(inside: string): string {
  const [, value = ''] = /<(?:[^\s<>/:]+:)?v(?:\s[^<>]*)?>([^<]*)/.exec(inside) ?? []
  return Buffer.from(value, 'latin1').toString()
}

const asText = (attributes: string) => `${attributes.replace(/\st\s*=\s*["'][^"']*["']/, '')} t="str"`

function rowNumber(given: string): number {
  if (!/^[1-9]\d{0,6}$/.test(given) || Number(given) > lastRowOfExcel) throw tableRefusal('damaged')
  return Number(given)
}

function placeOf(given: string): { row: number; column: number } {
  const [, letters, row] = given.match(/^([A-Z]{1,3})([1-9]\d{0,6})$/) ?? []
  if (!letters) throw tableRefusal('damaged')
  return { row: Number(row), column: [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) }
}

function checkPlace({ row, column }: { row: number; column: number }, limits: TableLimits): void {
  if (column > limits.columns) throw tableRefusal('tooManyColumns', { limit: limits.columns, row })
  if (row > limits.rows + 1) throw tableRefusal('tooManyRows', { limit: limits.rows })
}

/** 1 is A, 27 is AA. */
function columnName(column: number): string {
  const before = column <= 26 ? '' : columnName(Math.floor((column - 1) / 26))
  return before + String.fromCharCode(65 + ((column - 1) % 26))
}

function hiddenColumns(xml: string, limits: TableLimits): number[] {
  return [...xml.matchAll(/<(?:[^\s<>/:]+:)?col(\s[^<>]*?)\/?>/g)].flatMap(([, attributes]) => {
    if (!isSet(attribute(attributes!, 'hidden'))) return []
    const [first, last] = [Number(attribute(attributes!, 'min')), Number(attribute(attributes!, 'max'))]
    const until = Math.min(last, limits.columns)
    return until >= first ? Array.from({ length: until - first + 1 }, (_, i) => first - 1 + i) : []
  })
}
