import { type GroupOrTotal, groupsAndTotal } from '../../results/indicator.ts'
import type { Frame } from './frame.ts'

/** Something that can be chosen. */
export interface Named {
  code: string
  name: string
}

/** How many municipalities are compared at most. */
export const mostCompared = 6

/** What is to be compared, as the address says it. */
export interface Comparing {
  municipalities: Named[]
  county?: Named
  group: GroupOrTotal
  /** What was typed and is no municipality of the release. */
  unknown: string[]
  isTooMany: boolean
}

/**
 * Reads a choice. `m` is a municipality's code or its name, as often as there are municipalities.
 * @param all the municipalities of the release, and their counties
 */
export function choiceOf(
  query: Record<string, unknown>,
  all: { municipalities: readonly Named[]; counties: readonly Named[] },
): Comparing {
  const wanted = [query.m ?? []].flat().map((text) => String(text).trim())
  const found = wanted.filter((text) => text !== '').map((text) => [text, findNamed(all.municipalities, text)] as const)
  const municipalities = [...new Set(found.flatMap(([, one]) => one ?? []))]
  return {
    municipalities: municipalities.slice(0, mostCompared),
    county: all.counties.find(({ code }) => code === query.county),
    group: groupsAndTotal.find((group) => group === query.group) ?? 'total',
    unknown: found.filter(([, one]) => !one).map(([text]) => text),
    isTooMany: municipalities.length > mostCompared,
  }
}

const findNamed = (all: readonly Named[], text: string) =>
  all.find(({ code, name }) => code === text || name.toLowerCase() === text.toLowerCase())

/** The address of a comparison: the same choice has the same one. */
export function addressOf({ to }: Frame, { municipalities, county, group }: Omit<Comparing, 'unknown' | 'isTooMany'>) {
  const query = new URLSearchParams([
    ...municipalities.map(({ code }) => ['m', code]),
    ...(county ? [['county', county.code]] : []),
    ...(group === 'total' ? [] : [['group', group]]),
  ])
  return to(query.size === 0 ? '/compare' : `/compare?${query}`)
}
