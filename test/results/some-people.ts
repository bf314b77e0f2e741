import { createHash } from 'node:crypto'
import fc from 'fast-check'
import type { Place } from '../../src/fieldwork/cells.ts'
import { channels } from '../../src/invitation/disposition.ts'
import type { Answers } from '../../src/questionnaire/answers.ts'
import { questions } from '../../src/questionnaire/questions.ts'
import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import { pairPart } from '../../src/results/association-indicators.ts'
import type { OpenedBallot } from '../../src/results/packed-ballots.ts'
import { createRoundKey, sealTo } from '../../src/round/round-key.ts'
import { encodeBallot } from '../../src/urn/ballot.ts'
import { openUrn } from '../support/open-urn.ts'

const key = createRoundKey('2026')

/** A stratum, called by its municipality, unit and group. */
export function placeOf(
  unitId = 'u1',
  { municipalityCode = '1489', targetGroup = 'youth' as Place['targetGroup'] } = {},
): Place {
  const id = createHash('sha256').update(`${unitId} ${targetGroup}`).digest('hex').slice(0, 16)
  return {
    id,
    unitId,
    unit: `Enheten ${unitId}`,
    municipalityCode,
    municipality: `Ort ${municipalityCode}`,
    targetGroup,
  }
}

/** What the opening of an urn finds, in which these people's ballots lie. */
export function opened(people: readonly OpenedBallot[], places: readonly Place[]) {
  const parts = new Map(places.map((place) => [place.id, pairPart(place.municipalityCode, place.targetGroup)]))
  const rows = people.map(({ channel, ...ballot }) => ({
    ...{ stratumId: ballot.stratumId, channel, sealed: sealTo(key.publicKey, encodeBallot(ballot)) },
  }))
  return openUrn(rows, key, { partOf: (stratumId) => parts.get(stratumId)! })
}

/** So many people of a stratum who answer alike. */
export const alike = (
  number: number,
  { id: stratumId }: Place,
  answers: Answers,
  channel: OpenedBallot['channel'] = 'letter',
): OpenedBallot[] => Array.from({ length: number }, () => ({ stratumId, channel, language: 'sv', answers }))

/** The county of each municipality: its first two digits. */
export const countyOf = (places: readonly Place[]) =>
  new Map(places.map(({ municipalityCode }) => [municipalityCode, municipalityCode.slice(0, 2)]))

/** Mostly a handful or a dozen in a stratum, now and then more than a hundred; of one opinion as often as of many. */
const someStratum = fc.record({
  number: fc.oneof({ weight: 5, arbitrary: fc.nat(25) }, { weight: 1, arbitrary: fc.nat(130) }),
  pleased: fc.constantFrom(0, 0.1, 0.5, 0.8, 0.95, 1),
  seed: fc.integer(),
})

/** A nation of some municipalities, units and groups, and who answered there. */
export const someNation = fc
  .array(fc.tuple(fc.subarray([...targetGroups], { minLength: 1 }), fc.integer({ min: 1, max: 3 })), {
    ...{ minLength: 1, maxLength: 4, size: 'max' },
  })
  .chain((municipalities) => {
    const places = municipalities.flatMap(([groups, units], nth) =>
      Array.from({ length: units }, (_, unit) =>
        groups.map((targetGroup) =>
          placeOf(`${nth}${unit}`, { municipalityCode: `${14 + (nth % 2)}0${nth}`, targetGroup }),
        ),
      ).flat(),
    )
    return fc.tuple(...places.map((place) => fc.tuple(fc.constant(place), someStratum)))
  })
  .map((strata) => ({
    places: strata.map(([place]) => place),
    people: strata.flatMap(([place, { number, pleased, seed }]) => peopleOf(place, { number, pleased, seed })),
  }))

function peopleOf(place: Place, { number, pleased, seed }: { number: number; pleased: number; seed: number }) {
  const chance = chances(seed)
  const one = <Item>(items: readonly Item[]) => items[Math.floor(chance() * items.length)]!
  return Array.from({ length: number }, (): OpenedBallot => {
    const answers: Answers = { gender: one(['woman', 'woman', 'woman', 'man', 'man', 'other']) }
    for (const { id, options, positive } of questions.filter((question) => question.id !== 'gender'))
      if (chance() > 0.1)
        answers[id] = one(
          options.filter((option) => positive.has(option) === chance() < pleased || option === 'dont_know'),
        )
    return { stratumId: place.id, channel: one(channels), language: one(['sv', 'en', 'ti']), answers }
  })
}

/** Numbers from 0 to 1 that a seed gives again (Lehmer 1951). */
function chances(seed: number): () => number {
  let state = (Math.abs(seed) % 2_147_483_646) + 1
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
