import { dotRow } from '../../chart/dot-row.ts'
import type { Multiple } from '../../chart/small-multiples.ts'
import { qualityQuestions } from '../../questionnaire/questions.ts'
import { type GroupOrTotal, groupsAndTotal, type Indicator } from '../../results/indicator.ts'
import { participationIn, type ShareLine, shareIn, shareLines } from '../../results/share-lines.ts'
import { chartValue, nothingText, responsesText, shareText, whyText } from './area.ts'
import { groupName } from './groups.ts'
import type { PagePicture } from './page-pictures.ts'
import type { AskedPage } from './results-pages.ts'
import { savedAxis } from './saved-shares.ts'

/**
 * A small picture for each group that was surveyed; none where no group tells anything.
 * @param besideOf what a share is laid beside, by group and question
 */
export function multiplesOf(
  own: readonly Indicator[],
  besideOf: (group: GroupOrTotal, question: string) => Indicator | undefined,
  asked: AskedPage,
): (Multiple & { group: GroupOrTotal; isKept: boolean })[] {
  const { t, frame } = asked
  const groups = groupsAndTotal.slice(1).filter((group) => own.some(({ targetGroup }) => targetGroup === group))
  const isTold = (group: (typeof groups)[number]) =>
    qualityQuestions.some(({ id }) => whyText(shareIn(own, group, id), asked) === undefined)
  if (!groups.some(isTold)) return []
  return groups.map((group) => {
    const { responses, rate } = participationIn(own, group)
    const people = responsesText(responses, asked)
    const isKept = [responses, ...qualityQuestions.map(({ id }) => shareIn(own, group, id))].some(
      (one) => one?.status === 'few' || one?.status === 'protected',
    )
    return {
      ...{ group, isKept, title: groupName(group, asked) },
      note:
        rate?.value === undefined ? people : t('results.groupNote.rate', { people, rate: frame.percent(rate.value) }),
      why: isTold(group) ? undefined : nothingText(shareLines({ own, targetGroup: group }), asked, 'nothingOfGroup'),
      rows: (isTold(group) ? qualityQuestions : []).map(({ id }) => {
        const share = shareIn(own, group, id)
        const all = besideOf(group, id)
        const why = whyText(share, asked, 'whyShort')
        return {
          ...{
            label: t(`results.label.${id}`),
            value: why ? `${shareText(share, asked)} ${why}` : shareText(share, asked),
          },
          own: chartValue(share),
          ...(all?.status === 'shown' ? { nation: all.value } : {}),
        }
      }),
    }
  })
}

/** That groups are told one by one, where all of them together are not. */
export const groupsTold = (lines: readonly ShareLine[], multiples: readonly Multiple[], asked: AskedPage): string[] =>
  nothingText(lines, asked) && multiples.length > 0 ? [asked.t('results.nothing.groups')] : []

/** The small pictures below each other, as one to be saved; none where there are none. @param own what the dots are of; @param whole what the strokes are of */
export function savedMultiples(
  multiples: readonly Multiple[],
  { own, whole, finding }: { own: string; whole: string; finding: string },
  asked: AskedPage,
): PagePicture[] {
  if (multiples.length === 0) return []
  const { t } = asked
  const picture: PagePicture = {
    ...{ name: 'groups', heading: t('results.groups.title') },
    ...{ finding, subtitle: t('results.pictures.groups.about') },
    key: [
      { kind: 'own', words: own },
      { kind: 'nation', words: whole },
    ],
    chart: {
      axis: savedAxis(asked),
      rows: multiples.flatMap(({ title, note, why, rows }) => [
        { heading: title, note: why ? `${note}. ${why}` : note },
        ...rows.map(({ label, value, ...row }) => ({
          ...{ label, value },
          chart: (width: number) => dotRow(row, { size: 'small', width }),
        })),
      ]),
    },
  }
  return [picture]
}
