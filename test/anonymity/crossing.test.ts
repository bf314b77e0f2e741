import { describe, expect, test } from 'vitest'
import { exactly } from '../../src/disclosure/steps.ts'
import { tellSumAnew } from '../../src/disclosure/told.ts'
import { nationPlace, type ToldNumbers } from '../../src/disclosure/told-numbers.ts'
import type { Place } from '../../src/fieldwork/cells.ts'
import type { Answered } from '../../src/fieldwork/telling.ts'
import type { Channel } from '../../src/invitation/disposition.ts'
import {
  asTheServiceDoes,
  cap,
  choices,
  evenings,
  fewestIn,
  fewestLeft,
  place,
  type Records,
  record,
  type TellNight,
  triedOut,
  upTo,
} from './worlds.ts'

/**
 * Several coordinators, the national administrator and whoever has the command line put together what each of them is shown: sums that
 * cross (unit, group, channel, municipality, nation), on several days, where few codes went out, and while they count codes anew.
 */

/** A world of streams: a stratum, a channel, and how many codes went out by it. */
type Stream = [Place, Channel, number]

const [a, b, c] = ['Alingsås', 'Borås', 'Cimbris'] as const
const many = 60
const most = ([, channel, codes]: Stream) => (channel === 'tablet' ? cap : Math.min(codes, cap))

interface Watched {
  tell?: TellNight
  records?: Records
  more?: number[][][]
  /** Strata that a coordinator has added: they know that nobody was given one of their codes. */
  added?: Place[]
}

/** Units with one group each that only fill up a sum, and the one slip that was printed for each and lies in a drawer. */
const units = (number: number) => upTo(number - 1).map((unit) => place(`New ${unit}`, 'guardian'))
const inStock = (stratum: Place) => ({ ...record(stratum, 'handout'), stock: 1 })

/** Of all worlds of some streams: how few numbers of answers of each are left possible at least. */
function left(streams: Stream[], { tell, records, more = [], added = [] }: Watched = {}): number[] {
  const strata = [...new Set(streams.map(([stratum]) => stratum)), ...added]
  const counted: Records =
    records ?? (() => streams.map(([stratum, channel, codes]) => record(stratum, channel, codes)))
  const [places, channels] = [streams.map(([stratum]) => stratum), streams.map(([, channel]) => channel)]
  const first = choices(streams.map((stream) => upTo(most(stream)))).map((came) => [came])
  const days = more.reduce((all, next) => all.flatMap((day) => next.map((came) => [...day, came])), first)
  const sets = triedOut({
    strata,
    records: (evening) => [...counted(evening), ...added.map(inStock)],
    days: days.filter((day) =>
      streams.every((stream, index) => sum(day, index) <= most(stream) || most(stream) === cap),
    ),
    worldOf: (day) => evenings(places, day, channels),
    ...(tell ? { tell } : {}),
  })
  return streams.map((_, index) => fewestIn(sets, (day) => sum(day, index)))
}
const sum = (days: number[][], index: number) => days.reduce((total, came) => total + came[index]!, 0)
const quiet = (streams: Stream[]) => [streams.map(() => 0)]

const oneLetter: Stream[] = [
  [place('North'), 'letter', 1],
  [place('South', 'guardian'), 'letter', many],
  [place('West'), 'letter', many],
]
const fourStrata: Stream[] = [
  [place('North'), 'letter', many],
  [place('South'), 'letter', 5],
  [place('West', 'guardian'), 'letter', many],
  [place('East', 'guardian'), 'letter', 5],
]
const twoPlaces: Stream[] = [
  [place('North', 'youth', a), 'letter', many],
  [place('North', 'guardian', a), 'letter', 5],
  [place('South', 'youth', b), 'letter', many],
  [place('South', 'guardian', b), 'letter', 5],
]
const threePlaces: Stream[] = [
  [place('North', 'youth', a), 'letter', 1],
  [place('North', 'guardian', a), 'letter', many],
  [place('South', 'guardian', b), 'letter', many],
  [place('West', 'guardian', c), 'letter', many],
]
const besideATablet: Stream[] = [
  [place('North', 'youth', a), 'letter', 1],
  [place('North', 'youth', a), 'tablet', 0],
  [place('South', 'youth', b), 'handout', many],
]
besideATablet[1]![0] = besideATablet[0]![0]

