import { earlierIndicators, isUnaccompaniedApart } from '../catalogue/earlier-years.ts'
import { readKpis } from '../catalogue/kpis.ts'
import type { QuestionId } from '../questionnaire/questions.ts'
import { type Indicator, nationArea } from '../results/indicator.ts'
import { rewordedQuestions } from '../round/asked-words.ts'
import type { AnswerStores } from '../stores.ts'
import { type KnownReleases, ownYears } from './known-releases.ts'

interface ReleaseKey {
  roundId: string
  number: number
}

type Stores = Pick<AnswerStores, 'results' | 'round' | 'history'>
type Wanted = NonNullable<Parameters<Stores['results']['listIndicators']>[1]>

/** Where a year is read from: a release of this service, or what was imported. */
export interface YearSource {
  year: number
  release?: ReleaseKey
}

/**
 * From where the year before another is read: the release that its reader may see; else what was imported of it, where this service never
 * published that year itself. Nothing where there is neither.
 */
export function sourceOfYear(
  year: number,
  readable: ReadonlyMap<number, ReleaseKey>,
  known: Pick<KnownReleases, 'rounds' | 'imported'>,
  now: Date,
): YearSource | undefined {
  const release = readable.get(year)
  if (release) return { year, release }
  const isImported = known.imported.some((one) => one.year === year)
  return isImported && !ownYears(known, now).has(year) ? { year } : undefined
}

/** What is told of the year before, or of another one, as far as this year's can be laid beside it. */
export interface YearBefore {
  /** What was asked in other words then: the series is broken there, and nothing is compared. */
  reworded: QuestionId[]
  /** Whether unaccompanied young people have come to count as young people since, or no longer do: that group is not compared then. */
  regrouped?: 'joined' | 'apart'
  /** Its indicators, but of those questions and that group. Of what was imported some areas have to be named. */
  list(wanted: Wanted): Promise<Indicator[]>
}

export async function yearBefore(stores: Stores, key: ReleaseKey, source: YearSource): Promise<YearBefore> {
  const { results, round } = stores
  const { release, year } = source
  const words = release && (await round.listAskedWords(release.roundId))
  const reworded = words ? rewordedQuestions(await round.listAskedWords(key.roundId), words) : []
  const isApart = await hasUnaccompanied(stores, key)
  const wasApart = release ? await hasUnaccompanied(stores, release) : isUnaccompaniedApart(year)
  const regrouped = isApart === wasApart ? undefined : isApart ? 'apart' : 'joined'
  const isBroken = new Set<string>(reworded)
  return {
    ...{ reworded, regrouped },
    async list(wanted) {
      const told = release
        ? await results.listIndicators({ roundId: release.roundId, number: release.number }, wanted)
        : await listImported(stores, year, wanted)
      return told.filter(
        ({ question, targetGroup }) => !isBroken.has(question) && !(regrouped && targetGroup === 'youth'),
      )
    },
  }
}

/** Whether unaccompanied young people are a target group of their own in a release. */
async function hasUnaccompanied({ results }: Stores, { roundId, number }: ReleaseKey): Promise<boolean> {
  const ofNation = { levels: ['nation'], areas: [nationArea], measures: ['responses'] } as const
  const told = await results.listIndicators({ roundId, number }, { ...ofNation, targetGroups: ['unaccompanied'] })
  return told.length > 0
}

async function listImported({ history }: Stores, year: number, wanted: Wanted): Promise<Indicator[]> {
  const { areas = [], levels, measures, questions, targetGroups, genders } = wanted
  const asks = <Value>(some: readonly Value[] | undefined, value: Value) => some?.includes(value) ?? true
  const kpis = readKpis()
  const figures = []
  for (const area of new Set(areas)) figures.push(...(await history.listHistoryOf(area)))
  return earlierIndicators(figures, kpis, year).filter(
    (one) =>
      asks(levels, one.level) &&
      asks(measures, one.measure) &&
      asks(questions, one.question) &&
      asks(targetGroups, one.targetGroup) &&
      asks(genders, one.gender),
  )
}
