import { type DotRow, dotRow } from '../../chart/dot-row.ts'
import type { ChartValue } from '../../chart/drawing.ts'
import { keyMark } from '../../chart/key-mark.ts'
import type { TestOutcome } from '../../results/comparison.ts'
import type { Indicator } from '../../results/indicator.ts'
import { percentOf } from '../../results/mean-indicators.ts'
import type { Beside, ShareLine } from '../../results/share-lines.ts'
import type { ToldShare } from '../../results/year-series.ts'
import type { Marks } from './parts-view.ts'
import type { QuestionRow } from './question-view.ts'
import type { AskedPage } from './results-pages.ts'

/** What stands before the names of a key. */
export const marks: Marks = {
  own: keyMark('own-interval'),
  dot: keyMark('own'),
  whole: keyMark('nation'),
  before: keyMark('before'),
  women: keyMark('women'),
  men: keyMark('men'),
}

type Words = Pick<AskedPage, 't' | 'frame'>

/** A share as a chart takes it; of a group that was not surveyed too. */
export function chartValue(share: ToldShare | undefined, interval?: { low: number; high: number }): ChartValue {
  if (!share) return { status: 'not-surveyed' }
  return { status: share.status, percent: share.value, ...interval }
}

/** A share in words: "79 %", "at least 90 %", "..". */
export function shareText(share: ToldShare | undefined, { t, frame }: Words): string {
  if (!share) return '–'
  if (share.status === 'shown') return frame.percent(share.value!)
  return t(`results.status.${share.status}`)
}

/** How many answered, or why that is not told. */
export const responsesText = (responses: Indicator | undefined, { t }: Pick<Words, 't'>): string =>
  responses?.people === undefined
    ? t(`results.responses.${responses?.status ?? 'nobody'}`)
    : t('results.matrix.answers', { count: responses.people })

/** Why a share is not told, in a sentence or in a word; nothing where it is. */
export function whyText(
  share: ToldShare | undefined,
  { t }: Pick<Words, 't'>,
  length: 'why' | 'whyShort' = 'why',
): string | undefined {
  const { status } = chartValue(share)
  return status === 'shown' || status === 'at-least-90' || status === 'at-most-10'
    ? undefined
    : t(`results.${length}.${status}`)
}

/** That the number of answers is kept back, of a share that is told; nothing elsewhere. */
export const unnumberedText = (share: ToldShare | undefined, { t }: Pick<Words, 't'>): string | undefined =>
  share && share.people === undefined && whyText(share, { t }) === undefined ? t('results.unnumbered') : undefined

/** What shares are laid beside, in words; absent where that is nothing. */
export interface BesideNames {
  whole?: string
  before?: string
  similar?: string
}

/** The mark of a sure difference. */
export const signs: Record<TestOutcome, string> = { higher: '▲', lower: '▼', 'no-sure-difference': '' }

/** What a share is laid beside, in words: empty where that is not told. */
function besideText(name: string, { share, outcome }: Beside, words: Words): QuestionRow['beside'][number] {
  const value = share ? shareText(share, words) : ''
  return {
    name,
    value,
    outcome: outcome ? words.t(`results.outcome.${outcome}`) : '',
    sign: outcome ? signs[outcome] : '',
  }
}

type RowHead = Pick<QuestionRow, 'question' | 'positive' | 'href'>

/** What a row is of: a question, with what counts as positive. */
export const questionHead = ({ question }: ShareLine, { t, frame }: Words): RowHead => ({
  question: t(`results.questions.${question}`),
  positive: t(`results.positive.${question}`),
  href: frame.to(`/questions/${question}`),
})

/** A share as it is drawn, beside what is told of the others. */
export function rowOf({ share, interval, whole, before }: ShareLine, names: { whole?: string }): DotRow {
  const row: DotRow = { own: chartValue(share, interval) }
  if (names.whole && whole.share?.status === 'shown') row.nation = whole.share.value
  if (before.share?.status === 'shown') row.before = before.share.value
  return row
}

/** The rows of a table of shares; none where nothing is told. @param names of what they are laid beside: a column each; @param headOf says what a row is of */
export function questionRows(
  lines: readonly ShareLine[],
  words: Words,
  names: BesideNames,
  headOf = questionHead,
): QuestionRow[] {
  if (nothingText(lines, words)) return []
  return lines.map((line) => {
    const { share, whole, before, similar } = line
    return {
      ...headOf(line, words),
      chart: dotRow(rowOf(line, names)),
      value: shareText(share, words),
      why: whyText(share, words, 'whyShort'),
      people: share?.people,
      unnumbered: unnumberedText(share, words),
      beside: [
        ...(names.whole ? [besideText(names.whole, whole, words)] : []),
        ...(names.before ? [besideText(names.before, before, words)] : []),
        ...(names.similar ? [besideText(names.similar, similar, words)] : []),
      ],
    }
  })
}

/** In a sentence why no figure of these lines is shown; nothing where one is. @param branch of the sentences, by why */
export function nothingText(
  lines: readonly ShareLine[],
  { t }: Pick<Words, 't'>,
  branch: 'nothing' | 'nothingOfGroup' = 'nothing',
): string | undefined {
  const shares = lines.flatMap(({ share }) => (share ? [share] : []))
  if (shares.some((share) => percentOf(share) !== undefined)) return undefined
  const why = (['nobody', 'few'] as const).find((status) => shares.every((share) => share.status === status))
  return t(`results.${branch}.${why ?? 'protected'}`)
}

/** "a, b and c". */
export function listed(names: readonly string[], t: Words['t']): string {
  return new Intl.ListFormat(t('results.intl'), { type: 'conjunction' }).format(names)
}
