import { closeSync, openSync, writeSync } from 'node:fs'

const pageBytes = 4096

/** Overwrites pages of a database file, of which the first is 1, as a disk does that fails. */
export function spoilPages(file: string, pages: number[]): void {
  const handle = openSync(file, 'r+')
  for (const page of pages) writeSync(handle, Buffer.alloc(pageBytes, 7), 0, pageBytes, (page - 1) * pageBytes)
  closeSync(handle)
}
