import { describe, expect, test } from 'vitest'
import type { Place } from '../../src/fieldwork/cells.ts'
import type { ChannelRecord } from '../../src/fieldwork/ledger.ts'
import { overviewOfMunicipality, overviewOfNation, overviewOfUnits, sharesOf } from '../../src/fieldwork/overview.ts'
import { exactly, mingle, stepOf } from '../../src/fieldwork/steps.ts'
import type { Channel } from '../../src/invitation/disposition.ts'
import type { TargetGroup } from '../../src/questionnaire/target-groups.ts'

const ofNation = (strata: Place[], records: ChannelRecord[]) => overviewOfNation(sharesOf(strata, records))

const place = (unit: string, targetGroup: TargetGroup, municipality = 'Alingsås'): Place => ({
  id: `${municipality} ${unit} ${targetGroup}`,
  unitId: `${municipality} ${unit}`,
  unit,
  municipalityCode: municipality,
  municipality,
  targetGroup,
})

const record = (stratum: Place, channel: Channel, responded: number, counts: Partial<ChannelRecord> = {}) => ({
  ...{ stratumId: stratum.id, channel, responded, undeliverable: 0, unsettledBatches: 0, stock: 0, tallied: {} },
  wentOut: channel === 'tablet' || channel === 'paper' ? 0 : 100,
  ...counts,
})

const [north, south] = [
  [place('North', 'youth'), place('North', 'guardian')] as const,
  [place('South', 'youth'), place('South', 'guardian')] as const,
]
const four = [...north, ...south]
const letters = (strata: Place[], numbers: number[]) =>
  strata.map((stratum, index) => record(stratum, 'letter', numbers[index]!))

describe('a number of people who answered', () => {
  test.each([
    [0, 0, 4],
    [4, 0, 4],
    [5, 5, 9],
    [10, 10, 19],
    [19, 10, 19],
    [20, 20, 20],
    [731, 731, 731],
  ])('%d is told as %d to %d', (number, low, high) => {
    expect(stepOf(number)).toEqual({ low, high })
  })
})

describe('the overview of a municipality', () => {
  test('gives a rate to the person where strata are large', () => {
    const { total, groups, units, strata } = overviewOfMunicipality(four, letters(four, [40, 30, 25, 50]))
    expect(total).toMatchObject({ offered: exactly(400), responded: exactly(145), rate: exactly(0.3625) })
    expect(groups.map(({ targetGroup, responded }) => [targetGroup, responded])).toEqual([
      ['guardian', exactly(80)],
      ['youth', exactly(65)],
    ])
    expect(units.map(({ responded }) => responded)).toEqual([exactly(70), exactly(75)])
    expect(strata[0]!.rate).toEqual(exactly(0.4))
  })

  test('also where strata are small, when they can hide among each other', () => {
    const many = ['A', 'B', 'C', 'D', 'E'].map((unit) => place(unit, 'youth'))
    const { total, units, strata } = overviewOfMunicipality(many, letters(many, [3, 7, 12, 6, 2]))
    expect(total).toMatchObject({ offered: exactly(500), responded: exactly(30), rate: exactly(0.06) })
    expect(strata[2]).toMatchObject({ responded: { low: 10, high: 19 }, rate: undefined })
    expect(units[2]).toMatchObject({ responded: { low: 10, high: 19 }, rate: undefined })
  })

  test('gives a range where one small stratum could be had by subtraction', () => {
    const { total } = overviewOfMunicipality(four, letters(four, [40, 30, 25, 7]))
    expect(total.responded).toEqual({ low: 100, high: 104 })
    expect(total.rate).toEqual({ low: 0.25, high: 0.26 })
  })

  test('does not tell at a tablet, where answers are offers, by the offers how many answered', () => {
    const [youth] = north
    const at = (responded: number) => [record(youth, 'tablet', responded, { tallied: { declined: 6 } })]
    expect(overviewOfMunicipality([youth], at(7)).total).toMatchObject({
      offered: { low: 11, high: 15 },
      declined: 6,
      responded: { low: 5, high: 9 },
    })
    expect(overviewOfMunicipality([youth], at(24)).total).toMatchObject({ offered: exactly(30), rate: exactly(0.8) })
  })

  test('says what is missing to trust it', () => {
    const [youth, guardian] = north
    const { problems } = overviewOfMunicipality(
      [youth, guardian],
      [
        record(youth, 'handout', 25, { wentOut: 0, unsettledBatches: 1, stock: 50 }),
        record(youth, 'letter', 30, { wentOut: 21, stock: 10 }),
        record(guardian, 'paper', 6),
      ],
    ).total
    expect(problems).toEqual([
      { kind: 'no-tally', stratumId: youth.id, channel: 'handout' },
      { kind: 'unsettled', stratumId: youth.id, channel: 'handout' },
      { kind: 'more-answers', stratumId: youth.id, channel: 'letter' },
      { kind: 'no-tally', stratumId: guardian.id, channel: 'paper' },
    ])
  })

  test('has no rate where more answered than were offered, and none where nobody was', () => {
    const [youth] = north
    const of = (responded: number) =>
      overviewOfMunicipality([youth], [record(youth, 'letter', responded, { wentOut: 20, stock: 30 })]).total
    expect(of(25).rate).toBeUndefined()
    expect(of(20).rate).toEqual(exactly(1))
    expect(overviewOfMunicipality([youth], []).total).toMatchObject({ offered: exactly(0), rate: undefined })
  })
})

