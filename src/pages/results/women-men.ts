import type { SavedPicture } from '../../chart/saved-picture.ts'
import { womenMen } from '../../chart/women-men.ts'
import type { Indicator } from '../../results/indicator.ts'
import { percentOf } from '../../results/mean-indicators.ts'
import type { ShareLine } from '../../results/share-lines.ts'
import { chartValue, listed, shareText } from './area.ts'
import type { PagePicture } from './page-pictures.ts'
import type { GenderSection, QuestionRow } from './question-view.ts'
import type { AskedPage } from './results-pages.ts'
import { savedAxis } from './saved-shares.ts'

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
  { headOf, nameOf }: { headOf: Head; nameOf: (line: ShareLine) => string },
): GenderSection {
  const { t } = words
  const all = sidesOf(lines, own)
  const untold = untoldOf(all, words, headOf)
  return {
    finding: findingOf(all, words, nameOf),
    rows: all.filter(isTold).map(({ line, women, men, outcome }) => ({
      ...headOf(line, words),
      ...{ women: shareText(women, words), men: shareText(men, words) },
      chart: womenMen({ women: chartValue(women), men: chartValue(men) }),
      outcome: outcome === undefined ? '' : t(`results.womenMen.higher.${outcomes.get(outcome)!}`),
      isSure: outcome === 1 || outcome === -1,
    })),
    ...(untold ? { untold } : {}),
  }
}

/** Who surely answered more positively, and to what; or that nobody did, of how many that could be compared. */
function findingOf(all: readonly Sides[], { t }: Words, nameOf: (line: ShareLine) => string): string {
  const told = all.filter(isTold)
  const sentences = [1, -1].flatMap((sign) => {
    const some = told.filter(({ outcome }) => outcome === sign).map(({ line }) => nameOf(line))
    return some.length === 0 ? [] : [t(`results.pictures.womenMen.${outcomes.get(sign)!}`, { names: listed(some, t) })]
  })
  const compared = told.filter(({ outcome }) => outcome !== undefined)
  const isEach = compared.length === all.length
  const none =
    compared.length === 0
      ? ''
      : t(`results.pictures.womenMen.none${isEach ? '' : 'Of'}`, { some: compared.length, all: all.length })
  return sentences.join(' ') || none
}

/** Which lines tell of neither, or that none does, in a sentence; empty where all do. */
function untoldOf(all: readonly Sides[], words: Words, headOf: Head): string {
  if (!all.some(isTold)) return words.t('results.womenMen.nobody')
  const names = all.filter((one) => !isTold(one)).map(({ line }) => headOf(line, words).question)
  return names.length > 0 ? words.t('results.womenMen.untold', { names: listed(names, words.t) }) : ''
}

/** The same as a picture, which says who surely answered more positively; none where nothing is told. @param nameOf a line in a sentence */
export function savedGenders(
  lines: readonly ShareLine[],
  own: readonly Indicator[],
  words: Words,
  { headOf, nameOf }: { headOf: Head; nameOf: (line: ShareLine) => string },
): PagePicture[] {
  const { t } = words
  const all = sidesOf(lines, own)
  const told = all.filter(isTold)
  if (told.length === 0) return []
  const chart: SavedPicture['chart'] = {
    axis: savedAxis(words),
    rows: told.map(({ line, women, men }) => ({
      label: headOf(line, words).question,
      value: [women, men].map((share) => shareText(share, words)),
      chart: (width) => womenMen({ women: chartValue(women), men: chartValue(men) }, { width }),
    })),
  }
  const key: SavedPicture['key'] = [
    { kind: 'women', words: t('results.womenMen.women') },
    { kind: 'men', words: t('results.womenMen.men') },
  ]
  return [
    {
      ...{ name: 'women-and-men', heading: t('results.womenMen.title'), finding: findingOf(all, words, nameOf) },
      subtitle: `${t('results.womenMen.caption')} ${untoldOf(all, words, headOf)}`,
      ...{ key, chart },
    },
  ]
}

type Sides = ReturnType<typeof sidesOf>[number]

/** What is told of women and of men, of each line that was asked. */
const sidesOf = (lines: readonly ShareLine[], own: readonly Indicator[]) =>
  lines.filter(({ share }) => share !== undefined).map((line) => ({ line, ...sharesOf(line, own) }))

const isTold = ({ women, men }: Sides) => [women, men].some((share) => share && percentOf(share) !== undefined)

function sharesOf({ question, targetGroup }: ShareLine, own: readonly Indicator[]) {
  const its = own.filter((one) => one.question === question && one.targetGroup === targetGroup)
  const shareOf = (gender: Indicator['gender']) =>
    its.find((one) => one.measure === 'positive' && one.gender === gender)
  const outcome = its.find(({ measure }) => measure === 'women-men')?.value
  return { women: shareOf('woman'), men: shareOf('man'), outcome }
}
