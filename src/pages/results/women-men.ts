import { womenMen } from '../../chart/women-men.ts'
import type { Indicator } from '../../results/indicator.ts'
import type { ShareLine } from '../../results/share-lines.ts'
import { chartValue, listed, shareText } from './area.ts'
import type { GenderSection } from './question-view.ts'
import type { AskedPage } from './results-pages.ts'
import type { QuestionRow } from './views.ts'

type Words = Pick<AskedPage, 't' | 'frame'>
type Head = (line: ShareLine, words: Words) => Pick<QuestionRow, 'question' | 'href'>

const outcomes = new Map([
  [1, 'women'],
  [-1, 'men'],
  [0, 'none'],
])

/** Women and men of each line, without numbers, which would give people away; the lines of which neither is told are named. */
export function genderSection(
  lines: readonly ShareLine[],
  own: readonly Indicator[],
  words: Words,
  headOf: Head,
): GenderSection {
  const { t } = words
  const all = lines
    .filter(({ share }) => share !== undefined)
    .map((line) => ({ ...headOf(line, words), ...sharesOf(line, own) }))
  const isTold = ({ women, men }: (typeof all)[number]) =>
    [women, men].some((share) => share && share.value !== undefined)
  const untold = all.filter((one) => !isTold(one)).map(({ question }) => question)
  return {
    rows: all.filter(isTold).map(({ question, href, women, men, outcome }) => ({
      ...{ question, href, women: shareText(women, words), men: shareText(men, words) },
      chart: womenMen({ women: chartValue(women), men: chartValue(men) }),
      outcome: outcome === undefined ? '' : t(`results.womenMen.higher.${outcomes.get(outcome)!}`),
      isSure: outcome === 1 || outcome === -1,
    })),
    ...(untold.length > 0 ? { untold: t('results.womenMen.untold', { names: listed(untold, t) }) } : {}),
  }
}

function sharesOf({ question, targetGroup }: ShareLine, own: readonly Indicator[]) {
  const its = own.filter((one) => one.question === question && one.targetGroup === targetGroup)
  const shareOf = (gender: Indicator['gender']) =>
    its.find((one) => one.measure === 'positive' && one.gender === gender)
  const outcome = its.find(({ measure }) => measure === 'women-men')?.value
  return { women: shareOf('woman'), men: shareOf('man'), outcome }
}
