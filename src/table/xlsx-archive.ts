import { unzipSync, zipSync } from 'fflate'
import { type TableLimits, tableRefusal } from './table.ts'

const workbookPart = 'xl/workbook.xml'
const relationsPart = 'xl/_rels/workbook.xml.rels'
const mostParts = 5_000

export interface FirstSheet {
  /** An uncompressed archive of nothing but what the sheet needs. */
  archive: Buffer
  /** Its place among the workbook's sheets, from 1. */
  place: number
  hasMerged: boolean
  hasOthers: boolean
}

/**
 * Takes the first sheet that is not hidden out of an XLSX file. What a part says it takes when expanded is added up
 * before it is expanded, and a part never gets more memory than it says.
 * @throws DomainError `invalid` when it is no XLSX file, is damaged, or is beyond a limit
 */
export function unpackFirstSheet(bytes: Buffer, limits: TableLimits): FirstSheet {
  const index = unpack(bytes, limits, (name) => name === workbookPart || name === relationsPart)
  if (!index[workbookPart] || !index[relationsPart]) throw tableRefusal('otherFile')

  const relations = elements(index[relationsPart], 'Relationship').map(({ Id, Type, Target }) => ({
    id: Id,
    kind: Type?.split('/').at(-1),
    part: Target?.startsWith('/') ? Target.slice(1) : `xl/${Target}`,
  }))
  const sheets = elements(index[workbookPart], 'sheet').map((sheet) => ({
    isHidden: sheet.state !== undefined && sheet.state !== 'visible',
    part: relations.find(({ id, kind }) => id === sheet.id && kind === 'worksheet')?.part,
  }))
  const place = sheets.findIndex(({ isHidden, part }) => part && !isHidden)
  if (place < 0) throw tableRefusal('damaged')

  const sheetPart = sheets[place]!.part!
  const shared = relations.filter(({ kind }) => kind === 'sharedStrings' || kind === 'styles').map(({ part }) => part)
  const parts = unpack(bytes, limits, (name) => name === sheetPart || shared.includes(name))
  const hasMerged = checkSheet(parts[sheetPart], limits)
  parts[sheetPart] = withErrorsAsText(parts[sheetPart]!)
  const archive = Buffer.from(zipSync({ ...index, ...parts }, { level: 0 }).buffer)
  return { archive, place: place + 1, hasMerged, hasOthers: sheets.filter(({ isHidden }) => !isHidden).length > 1 }
}

type Parts = Record<string, Uint8Array>

function unpack(bytes: Buffer, limits: TableLimits, isWanted: (name: string) => boolean): Parts {
  const most = limits.expandedMegabytes * 1_000_000
  const sizes = new Map<string, number>()
  let seen = 0
  let expanded = 0
  const filter = ({ name, size, originalSize }: { name: string; size: number; originalSize: number }) => {
    if (++seen > mostParts) throw tableRefusal('tooMuch', { limit: limits.expandedMegabytes })
    if (!isWanted(name)) return false
    if (sizes.has(name)) throw tableRefusal('damaged')
    sizes.set(name, originalSize)
    expanded += Math.max(size, originalSize)
    if (!(expanded <= most)) throw tableRefusal('tooMuch', { limit: limits.expandedMegabytes })
    return true
  }
  const parts = orDamaged(() => unzipSync(bytes, { filter }))
  if ([...sizes].some(([name, size]) => parts[name]?.length !== size)) throw tableRefusal('damaged')
  return parts
}

function orDamaged<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw (error as Error).name === 'DomainError' ? error : tableRefusal('damaged', {}, error)
  }
}

/** The attributes of each element of that name, without their prefixes. */
function elements(part: Uint8Array, name: string): Record<string, string | undefined>[] {
  const tags = Buffer.from(part)
    .toString('utf8')
    .matchAll(new RegExp(`<(?:\\w+:)?${name}\\s([^<>]*)>`, 'g'))
  return [...tags].map(([, attributes]) =>
    Object.fromEntries(
      [...attributes!.matchAll(/(?:^|\s)(?:\w+:)?(\w+)\s*=\s*["']([^"']*)["']/g)].map(([, key, value]) => [key, value]),
    ),
  )
}

const lastRowOfExcel = 1_048_576
const rowTag = /<(?:\w+:)?row\s(?:[^>]*?\s)?r\s*=\s*["']([^"']*)["']/g
const cellTag = /<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*["']([^"']*)["'][^>]*?(\/?)>/g
/** A sign that ends no tag, which Excel never writes so, and behind which an address could hide. */
const hiddenEnd = /<(?:\w+:)?(?:row|c)\s[^<>]*=\s*(?:"[^"<>]*>|'[^'<>]*>)/

/**
 * Whether cells are merged in it. Addresses are looked at before the sheet is read: the rows and columns up to a far
 * cell would be filled up with empty ones.
 */
function checkSheet(part: Uint8Array | undefined, limits: TableLimits): boolean {
  const xml = part ? Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1') : ''
  if (!/<\/(?:\w+:)?worksheet\s*>\s*$/.test(xml.slice(-100))) throw tableRefusal('damaged')
  if (hiddenEnd.test(xml)) throw tableRefusal('damaged')
  for (const [, row] of xml.matchAll(rowTag)) {
    if (!/^[1-9]\d{0,6}$/.test(row!) || Number(row) > lastRowOfExcel) throw tableRefusal('damaged')
  }
  for (const [, at, isEmpty] of xml.matchAll(cellTag)) {
    const [, column, row] = at!.match(/^([A-Z]{1,3})([1-9]\d{0,6})$/) ?? []
    if (!column) throw tableRefusal('damaged')
    if (isEmpty) continue
    if (columnNumber(column) > limits.columns)
      throw tableRefusal('tooManyColumns', { limit: limits.columns, row: Number(row) })
    if (Number(row) > limits.rows + 1) throw tableRefusal('tooManyRows', { limit: limits.rows })
  }
  return /<(?:\w+:)?mergeCell\s/.test(xml)
}

/** The library takes a cell that holds an error, such as #N/A, for an empty one; as text it is seen, and somebody decides. */
function withErrorsAsText(part: Uint8Array): Uint8Array {
  const xml = Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1')
  return Buffer.from(xml.replace(/(<(?:\w+:)?c\s(?:[^<>]*\s)?t\s*=\s*["'])e(?=["'])/g, '$1str'), 'latin1')
}

function columnNumber(letters: string): number {
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)
}
