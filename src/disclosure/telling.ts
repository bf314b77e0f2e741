import { keepsOpen } from './bounds.ts'
import { wordsOf } from './possible-counts.ts'
import { leavesNoRemainder } from './remainders.ts'
import type { NationSets, PeopleSet } from './sets.ts'
import { smallestShown } from './thresholds.ts'

/** What could be told of a set, beyond what is told of it. */
type More = Partial<Pick<PeopleSet, 'share' | 'hasNumber'>>

/** What is told of each set in turn: nothing is told of it that would tell, with what is told already, what is kept back elsewhere. */
export interface Telling {
  /** The share and the number of people, or words for the share, or nothing. */
  tell(set: PeopleSet): void
  /** The share alone, or words for it, or nothing. */
  tellShare(set: PeopleSet): void
  /** The number of people as well. */
  tellNumber(set: PeopleSet): void
}

/** Tells the shares of a question among some sets. */
export function tellingShares(nation: NationSets): Telling {
  const isSafe = () => leavesNoRemainder(nation) && keepsOpen(nation)
  const tell = (set: PeopleSet, more: More) => {
    for (const share of sharesOf(set)) if (tellIfSafe(set, { share, ...more }, isSafe)) return
  }
  return {
    tell: (set) => tell(set, { hasNumber: true }),
    tellShare: (set) => tell(set, {}),
    tellNumber: (set) => set.share !== 'hidden' && tellIfSafe(set, { hasNumber: true }, isSafe),
  }
}

/** Tells numbers of people, and nothing of their answers. */
export function tellingNumbers(nation: NationSets): Telling {
  const isSafe = () => leavesNoRemainder(nation)
  const tellNumber = (set: PeopleSet) => tellIfSafe(set, { hasNumber: true }, isSafe)
  return { tell: tellNumber, tellShare: () => {}, tellNumber }
}

/** In which ways a share may be told, the fullest first: in words wherever it is nearly all or nearly none. */
const sharesOf = (set: PeopleSet): PeopleSet['share'][] => (wordsOf(set) ? ['exact', 'words'] : ['exact'])

/** Tells more of a set of ten people or more, unless it would tell too much. @returns whether it is told */
function tellIfSafe(set: PeopleSet, more: More, isSafe: () => boolean): boolean {
  if (set.people < smallestShown) return false
  const { share, hasNumber } = set
  Object.assign(set, more)
  if (isSafe()) return true
  Object.assign(set, { share, hasNumber })
  return false
}
