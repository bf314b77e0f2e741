import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ToldNumbers } from '../../src/disclosure/told-numbers.ts'
import type { Place } from '../../src/fieldwork/cells.ts'
import type { ChannelRecord } from '../../src/fieldwork/ledger.ts'
import { asTheServiceDoes, place, type Records, record, type TellNight, upTo, type World, watch } from './worlds.ts'

/**
 * A municipality of four or five strata whose total is told in cells of its own, on two evenings, with whatever came to each of them on
 * either day. Too many worlds to go through, but the pages depend on each stratum's steps and on the sums only: so what is possible
 * is worked out exactly, from all numbers of each stratum that show its steps, and all sums of the others.
 */

const cap = 12

/** The numbers of a stratum on two evenings. */
type Path = readonly [number, number]

interface Stratum {
  stratum: Place
  records: (evening: number) => ChannelRecord[]
  /** All paths that show the same steps. */
  paths: Path[]
}

const worldOf = (strata: Place[], paths: Path[]): World =>
  [0, 1].map((evening) =>
    strata.map(({ id }, index) => ({ stratumId: id, channel: 'letter' as const, number: paths[index]![evening]! })),
  )

/** What staff say on two evenings of how many of so many letters went out. */
const saying = (stratum: Place, said: number[]) => (evening: number) => [record(stratum, 'letter', said[evening])]

/** The paths of a stratum with so many letters, by the steps that they show. */
function pathsBySteps(stratum: Place, codes: number, said: number[]): Path[][] {
  const sets = new Map<string, Path[]>()
  const last = Math.min(codes, cap)
  for (const first of upTo(last))
    for (const then of upTo(last).slice(first)) {
      const path = [first, then] as const
      const seen = watch([stratum], saying(stratum, said), worldOf([stratum], [path]))
      sets.set(seen, [...(sets.get(seen) ?? []), path])
    }
  return [...sets.values()].filter((paths) => !paths.some(([, number]) => number === cap && codes > cap))
}

const key = ([one, other]: Path) => one * 1_000 + other

/** All sums of some strata, each with paths that come to it. */
function sumsOf(strata: Stratum[]): Map<number, Path[]> {
  return strata.reduce(
    (sums, { paths }) => {
      const next = new Map<number, Path[]>()
      for (const [sum, before] of sums)
        for (const path of paths) if (!next.has(sum + key(path))) next.set(sum + key(path), [...before, path])
      return next
    },
    new Map<number, Path[]>([[0, []]]),
  )
}

/** What is told of all sums, evening by evening: pages are made of that, and of the steps of the strata. The one channel is shown as the strata's steps. */
function toldOfSums(strata: Place[], records: Records, world: World, tell: TellNight): string {
  let told = new ToldNumbers()
  const seen: (string | number)[] = []
  for (const [evening, answered] of world.entries()) {
    const night = tell(strata, answered, records(evening), told)
    told = night.told
    for (const { place, part, told: range } of told)
      if (strata.every(({ id }) => id !== place) && part !== 'letter') seen.push(place, part, range.low, range.high)
  }
  return seen.join(' ')
}

/** How many numbers of each stratum are left possible on the second evening at least, and how many its own steps leave. */
function left(strata: Stratum[], added: Place[], tell: TellNight): { least: number; alone: number }[] {
  const answering = strata.map(({ stratum }) => stratum)
  const places = [...answering, ...added]
  const inStock = added.map((unit) => ({ ...record(unit, 'handout'), stock: 1 }))
  const records: Records = (evening) => [...strata.flatMap((one) => one.records(evening)), ...inStock]
  const seenOf = new Map<number, string>()
  for (const [sum, paths] of sumsOf(strata))
    seenOf.set(sum, toldOfSums(places, records, worldOf(answering, paths), tell))
  return strata.map((own) => {
    const others = [...sumsOf(strata.filter((one) => one !== own)).keys()]
    const possible = new Map<string, Set<number>>()
    for (const path of own.paths)
      for (const sum of others) {
        const seen = seenOf.get(sum + key(path))!
        possible.set(seen, (possible.get(seen) ?? new Set()).add(path[1]))
      }
    const alone = new Set(own.paths.map(([, number]) => number)).size
    return { least: Math.min(...[...possible.values()].map(({ size }) => size)), alone }
  })
}

/** Of how many letters staff may say on one of the evenings that some or all were left over. */
const few = [1, 2, 3, 5, 8, cap]
const shares: [number, number][] = [
  [1, 1],
  [1, 0],
  [0, 1],
  [1, 0.1],
  [0.1, 1],
]
interface Drawn {
  codes: number
  said: [number, number]
  steps: number
  group: boolean
}
const large = fc.constant({ codes: 60, said: shares[0]! })
const small = fc.record({ codes: fc.constantFrom(...few), said: fc.constantFrom(...shares) })
const stratum: fc.Arbitrary<Drawn> = fc
  .tuple(fc.oneof({ weight: 2, arbitrary: large }, small), fc.nat(), fc.boolean())
  .map(([codes, steps, group]) => ({ ...codes, steps, group }))
const known = new Map<string, Path[][]>()

function made(drawn: Drawn[]): Stratum[] {
  return drawn.map(({ codes, said: parts, steps, group }, index) => {
    const said = parts.map((share) => Math.ceil(codes * share))
    const its = place(`Unit ${index}`, group ? 'youth' : 'guardian')
    const of = `${codes} ${said}`
    if (!known.has(of)) known.set(of, pathsBySteps(its, codes, said))
    const sets = known.get(of)!
    return { stratum: its, records: saying(its, said), paths: sets[steps % sets.length]! }
  })
}

describe('over two evenings of a total that is told in cells', () => {
  const some = fc.array(stratum, { minLength: 4, maxLength: 8, size: 'max' })
  const added = fc.constantFrom(0, 0, 7, 13).map((number) =>
    upTo(number)
      .slice(1)
      .map((unit) => place(`New ${unit}`)),
  )
  const shown = (tell: TellNight) => (drawn: Drawn[], added: Place[]) => {
    for (const { least, alone } of left(made(drawn), added, tell))
      expect(least).toBeGreaterThanOrEqual(Math.min(4, alone))
  }

  test('four numbers of each stratum are possible at least, and all of few letters', () => {
    fc.assert(fc.property(some, added, shown(asTheServiceDoes)), { numRuns: 25, seed: 12 })
  })

  test('and it would be noticed if the total were told as it is each night', () => {
    const tell: TellNight = (strata, answered, records, before) => {
      const night = asTheServiceDoes(strata, answered, records, before)
      const number = answered.reduce((all, one) => all + one.number, 0)
      night.told.set(strata[0]!.municipalityCode, 'all', { low: number, high: number, moved: number })
      return night
    }
    expect(() => fc.assert(fc.property(some, added, shown(tell)), { numRuns: 25, seed: 12 })).toThrow()
  })
})
