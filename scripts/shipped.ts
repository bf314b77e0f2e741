import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A package that runs or is built in, and its folder. */
export interface Shipped {
  name: string
  version: string
  /** An SPDX id, or an expression of several. */
  licence?: string
  /** As npm's lockfile has it: `sha512-…` in Base64. */
  integrity?: string
  folder: string
}

interface Locked {
  name?: string
  version: string
  license?: string
  integrity?: string
  dev?: boolean
}

/**
 * Every package that is installed to run, and those of development of which something is built in, each once and in order of name.
 * @param builtIn folders of packages, as `packageOf` gives them.
 */
export function shipped(root: string, builtIn: ReadonlySet<string>): Shipped[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>
  }
  const found = Object.entries(packages).flatMap(([path, locked]): Shipped[] => {
    const folder = join(root, path)
    const isHere = existsSync(join(folder, 'package.json')) // not those of other machines
    if (path === '' || !isHere || (locked.dev && !builtIn.has(path))) return []
    const { name = path.split('node_modules/').at(-1)!, version, license: licence, integrity } = locked
    return [{ name, version, licence, integrity, folder }]
  })
  const once = new Map(found.map((part) => [`${part.name}@${part.version}`, part]))
  return [...once].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, part]) => part)
}

/** The package that a file belongs to, as the lockfile names its folder: `node_modules/libsodium`. Our own files belong to none. */
export function packageOf(file: string): string | undefined {
  return /node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(file.replaceAll('\\', '/'))?.[0]
}
