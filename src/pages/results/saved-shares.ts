import { type DotRow, dotRow, type RowSize } from '../../chart/dot-row.ts'
import type { SavedPicture, SavedRow } from '../../chart/saved-picture.ts'
import { shareAxis } from '../../chart/scale.ts'
import type { Indicator } from '../../results/indicator.ts'
import type { ShareLine } from '../../results/share-lines.ts'
import { nothingText, questionHead, rowOf, shareText, unnumberedText, whyText } from './area.ts'
import type { PagePicture } from './page-pictures.ts'
import type { Names } from './question-view.ts'
import type { AskedPage } from './results-pages.ts'

type Words = Pick<AskedPage, 't' | 'frame'>
type OwnNames = { own: string } & Partial<Names>
type Picture = Pick<PagePicture, 'name' | 'heading' | 'finding' | 'subtitle'>

/** The rows of a table of shares as a picture; none where nothing is told. @param names of what the rows are, and what they are laid beside */
export function savedShares(
  lines: readonly ShareLine[],
  words: Words,
  { names, ...picture }: Picture & { names: OwnNames },
  headOf: (line: ShareLine, words: Words) => { question: string; positive: string } = questionHead,
): PagePicture[] {
  if (nothingText(lines, words)) return []
  const rows = lines.map((line) => {
    const { question, positive } = headOf(line, words)
    return { about: positive, ...savedRow(question, line.share, rowOf(line, names), words) }
  })
  return [{ ...picture, key: savedKey(names), chart: { axis: savedAxis(words), rows } }]
}

/** A share as a row of a picture, with how many answered or why it is not told. @param label what it is of */
export function savedRow(
  label: string,
  share: Indicator | undefined,
  row: DotRow,
  words: Words,
  size: RowSize = 'row',
): SavedRow {
  const people = share?.people === undefined ? '' : words.t('results.matrix.answers', { count: share.people })
  return {
    label,
    value: shareText(share, words),
    note: whyText(share, words, 'whyShort') ?? unnumberedText(share, words) ?? people,
    chart: (width) => dotRow(row, { size, width }),
  }
}

/** What the dot, the stroke and the ring are, as far as there are any. */
export function savedKey({ own, whole, before }: OwnNames): SavedPicture['key'] {
  return [
    { kind: 'own-interval', words: own },
    ...(whole ? [{ kind: 'nation' as const, words: whole }] : []),
    ...(before ? [{ kind: 'before' as const, words: before }] : []),
  ]
}

/** The scale over the rows. */
export const savedAxis =
  ({ frame }: Pick<Words, 'frame'>) =>
  (width: number) =>
    shareAxis(frame.percent, { width })
