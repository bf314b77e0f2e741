import { type Area, areasOf, readMunicipalityGroups } from '../catalogue/areas.ts'
import { type Group, type Kpi, kpiGroups, readKpis } from '../catalogue/kpis.ts'
import { type YearFigures, yearFigures } from '../catalogue/year-figures.ts'
import { packEarlierYears } from '../history/earlier-years.ts'
import { qualityQuestions } from '../questionnaire/questions.ts'
import type { Indicator } from '../results/indicator.ts'
import { comingStep, stepsInEffect } from '../results/phase.ts'
import { seenRelease } from '../results/readers.ts'
import { isPracticeOf } from '../results/release.ts'
import type { Release } from '../results/release-store.ts'
import type { AnswerStores } from '../stores.ts'
import { swedishDay } from '../time/swedish-day.ts'
import { type KnownReleases, knownReleases, ownYears } from './known-releases.ts'

/** All that the API serves: what everybody may read, in memory. */
export interface Published {
  /** It is another one whenever anything is published, corrected or withdrawn. */
  key: string
  kpis: Kpi[]
  kpiGroups: Group[]
  areas: Area[]
  municipalityGroups: Group[]
  /** The oldest first: of rounds of this service, and of earlier years as they were imported. */
  years: YearFigures[]
  /** Whether figures of earlier years among them were made up. */
  isPractice: boolean
  /** Of which years everybody read figures and nobody does any more, the oldest first. */
  withdrawn: WithdrawnYear[]
  /** The publication that comes next, or else the last there was. */
  next?: NextPublication
}

/** Of which year figures are published, and on which day. */
export interface NextPublication {
  year: number
  on: string
}

/** A year of which all figures were withdrawn: since when, as an ISO instant, and why, in the words of whoever did it. */
export interface WithdrawnYear {
  year: number
  since: string
  reason: string
}

type Catalogue = Pick<Published, 'kpis' | 'kpiGroups' | 'areas' | 'municipalityGroups'>

interface Asking {
  stores: Pick<AnswerStores, 'round' | 'results' | 'organisation' | 'history' | 'ownTexts'>
  clock: () => Date
}

/** Follows what is published: read anew when a release comes or goes, which is looked at once a second at most. Of a release that stays, nothing is read again. */
export function followPublished({ stores, clock }: Asking): () => Promise<Published> {
  const releases = knownReleases({ stores, clock })
  const years = new Map<string, YearFigures>()
  let catalogue: Promise<Catalogue> | undefined
  let earlier: { key: string; years: YearFigures[] } | undefined
  let published: { key: string; whole: Promise<Published> } | undefined

  async function readCatalogue(): Promise<Catalogue> {
    const kpis = readKpis()
    const areas = areasOf(await stores.organisation.listMunicipalities())
    return { kpis, kpiGroups: kpiGroups(kpis), areas, municipalityGroups: await readMunicipalityGroups(areas) }
  }

  /** A piece at a time: all of a nation at once would hold up others. */
  async function readIndicators(release: Release): Promise<Indicator[]> {
    const levels = ['nation', 'municipality'] as const
    const found: Indicator[] = []
    for (const question of qualityQuestions)
      found.push(
        ...(await stores.results.listIndicators(release, { levels, measures: ['positive'], questions: [question.id] })),
      )
    for (const measure of ['rate', 'responses'] as const)
      found.push(...(await stores.results.listIndicators(release, { levels, measures: [measure] })))
    return found
  }

  /** Read anew when something is imported or removed, an indicator at a time. */
  async function readEarlier(imported: KnownReleases['imported'], { kpis, areas }: Catalogue): Promise<YearFigures[]> {
    const key = JSON.stringify(imported)
    if (earlier?.key === key) return earlier.years
    const packing = packEarlierYears(imported, { kpis, areas: areas.map(({ id }) => id) })
    if (imported.length > 0) for (const { id } of kpis) packing.add(await stores.history.listHistoryOfKpi(id))
    earlier = { key, years: packing.end() }
    return earlier.years
  }

  async function read({ figuresKey: key, rounds, imported }: KnownReleases): Promise<Published> {
    catalogue ??= readCatalogue()
    const known = await catalogue
    const served = publicReleases(rounds, clock())
    const names = new Map(
      [...served].map(([year, { roundId, number, hash }]) => [`${roundId} ${number} ${hash}`, year]),
    )
    for (const name of years.keys()) if (!names.has(name)) years.delete(name)
    for (const [name, year] of names) {
      const release = served.get(year)!
      if (years.has(name)) continue
      const indicators = await readIndicators(release)
      years.set(name, yearFigures({ year, publishedOn: publishedOn(release, clock()) }, known.kpis, indicators))
    }
    const own = ownYears({ rounds }, clock())
    const before = (await readEarlier(imported, known)).filter(({ year }) => !own.has(year))
    const sorted = [...before, ...years.values()].sort((one, other) => one.year - other.year)
    const newest = [...years.values()].sort((one, other) => other.year - one.year)[0]
    const last = newest && { year: newest.year, on: newest.publishedOn }
    const isPractice = imported.some((one) => one.isPractice) || [...served.values()].some(isPracticeOf)
    return {
      ...{ ...known, key, years: sorted, isPractice },
      withdrawn: withdrawnYears(rounds, { served, now: clock() }),
      next: comingPublication(rounds, clock()) ?? last,
    }
  }

  return async () => {
    const now = await releases()
    if (published?.key === now.figuresKey) return published.whole
    const whole = read(now)
    const reading = { key: now.figuresKey, whole }
    published = reading
    whole.catch(() => {
      catalogue = undefined
      if (published === reading) published = undefined
    })
    return whole
  }
}

/** What everybody reads of each year. */
function publicReleases(rounds: KnownReleases['rounds'], now: Date): Map<number, Release> {
  const found = new Map<number, Release>()
  for (const { year, releases } of rounds) {
    const seen = seenRelease('public', releases, { now })
    if (!('why' in seen) && !found.has(year)) found.set(year, seen)
  }
  return found
}

function withdrawnYears(
  rounds: KnownReleases['rounds'],
  { served, now }: { served: ReadonlyMap<number, Release>; now: Date },
): WithdrawnYear[] {
  return rounds
    .flatMap(({ year, releases }) => {
      const seen = seenRelease('public', releases, { now })
      if (!('why' in seen) || seen.why !== 'withdrawn' || served.has(year)) return []
      return [{ year, since: seen.since, reason: seen.reason }]
    })
    .sort((one, other) => one.year - other.year)
}

const publishedOn = ({ steps }: Release, now: Date) =>
  swedishDay(new Date(stepsInEffect(steps, now).findLast(({ kind }) => kind === 'publish')!.takesEffect))

function comingPublication(rounds: KnownReleases['rounds'], now: Date): NextPublication | undefined {
  const coming = rounds.flatMap(({ year, releases }) =>
    releases.flatMap(({ steps }) => {
      const step = comingStep(steps, now)
      return step?.kind === 'publish' ? [{ year, on: swedishDay(new Date(step.takesEffect)) }] : []
    }),
  )
  return coming.sort((one, other) => (one.on < other.on ? -1 : 1))[0]
}
