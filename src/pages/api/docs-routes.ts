import type { FastifyInstance } from 'fastify'
import type { Published } from '../../actions/published.ts'
import { licenceUrl } from '../../catalogue/licence.ts'
import { figureStatuses } from '../../catalogue/year-figures.ts'
import type { Config } from '../../config.ts'
import { defaultLanguage, type Language, type Languages } from '../../language/languages.ts'
import { swedishDay } from '../../time/swedish-day.ts'
import { preferredLanguage } from '../../web/negotiation.ts'
import { sendPage } from '../../web/page.ts'
import type { RenderPage } from '../../web/views.ts'
import type { Views } from './views.ts'

interface Asking {
  published: () => Promise<Published>
  render: RenderPage<Views>
  languages: Languages
  clock: () => Date
  settings: Pick<Config, 'publicUrl' | 'keepRoundKey' | 'dataLicence'>
}

/** The mean of all municipalities. */
const allMunicipalities = 'G2328'

const kpiOfExamples = 'U31505'

/** The page that tells people of the API and lets them try it, in Swedish or English. */
export function docsRoutes(app: FastifyInstance, { published, render, languages, clock, settings }: Asking): void {
  const { publicUrl, keepRoundKey, dataLicence } = settings
  const known = (code: unknown) => (code === 'en' || code === defaultLanguage ? languages.find(code) : undefined)

  app.get('/v3/docs', async (request, reply) => {
    const { language: named } = request.query as { language?: unknown }
    const language = known(named) ?? known(preferredLanguage(request.headers, languages).code) ?? known('en')!
    const { kpis, areas, municipalityGroups, years, withdrawn, isPractice } = await published()
    const newest = years.at(-1)?.year ?? clock().getFullYear()
    const page = await render('api/docs', language, {
      kpis: kpis.map(({ id, title }) => ({ id, title: title.replace(/\s+/g, ' ') })),
      areas: [
        ...areas.filter(({ id, type }) => type === 'K' || id === '0000'),
        ...municipalityGroups.filter(({ id }) => id === allMunicipalities),
      ],
      years: years.map(({ year }) => year).reverse(),
      examples: examplesOf(newest),
      statuses: figureStatuses.filter((status) => status !== '').map((name) => ({ name })),
      licence: { name: dataLicence, href: licenceUrl[dataLicence] },
      isPractice: keepRoundKey || isPractice,
      withdrawn: withdrawn.map(({ year, since, reason }) => ({
        year: String(year),
        day: swedishDay(new Date(since)),
        reason,
      })),
      origin: publicUrl,
      example: `/v3/data/kpi/${kpiOfExamples}/year/${newest}`,
      results: `/${language.code}/results`,
      other: otherOf(language),
    })
    return sendPage(request, reply, page)
  })

  function otherOf({ code }: Language) {
    const { code: other, name } = known(code === 'en' ? defaultLanguage : 'en')!
    return { code: other, name, href: `/v3/docs?language=${other}` }
  }
}

const examplesOf = (year: number) => [
  { name: 'kpi', href: '/v3/kpi?title=helhetssyn' },
  { name: 'municipality', href: '/v3/municipality?region_type=K' },
  { name: 'groups', href: '/v3/municipality_groups?title=liknande' },
  { name: 'data', href: `/v3/data/kpi/${kpiOfExamples}/municipality/0000,1489,${allMunicipalities}/year/${year}` },
  { name: 'query', href: `/v3/data/?kpi_id=${kpiOfExamples}&municipality_id=1489&municipality_id=0000` },
]
