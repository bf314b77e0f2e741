import { qualityQuestions } from '../../questionnaire/questions.ts'
import { targetGroups } from '../../questionnaire/target-groups.ts'
import type { TestOutcome } from '../../results/comparison.ts'
import { extremesOf, spanOf } from '../../results/extremes.ts'
import { groupHighest } from '../../results/group-highest.ts'
import type { Indicator } from '../../results/indicator.ts'
import { type Beside, groupLines, type ShareLine } from '../../results/share-lines.ts'
import { sideBySide } from '../../results/side-by-side.ts'
import { type BesideNames, listed, nothingText, shareText } from './area.ts'
import { lowerName } from './groups.ts'
import type { AskedPage } from './results-pages.ts'

type Words = Pick<AskedPage, 't' | 'frame'>

/** What lines are of, and what each is called in a sentence. */
interface LineNames {
  kind: 'questions' | 'groups'
  nameOf: (line: ShareLine) => string
}

/**
 * Some sentences of what the questions of an area say: what is surely higher or lower than the whole, and what has surely changed; or why they
 * say nothing. Where only some could be compared it is said how many, and of what none could nothing is said.
 */
export function findingsOf(lines: readonly ShareLine[], { t }: Pick<Words, 't'>, beside: BesideNames): string[] {
  const nothing = nothingText(lines, { t })
  const nameOf = ({ question }: ShareLine) => t(`results.short.${question}`)
  return nothing ? [nothing] : comparedText(lines, { t }, beside, { kind: 'questions', nameOf })
}

/** The same of one question and its target groups, of which the first line is all of them together: that is the whole country. */
export function groupFindings(
  [country, ...groups]: readonly ShareLine[],
  { t }: Pick<Words, 't'>,
  beside: BesideNames,
  nameOf: LineNames['nameOf'],
): string[] {
  if (!country) return []
  const nothing = nothingText([country, ...groups], { t })
  if (nothing) return [nothing]
  const { outcome } = country.before
  return [
    ...(outcome && beside.before ? [t(`results.findings.country.${outcome}`, { where: beside.before })] : []),
    ...comparedText(groups, { t }, beside, { kind: 'groups', nameOf }),
  ]
}

/** What differs surely of the lines that were asked, beside each of the others. */
function comparedText(
  lines: readonly ShareLine[],
  { t }: Pick<Words, 't'>,
  { whole, before, similar }: BesideNames,
  { kind, nameOf }: LineNames,
): string[] {
  const asked = lines.filter(({ share }) => share !== undefined)
  const told = (besideOf: (line: ShareLine) => Beside, where: string): string[] => {
    const compared = asked.filter((line) => besideOf(line).outcome !== undefined)
    if (compared.length === 0) return []
    const counts = { where, some: compared.length, all: asked.length }
    const isEach = compared.length === asked.length
    const sentence = (outcome: TestOutcome): string[] => {
      const found = compared.filter((line) => besideOf(line).outcome === outcome)
      return found.length === 0 ? [] : [t(`results.findings.${outcome}`, { where, names: named(found) })]
    }
    const sure = [...sentence('higher'), ...sentence('lower')]
    if (sure.length === 0) return [t(`results.findings.none.${isEach ? 'each' : kind}`, counts)]
    return [...(isEach ? [] : [t(`results.findings.some.${kind}`, counts)]), ...sure]
  }
  const named = (some: readonly ShareLine[]) =>
    kind === 'questions' && some.length === qualityQuestions.length
      ? t('results.findings.seven')
      : listed(some.map(nameOf), t)
  return [
    ...(whole ? told((line) => line.whole, whole) : []),
    ...(before ? told((line) => line.before, before) : []),
    ...(similar ? told((line) => line.similar, similar) : []),
  ]
}

