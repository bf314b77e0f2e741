import { createHash } from 'node:crypto'
import { followPublished } from '../actions/published.ts'
import { figureLines } from '../catalogue/figure-lines.ts'
import type { Config } from '../config.ts'
import { DomainError } from '../errors.ts'
import { type Output, print, withStores } from './command.ts'
import { writeNewFile } from './new-file.ts'

export interface DeliveryAsked extends Output {
  file: string
  year?: number
}

/**
 * Writes what everybody may read, a figure in a line, as the indicator database takes it: the same figures that the open API serves.
 * @throws DomainError `conflict` where any of them was made up, `not-found` where none is published
 */
export async function delivery(config: Config, { file, year, ...options }: DeliveryAsked): Promise<void> {
  if (config.keepRoundKey)
    throw new DomainError('conflict', 'KEEP_ROUND_KEY is set: all figures are practice figures, which nobody is sent.')
  const known = await withStores(config, (stores) => followPublished({ stores, clock: () => new Date() })())
  if (known.isPractice)
    throw new DomainError(
      'conflict',
      'Some years hold practice figures, which nobody is sent. See them with: brukarsvar results show, brukarsvar history list',
    )
  const years = known.years.filter((one) => year === undefined || one.year === year)
  if (years.length === 0)
    throw new DomainError('not-found', `Nothing is published${year === undefined ? '' : ` of ${year}`}.`)
  const lines = [...figureLines({ ...known, years, areas: known.areas.map(({ id }) => id) })]
  const text = lines.join('')
  writeNewFile(file, text)
  const made = {
    ...{ file, years: years.map((one) => one.year), figures: lines.length - 1 },
    sha256: createHash('sha256').update(text).digest('hex'),
  }
  print(
    options,
    made,
    `${made.figures} figures of ${made.years.join(', ')}: ${file}\nIts checksum (SHA-256): ${made.sha256}`,
  )
}
