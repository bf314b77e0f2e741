import { qualityQuestions } from '../../questionnaire/questions.ts'
import type { Indicator } from '../../results/indicator.ts'
import { percentOf } from '../../results/mean-indicators.ts'
import { isLowRate } from '../../results/response-rate.ts'
import type { participationIn, ShareLine } from '../../results/share-lines.ts'
import { fewestSimilar } from '../../results/similar-mean.ts'
import { responsesText, shareText, signs } from './area.ts'
import type { ComparedColumn, ComparedRow } from './matrix-view.ts'
import type { AskedPage } from './results-pages.ts'
import { type BeforeShare, shareCell } from './share-cell.ts'

type Words = Pick<AskedPage, 't' | 'frame'>

/** How many answered in a column, and which part of those who were offered the survey: each where it is told. */
export function comparedColumn(
  { responses, rate }: ReturnType<typeof participationIn>,
  { t, frame }: Words,
): Pick<ComparedColumn, 'responses' | 'rate' | 'isLow'> {
  return {
    responses: responses && responsesText(responses, { t }),
    rate: rate?.value === undefined ? undefined : frame.percent(rate.value),
    isLow: rate?.value !== undefined && isLowRate(rate.value),
  }
}

/** What a share is laid beside. */
export interface ComparedWith {
  nationOf: (question: string) => Indicator | undefined
  /** Of a column in an earlier year; nothing where none is chosen. */
  beforeOf: (column: number, question: string) => BeforeShare | undefined
}

/** A row for each question: a cell for each column, with the nation's share as its stroke. */
export function comparedRows(
  sides: readonly ShareLine[][],
  columns: readonly ComparedColumn[],
  { nationOf, beforeOf }: ComparedWith,
  words: Words,
): ComparedRow[] {
  const { t, frame } = words
  return qualityQuestions.map(({ id }, at) => {
    const nation = nationOf(id)
    return {
      question: t(`results.questions.${id}`),
      positive: t(`results.positive.${id}`),
      href: frame.to(`/questions/${id}`),
      nation: nation && percentOf(nation) !== undefined ? shareText(nation, words) : undefined,
      cells: columns.map(({ name, isFirst, isMean }, nth) => ({
        ...shareCell(sides[nth]![at]!, words, {
          ...{ name, stroke: nation && percentOf(nation), before: beforeOf(nth, id) },
        }),
        ...(isMean && !sides[nth]![at]!.share ? { why: t('results.compare.noMean', { fewest: fewestSimilar }) } : {}),
        isFirst,
        isMean,
      })),
    }
  })
}

/** What differs surely, a line each: the question, who, and where to. */
export function differencesOf(
  sides: readonly ShareLine[][],
  columns: readonly { name: string }[],
  { t }: Pick<AskedPage, 't'>,
): { text: string }[] {
  return qualityQuestions.flatMap(({ id }, at) =>
    sides.flatMap((lines, nth) => {
      const { outcome } = lines[at]!.whole
      if (!outcome || !signs[outcome]) return []
      const values = { question: t(`results.questions.${id}`), name: columns[nth]!.name }
      return [{ text: t('results.compare.difference', { ...values, outcome: t(`results.outcome.${outcome}`) }) }]
    }),
  )
}
