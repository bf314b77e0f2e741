import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Shipped } from './shipped.ts'

/**
 * The names, versions, licences and licence texts of what is shipped, from the packages themselves: the licences, the fonts' OFL
 * among them, ask for their text wherever the work goes.
 */
export function notices(parts: Shipped[]): string {
  const texts = parts.map(({ name, version, licence, folder }) =>
    [`${name} ${version}\nLicence: ${licence ?? 'see below'}`, licenceText(folder)].join('\n\n'),
  )
  const head = 'What Brukarsvar is built of, and under which licences. Brukarsvar itself: EUPL-1.2, see LICENSE.'
  return `${[head, ...texts].join(`\n\n${'='.repeat(80)}\n\n`)}\n`
}

function licenceText(folder: string): string {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice|ofl)/i.test(file))
  return files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n')
}
