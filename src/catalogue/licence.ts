import type { licences } from '../config.ts'

export type Licence = (typeof licences)[number]

/** Where a licence can be read. */
export const licenceUrl: Record<Licence, string> = {
  'CC0-1.0': 'https://creativecommons.org/publicdomain/zero/1.0/',
  'CC-BY-4.0': 'https://creativecommons.org/licenses/by/4.0/',
}
