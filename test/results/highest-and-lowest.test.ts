import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MunicipalityCells } from '../../src/disclosure/cells.ts'
import { qualityQuestions } from '../../src/questionnaire/questions.ts'
import { type TargetGroup, targetGroups } from '../../src/questionnaire/target-groups.ts'
import { briefOf } from '../../src/results/brief.ts'
import { extremesOf, spanOf } from '../../src/results/extremes.ts'
import { highlightsOf } from '../../src/results/highlights.ts'
import type { Indicator } from '../../src/results/indicator.ts'
import { groupLines, type ShareLine, shareLines } from '../../src/results/share-lines.ts'
import { groupOf } from '../disclosure/some-nations.ts'
import { tellShares } from '../disclosure/told-of.ts'

/** Of a target group of a municipality: who answered each of the seven questions, women first, then men. */
interface Answered {
  municipality: string
  group: TargetGroup
  questions: { people: number; positive: number }[][]
}

/** From a handful of people to a few hundred, some without an opinion on some questions; groups that are more and less content. */
const someAnswered = fc
  .record({
    people: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 3, max: 40 }) }, fc.integer({ min: 40, max: 400 })),
    content: fc.integer({ min: 30, max: 100 }),
  })
  .chain(({ people, content }) =>
    fc.array(
      fc.array(
        fc.record({ without: fc.nat(6), more: fc.integer({ min: -25, max: 25 }) }).map(({ without, more }) => {
          const own = Math.max(0, Math.floor(people / 2) - without)
          return { people: own, positive: Math.min(own, Math.max(0, Math.round((own * (content + more)) / 100))) }
        }),
        { minLength: 2, maxLength: 2 },
      ),
      { minLength: qualityQuestions.length, maxLength: qualityQuestions.length },
    ),
  )

const someNation: fc.Arbitrary<Answered[]> = fc
  .array(
    fc
      .subarray([...targetGroups], { minLength: 1 })
      .chain((groups) => fc.tuple(...groups.map((group) => fc.tuple(fc.constant(group), someAnswered)))),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) =>
    all.flatMap((groups, nth) =>
      groups.map(([group, questions]) => ({ municipality: String(1000 + nth), group, questions })),
    ),
  )

/** What is told of all areas. */
const toldOf = (nation: readonly Answered[]): Indicator[] =>
  qualityQuestions.flatMap(({ id }, nth) => {
    const cells = [...new Set(nation.map(({ municipality }) => municipality))].map(
      (code): MunicipalityCells => ({
        code,
        groups: nation
          .filter(({ municipality }) => municipality === code)
          .map(({ group, questions }) => {
            const [woman, man] = questions[nth]!
            return groupOf(group, code, [{ woman: woman!, man: man!, rest: { people: 0, positive: 0 } }])
          }),
      }),
    )
    return tellShares(cells).map(
      ({ percent, ...figure }): Indicator => ({
        ...figure,
        measure: 'positive',
        question: id,
        part: '',
        value: percent,
      }),
    )
  })

/** In whole per cent what people really answered, of an area, a target group and a question; `undefined` of nobody. */
function reallyOf(nation: readonly Answered[], area: string, group: string, question: string): number | undefined {
  const nth = qualityQuestions.findIndex(({ id }) => id === question)
  const some = nation
    .filter((one) => (area === '0000' || one.municipality === area) && (group === 'total' || one.group === group))
    .flatMap(({ questions }) => questions[nth]!)
  let [people, positive] = [0, 0]
  for (const one of some) {
    people += one.people
    positive += one.positive
  }
  return people === 0 ? undefined : Math.floor((200 * positive + people) / (2 * people))
}

/** Who is at the end, of those of whom anybody answered. */
function endOf(shares: [string, number | undefined][], end: 'highest' | 'lowest'): string[] {
  const known = shares.filter(([, share]) => share !== undefined) as [string, number][]
  const limit = end === 'highest' ? Math.max(...known.map(([, it]) => it)) : Math.min(...known.map(([, it]) => it))
  return known.filter(([, share]) => share === limit).map(([name]) => name)
}

const questions = qualityQuestions.map(({ id }) => id)

