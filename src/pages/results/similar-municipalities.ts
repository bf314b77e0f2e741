import { areasOf, readMunicipalityGroups } from '../../catalogue/areas.ts'
import type { Group } from '../../catalogue/kpis.ts'
import { similarTo } from '../../catalogue/similar.ts'
import type { Indicator, ReleasedArea } from '../../results/indicator.ts'
import { fewestSimilar } from '../../results/similar-mean.ts'
import { listed } from './area.ts'
import type { AskedPage, ResultsContext } from './results-pages.ts'

/** The municipalities of a release that are like one. */
interface SimilarMunicipalities {
  /** All that is told of each; none where they are too few for a mean. */
  own: Indicator[][]
  /** Who they are and how their mean is made; absent where they are too few. */
  text?: string
  /** That there is no mean of them. */
  untold?: string
}

/** Reads the groups of municipalities of the catalogue, once. */
export function knownGroups({ organisation }: Pick<ResultsContext['stores'], 'organisation'>): () => Promise<Group[]> {
  let groups: Promise<Group[]> | undefined
  const read = async () => readMunicipalityGroups(areasOf(await organisation.listMunicipalities()))
  return () => {
    groups ??= read()
    return groups
  }
}

/** What is told of those that are like a municipality, of all target groups together, as far as they took part. */
export async function similarMunicipalities(
  { name, municipalities, groups }: { name: string; municipalities: readonly ReleasedArea[]; groups: readonly Group[] },
  { key, t }: AskedPage,
  { stores }: Pick<ResultsContext, 'stores'>,
): Promise<SimilarMunicipalities> {
  const similar = similarTo(groups, name)
  if (!similar) return { own: [] }
  const some = municipalities.filter(({ area }) => similar.codes.includes(area))
  const all = similar.codes.length
  if (some.length < fewestSimilar)
    return { own: [], untold: t('results.similar.few', { name, all, some: some.length, fewest: fewestSimilar }) }
  const told = await stores.results.listIndicators(key, {
    ...{ levels: ['municipality'], areas: some.map(({ area }) => area), measures: ['positive'] },
    ...{ targetGroups: ['total'], genders: ['all'] },
  })
  const names = listed(
    some.map((one) => one.name),
    t,
  )
  return {
    own: some.map(({ area }) => told.filter((one) => one.area === area)),
    untold: t('results.similar.untold', { name, fewest: fewestSimilar }),
    text: t('results.similar.text', { name, names, year: similar.year, fewest: fewestSimilar }),
  }
}
