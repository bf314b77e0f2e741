import { type Strip, strip } from '../../chart/strip.ts'
import type { GroupOrTotal, Indicator, ReleasedArea } from '../../results/indicator.ts'
import { percentOf } from '../../results/mean-indicators.ts'
import { type Quarter, quartersAmong } from '../../results/quarters.ts'
import { shareIn } from '../../results/share-lines.ts'
import { shareText, whyText } from './area.ts'
import { lowerName } from './groups.ts'
import type { PagePicture } from './page-pictures.ts'
import type { Among } from './question-view.ts'
import type { AskedPage } from './results-pages.ts'

type Words = Pick<AskedPage, 't' | 'frame'>

interface Given {
  question: string
  group: GroupOrTotal
  /** The nation's and the mean's. */
  told: readonly Indicator[]
  /** Of municipalities, of the target group. */
  shares: readonly Indicator[]
  municipalities: readonly ReleasedArea[]
  /** The query of the address, which may say `municipality`. */
  asked: Record<string, unknown>
}

/** Where the municipalities lie on a question: a dot each, with the one that the address names marked; and its picture, where there are any. */
export function amongMunicipalities(
  { question, group, told, shares, municipalities, asked }: Given,
  words: Words,
): { among: Among; charts: PagePicture[] } {
  const { t, frame } = words
  const shareOf = new Map(shares.map((share) => [share.area, share]))
  const dots = municipalities.flatMap(({ area, name }) => {
    const share = shareOf.get(area)
    const percent = share && percentOf(share)
    return percent === undefined ? [] : [{ area, percent, name: `${name} ${shareText(share, words)}` }]
  })
  const chosen = municipalities.find(({ area }) => area === asked.municipality)
  const mine = chosen && dots.find(({ area }) => area === chosen.area)
  const totalOf = (level: Indicator['level']) =>
    shareIn(
      told.filter((one) => one.level === level),
      group,
      question,
    )
  const [nation, mean] = [totalOf('nation'), totalOf('mean')]
  const counts = { count: dots.length, all: municipalities.length }
  const isEach = counts.count === counts.all
  const quarters = quarterRanges(dots.map(({ percent }) => percent))
  const middle = quarters.get('middle')
  const nationLabel = nation?.status === 'shown' && `${t('results.nation.name')} ${frame.percent(nation.value!)}`
  const sentences = [
    ...(middle
      ? [t(`results.question.among.middle${isEach ? '' : 'Of'}`, { ...counts, ...inPercent(middle, frame.percent) })]
      : []),
    ...(nationLabel ? [`${nationLabel}.`] : []),
    ...(mine ? [`${mine.name}.`] : []),
  ]
  const bracket = (quarter: Quarter, label: string) => {
    const range = quarters.get(quarter)
    return range && { ...range, label: t(`results.question.among.${label}`) }
  }
  const chart: Strip = {
    ...{ dots, percent: frame.percent, label: sentences.join(' ') },
    ...(mine ? { mine: { name: mine.name, label: mine.name } } : {}),
    ...(nationLabel ? { nation: { percent: nation!.value!, label: nationLabel } } : {}),
    ...{ lowest: bracket('last', 'lowest'), highest: bracket('best', 'highest') },
  }
  const unseen =
    chosen &&
    !mine &&
    t('results.question.among.unseen', { name: chosen.name, why: whyText(shareOf.get(chosen.area), words)! })
  const note = noteOf(
    counts,
    dots.some(({ area }) => shareOf.get(area)!.status !== 'shown'),
    words,
  )
  const title =
    group === 'total'
      ? t('results.question.among.title')
      : t('results.question.among.titleOf', { group: lowerName({ t })({ targetGroup: group }) })
  const saved: PagePicture = {
    ...{ name: 'municipalities', heading: title, finding: sentences.join(' ') },
    subtitle: [...(unseen ? [unseen] : []), note].join(' '),
    chart: (width) => strip(chart, { width }),
  }
  const among = {
    ...{ title, chart: dots.length === 0 ? '' : strip(chart), sentences, note },
    ...(unseen ? { unseen } : {}),
    ...(mean && mean.people! > 1
      ? { mean: t('results.question.among.mean', { mean: frame.percent(mean.value!), count: mean.people! }) }
      : {}),
    municipalities: municipalities.map(({ area, name }) => ({ code: area, name, isChosen: area === chosen?.area })),
    table: frame.to(`/municipalities?question=${question}${group === 'total' ? '' : `&group=${group}`}`),
  }
  return { among, charts: dots.length === 0 ? [] : [saved] }
}

/** How the dots are to be read. @param hasWords whether some say "at least 90 %", or "at most 10 %" */
function noteOf({ count, all }: { count: number; all: number }, hasWords: boolean, { t }: Words): string {
  if (count === 0) return t('results.question.among.nobody')
  return [
    t('results.question.among.note', { count, all }),
    ...(count < all ? [t('results.question.among.others')] : []),
    ...(hasWords ? [t('results.question.among.words')] : []),
    ...(count > 1 ? [t('results.question.among.chance')] : []),
  ].join(' ')
}

/** From the lowest to the highest of each quarter; nothing where there are too few. */
function quarterRanges(percents: readonly number[]): Map<Quarter, { from: number; to: number }> {
  const ranges = new Map<Quarter, { from: number; to: number }>()
  for (const [at, quarter] of quartersAmong(percents).entries()) {
    if (!quarter) continue
    const percent = percents[at]!
    const { from, to } = ranges.get(quarter) ?? { from: percent, to: percent }
    ranges.set(quarter, { from: Math.min(from, percent), to: Math.max(to, percent) })
  }
  return ranges
}

const inPercent = ({ from, to }: { from: number; to: number }, percent: (number: number) => string) => ({
  from: String(from),
  to: percent(to),
})
