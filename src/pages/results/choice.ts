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
  /** A group of municipalities whose mean stands beside, or those that are like the first. */
  peers?: Named
  /** An earlier year that is laid beside. */
  before?: number
  group: GroupOrTotal
  /** What was typed and is no municipality of the release. */
  unknown: string[]
  isTooMany: boolean
}

/** What the mean of those that are like the first municipality is asked for by. */
export const similar = 'similar'

/**
 * Reads a choice. `m` is a municipality's code or its name, as often as there are municipalities.
 * @param all the municipalities of the release, their counties, groups of municipalities, and the years that can be laid beside
 */
export function choiceOf(
  query: Record<string, unknown>,
  all: Record<'municipalities' | 'counties' | 'peers', readonly Named[]> & { years: readonly number[] },
): Comparing {
  const wanted = [query.m ?? []].flat().map((text) => String(text).trim())
  const found = wanted.filter((text) => text !== '').map((text) => [text, findNamed(all.municipalities, text)] as const)
  const municipalities = [...new Set(found.flatMap(([, one]) => one ?? []))]
  return {
    municipalities: municipalities.slice(0, mostCompared),
    county: all.counties.find(({ code }) => code === query.county),
    peers: all.peers.find(({ code }) => code === query.peers && (code !== similar || municipalities.length > 0)),
    before: all.years.find((year) => String(year) === query.before),
    group: groupsAndTotal.find((group) => group === query.group) ?? 'total',
    unknown: found.filter(([, one]) => !one).map(([text]) => text),
    isTooMany: municipalities.length > mostCompared,
  }
}

const findNamed = (all: readonly Named[], text: string) =>
  all.find(({ code, name }) => code === text || name.toLowerCase() === text.toLowerCase())

/** The address of a comparison: the same choice has the same one. */
export function addressOf({ to }: Frame, choice: Omit<Comparing, 'unknown' | 'isTooMany'>) {
  const { municipalities, county, peers, before, group } = choice
  const query = new URLSearchParams([
    ...municipalities.map(({ code }) => ['m', code]),
    ...(county ? [['county', county.code]] : []),
    ...(peers ? [['peers', peers.code]] : []),
    ...(before === undefined ? [] : [['before', String(before)]]),
    ...(group === 'total' ? [] : [['group', group]]),
  ])
  return to(query.size === 0 ? '/compare' : `/compare?${query}`)
}