describe('from all that everybody is shown, put together', () => {
  test.each([1, 2, 3, 5])('of %d letters beside two large strata every number is possible', (codes) => {
    const streams: Stream[] = [[oneLetter[0]![0], 'letter', codes], ...oneLetter.slice(1)]
    expect(left(streams)[0]).toBe(codes + 1)
  })

  test('of two letters in two units beside two large strata every number of both together is', () => {
    const strata = [place('North'), place('East'), place('South', 'guardian'), place('West')]
    const few = fewestLeft({
      ...{ strata, records: strata.map((stratum, index) => record(stratum, 'letter', index < 2 ? 1 : many)) },
      days: choices([upTo(1), upTo(1), upTo(cap), upTo(cap)]).map((came) => [came]),
      worldOf: (day) => evenings(strata, day),
      ask: ([came]) => came![0]! + came![1]!,
    })
    expect(few).toBe(3)
  })

  test('five numbers at least, where the total of four strata is told in cells of its own', () => {
    expect(Math.min(...left(fourStrata))).toBeGreaterThanOrEqual(5)
  })

  test('the same where groups, municipalities and the nation cross', () => {
    expect(Math.min(...left(twoPlaces))).toBeGreaterThanOrEqual(5)
  })

  test('one letter in one of three municipalities: both', () => {
    expect(left(threePlaces)[0]).toBe(2)
  })

  test('one letter beside a tablet, and another municipality: both', () => {
    expect(left(besideATablet)[0]).toBe(2)
  })

  test('the same on the days after, whoever comes then', () => {
    const later = upTo(cap).map((came) => [0, came, 3])
    expect(left(oneLetter, { more: [later] })[0]).toBe(2)
    expect(left(besideATablet, { more: [later] })[0]).toBe(2)
  })

  test('where a channel is told apart for a municipality: five of it, and five of the stratum, however few its codes', () => {
    const north = place('North')
    for (const codes of [20, 21, 23, 26]) {
      const days = choices([upTo(codes), upTo(40)]).map((came) => [came])
      const tried = {
        ...{ strata: [north], records: [record(north, 'letter', codes), record(north, 'handout', 40)], days },
        worldOf: (day: number[][]) => evenings([north, north], day, ['letter', 'handout']),
      }
      expect(fewestLeft({ ...tried, ask: ([came]) => came![0] })).toBeGreaterThanOrEqual(5)
      expect(fewestLeft({ ...tried, ask: ([came]) => came![0]! + came![1]! })).toBeGreaterThanOrEqual(5)
    }
  })

  test('one slip beside twenty or more letters: both', () => {
    const north = place('North')
    for (const letters of [20, 30]) {
      const few = fewestLeft({
        ...{ strata: [north], records: [record(north, 'letter', letters), record(north, 'handout', 1)] },
        days: choices([upTo(letters), upTo(1)]).map((came) => [came]),
        worldOf: (day) => evenings([north, north], day, ['letter', 'handout']),
        ask: ([came]) => came![1],
      })
      expect(few).toBe(2)
    }
  })

  test.each([
    ['all as left over, and none the day after', [30, 0, 30]],
    ['most as left over first, and all at last', [12, 30, 0]],
    ['ten times as many as printed', [30, 300, 30]],
  ])('while letters are counted: %s', (_, counts) => {
    const streams: Stream[] = [[place('North'), 'letter', 30], ...oneLetter.slice(1)]
    const records: Records = (evening) =>
      streams.map(([stratum, channel, codes], index) =>
        record(stratum, channel, index === 0 ? counts[evening]! : codes),
      )
    const few = left(streams, { records, more: [quiet(streams), quiet(streams)] })
    expect(Math.min(...few)).toBeGreaterThanOrEqual(5)
  })
})

