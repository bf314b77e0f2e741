import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Whether something was changed after a file was made of it: among the sources are files, and folders with all in them. */
export function isStale(made: string, sources: string[]): boolean {
  const madeAt = statSync(made, { throwIfNoEntry: false })?.mtimeMs
  return madeAt === undefined || sources.flatMap(within).some((path) => statSync(path).mtimeMs > madeAt)
}

/** A folder counts too: its time tells of files that went. */
function within(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return [path, ...readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name))]
}
