import { type EarlierFigure, earlierYears } from '../../catalogue/earlier-years.ts'
import { readKpis } from '../../catalogue/kpis.ts'
import { nationArea } from '../../results/indicator.ts'
import { type RoundTold, type SeriesPlace, type SeriesYear, yearOfRound } from '../../results/year-series.ts'
import { rewordedQuestions } from '../../round/asked-words.ts'
import type { AskedPage, ResultsContext } from './results-pages.ts'

/** All years of which something is told of some places, the earliest first, for series of each of them. */
export interface ToldYears {
  seriesOf(place: SeriesPlace): SeriesYear[]
}

/** Reads all years that a reader may see, of one question and target group. A year with results of this service is told by them alone. */
export async function toldYears(
  { areas, question, targetGroup }: Omit<SeriesPlace, 'area'> & { areas: readonly string[] },
  { readable, year: asked }: AskedPage,
  { stores }: Pick<ResultsContext, 'stores'>,
): Promise<ToldYears> {
  const rounds: RoundTold[] = []
  const years = [...readable.keys()].filter((year) => year <= asked).sort((one, other) => one - other)
  let before: Awaited<ReturnType<typeof stores.round.listAskedWords>> = []
  for (const year of years) {
    const key = readable.get(year)!
    const words = await stores.round.listAskedWords(key.roundId)
    const told = await stores.results.listIndicators(key, {
      ...{ areas, levels: ['nation', 'municipality'], measures: ['positive', 'responses', 'offered'] },
      ...{ questions: [question, ''], targetGroups: [targetGroup], genders: ['all'] },
    })
    const apart = await stores.results.listIndicators(key, {
      ...{ areas: [nationArea], levels: ['nation'], measures: ['responses'], targetGroups: ['unaccompanied'] },
    })
    rounds.push({ year, told, isApart: apart.length > 0, reworded: rewordedQuestions(words, before) })
    before = words
  }
  const earlier = new Map<string, EarlierFigure[]>()
  for (const area of areas) earlier.set(area, await stores.history.listHistoryOf(area))
  return {
    seriesOf(place) {
      const own = rounds.map((round) => yearOfRound(round, place))
      const published = earlierYears(earlier.get(place.area) ?? [], readKpis(), place)
      const isOwn = new Set(years)
      return [...published.filter(({ year }) => year < asked && !isOwn.has(year)), ...own].sort(
        (one, other) => one.year - other.year,
      )
    },
  }
}
