import { createHash } from 'node:crypto'
import { byCode, byIndicator, type Indicator, type ReleasedArea } from './indicator.ts'

/**
 * SHA-256 of a release, in hexadecimal digits: one line of text for each area and each indicator, whatever order they are given in. Two
 * countings of one urn have the same, and an indicator that was changed by hand has another.
 */
export function releaseHash({
  areas,
  indicators,
}: {
  areas: readonly ReleasedArea[]
  indicators: readonly Indicator[]
}): string {
  const hash = createHash('sha256')
  const put = (line: string) => hash.update(`${line}\n`)
  for (const { level, area, name, within } of areas.toSorted(byArea)) put(JSON.stringify([level, area, name, within]))
  for (const indicator of indicators.toSorted(byIndicator)) put(lineOf(indicator))
  return hash.digest('hex')
}

const byArea = byCode(({ level, area }: ReleasedArea) => `${level} ${area}`)

/** All that an indicator says, as one line; as a row of the table has it, too. */
export function lineOf(indicator: Indicator | Record<keyof Indicator, string | number | null>): string {
  const { level, area, targetGroup, measure, question, gender, part, status, value, people, positive } = indicator
  const numbers = [value ?? null, people ?? null, positive ?? null]
  return JSON.stringify([level, area, targetGroup, measure, question, gender, part, status, ...numbers])
}
