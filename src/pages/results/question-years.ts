import { type GroupOrTotal, nationArea, type ReleasedArea } from '../../results/indicator.ts'
import type { ShareLine } from '../../results/share-lines.ts'
import { groupName } from './groups.ts'
import type { AskedPage, ResultsContext } from './results-pages.ts'
import { toldYears } from './told-years.ts'
import { yearSection } from './year-section.ts'

interface Given {
  question: string
  group: GroupOrTotal
  /** The municipality that is marked; the years are the nation's where there is none. */
  chosen?: ReleasedArea
  /** Those of the table of target groups. */
  lines: readonly ShareLine[]
}

/** A question year by year: of the country, or of a municipality beside it. */
export async function questionYears(
  { question, group, chosen, lines }: Given,
  asked: AskedPage,
  context: ResultsContext,
) {
  const of = { question, targetGroup: group }
  const { seriesOf } = await toldYears({ ...of, areas: [nationArea, ...(chosen ? [chosen.area] : [])] }, asked, context)
  const nation = seriesOf({ ...of, area: nationArea })
  const name = chosen?.name ?? asked.t('results.nation.name')
  const caption = asked.t('results.years.caption', {
    ...{ name, group: groupName(group, asked), question: asked.t(`results.questions.${question}`) },
  })
  if (!chosen) {
    const toYearBefore = lines.find(({ targetGroup }) => targetGroup === group)?.before.outcome
    return yearSection(
      { own: nation, place: { ...of, area: nationArea }, name, caption, beside: { toYearBefore } },
      asked,
    )
  }
  const place = { ...of, area: chosen.area }
  return yearSection({ own: seriesOf(place), place, name, nation, caption }, asked)
}
