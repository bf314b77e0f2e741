import { seeded } from '../scripts/seeded.ts'
import type { Figure, GroupCells, MunicipalityCells } from '../src/disclosure/cells.ts'
import { tellRound } from '../src/disclosure/figures.ts'
import type { KnownBefore } from '../src/disclosure/open-numbers.ts'
import { ToldNumbers } from '../src/disclosure/told-numbers.ts'
import { knownAnswers } from '../src/fieldwork/known-answers.ts'
import { tellMunicipalities, tellNight } from '../src/fieldwork/telling.ts'
import { type TargetGroup, targetGroups } from '../src/questionnaire/target-groups.ts'
import { type Proportion, pooled } from '../src/statistics/proportion.ts'

/** How often a municipality surveys a group, and what part of it is positive. */
const usual: Record<TargetGroup, { surveyed: number; positive: number }> = {
  economic_assistance: { surveyed: 1, positive: 0.8 },
  addiction: { surveyed: 0.8, positive: 0.88 },
  guardian: { surveyed: 0.7, positive: 0.75 },
  youth: { surveyed: 0.45, positive: 0.78 },
  unaccompanied: { surveyed: 0.25, positive: 0.82 },
}
const questions = 7

type Random = () => number

/** With mean 0 and deviation 1 (Box and Muller 1958). */
const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** Mostly one or two, and some in ten; so that some 90 people answer in a municipality, as many as did in 2023. */
const someUnits = (random: Random) => Math.max(1, Math.round(1.2 * Math.exp(0.7 * normal(random))))

/** The nation of 290 municipalities, made up, as it may have answered one question. */
export const makeUpNation = (count = 290, seed = 1): MunicipalityCells[] => {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, nth) => makeUp(String(1000 + nth), random, someUnits))
}

/** The largest municipality: sixty units, each of them with some of its groups. */
export const makeUpLargest = (seed = 1): MunicipalityCells[] => [makeUp('0180', seeded(seed), () => 60)]

function makeUp(code: string, random: Random, unitsOf: (random: Random) => number): MunicipalityCells {
  const surveyed = targetGroups.filter((group) => random() < usual[group].surveyed)
  return { code, groups: surveyed.map((group) => makeUpGroup(group, { random, code, units: unitsOf(random) })) }
}

/** Of units of some dozen people, with 2 to 5 % who are neither women nor men. */
function makeUpGroup(
  targetGroup: TargetGroup,
  { random, code, units: count }: { random: Random; code: string; units: number },
): GroupCells {
  const [woman, man, rest] = [0, 0, 0].map(() => ({ people: 0, positive: 0 })) as [Proportion, Proportion, Proportion]
  const share = Math.min(0.97, usual[targetGroup].positive + 0.07 * normal(random))
  const neither = 0.02 + 0.03 * random()
  const units = Array.from({ length: count }, (_, nth) => {
    const unit = { unitId: `${code}-${nth}`, people: 0, positive: 0 }
    const size = Math.round(Math.exp(2.5 + 0.8 * normal(random)))
    for (let person = 0; person < size; person++) {
      const isPositive = random() < share
      const gender = random() < neither ? rest : random() < 0.52 ? woman : man
      for (const cell of [unit, gender]) {
        cell.people++
        cell.positive += Number(isPositive)
      }
    }
    return unit
  })
  return { targetGroup, units, woman, man, rest }
}

/** How many answered at all, where seven of a hundred have no opinion on a question. */
function answeredBy(nation: MunicipalityCells[], random = seeded(7)): MunicipalityCells[] {
  const answered = (opinions: number) => {
    let people = opinions
    for (let nth = 0; nth < opinions; nth++) people += Number(random() < 0.07 / 0.93)
    return { people, positive: 0 }
  }
  const nobody = { people: 0, positive: 0 }
  return nation.map(({ code, groups }) => ({
    code,
    groups: groups.map(({ targetGroup, units: its }) => {
      const units = its.map(({ unitId, people }) => ({ unitId, ...answered(people) }))
      return { targetGroup, units, woman: pooled(units), man: nobody, rest: nobody }
    }),
  }))
}

const kinds = {
  'totals of municipalities': ({ level, targetGroup }: Figure) => level === 'municipality' && targetGroup === 'total',
  'groups of municipalities': ({ level, targetGroup, gender }: Figure) =>
    level === 'municipality' && targetGroup !== 'total' && gender === 'all',
  'women and men of municipalities': ({ level, gender }: Figure) => level === 'municipality' && gender !== 'all',
  units: ({ level }: Figure) => level === 'unit',
}

const evenings = 30

/** What staff know of how many answered when the fieldwork has ended: a letter each to twice as many, and answers on thirty evenings. */
function knownOf(answered: MunicipalityCells[], random = seeded(9)): KnownBefore[] {
  const strata = answered.flatMap(({ code, groups }) =>
    groups.flatMap(({ targetGroup, units }) =>
      units.map(({ unitId, people }) => {
        const place = {
          id: `${unitId} ${targetGroup}`,
          unitId,
          unit: unitId,
          municipalityCode: code,
          municipality: code,
        }
        const days = Array.from({ length: people }, () => Math.floor(random() * evenings))
        return { place: { ...place, targetGroup }, days }
      }),
    ),
  )
  const records = strata.map(({ place, days }) => ({
    ...{ stratumId: place.id, channel: 'letter' as const, wentOut: 2 * days.length, undeliverable: 0 },
    ...{ unsettledBatches: 0, stock: 0, tallied: {} },
  }))
  const places = strata.map(({ place }) => place)
  const told = new ToldNumbers()
  for (let evening = 0; evening < evenings; evening++) {
    const numbers = strata.map(({ place, days }) => ({
      ...{ stratumId: place.id, channel: 'letter' as const },
      number: days.filter((day) => day <= evening).length,
    }))
    told.add(tellNight([tellMunicipalities(places, numbers, records, told)], told).told)
  }
  return knownAnswers(places, told, new Map())
}

/** Of the figures of ten people or more, by kind, how many are told: from 0 to 1. @param isFollowed whether staff saw the fieldwork, night by night */
export function keptOf(nation: MunicipalityCells[], isFollowed: boolean): [kind: string, kept: number][] {
  const answered = answeredBy(nation)
  const told = tellRound(answered, [nation], isFollowed ? knownOf(answered) : []).shares[0]!
  const enough = told.filter(({ status }) => status !== 'few' && status !== 'nobody')
  return Object.entries(kinds).map(([kind, isOfKind]) => {
    const its = enough.filter(isOfKind)
    return [kind, its.filter(({ status }) => status !== 'protected').length / its.length]
  })
}

/** How long it takes to tell all questions, in milliseconds. */
export function timeTelling(nation: MunicipalityCells[]): number {
  const answered = answeredBy(nation)
  const known = knownOf(answered)
  const started = performance.now()
  tellRound(answered, Array<MunicipalityCells[]>(questions).fill(nation), known)
  return performance.now() - started
}
