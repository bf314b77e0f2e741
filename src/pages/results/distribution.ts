import { keyMark } from '../../chart/key-mark.ts'
import { stackedBar, type Tone } from '../../chart/stacked-bar.ts'
import { dontKnow, type Question } from '../../questionnaire/questions.ts'
import { groupsAndTotal, type Indicator } from '../../results/indicator.ts'
import { shareIn } from '../../results/share-lines.ts'
import { whyText } from './area.ts'
import { groupName } from './groups.ts'
import type { BarRow } from './question-view.ts'
import type { AskedPage } from './results-pages.ts'

type Words = Pick<AskedPage, 't' | 'frame'>

/** How each target group's answers were shared out; nothing of a question with two answers, of which the share says it all. */
export function distributionRows(own: readonly Indicator[], question: Question, words: Words): BarRow[] {
  if (question.options.length < 4) return []
  const nameOf = (part: string) => part.split('+').map((option) => optionName(question, option, words))
  return rowsOf(own, question, words, (told) =>
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
export function changeRows(own: readonly Indicator[], question: Question, words: Words): BarRow[] {
  if (question.id !== 'situation') return []
  return rowsOf(own, question, words, (told) =>
    changes.flatMap(({ part, tone }) => {
      const found = told.find((one) => one.measure === 'change' && one.part === part)
      return found ? [{ tone, names: [words.t(`results.question.change.${part}`)], percent: found.value! }] : []
    }),
  )
}

/** What the parts of the bars are: the answers from the most negative on. */
export function barKey(question: Question, words: Words): { mark: string; text: string }[] {
  return opinions(question)
    .toReversed()
    .map((option) => ({
      mark: keyMark(placeOf(question, option).tone),
      text: optionName(question, option, words),
    }))
}

type Part = { tone: Tone; names: string[]; percent: number }

/** A row for each target group: a bar where its parts are told, or in words why there is none. */
function rowsOf(
  own: readonly Indicator[],
  question: Question,
  words: Words,
  partsIn: (told: readonly Indicator[]) => Part[],
): BarRow[] {
  const { t, frame } = words
  return groupsAndTotal.map((group) => {
    const told = own.filter((one) => one.targetGroup === group && one.question === question.id && one.gender === 'all')
    const parts = partsIn(told)
    const share = shareIn(own, group, question.id)
    const unknown = told.find(({ measure }) => measure === 'dont-know')?.value
    return {
      group: groupName(group, words),
      people: share?.people,
      ...(unknown === undefined ? {} : { dontKnow: frame.percent(unknown) }),
      ...(parts.length > 0
        ? { bar: { chart: stackedBar(parts), heard: heardOf(parts, frame) }, why: '' }
        : { why: whyText(share, words) ?? t(`results.question.${isUncounted(share) ? 'untold' : 'fewer'}`) }),
    }
  })
}

/** Its share is told, and how many they are is not. */
const isUncounted = (share: Indicator | undefined) => share?.status === 'shown' && share.people === undefined

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
