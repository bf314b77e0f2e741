import type { FastifyInstance } from 'fastify'
import { licenceUrl } from '../../catalogue/licence.ts'
import { searchableDataset } from '../../catalogue/searchable-dataset.ts'
import type { Config } from '../../config.ts'
import { defaultLanguage, type Language } from '../../language/languages.ts'
import { aboutRoutes } from './about-routes.ts'
import { allRoutes } from './all-routes.ts'
import { briefRoutes } from './brief-routes.ts'
import { compareRoutes } from './compare-routes.ts'
import { feedRoutes } from './feed-routes.ts'
import { groupRoutes } from './group-routes.ts'
import { kkikRoutes } from './kkik-routes.ts'
import { municipalityRoutes } from './municipality-routes.ts'
import { nationRoutes } from './nation-routes.ts'
import { questionRoutes } from './question-routes.ts'
import { type ResultsContext, resultsPages } from './results-pages.ts'
import { unitsRoutes } from './units-routes.ts'
import { wordingRoutes } from './wording-routes.ts'

type Given = Pick<ResultsContext, 'stores' | 'render' | 'languages' | 'clock' | 'framed'> & {
  settings: Pick<Config, 'publicUrl' | 'keepRoundKey' | 'dataLicence' | 'notice'>
}

/** What pages are made with: it says whether figures are made up, and under which licence they may be used. */
const madeWith = ({ settings: { keepRoundKey, dataLicence }, ...given }: Given) => ({
  ...given,
  isPractice: keepRoundKey,
  licence: { name: dataLicence, href: licenceUrl[dataLicence] },
})

/** In which languages there are results. */
const codes = [defaultLanguage, 'en']

/** The pages of results for everybody, at `/sv/results` and `/en/results`, and the feed of what was published. */
export async function publicResults(app: FastifyInstance, given: Given): Promise<void> {
  for (const code of codes) {
    const language = given.languages.find(code)!
    const base = ({ code }: Language) => `/${code}/results`
    const context: ResultsContext = {
      ...madeWith(given),
      base,
      languageOf: () => language,
      readerOf: () => 'public',
      datasetIn: datasetsOf(given),
    }
    await app.register(resultsApp, { ...context, prefix: base(language) })
    feedRoutes(app, { ...madeWith(given), publicUrl: given.settings.publicUrl, language, base: base(language) })
  }
}

/** What search engines read of the open data. No text in it ends the element that it stands in. */
function datasetsOf({ settings }: Given): ResultsContext['datasetIn'] {
  const { publicUrl, dataLicence: licence, notice } = settings
  return ({ code }, { years, isPractice }) => {
    const asked = { publicUrl, licence, isPractice, owner: notice.owner, years }
    return JSON.stringify(searchableDataset(asked, code === 'en' ? 'en' : 'sv')).replaceAll('<', '\\u003c')
  }
}

/** The pages of results for those who are signed in, in their language and the staff's frame, at `/staff/results`. */
export async function staffResults(area: FastifyInstance, given: Given): Promise<void> {
  const context: ResultsContext = {
    ...madeWith(given),
    base: () => '/staff/results',
    languageOf: ({ staff }) => given.languages.find(staff.language === 'en' ? 'en' : defaultLanguage)!,
    readerOf: ({ staff }) => staff,
    config: { may: 'read results' },
  }
  await area.register(resultsApp, { ...context, prefix: '/results' })
}

/** The pages of results, for the public or for staff: the same pages, of what each may see. */
async function resultsApp(app: FastifyInstance, context: ResultsContext): Promise<void> {
  const page = resultsPages(app, context)
  nationRoutes(page, context)
  municipalityRoutes(page, context)
  briefRoutes(page, context)
  kkikRoutes(page, context)
  compareRoutes(page, context)
  aboutRoutes(page, context)
  wordingRoutes(page, context)
  unitsRoutes(page, context)
  questionRoutes(page, context)
  groupRoutes(page, context)
  allRoutes(page, context)
}