/** Who adds units and has slips printed that nobody is given makes a sum out of them, and knows that its new parts are empty. */
describe('from all of it, and units that were added to fill up the sum', () => {
  const large: Stream = [place('North'), 'letter', 30]
  const letters = (codes: number): Stream => [place('South'), 'letter', codes]
  /** On each evening staff say so many of the letters of the stream in that place went out. */
  const counting =
    (streams: Stream[], at: number, counts: number[]): Records =>
    (evening) =>
      streams.map(([stratum, channel, codes], index) =>
        record(stratum, channel, index === at ? counts[evening]! : codes),
      )

  test.each([
    ['not counted again', [30, 30, 30]],
    ['all left over', [30, 0, 30]],
    ['all but one left over', [30, 1, 30]],
    ['left over but for seven, and but for twenty', [30, 7, 20]],
  ])(
    'of one letter beside a large stratum both are possible, and five numbers of that, its letters %s',
    (_, counts) => {
      const streams = [large, letters(1)]
      for (const number of [7, 12, 31]) {
        const watched = { added: units(number), records: counting(streams, 0, counts) }
        const [most, one] = left(streams, { ...watched, more: [quiet(streams), quiet(streams)] })
        expect([one, Math.min(5, most!)], `${number} units`).toEqual([2, 5])
      }
    },
  )

  test('the same beside two large strata, and of up to eight letters every number', () => {
    for (const codes of [1, 8]) {
      const streams = [large, [place('West'), 'letter', many] satisfies Stream, letters(codes)]
      for (const number of [7, 12, 31]) {
        const [north, west, few] = left(streams, { added: units(number) })
        expect([few, Math.min(5, north!, west!)], `${number} units`).toEqual([codes + 1, 5])
      }
    }
  })

  test('of six letters of one unit that are counted as left over, every number', () => {
    const streams = [letters(6)]
    for (const counts of [
      [6, 0, 6],
      [0, 0, 0],
      [6, 6, 0],
      [6, 5, 1],
    ])
      for (const number of [7, 12]) {
        const watched = { added: units(number), records: counting(streams, 0, counts) }
        expect(left(streams, { ...watched, more: [quiet(streams), quiet(streams)] }), `${counts}`).toEqual([7])
      }
  })

  test('the same where one municipality fills up the sums of the nation', () => {
    const [one, ...others] = left(threePlaces, { added: units(12) })
    expect([one, Math.min(5, ...others)]).toEqual([2, 5])
  })
})

/** Tells as the service does, but for something that is planted. */
const but =
  (change: (told: ToldNumbers, answered: Answered[], strata: Place[]) => void): TellNight =>
  (strata, answered, records, before) => {
    const night = asTheServiceDoes(strata, answered, records, before)
    change(night.told, answered, strata)
    return night
  }
const plainly = (answered: Answered[]) => {
  const number = answered.reduce((all, one) => all + one.number, 0)
  return { ...exactly(number), moved: number }
}

describe('it would be noticed', () => {
  test('if strata were told to the person', () => {
    const tell = but((told, answered, strata) => {
      for (const { id } of strata) told.set(id, 'all', plainly(answered.filter(({ stratumId }) => stratumId === id)))
    })
    expect(left(oneLetter, { tell })[0]).toBe(1)
  })

  test('if the total of a municipality, or the nation, were', () => {
    for (const at of [oneLetter[0]![0].municipalityCode, nationPlace]) {
      const tell = but((told, answered) => told.set(at, 'all', plainly(answered)))
      expect(left(oneLetter, { tell })[0]).toBe(1)
    }
  })

  test('if a total counted on strata of which nothing is told', () => {
    const tell = but((told, answered, strata) => {
      const parts = strata.map(({ id }) => ({ ...told.find(id, 'all')!, reach: told.find(id, 'all')!.high + 1 }))
      const number = answered.reduce((all, one) => all + one.number, 0)
      told.set(strata[0]!.municipalityCode, 'all', tellSumAnew(undefined, number, parts))
    })
    const large: Stream[] = ['North', 'West', 'East'].map((unit) => [place(unit), 'letter', many])
    expect(Math.min(...left(large, { added: units(7) }))).toBeGreaterThanOrEqual(5)
    expect(Math.min(...left(large, { added: units(7), tell }))).toBeLessThan(5)
  })

  test('if a channel were told by itself', () => {
    const tell = but((told, answered, [first]) => {
      const letters = answered.filter(({ channel, stratumId }) => channel === 'letter' && stratumId === first!.id)
      told.set(first!.id, 'tablet', plainly(answered.filter(({ channel }) => channel === 'tablet')))
      told.set(first!.id, 'all', plainly(letters))
    })
    expect(left(besideATablet, { tell })[0]).toBe(1)
  })
})
