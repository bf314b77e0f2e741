import { nationArea } from '../../results/indicator.ts'
import type { ShareLine } from '../../results/share-lines.ts'
import type { SeriesPlace } from '../../results/year-series.ts'
import { groupName } from './groups.ts'
import type { AskedPage, ResultsContext } from './results-pages.ts'
import { toldYears } from './told-years.ts'
import { yearSection } from './year-section.ts'

/** How satisfied people are in a municipality, year by year beside the country. The other questions have their years on their own pages. */
export async function municipalityYears(
  { code, name, lines }: { code: string; name: string; lines: readonly ShareLine[] },
  asked: AskedPage,
  context: ResultsContext,
) {
  const { t, frame } = asked
  const of = { question: 'overall', targetGroup: 'total' } as const
  const { seriesOf } = await toldYears({ ...of, areas: [nationArea, code] }, asked, context)
  const [place, nation] = [code, nationArea].map((area) => ({ ...of, area })) as [SeriesPlace, SeriesPlace]
  const caption = t('results.years.caption', {
    ...{ name, group: groupName('total', asked), question: t('results.questions.overall') },
  })
  const toYearBefore = lines.find(({ question }) => question === 'overall')?.before.outcome
  const found = yearSection(
    { place, own: seriesOf(place), name, nation: seriesOf(nation), caption, beside: { toYearBefore } },
    asked,
  )
  const others = lines
    .filter(({ question }) => question !== 'overall')
    .map(({ question }) => ({
      ...{
        text: t(`results.questions.${question}`),
        isCurrent: false,
        href: `${frame.to(`/questions/${question}?municipality=${code}`)}#chosen`,
      },
    }))
  return { ...found, years: found.years && { ...found.years, others } }
}
