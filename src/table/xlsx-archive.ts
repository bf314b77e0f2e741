import { unzipSync, zipSync } from 'fflate'
import { type TableLimits, tableRefusal } from './table.ts'
import { type ReadableSheet, readableSheet } from './xlsx-sheet.ts'

const workbookPart = 'xl/workbook.xml'
const relationsPart = 'xl/_rels/workbook.xml.rels'
const mostParts = 5_000

export interface Sheet extends Omit<ReadableSheet, 'part'> {
  /** An uncompressed archive of nothing but what the sheet needs. */
  archive: Buffer
  /** Its place among the workbook's sheets, from 1. */
  place: number
  /** The names of the sheets that are not hidden, in their order. */
  names: string[]
  /** Which of them this is, from 0. */
  chosen: number
}

/**
 * Takes a sheet out of an XLSX file: the one at `wanted`, from 0, among those that are not hidden. What a part says it takes when expanded is added up
 * before it is expanded, and a part never gets more memory than it says.
 * @throws DomainError `invalid` when it is no XLSX file, is damaged, or is beyond a limit
 */
export function unpackSheet(bytes: Buffer, limits: TableLimits, wanted = 0): Sheet {
  const index = unpack(bytes, limits, (name) => name === workbookPart || name === relationsPart)
  if (!index[workbookPart] || !index[relationsPart]) throw tableRefusal('otherFile')

  const relations = elements(index[relationsPart], 'Relationship').map(({ Id, Type, Target }) => ({
    id: Id,
    kind: Type?.split('/').at(-1),
    part: Target?.startsWith('/') ? Target.slice(1) : `xl/${Target}`,
  }))
  const sheets = elements(index[workbookPart], 'sheet').map((sheet, at) => ({
    name: unescaped(sheet.name ?? ''),
    place: at + 1,
    isHidden: sheet.state !== undefined && sheet.state !== 'visible',
    part: relations.find(({ id, kind }) => id === sheet.id && kind === 'worksheet')?.part,
  }))
  const seen = sheets.filter(({ isHidden, part }) => part && !isHidden)
  const at = seen[wanted] ? wanted : 0
  const chosen = seen[at]
  if (!chosen) throw tableRefusal('damaged')

  const shared = relations.filter(({ kind }) => kind === 'sharedStrings' || kind === 'styles').map(({ part }) => part)
  const parts = unpack(bytes, limits, (name) => name === chosen.part || shared.includes(name))
  const { part, ...sheet } = readableSheet(parts[chosen.part!], limits)
  const archive = Buffer.from(zipSync({ ...index, ...parts, [chosen.part!]: part }, { level: 0 }).buffer)
  return { ...sheet, archive, place: chosen.place, names: seen.map(({ name }) => name), chosen: at }
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const unescaped = (text: string) => text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name) => entities[name]!)

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