/** Which target groups answer most and least positively, in a sentence; where that is not known, between which shares they lie. */
export function groupExtremesText([, ...groups]: readonly ShareLine[], words: Words): string {
  const { t } = words
  const { highest, lowest } = extremesOf(groups, 2)
  if (highest.length === 0 || lowest.length === 0) return spanText(groups, words, 'groups')
  const named = (some: readonly ShareLine[]) => listed(some.map(lowerName(words)), t)
  const names = { most: named(highest), least: named(lowest) }
  const shares = { high: shareText(highest[0]!.share, words), low: shareText(lowest[0]!.share, words) }
  return capital(t('results.findings.groups', { ...names, ...shares }))
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase('sv') + text.slice(1)

/** How many of some lines are shown, and between which shares those lie, in a sentence that names none of them; empty where none is. */
export function spanText(lines: readonly ShareLine[], words: Words, kind: LineNames['kind']): string {
  const { t } = words
  const asked = lines.filter(({ share }) => share !== undefined)
  const span = spanOf(asked)
  if (!span) return ''
  const { told } = extremesOf(asked)
  const [low, high] = [shareText(span.low.share, words), shareText(span.high.share, words)]
  const share = low === high ? low : t('results.findings.span.range', { low, high })
  const isEach = told === asked.length && low !== high
  return capital(t(`results.findings.span.${isEach ? 'each' : 'of'}.${kind}`, { told, all: asked.length, share }))
}

/** The same of target groups, on the first question that any of them tells: overall satisfaction before the others. */
export function groupSpanText(own: readonly Indicator[], words: Words): string {
  const questions = ['overall', ...qualityQuestions.map(({ id }) => id)]
  const told = questions.flatMap((question) => {
    const [, ...groups] = groupLines({ own, question })
    const text = spanText(groups, words, 'groups')
    return text ? [`${capital(words.t(`results.short.${question}`))}: ${text}`] : []
  })
  return told[0] ?? ''
}

/** Which target group is highest on most questions, in a sentence; where that is not known, between which shares they lie. */
export function groupHighestText(own: readonly Indicator[], words: Words): string {
  const found = groupHighest(own)
  if (!found) return groupSpanText(own, words)
  const { group, questions: count, told: all } = found
  const key = all === qualityQuestions.length ? 'all' : 'some'
  return capital(
    words.t(`results.findings.highestGroup.${key}`, { group: lowerName(words)({ targetGroup: group }), count, all }),
  )
}

/** What of the target groups of a municipality surely differs from the same group in the country, of how many comparisons. */
export function groupsAgainstText(own: readonly Indicator[], whole: readonly Indicator[], words: Words): string {
  const { t } = words
  const groups = targetGroups.filter((group) => own.some(({ targetGroup }) => targetGroup === group))
  const { sides, compared, sure } = sideBySide(
    groups.map((targetGroup) => ({ own, targetGroup, against: whole, isPart: true })),
  )
  if (compared === 0) return groupSpanText(own, words)
  if (sure === 0) return t('results.findings.against.none', { count: compared })
  const sentence = (outcome: TestOutcome) => {
    const named = sides.flatMap((lines) => {
      const count = lines.filter((line) => line.whole.outcome === outcome).length
      return count === 0 ? [] : [t('results.findings.against.group', { name: lowerName(words)(lines[0]!), count })]
    })
    return named.length === 0 ? [] : [t(`results.findings.against.${outcome}`, { names: listed(named, t) })]
  }
  return [...sentence('higher'), ...sentence('lower'), t('results.findings.against.of', { count: compared })].join(' ')
}

/** In a sentence or two which questions have the highest and the lowest share; nothing where that is not known. */
export function extremesText(lines: readonly ShareLine[], words: Words): string[] {
  const { t } = words
  const { highest, lowest } = extremesOf(lines)
  const names = (some: readonly ShareLine[]) =>
    listed(
      some.map(({ question }) => t(`results.short.${question}`)),
      t,
    )
  const said = {
    ...{ high: names(highest), most: shareText(highest[0]?.share, words) },
    ...{ low: names(lowest), least: shareText(lowest[0]?.share, words) },
  }
  const which = highest.length > 0 ? (lowest.length > 0 ? 'extremes' : 'highest') : lowest.length > 0 && 'lowest'
  return which ? [t(`results.findings.${which}`, said)] : []
}
