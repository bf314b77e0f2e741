import { describe, expect, test } from 'vitest'
import type { Place } from '../../src/fieldwork/cells.ts'
import { cap, choices, evenings, fewestLeft, place, record, upTo, watch } from './worlds.ts'

/** Every possible world is tried. What cannot be told apart is one set; a stratum is told when few numbers of it are left in its set. */

const [north, south, west] = [place('North'), place('South', 'guardian'), place('West')] as const

const some = upTo(cap)

const letters = (strata: Place[], codes: number) => strata.map((stratum) => record(stratum, 'letter', codes))
const sumOfFirst = (days: number[][]) => days.reduce((sum, [first]) => sum + first!, 0)

describe('from all that is shown of the fieldwork', () => {
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
    const knows = (days: number[][]) => days.map(([paper]) => paper)
    expect(fewestLeft({ strata: [north], records, days, worldOf, ask, knows })).toBe(2)
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
