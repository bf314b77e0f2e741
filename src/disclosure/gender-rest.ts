import type { Proportion } from '../statistics/proportion.ts'
import { wholePercent } from '../statistics/rounding.ts'
import { countsOfPercent, countsOfWords, isUnanimous, wordsOf } from './possible-counts.ts'
import type { Range } from './steps.ts'
import { fewestRests, smallestShown } from './thresholds.ts'

/** The women and the men of a group, and how many all are. */
interface Parted {
  people: number
  woman: Proportion
  man: Proportion
}

/**
 * Whether it stays open who the rest of a group are and how they answered, for somebody who reads the shares of women and of men beside the
 * group: three whole per cents of few people have but one solution, often. How many the women are, the men or the rest is told to nobody,
 * so each of them is whatever fits; many pairs have to fit of how many the rest are and how many of them are positive, and neither may all
 * of them be positive in each, nor none.
 * It depends on what is told and on nothing else. What is not told for it leaves as much open together, or nothing is told of such a group.
 * @param possible the numbers of positive answers of the whole group that everything else leaves possible
 */
export function leavesRestOpen({ people, woman, man }: Parted, possible: Range): boolean {
  if (people > mostTried || (possible.low === 0 && possible.high === people)) return true
  const ground: Ground = { people, possible }
  return isOpenWith(ground, saidOf(woman), saidOf(man)) && isWithheldOpen(ground)
}

/** What everybody knows: how many they are, and how many of them can be positive. */
interface Ground {
  people: number
  possible: Range
}

/** Of more people two whole per cents fit to so much that nothing has to be tried. */
const mostTried = 250

/** What is told of women or of men: a whole per cent, or words. */
type Said = number | 'at-least-90' | 'at-most-10'

const saidOf = (set: Proportion): Said => (isUnanimous(set) ? wordsOf(set)! : wholePercent(set.positive, set.people))

/** The numbers of positive answers with which that is told of so many; none where it never is. */
function countsOf(people: number, said: Said): Range {
  if (typeof said !== 'number') {
    const { all, none } = countsOfWords(people)
    const counts = said === 'at-least-90' ? all : none
    return isUnanimous({ people, positive: counts.low }) ? counts : nothing
  }
  const counts = countsOfPercent(people, said)
  return counts.low > counts.high || isUnanimous({ people, positive: counts.low }) ? nothing : counts
}

const nothing: Range = { low: 1, high: 0 }

/** What fits: of how many people the rest are, how many can be positive. */
function openRest() {
  const pairs = new Set<number>()
  let [isAll, isNone] = [true, true]
  return {
    /** @returns whether it is open enough by now */
    add(rest: number, { low, high }: Range): boolean {
      for (let positive = low; positive <= high; positive++) pairs.add(rest * 1_000 + positive)
      if (low <= high && (rest === 0 || low < rest)) isAll = false
      if (low <= high && (rest === 0 || high > 0)) isNone = false
      return pairs.size >= fewestRests && !isAll && !isNone
    },
    isNothing: () => pairs.size === 0,
  }
}

/** The positive answers of the rest that fit to those of women and of men. */
const restOf = (rest: number, { low, high }: Range, of: Range): Range => ({
  low: Math.max(0, low - of.high),
  high: Math.min(rest, high - of.low),
})

/** Whether these two shares leave enough open. */
function isOpenWith({ people, possible }: Ground, ofWomen: Said, ofMen: Said): boolean {
  const open = openRest()
  for (let women = smallestShown; women <= people - smallestShown; women++) {
    const her = countsOf(women, ofWomen)
    if (her.low > her.high) continue
    for (let men = smallestShown; women + men <= people; men++) {
      const his = countsOf(men, ofMen)
      if (his.low > his.high) continue
      const both = { low: her.low + his.low, high: her.high + his.high }
      const rest = people - women - men
      if (open.add(rest, restOf(rest, possible, both))) return true
    }
  }
  return false
}

/** So much is tried of what would not be told: where nothing is found until then, it is next to nothing. */
const mostTries = 20_000

/** Whether all that would not be told leaves enough open together, or is nothing. */
function isWithheldOpen(ground: Ground): boolean {
  const { people, possible } = ground
  const known = new Map<string, boolean>()
  const isTold = (ofWomen: Said, ofMen: Said) => {
    const key = `${ofWomen} ${ofMen}`
    const now = known.get(key) ?? isOpenWith(ground, ofWomen, ofMen)
    known.set(key, now)
    return now
  }
  const open = openRest()
  let tries = 0
  for (const { rest, women, men } of splitsOf(people))
    for (let her = Math.min(women, possible.high); her >= 0; her--)
      for (let his = Math.max(0, possible.low - her - rest); his <= Math.min(men, possible.high - her); his++) {
        if (tries++ > mostTries) return open.isNothing()
        const [ofWomen, ofMen] = [saidOf({ people: women, positive: her }), saidOf({ people: men, positive: his })]
        if (isTold(ofWomen, ofMen)) continue
        if (open.add(rest, restOf(rest, possible, { low: her + his, high: her + his }))) return true
      }
  return open.isNothing()
}

/** How many women, men and others they can be, few others first. */
function* splitsOf(people: number) {
  for (let rest = 0; rest <= people - 2 * smallestShown; rest++)
    for (let women = smallestShown; women <= people - rest - smallestShown; women++)
      yield { rest, women, men: people - rest - women }
}
