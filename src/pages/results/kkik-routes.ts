import { readKpis } from '../../catalogue/kpis.ts'
import { chartDefs } from '../../chart/defs.ts'
import { dotRow } from '../../chart/dot-row.ts'
import { quarterMark } from '../../chart/quarter-mark.ts'
import { shareAxis } from '../../chart/scale.ts'
import { nationArea } from '../../results/indicator.ts'
import { type ShareLine, shareLines } from '../../results/share-lines.ts'
import { absentMunicipality } from './absent.ts'
import { marks, rowOf, shareText, whyText } from './area.ts'
import { findingsOf } from './findings.ts'
import { largeFigures } from './large-figures.ts'
import { quartersBy } from './municipality-highlights.ts'
import { inFileName } from './page-pictures.ts'
import type { KkikRow } from './parts-view.ts'
import type { AskedPage, ResultsContext, resultsPages } from './results-pages.ts'
import { savedShares } from './saved-shares.ts'
import { knownGroups, similarMunicipalities } from './similar-municipalities.ts'
import { toldYears } from './told-years.ts'

/** What "Kommunens kvalitet i korthet" takes its figure of this survey from stands first. */
const first = ['overall', 'situation']
/** So many years before this one. */
const earlier = 3

/** The sheet for "Kommunens kvalitet i korthet": the indicators of one municipality, on one page that can be printed. */
export function kkikRoutes(page: ReturnType<typeof resultsPages>, context: ResultsContext): void {
  const { stores } = context
  const groups = knownGroups(stores)

  page('/:municipality(^\\d{4}$)/kkik', 'municipalities', async (asked) => {
    const { key, t, frame, params, year } = asked
    const code = params.municipality!
    const municipalities = await stores.results.listReleasedMunicipalities(key)
    const name = municipalities.find(({ area }) => area === code)?.name
    if (name === undefined) return absentMunicipality(code, asked, stores)

    const own = await stores.results.listIndicators(key, { levels: ['municipality'], areas: [code] })
    const nation = await stores.results.listIndicators(key, { levels: ['nation'], areas: [nationArea] })
    const similar = await similarMunicipalities({ name, municipalities, groups: await groups() }, asked, context)
    const told = shareLines({ own, whole: nation, similar: similar.own, targetGroup: 'total' })
    const lines = told.toSorted((one, other) => orderOf(one) - orderOf(other))
    const quarterOf = await quarters(code, asked)
    const rows: KkikRow[] = []
    for (const line of lines) rows.push(await rowOfLine(line, code, quarterOf(line.question), asked))
    const hasSimilar = lines.some((line) => line.similar.share !== undefined)
    const names = { own: `${name} ${year}`, whole: t('results.municipality.nation') }
    const findings = findingsOf(lines, asked, { whole: names.whole })
    const title = t('results.kkik.title', { name, year: String(year) })
    return {
      view: 'results/kkik',
      title,
      pictures: {
        ...{ of: `${inFileName(name)}-kkik`, title: names.own },
        charts: savedShares(lines, asked, {
          ...{ name: 'questions', heading: title, finding: findings.join(' ') },
          ...{ subtitle: t('results.kkik.caption', { name }), names },
        }),
      },
      data: {
        ...{ name, up: { href: frame.to(`/${code}`), text: name }, names, rows },
        years: Array.from({ length: earlier }, (_, at) => year - earlier + at),
        findings: findings.map((text) => ({ text })),
        figures: largeFigures(own, 'total', asked),
        similar: hasSimilar ? similar.text : undefined,
        ...{ axis: shareAxis(frame.percent), defs: chartDefs(), marks },
      },
    }
  })

  async function rowOfLine(
    line: ShareLine,
    code: string,
    quarter: KkikRow['quarter'],
    asked: AskedPage,
  ): Promise<KkikRow> {
    const { t, frame, year } = asked
    const { question, share, whole, similar } = line
    const of = { question, targetGroup: 'total' } as const
    const { seriesOf } = await toldYears({ ...of, areas: [code] }, asked, context)
    const series = new Map(seriesOf({ ...of, area: code }).map((one) => [one.year, one]))
    return {
      ...{ question: t(`results.questions.${question}`), href: frame.to(`/questions/${question}`) },
      kpi: readKpis().find(
        (kpi) => kpi.measure === 'positive' && kpi.targetGroup === 'total' && kpi.question === question,
      )!.id,
      isFirst: first.includes(question),
      chart: dotRow(rowOf(line, { whole: 'nation' })),
      ...{ value: shareText(share, asked), why: whyText(share, asked, 'whyShort'), people: share?.people },
      years: Array.from({ length: earlier }, (_, at) => {
        const one = series.get(year - earlier + at)
        return { year: year - earlier + at, value: one?.share ? shareText(one.share, asked) : '' }
      }),
      whole: whole.share ? shareText(whole.share, asked) : '',
      similar: similar.share ? shareText(similar.share, asked) : '',
      quarter,
    }
  }

  /** In which quarter the municipality stands, by question; nothing where it is in none. */
  async function quarters(code: string, { key, t }: AskedPage) {
    const all = await stores.results.listIndicators(key, {
      ...{ levels: ['municipality'], measures: ['positive'], targetGroups: ['total'], genders: ['all'] },
    })
    const found = quartersBy({ all, code })
    return (question: string): KkikRow['quarter'] => {
      const quarter = found.get(question)
      return quarter && { mark: quarterMark(quarter), text: t(`results.all.quarter.${quarter}`) }
    }
  }
}

const orderOf = ({ question }: ShareLine) => (first.includes(question) ? first.indexOf(question) : first.length)
