import { createHash } from 'node:crypto'
import { type Zippable, zipSync } from 'fflate'

/** A file in an archive, by its path in it. */
export interface ArchivedFile {
  path: string
  bytes: Buffer
}

/** The name of the file that says what the others are, for `sha256sum -c`. */
export const checksumsName = 'SHA256SUMS'

/** ZIP has no year before 1980, and tells the time of the machine: one that never changes is the same everywhere. */
const noTime = new Date(1980, 0, 1)

/**
 * A ZIP archive of one folder, with a file of SHA-256 checksums that `sha256sum -c SHA256SUMS` checks in it. The same files give the same
 * to the byte.
 */
export function checkedArchive(folder: string, files: readonly ArchivedFile[]): Buffer {
  const sorted = [...files].sort(byPath)
  const sums = sorted.map(({ path, bytes }) => `${createHash('sha256').update(bytes).digest('hex')}  ${path}\n`)
  const all = [...sorted, { path: checksumsName, bytes: Buffer.from(sums.join('')) }]
  const zipped: Zippable = Object.fromEntries(all.map(({ path, bytes }) => [`${folder}/${path}`, bytes]))
  return Buffer.from(zipSync(zipped, { mtime: noTime }))
}

const byPath = ({ path: one }: ArchivedFile, { path: other }: ArchivedFile) => (one < other ? -1 : one > other ? 1 : 0)