describe('the overview of the nation', () => {
  const places = Array.from({ length: 80 }, (_, index) =>
    ['North', 'South'].map((unit) => place(unit, 'youth', `Place ${String(index).padStart(2, '0')}`)),
  ).flat()

  test('is right to the person where many municipalities with small strata mingle', () => {
    const numbers = places.map((_, index) => [3, 7, 12, 30][index % 4]!)
    const { total, groups, channels, municipalities, strata } = ofNation(places, letters(places, numbers))
    const sum = exactly(40 * (3 + 7 + 12 + 30))
    expect([total.responded, groups[0]!.responded, channels[0]!.responded]).toEqual([sum, sum, sum])
    expect(municipalities).toHaveLength(80)
    expect(municipalities[0]!.responded).toEqual({ low: 5, high: 13 })
    expect(strata).toEqual([])
  })

  test('is a range where few do', () => {
    const few = places.slice(0, 6)
    expect(ofNation(few, letters(few, [50, 7, 50, 7, 50, 7])).total.responded).toEqual({ low: 165, high: 177 })
    expect(mingle(Array.from({ length: 50 }, () => ({ number: 0, range: { low: 0, high: 4 } })))).toEqual({
      low: 0,
      high: 200,
    })
  })
})

/** All ways to choose one of each. */
function worlds(choices: number[][]): number[][] {
  return choices.reduce<number[][]>((all, next) => all.flatMap((one) => next.map((value) => [...one, value])), [[]])
}

const upTo = (last: number) => Array.from({ length: last + 1 }, (_, number) => number)

/**
 * Somebody who knows the program, all that staff counts, and everything that the pages show, tries every possible world. Gives what
 * is told of a stratum beyond its step: a number that lies within it and in no world that looks the same.
 */
function told(strata: Place[], choices: number[][], recordsOf: (world: number[]) => ChannelRecord[]): string[] {
  const alike = new Map<string, Set<number>[]>()
  const findings = new Set<string>()
  const seenAs = (records: ChannelRecord[]) =>
    JSON.stringify([overviewOfMunicipality, overviewOfUnits, ofNation].map((of) => of(strata, records)))
  for (const world of worlds(choices)) {
    const records = recordsOf(world)
    const seen = seenAs(records)
    const numbers = alike.get(seen) ?? strata.map(() => new Set<number>())
    alike.set(seen, numbers)
    strata.forEach(({ id }, index) => {
      const own = records.filter(({ stratumId }) => stratumId === id)
      numbers[index]!.add(own.reduce((sum, { responded }) => sum + responded, 0))
    })
  }
  for (const numbers of alike.values())
    numbers.forEach((possible, index) => {
      const { low, high } = stepOf([...possible][0]!)
      for (let number = low; number <= high; number++)
        if (!possible.has(number)) findings.add(`${strata[index]!.id} ${[...possible]}`)
    })
  return [...findings]
}

describe('from all that is shown no small stratum can be told beyond its step', { timeout: 180_000 }, () => {
  const small = [...upTo(9), 20]

  test('in two units of two groups', () => {
    expect(told(four, [small, small, small, small], (world) => letters(four, world))).toEqual([])
  })

  test('in three units of one group', () => {
    const three = ['A', 'B', 'C'].map((unit) => place(unit, 'youth'))
    expect(told(three, [upTo(20), upTo(20), upTo(20)], (world) => letters(three, world))).toEqual([])
  })

  test('in three municipalities', () => {
    const three = ['A', 'B', 'C'].map((municipality) => place('North', 'youth', municipality))
    expect(told(three, [upTo(20), upTo(20), upTo(20)], (world) => letters(three, world))).toEqual([])
  })

  test('where tablets and paper stand beside letters', () => {
    const strata = [north[0], south[0], south[1]]
    const recordsOf = ([letter, tablet, only, paper]: number[]) => [
      record(strata[0]!, 'letter', letter!),
      record(strata[0]!, 'tablet', tablet!, { tallied: { declined: 2 } }),
      record(strata[1]!, 'tablet', only!),
      record(strata[2]!, 'paper', paper!, { tallied: { handed_out: 6 } }),
    ]
    expect(told(strata, [upTo(10), upTo(10), upTo(21), upTo(9)], recordsOf)).toEqual([])
  })

  test('and it would be noticed if a sum were shown plainly', () => {
    const two = [north[0], south[0]]
    const leaky = (world: number[]) => [
      ...letters(two, world),
      // A municipality's sum, hidden where everybody can read it.
      record(two[0]!, 'handout', 0, { undeliverable: world[0]! + world[1]! }),
    ]
    expect(told(two, [upTo(9), upTo(9)], leaky)).not.toEqual([])
  })
})
