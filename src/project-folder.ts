import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * A folder or file of the project by its path from the top, such as `locales`. The code itself may lie anywhere below:
 * in src when tests run it, bundled in dist when it serves.
 */
export function inProject(path: string): string {
  return join(top, path)
}

const top = folderOfPackage(import.meta.dirname)

function folderOfPackage(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : folderOfPackage(dirname(folder))
}
