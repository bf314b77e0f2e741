import { unzipSync } from 'fflate'
import { type TableLimits, tableRefusal } from './table.ts'
import { refuseLongPieces } from './xlsx-pieces.ts'

const mostParts = 5_000

/** Parts of an XLSX file by their names, as `partName` writes them. */
export type Parts = Record<string, Uint8Array>

/** One way to write the name of a part: programs differ in capitals, slashes and a slash at the beginning, and mean the same. */
export const partName = (name: string) => name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase()

/**
 * Expands the parts that are wanted. What a part says it takes when expanded is added up before it is expanded, and a part never gets
 * more memory than it says.
 * @throws DomainError `invalid` when the file is damaged or beyond a limit
 */
export function unpackParts(bytes: Buffer, limits: TableLimits, isWanted: (name: string) => boolean): Parts {
  const most = limits.expandedMegabytes * 1_000_000
  const sizes = new Map<string, number>()
  let seen = 0
  let expanded = 0
  const filter = ({ name: given, size, originalSize }: { name: string; size: number; originalSize: number }) => {
    const name = partName(given)
    if (++seen > mostParts) throw tableRefusal('tooMuch', { limit: limits.expandedMegabytes })
    if (!isWanted(name)) return false
    if (sizes.has(name)) throw tableRefusal('damaged')
    sizes.set(name, originalSize)
    expanded += Math.max(size, originalSize)
    if (!(expanded <= most)) throw tableRefusal('tooMuch', { limit: limits.expandedMegabytes })
    return true
  }
  const found = Object.entries(orDamaged(() => unzipSync(bytes, { filter })))
  const parts: Parts = Object.fromEntries(found.map(([name, content]) => [partName(name), content]))
  if ([...sizes].some(([name, size]) => parts[name]?.length !== size)) throw tableRefusal('damaged')
  for (const { buffer, byteOffset, byteLength } of Object.values(parts))
    refuseLongPieces(Buffer.from(buffer, byteOffset, byteLength))
  return parts
}

function orDamaged<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw (error as Error).name === 'DomainError' ? error : tableRefusal('damaged', {}, error)
  }
}
