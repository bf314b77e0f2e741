import { describe, expect, test } from 'vitest'
import { ToldNumbers } from '../../src/disclosure/told-numbers.ts'
import type { Place } from '../../src/fieldwork/cells.ts'
import type { ChannelRecord } from '../../src/fieldwork/ledger.ts'
import { overviewOfMunicipality, overviewOfNation, overviewOfUnits, sharesOf } from '../../src/fieldwork/overview.ts'
import { type Answered, tellMunicipalities, tellNight } from '../../src/fieldwork/telling.ts'
import type { Channel } from '../../src/invitation/disposition.ts'
import type { TargetGroup } from '../../src/questionnaire/target-groups.ts'

/**
 * Somebody who knows the program, all that staff count, and everything that any role is shown on every day, tries every possible world.
 * What they cannot tell apart is one set; a stratum is told when few numbers of it are left in its set.
 */

const place = (unit: string, targetGroup: TargetGroup = 'youth', municipality = 'Alingsås'): Place => ({
  ...{ id: `${municipality}-${unit}-${targetGroup}`, unitId: `${municipality}-${unit}`, unit, targetGroup },
  ...{ municipalityCode: municipality, municipality },
})

const nobody = { undeliverable: 0, unsettledBatches: 0, stock: 0, tallied: {} }
const record = (stratum: Place, channel: Channel, wentOut = 0): ChannelRecord => ({
  ...{ stratumId: stratum.id, channel, wentOut, ...nobody },
})

/** A world: how many answered by each stratum and channel, on each evening. */
type World = Answered[][]

/** All that is shown on one evening and the day after it, to every role. */
function shown(strata: Place[], records: ChannelRecord[], told: ToldNumbers): string {
  const units = [...new Set(strata.map(({ unitId }) => unitId))]
  const codes = [...new Set(strata.map(({ municipalityCode }) => municipalityCode))]
  const only = (own: Place[]) => records.filter(({ stratumId }) => own.some(({ id }) => id === stratumId))
  const of = (own: Place[], overview: typeof overviewOfUnits) => overview(own, only(own), told)
  return JSON.stringify([
    units.map((unitId) =>
      of(
        strata.filter((stratum) => stratum.unitId === unitId),
        overviewOfUnits,
      ),
    ),
    codes.map((code) =>
      of(
        strata.filter(({ municipalityCode }) => municipalityCode === code),
        overviewOfMunicipality,
      ),
    ),
    overviewOfNation(sharesOf(strata, records, told), told),
  ])
}

/** What is shown on every day of a world. */
function watch(strata: Place[], records: ChannelRecord[], world: World): string {
  let told = new ToldNumbers()
  const seen = world.map((answered) => {
    const night = tellNight([tellMunicipalities(strata, answered, records, told)], told)
    const lines = JSON.stringify(night.lines)
    told = night.told
    return lines + shown(strata, records, told)
  })
  return seen.join('\n')
}

/** All ways to choose one of each. */
function choices<T>(lists: T[][]): T[][] {
  return lists.reduce<T[][]>((all, next) => all.flatMap((one) => next.map((value) => [...one, value])), [[]])
}
const upTo = (last: number) => Array.from({ length: last + 1 }, (_, number) => number)

/** Evenings of strata that answer by one channel each, out of how many more answered on each day. */
function evenings(strata: Place[], days: number[][], channels: Channel[] = strata.map(() => 'letter')): World {
  const sums = strata.map(() => 0)
  return days.map((came) =>
    strata.map(({ id }, index) => {
      sums[index]! += came[index]!
      return { stratumId: id, channel: channels[index]!, number: sums[index]! }
    }),
  )
}

const [north, south, west] = [place('North'), place('South', 'guardian'), place('West')] as const

/** So many more a day at most are tried. A set with such a world is left out: there more is possible than was tried. */
const cap = 12
const some = upTo(cap)

interface Tried<T> {
  strata: Place[]
  records: ChannelRecord[]
  /** How many more came on each day, by what `worldOf` makes of it. */
  days: number[][][]
  worldOf: (days: number[][]) => World
  ask: (days: number[][]) => T
}

/** Of the sets of worlds that look alike: the fewest answers to a question that are possible in one. */
function fewestLeft<T>({ strata, records, days, worldOf, ask }: Tried<T>): number {
  const sets = new Map<string, { answers: Set<T>; isTriedOut: boolean }>()
  for (const came of days) {
    const seen = watch(strata, records, worldOf(came))
    const set = sets.get(seen) ?? { answers: new Set<T>(), isTriedOut: true }
    sets.set(seen, set)
    set.answers.add(ask(came))
    if (came.some((day) => day.some((number) => number === cap))) set.isTriedOut = false
  }
  const whole = [...sets.values()].filter(({ isTriedOut }) => isTriedOut)
  expect(whole.length).toBeGreaterThan(1)
  return Math.min(...whole.map(({ answers }) => answers.size))
}

