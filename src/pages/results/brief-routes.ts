import { foundTogether, paragraphsOf, writtenBrief } from '../../actions/written-brief.ts'
import { may } from '../../people/roles.ts'
import { nationArea } from '../../results/indicator.ts'
import { absentMunicipality } from './absent.ts'
import { areaWords } from './own-words.ts'
import type { AskedPage, ResultsContext, resultsPages } from './results-pages.ts'

/** The year in brief, of the nation and of each municipality: as people have written it, and as the figures alone have it, with how each sentence was found. */
export function briefRoutes(page: ReturnType<typeof resultsPages>, context: ResultsContext): void {
  const { stores } = context

  page('/brief', 'nation', async (asked) =>
    briefPage({ area: nationArea, name: asked.t('results.nation.name'), path: '' }, asked),
  )

  page('/:municipality(^\\d{4}$)/brief', 'municipalities', async (asked) => {
    const code = asked.params.municipality!
    const municipalities = await stores.results.listReleasedMunicipalities(asked.key)
    const name = municipalities.find(({ area }) => area === code)?.name
    if (name === undefined) return absentMunicipality(code, asked, stores)
    return briefPage({ area: code, name, path: `/${code}` }, asked)
  })

  async function briefPage({ area, name, path }: Record<'area' | 'name' | 'path', string>, asked: AskedPage) {
    const { t, frame, year, reader } = asked
    const isNation = area === nationArea
    const isOwn = reader !== 'public' && (isNation ? reader.role === 'national' : reader.municipalityCode === area)
    const sentences = await writtenBrief(stores, { ...asked, area })
    const mayWrite = isOwn && may(reader.role, 'write own texts')
    return {
      view: 'results/brief' as const,
      title: t('results.brief.title', { name, year: String(year) }),
      data: {
        ...{ name, up: { href: frame.to(path), text: name } },
        words: await areaWords({ area, writer: isNation ? 'nation' : 'municipality' }, asked, context),
        write: mayWrite ? `/staff/texts?year=${year}` : undefined,
        ...{ paragraphs: paragraphsOf(sentences), sentences: foundTogether(sentences) },
      },
    }
  }
}
