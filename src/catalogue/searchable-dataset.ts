import { licenceUrl } from './licence.ts'
import { aboutIn, keywords, type OpenData, ways, words } from './open-data-words.ts'

interface Searchable extends Omit<OpenData, 'years' | 'withdrawn'> {
  /** The first one first. */
  years: readonly number[]
}

/** The same dataset as search engines read it (https://schema.org/Dataset), as JSON-LD. */
export function searchableDataset({ publicUrl, licence, owner, years, isPractice }: Searchable, lang: 'sv' | 'en') {
  const to = (path: string) => `${publicUrl}${path}`
  const download = (path: string, encodingFormat: string) => ({
    ...{ '@type': 'DataDownload', encodingFormat, contentUrl: to(path) },
  })
  return {
    ...{ '@context': 'https://schema.org', '@type': 'Dataset', '@id': to('/catalog#dataset') },
    ...{
      name: words.title[lang],
      description: aboutIn(lang, { isPractice, withdrawn: [] }),
      url: to(`/${lang}/results`),
    },
    ...{ inLanguage: lang, isAccessibleForFree: true, license: licenceUrl[licence], keywords },
    creator: { '@type': 'Organization', name: owner.name ?? new URL(publicUrl).host },
    spatialCoverage: { '@type': 'Country', name: 'Sweden' },
    ...(years.length > 0 ? { temporalCoverage: `${years[0]}/${years.at(-1)}` } : {}),
    distribution: [
      download(ways.csv.path, 'text/csv'),
      ...years.slice(-1).map((year) => download(`/v3/data/year/${year}/municipality/0000`, 'application/json')),
    ],
  }
}
