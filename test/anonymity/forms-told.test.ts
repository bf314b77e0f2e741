import { describe, expect, test } from 'vitest'
import { exactly } from '../../src/disclosure/steps.ts'
import {
  asTheServiceDoes,
  cap,
  choices,
  days,
  evenings,
  fewestLeft,
  forms,
  place,
  type Records,
  record,
  type TellNight,
  upTo,
  type World,
} from './worlds.ts'

/**
 * Forms of paper without a code, as told.test.ts and crossing.test.ts try answers by code: from all that every role is shown, what is
 * left possible of the forms to those who did not enter them, and of the letters to those who did?
 */

const [north, south] = [place('North'), place('South', 'guardian', 'Borås')]
const letters = 60

/** Letters and forms in one stratum, forms in another municipality. */
const streams = [north, north, south]
const channels = ['letter', 'paper', 'paper'] as const
const worldOf = (days: number[][]) => evenings(streams, days, [...channels])
const records = (handedOut: number) => [record(north, 'letter', letters), forms(north, handedOut), forms(south, 40)]
const come = (handedOut: number) => choices([upTo(cap), upTo(Math.min(handedOut, cap)), [0, 4, 9]])
const sumOf = (nth: number) => (days: number[][]) => days.reduce((sum, came) => sum + came[nth]!, 0)

describe('to whoever did not enter them, but knows the forms of the other municipality', () => {
  const knows = sumOf(2)

  test.each([1, 2, 5, 6, 7, 8])('of %d forms that were handed out every number is possible', (handedOut) => {
    const days = come(handedOut).map((came) => [came])
    const tried = { strata: [north, south], records: records(handedOut), days, worldOf, knows }
    expect(fewestLeft({ ...tried, ask: sumOf(1) })).toBe(handedOut + 1)
  })

  test('nor can they tell on the next evening whether one form has come, where another may have', () => {
    // The form, or none, and another, or none. Where nobody else can come the step that it reaches tells: see docs/anonymity.md.
    const evening = choices([upTo(9), [0, 1], [0, 1]])
    for (const handedOut of [8, 12, 30]) {
      const days = evening.map(([before, another, one]) => [
        [6, before!, 3],
        [2, another! + one!, 0, one!],
      ])
      const worldOf = (days: number[][]) =>
        evenings(
          streams,
          days.map((came) => came.slice(0, 3)),
          [...channels],
        )
      const tried = { strata: [north, south], records: records(handedOut), days, worldOf, knows }
      expect(fewestLeft({ ...tried, ask: ([, second]) => second![3] }), `${handedOut} forms`).toBe(2)
    }
  })

  test('of many forms at least five numbers are, and of the letters beside them', () => {
    const days = come(40).map((came) => [came])
    const tried = { strata: [north, south], records: records(40), days, worldOf, knows }
    expect(fewestLeft({ ...tried, ask: sumOf(1) })).toBeGreaterThanOrEqual(5)
    expect(fewestLeft({ ...tried, ask: sumOf(0) })).toBeGreaterThanOrEqual(5)
  })

  test('and it would be noticed if they were told to the person', () => {
    const tell: TellNight = (strata, answered, records, before) => {
      const night = asTheServiceDoes(strata, answered, records, before)
      for (const { stratumId, channel, number } of answered)
        if (channel === 'paper') night.told.set(stratumId, 'paper', { ...exactly(number), moved: number })
      return night
    }
    const days = come(8).map((came) => [came])
    expect(fewestLeft({ strata: [north, south], records: records(8), days, worldOf, knows, tell, ask: sumOf(1) })).toBe(
      1,
    )
  })
})

describe('to whoever entered all of them', () => {
  const knows = (days: number[][]) => days.map(([, paper, elsewhere]) => [paper, elsewhere])

  test('at least five numbers of letters are possible: what they know of the sums tells nothing more', () => {
    const first = come(8).filter(([, paper]) => [0, 5, 8].includes(paper!))
    const days = first.flatMap((came) => [0, 1, 5].map((later) => [came, [later, 1, 0]]))
    const tried = { strata: [north, south], records: records(9), days, worldOf, knows }
    expect(fewestLeft({ ...tried, ask: sumOf(0) })).toBeGreaterThanOrEqual(5)
  })

  test('one letter beside them: both', () => {
    const days = choices([[0, 1], upTo(8), [3]]).map((came) => [came])
    const records = [record(north, 'letter', 1), forms(north, 8), forms(south, 40)]
    expect(fewestLeft({ strata: [north, south], records, days, worldOf, knows, ask: sumOf(0) })).toBe(2)
  })
})

describe('to whoever keeps the note of what was handed out, and knows how many others returned theirs', () => {
  const notes = [0, 7, 8, 9, 40]
  /** Whether the two mornings differ by one form: `others` are in on the first evening, and as many more on the second. */
  const tells = ([first, second]: number[], [noted, notedNext]: number[], tell?: TellNight) => {
    const records = (evening: number) => [record(north, 'letter', letters), forms(north, evening ? notedNext! : noted!)]
    const mornings = [0, 1].map((one) => {
      const days = [
        [6, first!],
        [2, second! + one],
      ]
      return [...shownOf(records, evenings([north, north], days, ['letter', 'paper']), tell)].join()
    })
    return mornings[0] !== mornings[1]
  }
  const shownOf = (records: Records, world: World, tell?: TellNight) => days([north], records, world, tell)
  /** The numbers of others, up to twelve, at which one form more is seen the next morning, by some notes of two evenings. */
  const seenAt = (allowed: number[], begun: number[], tell?: TellNight) =>
    upTo(12).filter((others) =>
      choices([allowed, allowed]).some((noted) =>
        begun.some((first) => first <= others && tells([first, others - first], noted, tell)),
      ),
    )

  test('nothing is seen while they note no more than eight, however they lower it', () => {
    expect(
      seenAt(
        notes.filter((note) => note <= 8),
        upTo(12),
      ),
    ).toEqual([])
  })

  test('of what comes in one night there is one border in each step, whatever they note', () => {
    expect(seenAt(notes, [0])).toEqual([5, 10])
  })

  test('and it would be noticed if a note below what is in held nothing back', () => {
    const tell: TellNight = (strata, answered, records, before) => {
      const number = answered.find(({ channel }) => channel === 'paper')?.number ?? 0
      const believed = records.map((one) =>
        number > (one.tallied.handed_out ?? 0) ? { ...one, tallied: { handed_out: 1_000 } } : one,
      )
      return asTheServiceDoes(strata, answered, believed, before)
    }
    expect(
      seenAt(
        notes.filter((note) => note <= 8),
        upTo(12),
        tell,
      ),
    ).toContain(7)
  })
})
