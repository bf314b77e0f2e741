import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Parts of the built files that are packages of development for npm: fonts and what is bundled for browsers. */
const builtIn = [
  '@fontsource/noto-sans',
  '@fontsource/noto-sans-ethiopic',
  '@fontsource/vazirmatn',
  'libsodium-wrappers',
  'libsodium',
]

interface Locked {
  version?: string
  license?: string
  dev?: boolean
}

/**
 * The names, versions, licences and licence texts of every package that runs or is built in, from the lockfile and the packages
 * themselves: the licences, the fonts' OFL among them, ask for their text wherever the work goes.
 */
export function notices(root: string): string {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>
  }
  const parts = Object.entries(packages).flatMap(([path, { version, license, dev }]) => {
    const name = path.split('node_modules/').at(-1)!
    const isHere = existsSync(join(root, path, 'package.json'))
    if (path === '' || !isHere || (dev && !builtIn.includes(name))) return []
    return [`${name} ${version}\nLicence: ${license ?? 'see below'}\n\n${licenceText(join(root, path))}`]
  })
  const head = 'What Brukarsvar is built of, and under which licences. Brukarsvar itself: EUPL-1.2, see LICENSE.'
  return `${[head, ...parts].join(`\n\n${'='.repeat(80)}\n\n`)}\n`
}

function licenceText(folder: string): string {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice|ofl)/i.test(file))
  return files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n')
}
