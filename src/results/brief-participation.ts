import { targetGroups } from '../questionnaire/target-groups.ts'
import type { BriefRule } from './brief-rule.ts'
import { participationIn } from './share-lines.ts'

/** Numbers of answers that differ by less than a tenth of the smaller are about the same. */
const isClearlyMore = (one: number, other: number) => 10 * one >= 11 * other

/** So do response rates, in per cents of all. */
const clearPoints = 3

/** Who answered: how many, how that was the year before, and from which target group most are. */
export const participationRules: Record<string, BriefRule> = {
  municipalities: ({ municipalities }) =>
    municipalities === undefined ? undefined : { key: 'municipalities', values: { count: municipalities } },

  answers({ own }) {
    const { responses, rate } = participationIn(own, 'total')
    if (responses?.people === undefined) return undefined
    const count = responses.people
    return rate?.value === undefined || rate.part === 'at-most'
      ? { key: 'answers.plain', values: { count } }
      : { key: 'answers.rate', values: { count, percent: { percent: rate.value } } }
  },

  answersBefore({ own, before = [] }) {
    const [now, then] = [own, before].map((told) => participationIn(told, 'total').responses?.people)
    if (now === undefined || then === undefined) return undefined
    if (isClearlyMore(then, now)) return { key: 'answersBefore.fewer', values: { before: then } }
    if (isClearlyMore(now, then)) return { key: 'answersBefore.more', values: { before: then } }
    return { key: 'answersBefore.same', values: { before: then } }
  },

  rateBefore({ own, before = [] }) {
    const [now, then] = [own, before].map((told) => {
      const { rate } = participationIn(told, 'total')
      return rate?.part === 'at-most' ? undefined : rate?.value
    })
    if (now === undefined || then === undefined || Math.abs(now - then) < clearPoints) return undefined
    return { key: `rateBefore.${now > then ? 'higher' : 'lower'}`, values: { before: { percent: then } } }
  },

  largestGroup({ own }) {
    const told = targetGroups.map((group) => ({ group, responses: participationIn(own, group).responses }))
    // One that is protected has ten or more, nobody knows how many; one of "few" has nine at the most.
    if (told.some(({ responses }) => responses?.status === 'protected')) return undefined
    const known = told.flatMap(({ group, responses }) =>
      responses?.people === undefined ? [] : [{ group, people: responses.people }],
    )
    const [first, second] = known.sort((one, other) => other.people - one.people)
    if (!first || !second || first.people === second.people) return undefined
    return { key: 'largestGroup', values: { group: { group: first.group }, count: first.people } }
  },
}
