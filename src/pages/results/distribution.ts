import { stackedBar, type Tone } from '../../chart/stacked-bar.ts'
import { fewestForDistribution } from '../../disclosure/thresholds.ts'
import { dontKnow, type Question } from '../../questionnaire/questions.ts'
import { groupsAndTotal, type Indicator } from '../../results/indicator.ts'
import { shareIn } from '../../results/share-lines.ts'
import { listed, unnumberedText, whyText } from './area.ts'
import { groupName } from './groups.ts'
import type { PagePicture } from './page-pictures.ts'
import type { BarRow } from './question-view.ts'
import type { AskedPage } from './results-pages.ts'

type Words = Pick<AskedPage, 't' | 'frame'>

/** How each target group's answers were shared out; nothing of a question with two answers, of which the share says it all. */
export function distributionLines(own: readonly Indicator[], question: Question, words: Words): BarLine[] {
  if (question.options.length < 4) return []
  const nameOf = (part: string) => part.split('+').map((option) => optionName(question, option, words))
  return linesOf(own, question, words, (told) =>
    told
      .filter(({ measure }) => measure === 'option')
      .map(({ part, value }) => ({ ...placeOf(question, part), names: nameOf(part), percent: value! }))
      .sort((one, other) => one.place - other.place),
  )
}

const changes = [
  { part: 'worse', tone: 'neg-2' },
  { part: 'unchanged', tone: 'zero' },
  { part: 'better', tone: 'pos-2' },
] as const

/** For how many of each target group the situation is worse, as before and better: of the question that asks for it. */
export function changeLines(own: readonly Indicator[], question: Question, words: Words): BarLine[] {
  if (question.id !== 'situation') return []
  return linesOf(own, question, words, (told) =>
    changes.flatMap(({ part, tone }) => {
      const found = told.find((one) => one.measure === 'change' && one.part === part)
      return found ? [{ tone, names: [words.t(`results.question.change.${part}`)], percent: found.value! }] : []
    }),
  )
}

/** What the parts of the bars are: the answers from the most negative on. */
export const barKey = (question: Question, words: Words): { kind: Tone; words: string }[] =>
  opinions(question)
    .toReversed()
    .map((option) => ({ kind: placeOf(question, option).tone, words: optionName(question, option, words) }))

/** What the parts of the bars of change are. */
export const changeKey = ({ t }: Words): { kind: Tone; words: string }[] =>
  changes.map(({ part, tone }) => ({ kind: tone, words: t(`results.question.change.${part}`) }))

type Part = { tone: Tone; names: string[]; percent: number }

/** The answers of a target group from the most negative on; without parts where they are not told, and why. */
interface BarLine extends Omit<BarRow, 'bar'> {
  parts: Part[]
}

/** The lines as rows of a table: a bar where there are parts, with what is heard of it. */
export const barRows = (lines: readonly BarLine[], { frame }: Words): BarRow[] =>
  lines.map(({ parts, ...line }) => ({
    ...line,
    ...(parts.length > 0 ? { bar: { chart: stackedBar(parts), heard: heardOf(parts, frame) } } : {}),
  }))

/** The lines as a picture; none where there are none, or no bar. */
export function savedBars(
  lines: readonly BarLine[],
  words: Words,
  picture: { name: 'distribution' | 'change' } & Pick<PagePicture, 'key' | 'finding'>,
): PagePicture[] {
  if (lines.every(({ parts }) => parts.length === 0)) return []
  const { t } = words
  const rows = lines.map(({ group, people, dontKnow, parts, why }) => ({
    ...{ label: group, value: '' },
    ...(dontKnow ? { about: `${t('results.question.dontKnow')} ${dontKnow}` } : {}),
    ...(people === undefined ? {} : { note: t('results.matrix.answers', { count: people }) }),
    chart: parts.length > 0 ? (width: number) => stackedBar(parts, { width }) : why,
  }))
  const { name } = picture
  const texts = { heading: t(`results.question.${name}.title`), subtitle: t(`results.question.${name}.caption`) }
  return [{ ...picture, ...texts, chart: { rows } }]
}

/** Which answer all together gave most often, in a sentence; what they said where two are; of which groups it is told where it is not of all. */
export function commonestAnswer(lines: readonly BarLine[], words: Words): string {
  const { t, frame } = words
  const [whole] = lines
  const parts = whole?.parts.toSorted((one, other) => other.percent - one.percent) ?? []
  const [first, second] = parts
  if (!first || first.names.length > 1 || first.percent === second?.percent) return toldWhole(lines, words)
  return t('results.question.distribution.commonest', { name: first.names[0]!, share: frame.percent(first.percent) })
}

/** What all together said, in words; of which groups it is told where it is not of all. */
export function toldWhole(lines: readonly BarLine[], { t, frame }: Words): string {
  const [whole, ...groups] = lines
  if (!whole) return ''
  if (whole.parts.length > 0) return t('results.pictures.whole', { parts: heardOf(whole.parts, frame) })
  const told = groups.filter(({ parts }) => parts.length > 0).map(({ group }) => group)
  return told.length > 0
    ? t('results.question.distribution.some', { groups: listed(told, t) })
    : t('results.question.distribution.none')
}

/** A line for each target group, with its parts where they are told, or in words why there are none. */
function linesOf(
  own: readonly Indicator[],
  question: Question,
  words: Words,
  partsIn: (told: readonly Indicator[]) => Part[],
): BarLine[] {
  const { t, frame } = words
  return groupsAndTotal.map((group) => {
    const told = own.filter((one) => one.targetGroup === group && one.question === question.id && one.gender === 'all')
    const parts = partsIn(told)
    const share = shareIn(own, group, question.id)
    const unknown = told.find(({ measure }) => measure === 'dont-know')?.value
    return {
      group: groupName(group, words),
      people: share?.people,
      unnumbered: unnumberedText(share, words),
      ...(unknown === undefined ? {} : { dontKnow: frame.percent(unknown) }),
      parts,
      why:
        parts.length > 0
          ? ''
          : (whyText(share, words) ?? t(`results.question.${whyUntold(share)}`, { fewest: fewestForDistribution })),
    }
  })
}

/** Why a share is told, and not what it is made of. */
function whyUntold(share: Indicator | undefined): 'fewer' | 'uncounted' | 'untold' {
  if (share?.people === undefined) return 'uncounted'
  return share.people < fewestForDistribution ? 'fewer' : 'untold'
}

const heardOf = (parts: readonly Part[], { percent }: Words['frame']) =>
  parts.map((part) => `${part.names.join(' / ')} ${percent(part.percent)}`).join(', ')

const opinions = ({ options }: Question) => options.filter((option) => option !== dontKnow)

/** Where an option, or some that are told together, stands from the most negative on, with its tone: that of the one nearest the middle. */
function placeOf(question: Question, part: string): { place: number; tone: Tone } {
  const all = opinions(question)
  const places = part.split('+').map((option) => all.indexOf(option))
  const isPositive = question.positive.has(all[places[0]!]!)
  const inner = isPositive ? Math.max(...places) : Math.min(...places)
  return { place: all.length - inner, tone: toneOf(inner, all.length, isPositive) }
}

/** Two of five steps at either end; the one in the middle, which no scale of four has, is neither. */
function toneOf(place: number, length: number, isPositive: boolean): Tone {
  if (isPositive) return place === 0 ? 'pos-2' : 'pos-1'
  if (place === length - 1) return 'neg-2'
  return length === 5 && place === 2 ? 'zero' : 'neg-1'
}

const optionName = ({ scale }: Question, option: string, { t }: Words) => t(`questionnaire.options.${scale}.${option}`)
