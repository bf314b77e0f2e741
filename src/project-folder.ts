import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * A folder or file of the project by its path from the top, such as `locales`. The code itself may lie anywhere below:
 * in src when tests run it, bundled in dist when it serves.
 */
export function inProject(path: string): string {
  return join(top, path)
}

/** When the program that runs was built, as its file says. */
export const builtAt = (): Date => statSync(fileURLToPath(import.meta.url)).mtime

const top = folderOfPackage(import.meta.dirname)

function folderOfPackage(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : folderOfPackage(dirname(folder))
}
