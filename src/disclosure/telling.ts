import { keepsOpen, possibleOf } from './bounds.ts'
import type { Together } from './open-numbers.ts'
import { outcomeOf, type ShareOutcome } from './outcome.ts'
import { countsOfWords } from './possible-counts.ts'
import { leavesNoRemainder } from './remainders.ts'
import type { NationSets, PeopleSet } from './sets.ts'
import type { Range } from './steps.ts'
import { smallestShown } from './thresholds.ts'

/** What is told of each set in turn: nothing is told of it that would tell, with what is told already, what is kept back elsewhere. */
export interface Telling {
  /** The share, or words for it, and the number of people; what is told of it already stays. */
  tell(set: PeopleSet): void
  /** The share alone, or words for it, or nothing. */
  tellShare(set: PeopleSet): void
}

/** Tells the shares of a question among some sets, whose numbers are read together with others. */
export function tellingShares(nation: NationSets, all: Together): Telling {
  const tellNumber = tellingNumber(nation, all)
  const outcome = (set: PeopleSet, hasNumber: boolean) =>
    outcomeOf(set, {
      possible: possibleOf(nation, set),
      hasNumber,
      isOpen: (counts) => isOpenWith(nation, set, counts),
    })
  return {
    tell(set) {
      if (isEnough(set) && tellNumber(set) && set.share !== 'words') said(set, outcome(set, true))
    },
    tellShare: (set) => isEnough(set) && said(set, outcome(set, false)),
  }
}

/** Tells numbers of people, and nothing of their answers. */
export function tellingNumbers(nation: NationSets, all: Together): Telling {
  const tellNumber = tellingNumber(nation, all)
  return { tell: (set) => isEnough(set) && tellNumber(set), tellShare: () => {} }
}

const isEnough = ({ people }: PeopleSet) => people >= smallestShown

/** Tells how many people a set is, unless fewer than ten could be added up, or would be known too well. It says whether it is told. */
function tellingNumber(nation: NationSets, all: Together): (set: PeopleSet) => boolean {
  return (set) => {
    if (set.hasNumber) return true
    set.hasNumber = true
    set.hasNumber = leavesNoRemainder(nation) && all.takes(nation)
    return set.hasNumber
  }
}

function isOpenWith(nation: NationSets, set: PeopleSet, counts: Range): boolean {
  const before = set.counts
  set.counts = counts
  const isOpen = keepsOpen(nation)
  set.counts = before
  return isOpen
}

/** Says a share, or words where they are true of all with which the same is said. What is not said has no number, and a per cent told before stays. */
function said(set: PeopleSet, { isExact, counts }: ShareOutcome): void {
  const { none, all } = countsOfWords(set.people)
  const areWords = counts.low >= all.low || counts.high <= none.high
  set.counts = counts
  if (set.share === 'exact') set.hasNumber = isExact
  else set.share = isExact ? 'exact' : areWords ? 'words' : 'hidden'
  if (set.share === 'hidden') set.hasNumber = false
}
