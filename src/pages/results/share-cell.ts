import { dotRow } from '../../chart/dot-row.ts'
import type { Indicator } from '../../results/indicator.ts'
import { percentOf } from '../../results/mean-indicators.ts'
import type { ShareLine } from '../../results/share-lines.ts'
import { chartValue, shareText, signs, unnumberedText, whyText } from './area.ts'
import type { ShareCell } from './matrix-view.ts'
import type { AskedPage } from './results-pages.ts'

/** A share of an earlier year. */
export interface BeforeShare {
  year: number
  share?: Indicator
}

/**
 * A share in a matrix, with a mark only where it surely differs from what it is laid against.
 * @param name of the column, for phones, where there are none
 * @param before the same of an earlier year, which is shown and not judged
 * @param stroke what the upright stroke shows, in whole per cent
 */
export function shareCell(
  { share, interval, whole: { outcome } }: ShareLine,
  { t, frame }: Pick<AskedPage, 't' | 'frame'>,
  { name, stroke, before }: { name: string; stroke?: number; before?: BeforeShare },
): ShareCell {
  const sign = outcome ? signs[outcome] : ''
  return {
    name,
    chart: dotRow(
      { own: chartValue(share, interval), nation: stroke, before: before?.share && percentOf(before.share) },
      { size: 'cell' },
    ),
    value: shareText(share, { t, frame }),
    why: whyText(share, { t }) && t(`results.whyShort.${share?.status ?? 'not-surveyed'}`),
    people: share?.people,
    unnumbered: unnumberedText(share, { t }),
    ...(before
      ? {
          before: t('results.compare.before', {
            year: String(before.year),
            share: shareText(before.share, { t, frame }),
          }),
        }
      : {}),
    sign,
    outcome: sign ? t(`results.outcome.${outcome}`) : '',
  }
}
