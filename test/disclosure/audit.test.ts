import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exactly } from '../../src/disclosure/steps.ts'
import { nationPlace, type ToldPart } from '../../src/disclosure/told-numbers.ts'
import type { TargetGroup } from '../../src/questionnaire/target-groups.ts'
import { asTheServiceDoes, place, type TellNight } from '../anonymity/worlds.ts'
import { type Known, numbersLeft, workOut } from './audit.ts'
import { fewestOf, readMorning, type Stream } from './morning.ts'

/**
 * The pages of the first morning of whole nations, read by somebody who has all of them and can add up. The worlds of test/anonymity are
 * few strata, and every number that they can have is tried; these are up to a hundred and fifty, and what is left possible is worked out.
 */

const groups: TargetGroup[] = ['youth', 'guardian', 'addiction']

/** The first number of a step, how far beyond it, and how many codes were not used. */
const stratum = fc.record({
  first: fc.constantFrom(0, 0, 6, 11, 16, 21, 26, 46, 51),
  more: fc.nat(4),
  unused: fc.constantFrom(0, 0, 1, 3, 5, 60),
  isEmpty: fc.constantFrom(false, false, false, true),
  beside: fc.nat(30),
})
/** Where all numbers stand at the same end of their steps, sums say most of them. */
const end = fc.constantFrom<('first' | 'last' | 'all codes' | 'any')[]>('first', 'last', 'all codes', 'any')
const nationOf = (mostMunicipalities: number, mostStrata: number) => {
  const municipality = fc.record({
    strata: fc.array(stratum, { minLength: 1, maxLength: mostStrata, size: 'max' }),
    beside: fc.constantFrom<('none' | 'handout' | 'tablet')[]>('none', 'none', 'handout', 'tablet'),
    end,
  })
  return fc.record({
    municipalities: fc.array(municipality, { minLength: 1, maxLength: mostMunicipalities, size: 'max' }),
    end: fc.option(end),
    isMany: fc.boolean(),
  })
}
const nation = fc.oneof(nationOf(12, 12), nationOf(40, 2))

const streams = nation.map(({ municipalities, end: ofAll, isMany }): Stream[] =>
  municipalities.flatMap(({ strata, beside, end }, where) =>
    strata.flatMap(({ first, more, unused, isEmpty, beside: besides }, nth): Stream[] => {
      const its = place(`Unit-${Math.floor(nth / 3)}`, groups[nth % 3]!, `Municipality-${where}`)
      if (isEmpty) return [{ stratum: its, channel: 'letter', codes: 1, number: 0, isEmpty }]
      const at = ofAll ?? end
      const number = first + { first: 0, last: 4, 'all codes': 3, any: more }[at]
      const letters: Stream = {
        ...{ stratum: its, channel: 'letter', number, isEmpty },
        codes: Math.max(1, at === 'all codes' ? number : number + (isMany ? 60 : unused)),
      }
      if (beside === 'none') return [letters]
      const codes = beside === 'handout' ? 60 : 0
      return [letters, { stratum: its, channel: beside, codes, number: besides, isEmpty }]
    }),
  ),
)

/** Where less is left possible than must be: of strata by their own steps, by their municipalities' totals as well, and by all; of streams. */
function found(world: Stream[], tell: TellNight = asTheServiceDoes) {
  const { unknown, strata, municipalities, others } = readMorning(world, tell)
  const fewest = strata.map(fewestOf)
  const left = () => strata.map(numbersLeft)
  const isLess = (least: number[]) => left().flatMap((number, nth) => (number < least[nth]! ? [nth] : []))

  workOut(strata)
  // A step that is held back where few codes went out leaves more possible than another: those need not stay.
  const steps = strata.map((one) => Math.min(numbersLeft(one), one.low === 0 ? 9 : one.low > 50 ? 10 : 5))
  const ofStreams = unknown.map(({ least, most }) => Math.min(4, most - least + 1))
  const byThemselves = isLess(fewest)
  workOut([...strata, ...municipalities])
  const byTotals = isLess(steps)
  workOut([...strata, ...municipalities, ...others])
  const streams = unknown.flatMap(({ least, most }, nth) => (most - least + 1 < ofStreams[nth]! ? [nth] : []))
  return { byThemselves, byTotals, byAll: isLess(fewest), streams }
}

describe('from the pages of all municipalities and the nation, added up', () => {
  const nothing = { byThemselves: [], byTotals: [], byAll: [], streams: [] }

  test('four numbers of each stratum are possible at least, and of its letters; all of few, and no total narrows a step', () => {
    fc.assert(
      fc.property(streams, (world) => {
        expect(found(world)).toEqual(nothing)
      }),
      { numRuns: 150, seed: 12 },
    )
  })

  test('nobody sees that nearly all letters were answered, by those that were not: they came at a tablet', () => {
    const north = place('North')
    const world = (codes: number): Stream[] => [
      { stratum: north, channel: 'letter', codes, number: 51, isEmpty: false },
      { stratum: north, channel: 'tablet', codes: 0, number: 10, isEmpty: false },
    ]
    for (const codes of [51, 53, 54, 60]) expect(found(world(codes)), `${codes}`).toEqual(nothing)
  })

  const plainly: [what: string, of: (place: string, part: ToldPart) => boolean][] = [
    ['a municipality', (place, part) => place === 'Municipality-0' && part === 'all'],
    ['the nation', (place, part) => place === nationPlace && part === 'all'],
    ['a group of the nation', (place, part) => place === nationPlace && part === 'youth'],
  ]
  test.each(plainly)('it would be noticed if %s were told to the person', (_, isOf) => {
    const tell: TellNight = (strata, answered, records, before) => {
      const night = asTheServiceDoes(strata, answered, records, before)
      for (const { place, part } of [...night.told]) {
        const its = strata.filter(({ targetGroup }) => part === 'all' || part === targetGroup)
        const number = answered.reduce(
          (sum, one) => sum + (its.some(({ id }) => id === one.stratumId) ? one.number : 0),
          0,
        )
        if (isOf(place, part)) night.told.set(place, part, { ...exactly(number), moved: number })
      }
      return night
    }
    const ends = [0, 1, 2].map((nth): Stream => {
      return {
        stratum: place(`Unit-${nth}`, 'youth', 'Municipality-0'),
        channel: 'letter',
        codes: 60,
        number: 6,
        isEmpty: false,
      }
    })
    expect(found(ends)).toEqual(nothing)
    expect(found(ends, tell).byAll).toEqual([0, 1, 2])
  })

  test('and the arithmetic is right', () => {
    const [a, b] = [
      { least: 0, most: 9 },
      { least: 0, most: 4 },
    ]
    const both: Known = { of: [a, b], low: 11, high: 12 }
    workOut([both])
    expect([a, b, numbersLeft(both)]).toEqual([{ least: 7, most: 9 }, { least: 2, most: 4 }, 2])
  })
})