const letters = (strata: Place[], codes: number) => strata.map((stratum) => record(stratum, 'letter', codes))
const sumOfFirst = (days: number[][]) => days.reduce((sum, [first]) => sum + first!, 0)

describe('from all that is shown of the fieldwork', { timeout: 300_000 }, () => {
  test('at least five numbers of each stratum are possible after an evening', () => {
    const strata = [north, south, west]
    const days = choices(strata.map(() => some)).map((came) => [came])
    const worldOf = (days: number[][]) => evenings(strata, days)
    const records = letters(strata, 60)
    expect(fewestLeft({ strata, records, days, worldOf, ask: ([came]) => came![0] })).toBeGreaterThanOrEqual(5)
  })

  test('and after three, whatever the pages said on the days before', () => {
    const strata = [north, south]
    const days = choices([some, some, some]).map(([a, b, c]) => [
      [a!, 3],
      [b!, 7],
      [c!, 2],
    ])
    const worldOf = (days: number[][]) => evenings(strata, days)
    expect(fewestLeft({ strata, records: letters(strata, 60), days, worldOf, ask: sumOfFirst })).toBeGreaterThanOrEqual(
      5,
    )
  })

  test('one letter beside a tablet: nobody can tell whether it was answered', () => {
    const days = choices([some, some, [0, 1, 2]]).map(([a, b, when]) => [
      [a!, when === 0 ? 1 : 0],
      [b!, when === 1 ? 1 : 0],
    ])
    const worldOf = (days: number[][]) => evenings([north, north], days, ['tablet', 'letter'])
    const ask = (days: number[][]) => days.some(([, letter]) => letter === 1)
    for (const codes of [1, 25]) {
      const records = [record(north, 'letter', codes), record(north, 'tablet')]
      expect(fewestLeft({ strata: [north], records, days, worldOf, ask })).toBe(2)
    }
  })

  test('one letter beside forms that one has entered oneself: the same', () => {
    const days = choices([some, some, [0, 1, 2]]).map(([a, b, when]) => [
      [a!, when === 0 ? 1 : 0],
      [b!, when === 1 ? 1 : 0],
    ])
    const worldOf = (days: number[][]) => evenings([north, north], days, ['paper', 'letter'])
    const records = [record(north, 'letter', 1), record(north, 'paper')]
    const ask = (days: number[][]) => days.some(([, letter]) => letter === 1)
    expect(fewestLeft({ strata: [north], records, days, worldOf, ask })).toBe(2)
  })

  test('one letter beside slips, in two units: the same, and by no channel either', () => {
    const days = choices([some, some, [0, 1]]).map(([a, b, letter]) => [[a!, letter!, b!]])
    const worldOf = (days: number[][]) => evenings([north, north, south], days, ['handout', 'letter', 'letter'])
    const records = [record(north, 'handout', 40), record(north, 'letter', 1), record(south, 'letter', 40)]
    const ask = ([came]: number[][]) => came![1] === 1
    expect(fewestLeft({ strata: [north, south], records, days, worldOf, ask })).toBe(2)
  })

  test('all of few codes that went out, or none of them: nobody can tell', () => {
    const strata = [north, south]
    for (const codes of [1, 2, 5, 6, 8, 11]) {
      const days = choices([upTo(Math.min(codes, cap - 1)), some]).map((came) => [came])
      const worldOf = (days: number[][]) => evenings(strata, days)
      const records = [record(north, 'letter', codes), record(south, 'letter', 50)]
      const left = fewestLeft({ strata, records, days, worldOf, ask: ([came]) => came![0] })
      expect(left, `${codes} codes`).toBe(codes < 9 ? codes + 1 : 6)
    }
  })

  test('and it would be noticed if a number were told plainly', () => {
    const strata = [north, south]
    const days = choices([some, some]).map((came) => [came])
    const worldOf = (days: number[][]) => evenings(strata, days)
    const leaky = (came: number[][]) => [record(north, 'letter', 60), record(south, 'letter', 60 + came[0]![0]!)]
    const seen = new Map<string, Set<number>>()
    for (const came of days) {
      const page = watch(strata, leaky(came), worldOf(came))
      seen.set(page, (seen.get(page) ?? new Set()).add(came[0]![0]!))
    }
    expect(Math.min(...[...seen.values()].map(({ size }) => size))).toBe(1)
  })
})
