import { closeSync, openSync, writeSync } from 'node:fs'

const pageBytes = 4096

/**
 * Overwrites pages of a database file, of which the first is 1, as a disk does that fails.
 * @param bytes what they are full of then
 * @param within which of their bytes: all, or those of a sector
 */
export function spoilPages(
  file: string,
  pages: number[],
  bytes = 7,
  within: [from: number, to: number] = [0, pageBytes],
) {
  const handle = openSync(file, 'r+')
  const length = within[1] - within[0]
  for (const page of pages)
    writeSync(handle, Buffer.alloc(length, bytes), 0, length, (page - 1) * pageBytes + within[0])
  closeSync(handle)
}
