import { qualityQuestions } from '../../questionnaire/questions.ts'
import { type Highlight, highlightsOf } from '../../results/highlights.ts'
import type { Indicator } from '../../results/indicator.ts'
import { percentOf } from '../../results/mean-indicators.ts'
import { type Quarter, quartersAmong } from '../../results/quarters.ts'
import type { ShareLine } from '../../results/share-lines.ts'
import type { AskedPage } from './results-pages.ts'

interface Given {
  code: string
  lines: readonly ShareLine[]
  /** Of all municipalities, all target groups together. */
  all: readonly Indicator[]
  /** How many took part. */
  municipalities: number
}

interface HighlightText {
  title: string
  text: string
}

/** What a municipality can be proud of, and what it can work on, each with the rule by which it is named. */
export function municipalityHighlights(given: Given, asked: AskedPage): Record<'proud' | 'work', HighlightText[]> {
  const { proud, work } = highlightsOf({ lines: given.lines, quarters: quartersBy(given) })
  const written = (one: Highlight) => highlightText(one, given, asked)
  return { proud: proud.map(written), work: work.map(written) }
}

/** Where a municipality stands among all, by question; nothing of few. */
export function quartersBy({ all, code }: Pick<Given, 'all' | 'code'>): Map<string, Quarter | undefined> {
  return new Map(
    qualityQuestions.map(({ id }) => {
      const shares = all.filter((one) => one.question === id)
      const quarters = quartersAmong(shares.map(percentOf))
      return [id, quarters[shares.findIndex(({ area }) => area === code)]]
    }),
  )
}

/** Where a rule is of a place among others, and not all of them are told, it is said how many are. */
function highlightText(
  { question, rule, line }: Highlight,
  { lines, all, municipalities }: Given,
  { t, frame }: AskedPage,
): HighlightText {
  const percentIn = (share: Indicator | undefined) => (share?.value === undefined ? '' : frame.percent(share.value))
  const numberTold = (shares: readonly (Indicator | undefined)[]) =>
    shares.filter((share) => share && percentOf(share) !== undefined).length
  const amongQuestions = { told: numberTold(lines.map(({ share }) => share)), all: lines.length }
  const amongMunicipalities = { told: numberTold(all.filter((one) => one.question === question)), all: municipalities }
  const isOfPlace = rule === 'lowest' || rule === 'best-quarter' || rule === 'last-quarter'
  const among = rule === 'lowest' ? amongQuestions : amongMunicipalities
  const values = { whole: percentIn(line.whole.share), before: percentIn(line.before.share), told: among.told }
  return {
    title: `${t(`results.questions.${question}`)}: ${percentIn(line.share)}`,
    text: t(`results.highlights.${rule}${isOfPlace && among.told < among.all ? '-of' : ''}`, values),
  }
}