test('who is said to be the highest or the lowest is so by the answers themselves, whatever is kept back', () => {
  const said = new Map<string, number>()
  const keptBack = { questions: 0, groups: 0 }
  const heard = (what: string) => said.set(what, (said.get(what) ?? 0) + 1)

  fc.assert(
    fc.property(someNation, someNation, (nation, before) => {
      const [told, last] = [toldOf(nation), toldOf(before)]
      for (const area of ['0000', ...new Set(nation.map(({ municipality }) => municipality))]) {
        const own = told.filter((one) => one.area === area)
        const ownBefore = last.filter((one) => one.area === area)
        const really = (group: string, question: string) => reallyOf(nation, area, group, question)
        const ofQuestions = (group: string, end: 'highest' | 'lowest') =>
          endOf(
            questions.map((id) => [id, really(group, id)]),
            end,
          )
        const ofGroups = (question: string, end: 'highest' | 'lowest') =>
          endOf(
            targetGroups.map((group) => [group, really(group, question)]),
            end,
          )
        const isTrue = (what: string, named: readonly string[], truth: readonly string[]) => {
          heard(what)
          expect(named, `${what} of ${area}`).toEqual(truth)
        }
        /** Two that are both told as "at least 90 %" are named together: nobody knows which of them it is. */
        const isTrueOf = (what: string, lines: ShareLine[], names: string[], truth: string[]) => {
          if (lines.length === 0) return
          const isInWords = lines.some(({ share }) => share!.status !== 'shown')
          isTrue(what, isInWords ? names.filter((name) => truth.includes(name)) : names, truth)
        }
        const within = (lines: readonly ShareLine[]) => {
          const span = spanOf(lines)
          for (const { share, targetGroup, question } of lines)
            if (share && ['shown', 'at-least-90', 'at-most-10'].includes(share.status)) {
              const value = really(targetGroup, question)!
              if (span!.low.share!.status === 'shown') expect(value).toBeGreaterThanOrEqual(span!.low.share!.value!)
              if (span!.high.share!.status === 'shown') expect(value).toBeLessThanOrEqual(span!.high.share!.value!)
            }
        }

        for (const group of ['total', ...targetGroups] as const) {
          const lines = shareLines({ own, targetGroup: group })
          within(lines)
          if (lines.some(({ share }) => share?.status === 'protected' || share?.status === 'few')) keptBack.questions++
          const { highest, lowest } = extremesOf(lines)
          const ids = (some: ShareLine[]) => some.map(({ question }) => question)
          isTrueOf('highest question', highest, ids(highest), ofQuestions(group, 'highest'))
          isTrueOf('lowest question', lowest, ids(lowest), ofQuestions(group, 'lowest'))
        }
        for (const question of questions) {
          const [, ...groups] = groupLines({ own, question })
          within(groups)
          if (groups.some(({ share }) => share?.status === 'protected' || share?.status === 'few')) keptBack.groups++
          const { highest, lowest } = extremesOf(groups, 2)
          const ids = (some: ShareLine[]) => some.map(({ targetGroup }) => targetGroup)
          isTrueOf('highest group', highest, ids(highest), ofGroups(question, 'highest'))
          isTrueOf('lowest group', lowest, ids(lowest), ofGroups(question, 'lowest'))
        }
        const { work } = highlightsOf({ lines: shareLines({ own, targetGroup: 'total' }), quarters: new Map() })
        const lowest = work.filter(({ rule }) => rule === 'lowest').map(({ question }) => question)
        if (lowest.length > 0) isTrue('to work on', lowest, ofQuestions('total', 'lowest'))

        const changes = questions.map((id): [string, number | undefined] => {
          const [now, then] = [really('total', id), reallyOf(before, area, 'total', id)]
          return [id, now === undefined || then === undefined ? undefined : Math.abs(now - then)]
        })
        for (const { key, values } of briefOf({ own, before: ownBefore })) {
          const { best, weakest, group, groups, other, questions: named, count } = values as NamedIn
          if (key === 'extremes' || key.startsWith('groupExtremes'))
            for (const one of groups?.groups ?? [group?.group ?? 'total']) {
              isTrue(`${key}: best`, best.questions, ofQuestions(one, 'highest'))
              isTrue(`${key}: weakest`, weakest.questions, ofQuestions(one, 'lowest'))
            }
          if (key === 'overallGroups.highest') isTrue(key, [group!.group], ofGroups('overall', 'highest'))
          if (key === 'overallGroups.between') {
            isTrue(key, [group!.group], ofGroups('overall', 'highest'))
            isTrue(key, [other!.group], ofGroups('overall', 'lowest'))
          }
          if (key.startsWith('changedMost') && named) isTrue('changedMost', named.questions, endOf(changes, 'highest'))
          if (key.startsWith('highestGroup')) {
            heard(key)
            const alone = questions.filter((id) => String(ofGroups(id, 'highest')) === group!.group)
            expect(alone.length, key).toBeGreaterThanOrEqual(count!)
          }
        }
      }
    }),
    { numRuns: 40, endOnFailure: true },
  )
  expect(keptBack.questions).toBeGreaterThan(100)
  expect(keptBack.groups).toBeGreaterThan(100)
  for (const what of ['highest question', 'lowest group', 'to work on', 'extremes: best', 'groupExtremes.one: weakest'])
    expect(said.get(what), what).toBeGreaterThan(3)
  for (const what of ['overallGroups.highest', 'overallGroups.between', 'highestGroup.all', 'highestGroup.some'])
    expect(said.get(what), what).toBeGreaterThan(0)
})

type NamedIn = Record<'best' | 'weakest', { questions: string[] }> & {
  group?: { group: string }
  questions?: { questions: string[] }
  groups?: { groups: string[] }
  other?: { group: string }
  count?: number
}
