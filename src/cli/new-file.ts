import { closeSync, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs'

/**
 * Writes a file that must not exist yet, readable by its owner only, and returns when it is on disk.
 * Leaves nothing behind when it cannot be written whole.
 */
export function writeNewFile(file: string, content: string | Buffer): void {
  const handle = openSync(file, 'wx', 0o600)
  try {
    writeFileSync(handle, content)
    fsyncSync(handle)
  } catch (error) {
    rmSync(file, { force: true })
    throw error
  } finally {
    closeSync(handle)
  }
}
