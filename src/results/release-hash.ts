import { createHash } from 'node:crypto'
import { byCode, byIndicator, type Indicator, type ReleasedArea } from './indicator.ts'

/**
 * SHA-256 of a release, in hexadecimal digits: one line of text for each area and each indicator, whatever order they are
 * given in. Two countings of one urn
 * have the same, and an indicator that was changed by hand has another.
 */
export function releaseHash({
  areas,
  indicators,
}: {
  areas: readonly ReleasedArea[]
  indicators: readonly Indicator[]
}): string {
  const hash = createHash('sha256')
  const put = (...columns: (string | number | undefined)[]) =>
    hash.update(`${JSON.stringify(columns.map((column) => column ?? null))}\n`)
  for (const { level, area, name, within } of areas.toSorted(byArea)) put(level, area, name, within)
  for (const indicator of indicators.toSorted(byIndicator)) {
    const { level, area, targetGroup, measure, question, gender, part, status, value, people, positive } = indicator
    put(level, area, targetGroup, measure, question, gender, part, status, value, people, positive)
  }
  return hash.digest('hex')
}

const byArea = byCode(({ level, area }: ReleasedArea) => `${level} ${area}`)
