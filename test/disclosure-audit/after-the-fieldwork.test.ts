import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seeded } from '../../scripts/seeded.ts'
import type { Figure, MunicipalityCells } from '../../src/disclosure/cells.ts'
import { tellRound } from '../../src/disclosure/figures.ts'
import type { KnownBefore } from '../../src/disclosure/open-numbers.ts'
import { knownAnswers } from '../../src/fieldwork/known-answers.ts'
import type { Proportion } from '../../src/statistics/proportion.ts'
import { type Followed, followed } from './followed.ts'
import { leftBy, type ReadBefore, someAnswers } from './known-well.ts'

interface Round {
  answered: MunicipalityCells[]
  questions: MunicipalityCells[][]
}

/** What is told where nothing is but signs: nobody, fewer than ten, or not. */
const onlySigns = (figures: Figure[]): Figure[] =>
  figures.map(({ people: _, positive: __, percent: ___, ...figure }) =>
    figure.status === 'few' || figure.status === 'nobody' ? figure : { ...figure, status: 'protected' },
  )

/** Where somebody thinks that a set cannot be what it is. */
function wronglyRead({ answered }: Round, read: ReadBefore): string[] {
  return read.flatMap(({ name: { level, area, targetGroup }, low, high }) => {
    const its = answered
      .filter(({ code }) => level !== 'municipality' || code === area)
      .flatMap(({ groups }) => groups.filter((one) => targetGroup === 'total' || one.targetGroup === targetGroup))
      .flatMap(({ units }) => units.filter(({ unitId }) => level !== 'unit' || unitId === area))
    const people = its.reduce((sum, unit) => sum + unit.people, 0)
    return low <= people && people <= high
      ? []
      : [`${level} ${area} ${targetGroup}: ${people} is not ${low} to ${high}`]
  })
}

/** Of which small sets a release leaves fewer than three numbers to somebody who followed the fieldwork, which left three. */
function takenBy({ answered, questions }: Round, read: ReadBefore, known?: KnownBefore[]): string[] {
  const { responses, shares } = tellRound(answered, questions, known)
  const after = leftBy(answered, responses, shares, read)
  if (after.every(({ left }) => left >= 3)) return []
  const before = leftBy(answered, onlySigns(responses), shares.map(onlySigns), read)
  return after.flatMap(({ name, left }, nth) => (left < 3 && before[nth]!.left >= 3 ? [`${name}: ${left}`] : []))
}

const knownBy = ({ places, told, leastOn }: Followed) => knownAnswers(places, told, leastOn)

/** Up to ten municipalities of a unit or two, few of them with fewer than ten people. */
function almostTold(seed: number): Round {
  const random = seeded(seed)
  const count = 2 + Math.floor(random() * 9)
  const groups = (['youth', 'guardian'] as const).slice(0, 1 + Math.floor(random() * 2))
  const someone = () => (random() < 0.15 ? Math.floor(1 + random() * 9) : Math.floor(10 + random() * 120))
  const people = Array.from({ length: count }, () => groups.map(someone))
  const of = (share: number): MunicipalityCells[] =>
    people.map((its, nth) => ({
      code: String(1000 + nth),
      groups: groups.map((targetGroup, at) => {
        const number = Array.from({ length: its[at]! }, random).filter((drawn) => drawn < share).length
        const [all, none] = [number, 0].map((people) => ({ people, positive: 0 })) as [Proportion, Proportion]
        return { targetGroup, units: [{ unitId: `u${nth}`, ...all }], woman: all, man: none, rest: none }
      }),
    }))
  return { answered: of(2), questions: [of(0.95), of(0.9)] }
}

const worlds = [
  ['a municipality', { municipalities: 1, units: 4 }, 120],
  ['a small nation', { municipalities: 4, units: 3 }, 60],
] as const

describe('how many people a small set is, read after the fieldwork was followed,', () => {
  test.each(worlds)('stays open in %s', (_, size, numRuns) => {
    fc.assert(
      fc.property(someAnswers(size), fc.integer(), (round, seed) => {
        const fieldwork = followed(round.answered, seed)
        expect(wronglyRead(round, fieldwork.read)).toEqual([])
        expect(takenBy(round, fieldwork.read, knownBy(fieldwork))).toEqual([])
      }),
      { numRuns },
    )
  })

  // Made up so that cells of the nation are narrow beside municipalities that are told; with what came of it before.
  test.each([44, 128, 364, 937, 976])('stays open where all others of a nation could be told (%i)', (seed) => {
    const round = almostTold(seed)
    const fieldwork = followed(round.answered, seed * 7)
    expect(wronglyRead(round, fieldwork.read)).toEqual([])
    expect(takenBy(round, fieldwork.read, knownBy(fieldwork))).toEqual([])
  })

  test.each(worlds)('would not, were the fieldwork forgotten, in %s', (_, size) => {
    const stays = fc.property(someAnswers(size), fc.integer(), (round, seed) => {
      const { read } = followed(round.answered, seed)
      return wronglyRead(round, read).length > 0 || takenBy(round, read).length === 0
    })
    expect(fc.check(stays, { numRuns: 600, seed: 1, endOnFailure: true }).failed).toBe(true)
  })
})
