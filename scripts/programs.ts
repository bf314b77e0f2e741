import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const sources = new URL('../src', import.meta.url).pathname

/** The programs that people start: each behind a look whether all that was built is there. */
export const launched = ['main.ts', 'cli.ts', 'demo.ts']

/** The programs that are bundled, as files of `src`; those that the service starts beside itself are named for it: `urn-thread-program.ts`. */
export function programsOf(folder = sources): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'))
  return [...launched, ...files.filter((file) => file.endsWith('-program.ts'))]
}

/** Where each is put. */
export const builtAs = (program: string) => join('dist', program.replace(/\.ts$/, '.js'))
