import { posix } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { type TableLimits, tableRefusal } from './table.ts'
import { elements, markupOf, plainMarkup } from './xlsx-markup.ts'
import { type Parts, partName, unpackParts } from './xlsx-parts.ts'
import { type ReadableSheet, readableSheet } from './xlsx-sheet.ts'

const rootRelations = '_rels/.rels'
const usualWorkbook = 'xl/workbook.xml'

export interface UnpackedSheet extends Omit<ReadableSheet, 'part'> {
  /** An uncompressed archive of this sheet alone and what it needs, as Excel would write it. */
  archive: Buffer
  /** The names of the workbook's sheets that are not hidden, in their order. */
  names: string[]
  /** Which of them this is, from 0. */
  chosen: number
}

/**
 * Takes a sheet out of an XLSX file, whichever program wrote it: the one at `wanted`, from 0, among those that are not hidden.
 * @throws DomainError `invalid` when it is no XLSX file, is damaged, or is beyond a limit
 */
export function unpackSheet(bytes: Buffer, limits: TableLimits, wanted = 0): UnpackedSheet {
  const unpack = (names: (string | undefined)[]) => unpackParts(bytes, limits, (name) => names.includes(name))
  const root = relationsIn(unpack([rootRelations]), '')
  const workbookName = root.find(({ kind }) => kind === 'officeDocument')?.part ?? usualWorkbook
  const index = unpack([workbookName, relationsName(workbookName)])
  const workbook = index[workbookName]
  if (!workbook || !/<workbook[\s/>]/.test(plainMarkup(markupOf(workbook)))) throw tableRefusal('otherFile')

  const relations = relationsIn(index, workbookName)
  const sheets = elements(workbook, 'sheet').map((sheet) => ({
    name: sheet.name ?? '',
    isHidden: sheet.state !== undefined && sheet.state !== 'visible',
    part: relations.find(({ id, kind }) => id === sheet.id && kind === 'worksheet')?.part,
  }))
  const seen = sheets.filter(({ isHidden, part }) => part && !isHidden)
  const at = seen[wanted] ? wanted : 0
  const chosen = seen[at]
  if (!chosen) throw tableRefusal('damaged')

  const nameOf = (wantedKind: string) => relations.find(({ kind }) => kind === wantedKind)?.part
  const [sharedStrings, styles] = [nameOf('sharedStrings'), nameOf('styles')]
  const parts = unpack([chosen.part, sharedStrings, styles])
  const { part, ...sheet } = readableSheet(parts[chosen.part!], limits)
  const is1904 = elements(workbook, 'workbookPr').some(({ date1904 }) => date1904 === '1' || date1904 === 'true')
  const others = { sharedStrings: parts[sharedStrings ?? ''], styles: parts[styles ?? ''] }
  return { ...sheet, archive: archiveOf(part, others, is1904), names: seen.map(({ name }) => name), chosen: at }
}

const relationsName = (part: string) => posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`)

/** What a part names as belonging to it, and where that stands: beside it, or from the root. */
function relationsIn(parts: Parts, of: string) {
  const relations = parts[of === '' ? rootRelations : relationsName(of)]
  return elements(relations ?? new Uint8Array(), 'Relationship').map(({ Id, Type, Target = '' }) => {
    const from = Target.startsWith('/') ? '/' : `/${posix.dirname(of)}`
    return { id: Id, kind: Type?.split('/').at(-1), part: partName(posix.join(from, decoded(Target))) }
  })
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target.replaceAll('\\', '/'))
  } catch {
    return target
  }
}

const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook of one sheet, as plain as can be. */
function archiveOf(sheet: Uint8Array, others: Record<string, Uint8Array | undefined>, is1904: boolean): Buffer {
  const there = Object.entries(others).flatMap(([kind, part]) => (part ? [[kind, plainPart(part)] as const] : []))
  const relation = (kind: string, target: string) =>
    `<Relationship Id="${kind}" Type="${types}/${kind}" Target="${target}.xml"/>`
  const relations = [relation('worksheet', 'worksheets/sheet1'), ...there.map(([kind]) => relation(kind, kind))]
  const files = {
    'xl/workbook.xml': strToU8(
      `<workbook><workbookPr date1904="${Number(is1904)}"/><sheets><sheet name="1" sheetId="1" r:id="worksheet"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(`<Relationships>${relations.join('')}</Relationships>`),
    'xl/worksheets/sheet1.xml': sheet,
    ...Object.fromEntries(there.map(([kind, part]) => [`xl/${kind}.xml`, part])),
  }
  return Buffer.from(zipSync(files, { level: 0 }).buffer)
}

const plainPart = (part: Uint8Array) => Buffer.from(plainMarkup(markupOf(part)), 'latin1')
