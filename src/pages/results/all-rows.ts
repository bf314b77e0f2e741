import { type DotRow, dotRow } from '../../chart/dot-row.ts'
import { quarterMark } from '../../chart/quarter-mark.ts'
import { qualityQuestions } from '../../questionnaire/questions.ts'
import type { Indicator, ReleasedArea } from '../../results/indicator.ts'
import { percentOf } from '../../results/mean-indicators.ts'
import { type Quarter, quartersAmong } from '../../results/quarters.ts'
import { isLowRate } from '../../results/response-rate.ts'
import { intervalOf, participationIn, shareIn } from '../../results/share-lines.ts'
import { compareNames } from '../../text/name-order.ts'
import { plain } from '../../text/plain.ts'
import type { AllQuery } from './all-query.ts'
import type { AllCell, AllRow } from './all-view.ts'
import { chartValue, shareText, whyText } from './area.ts'
import type { AskedPage } from './results-pages.ts'

type Words = Pick<AskedPage, 't' | 'frame'>

/** What is told of a municipality's group: the shares of the seven questions, and who answered. */
export interface AreaTold extends ReleasedArea {
  own: readonly Indicator[]
  shares: ReadonlyMap<string, Indicator | undefined>
  quarters: ReadonlyMap<string, Quarter | undefined>
}

/** Each municipality with what is told of one target group, and the quarter that it stands in of each question. */
export function toldByArea(
  areas: readonly ReleasedArea[],
  indicators: readonly Indicator[],
  { group }: Pick<AllQuery, 'group'>,
): AreaTold[] {
  const of = new Map<string, Indicator[]>(areas.map(({ area }) => [area, []]))
  for (const one of indicators) of.get(one.area)?.push(one)
  const shares = areas.map(
    ({ area }) => new Map(qualityQuestions.map(({ id }) => [id as string, shareIn(of.get(area)!, group, id)])),
  )
  const quarters = new Map(
    qualityQuestions.map(({ id }) => [
      id as string,
      quartersAmong(shares.map((its) => its.get(id) && percentOf(its.get(id)!))),
    ]),
  )
  return areas.map((area, at) => ({
    ...area,
    own: of.get(area.area)!,
    shares: shares[at]!,
    quarters: new Map([...quarters].map(([id, all]) => [id, all[at]])),
  }))
}

/** Those that are searched for, in the order that is asked for; who tells no number comes last, and equals by name. */
export function foundIn(all: readonly AreaTold[], query: AllQuery): AreaTold[] {
  const { name, county, question, group, sort, isFalling } = query
  const words = name.split(/\s+/).map(plain)
  const numberOf = ({ shares, own }: AreaTold): number | undefined => {
    const share = shares.get(question)
    return sort === 'value' ? share && percentOf(share) : participationIn(own, group).responses?.people
  }
  const sign = isFalling ? -1 : 1
  const compare = (one: AreaTold, other: AreaTold): number => {
    const names = compareNames(one.name, other.name)
    if (sort === 'name') return sign * names
    const [a, b] = [numberOf(one), numberOf(other)]
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined) || names
    return sign * (a - b) || names
  }
  return all
    .filter((area) => words.every((word) => plain(area.name).includes(word)) && (!county || area.within === county))
    .toSorted(compare)
}

/** How a municipality's share is drawn. @param nation the share of the whole country, where it is told */
export function dotRowOf(
  { shares, own }: AreaTold,
  { question, group }: Pick<AllQuery, 'question' | 'group'>,
  nation: number | undefined,
): DotRow {
  const share = shares.get(question)
  return {
    own: chartValue(share, intervalOf(share, participationIn(own, group))),
    ...(nation === undefined ? {} : { nation }),
  }
}

/** A row of the table. @param nation the share of the whole country, where it is told */
export function allRow(
  area: AreaTold,
  { question, group }: AllQuery,
  nation: number | undefined,
  words: Words,
): AllRow {
  const { t, frame } = words
  const { responses, rate } = participationIn(area.own, group)
  return {
    name: area.name,
    href: frame.to(`/${area.area}`),
    ...(responses?.people === undefined
      ? { unanswered: t(`results.all.unanswered.${responses?.status ?? 'nobody'}`) }
      : { people: responses.people }),
    ...(rate?.value === undefined
      ? { unrated: unratedText(rate, responses, words) }
      : { rate: rateText(rate, words), isLow: isLowRate(rate.value) }),
    chart: dotRow(dotRowOf(area, { question, group }, nation), { size: 'slim' }),
    cell: cellOf(area, question, words),
    others: qualityQuestions.filter(({ id }) => id !== question).map(({ id }) => cellOf(area, id, words)),
  }
  function rateText({ value, part }: Indicator, { frame }: Words): string {
    return part === 'at-most' ? t('results.all.atMost', { rate: frame.percent(value!) }) : frame.percent(value!)
  }
}

/** Why there is no response rate: it is kept back, as the number of answers may be, or nobody knows how many were offered the survey. Of no answers at all there is nothing to say. */
function unratedText(rate: Indicator | undefined, responses: Indicator | undefined, { t }: Words): string | undefined {
  const { status = 'nobody' } = rate ?? responses ?? {}
  if (status === 'nobody') return undefined
  return t(`results.all.rates.${status === 'few' || status === 'protected' ? status : 'unknown'}`)
}

/** A number without its sign, which stands in the head; what is no number is heard in words. */
function cellOf({ shares, quarters }: AreaTold, question: string, words: Words): AllCell {
  const { t } = words
  const share = shares.get(question)
  const quarter = quarters.get(question)
  return {
    value: share?.status === 'shown' ? String(share.value) : share ? t(`results.all.status.${share.status}`) : '–',
    ...(share?.status === 'shown' ? {} : { heard: whyText(share, words) ?? shareText(share, words) }),
    ...(quarter ? { quarter: { mark: quarterMark(quarter), text: t(`results.all.quarter.${quarter}`) } } : {}),
  }
}
