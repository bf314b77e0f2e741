import { qualityQuestions } from '../../questionnaire/questions.ts'
import { percentOf } from '../../results/mean-indicators.ts'
import type { ShareLine } from '../../results/share-lines.ts'
import { chartValue, listed, shareText, signs } from './area.ts'
import type { ComparedWith } from './compare-table.ts'
import type { ComparedColumn } from './matrix-view.ts'
import { inFileName, type PagePictures } from './page-pictures.ts'
import type { AskedPage } from './results-pages.ts'
import { savedAxis, savedKey, savedRow } from './saved-shares.ts'

interface Compared extends ComparedWith {
  sides: readonly ShareLine[][]
  columns: readonly ComparedColumn[]
  /** The earlier year that is laid beside. */
  before?: number
  heading: string
  caption: string
}

/** A comparison as a picture: question by question, the municipalities below each other. None where nobody was chosen. */
export function savedComparison(
  { sides, columns, nationOf, beforeOf, before, heading, caption }: Compared,
  words: AskedPage,
): PagePictures | undefined {
  if (columns.length === 0) return undefined
  const { t } = words
  const names = columns.map(({ name }) => name)
  const percentAt = (nth: number, question: string) => {
    const share = beforeOf(nth, question)?.share
    return share && percentOf(share)
  }
  const rows = qualityQuestions.flatMap(({ id }, at) => {
    const nation = nationOf(id)
    const positive = t(`results.positive.${id}`)
    const note = nation ? t('results.matrix.positive', { positive, nation: shareText(nation, words) }) : positive
    const each = columns.map(({ name, isMean }, nth) => {
      const { share, interval, whole } = sides[nth]![at]!
      const row = savedRow(
        name,
        share,
        { own: chartValue(share, interval), nation: nation && percentOf(nation), before: percentAt(nth, id) },
        words,
        'cell',
      )
      const { outcome } = whole
      return {
        ...row,
        ...(isMean ? { about: t('results.compare.mean'), note: '' } : {}),
        ...(outcome && signs[outcome] ? { note: `${row.note}, ${t(`results.outcome.${outcome}`)}` } : {}),
      }
    })
    return [{ heading: t(`results.questions.${id}`), note }, ...each]
  })
  return {
    of: names.map(inFileName).join('-'),
    title: `${listed(names, t)} ${words.year}`,
    charts: [
      {
        ...{
          name: 'compared',
          heading: t('results.compare.title', { year: String(words.year) }),
          finding: heading,
          subtitle: caption,
        },
        key: savedKey({
          own: t('results.matrix.own'),
          whole: t('results.nation.name'),
          before: before === undefined ? undefined : String(before),
        }),
        chart: { axis: savedAxis(words), rows },
      },
    ],
  }
}
