import { listPlaces } from '../../src/fieldwork/store.ts'
import { addStrata, addUnit, listCounties } from '../../src/organisation/store.ts'
import type { Answers } from '../../src/questionnaire/answers.ts'
import { type TargetGroup, targetGroups } from '../../src/questionnaire/target-groups.ts'
import { sealCounts } from '../../src/results/opening.ts'
import { ballotClasses, releaseOf } from '../../src/results/release.ts'
import { approveStep, proposeStep } from '../../src/results/release-steps-store.ts'
import { recordOpening } from '../../src/results/store.ts'
import type { AskedWords } from '../../src/round/asked-words.ts'
import { beginCollection } from '../../src/round/asked-words-store.ts'
import { createRoundKey, sealTo } from '../../src/round/round-key.ts'
import { createRound, moveRound } from '../../src/round/store.ts'
import { encodeBallot } from '../../src/urn/ballot.ts'
import { openUrn } from '../support/open-urn.ts'
import { runIn } from '../support/rows.ts'
import type { Service } from '../support/service.ts'

/** How many answered at a unit in a target group, and how many of them are positive, to every question; but for what `answers` says of all of them. */
export interface Answered {
  municipality: string
  unit: string
  group?: TargetGroup
  people: number
  positive: number
  answers?: Answers
}

const positive = { contact: 'very_easy', information: 'fairly_easy', understanding: 'very_much', views: 'yes' }
const negative = { contact: 'fairly_hard', information: 'very_hard', understanding: 'fairly_little', views: 'no' }
const yes = { ...positive, influence: 'very_much', situation: 'improved_a_lot', overall: 'very_satisfied' } as Answers
const no = { ...negative, influence: 'not_at_all', situation: 'no_change', overall: 'very_dissatisfied' } as Answers

/** A round that was answered so, opened, and released: told as every other is. */
export async function openedRound(
  { db, clock }: Pick<Service, 'db' | 'clock'>,
  answered: readonly Answered[],
  year = 2026,
  words: readonly AskedWords[] = [],
) {
  const id = String(year)
  const key = createRoundKey(id)
  const days = { opensOn: `${id}-09-01`, closesOn: `${id}-10-31` }
  await createRound(db, { id, year, ...days, publicKey: key.publicKey, targetGroups: [...targetGroups] })
  const unitIds = new Map<string, string>()
  for (const { municipality, unit, group = 'economic_assistance' } of answered) {
    const name = `${municipality} ${unit}`
    const unitId = unitIds.get(name) ?? (await addUnit(db, { municipalityCode: municipality, name: unit })).id
    unitIds.set(name, unitId)
    await addStrata(db, id, unitId, [group])
  }
  if (words.length > 0) await beginCollection(db, id, words)
  else await moveRound(db, id, ['draft'], 'collecting')
  await moveRound(db, id, ['collecting'], 'closed')
  const places = await listPlaces(db, id)
  const rows = answered.flatMap(({ municipality, unit, group = 'economic_assistance', ...their }) => {
    const unitId = unitIds.get(`${municipality} ${unit}`)
    const stratumId = places.find((place) => place.unitId === unitId && place.targetGroup === group)!.id
    return Array.from({ length: their.people }, (_, nth) => {
      const answers = { ...(nth < their.positive ? yes : no), ...their.answers }
      const sealed = sealTo(key.publicKey, encodeBallot({ stratumId, language: 'sv', answers }))
      return { stratumId, channel: 'letter' as const, sealed }
    })
  })
  const parts = new Map(places.map((place) => [place.id, `${place.municipalityCode} ${place.targetGroup}`]))
  const opened = openUrn(rows, key, { partOf: (stratumId) => parts.get(stratumId)! })
  const release = releaseOf(opened, { places, records: [], countyOf: await listCounties(db) })
  const facts = { year, version: 'test', strata: ballotClasses(places, opened), isGivenUp: false }
  const sealedCounts = sealCounts(key.publicKey, opened)
  await recordOpening(db, { roundId: id, sealedCounts, release, facts, now: clock.now })
  return { id, unitIds }
}

/** Has a release seen: by participants, or by everybody; at once, or when that time comes. */
export async function letSee(
  { db, clock }: Pick<Service, 'db' | 'clock'>,
  kind: 'release' | 'publish',
  roundId = '2026',
  takesEffect = clock.now,
) {
  const saying = { roundId, number: 1, now: clock.now }
  const proposed = await proposeStep(db, { ...saying, by: 'one' }, { kind, takesEffect })
  if (!proposed.approvedAt) await approveStep(db, { ...saying, by: 'another' })
}

/** A round that everybody can read. */
export async function publishedRound(
  service: Service,
  answered: readonly Answered[],
  year = 2026,
  words: readonly AskedWords[] = [],
) {
  const round = await openedRound(service, answered, year, words)
  await letSee(service, 'release', round.id)
  await letSee(service, 'publish', round.id)
  return round
}

/** A second release of the round, which everybody may read from now on. */
export async function correct({ db, clock }: Pick<Service, 'db' | 'clock'>, reason: string) {
  await runIn(db, "insert into releases select round_id, 2, made_at, hash || 'x', facts, ? from releases", reason)
  for (const kind of ['release', 'publish'] as const) {
    const saying = { roundId: '2026', number: 2, now: clock.now }
    const { approvedAt } = await proposeStep(db, { ...saying, by: 'one' }, { kind, takesEffect: clock.now })
    if (!approvedAt) await approveStep(db, { ...saying, by: 'another' })
  }
}
