import { sum } from '../statistics/sum.ts'
import { leavesRestOpen } from './gender-rest.ts'
import { type GroupSet, isTold } from './sets.ts'
import type { Range } from './steps.ts'
import { isNobodyOrEnough, smallestShown } from './thresholds.ts'

/** Of whom of a group a share is told. */
export interface ToldGenders {
  woman: boolean
  man: boolean
}

const neither: ToldGenders = { woman: false, man: false }

/**
 * Whether women and men of a group are told: where it is told itself, and each of them is at least ten. Where that is only one of them,
 * all others of the group have to be nobody or ten as well. Beside both the rest may be any number, where enough of its answers stays open.
 * @param possible the numbers of positive answers that all which is told of sets leaves possible of the group
 */
export function toldGenders(group: GroupSet, possible: Range): ToldGenders {
  if (!isTold(group)) return neither
  const { people, woman, man } = group
  const told = { woman: woman.people >= smallestShown, man: man.people >= smallestShown }
  const others = people - (told.woman ? woman : man).people
  const isOpen = !(told.woman && told.man) || leavesRestOpen(group, possible)
  return isNobodyOrEnough(others) && isOpen ? told : neither
}

/**
 * The same of the nation, and where those whom municipalities keep back are nobody or ten: of women and of men, or of neither. Where only
 * one of them is told, all others there have to be as well. Whoever has nobody of one of them has told how many the others are.
 */
export function toldGendersOfNation(
  group: GroupSet,
  parts: GroupSet[],
  toldOf: (group: GroupSet) => ToldGenders,
): ToldGenders {
  const told = toldOf(group)
  const isSafe = genders.every((gender) => {
    if (!told[gender]) return true
    const hidden = parts.filter((part) => !toldOf(part)[gender])
    const mixed = hidden.filter((part) => part[gender].people > 0 && part[gender].people < part.people)
    const isAlone = told.woman !== told.man
    return isNobodyOrEnough(sum(hidden.map((part) => part[gender].people))) && (!isAlone || leavesSplit(mixed, gender))
  })
  return isSafe ? told : neither
}

const genders = ['woman', 'man'] as const

/** Whether the women, or the men, of some groups and all others of them are nobody or ten. */
function leavesSplit(groups: GroupSet[], gender: (typeof genders)[number]): boolean {
  const its = sum(groups.map((group) => group[gender].people))
  return isNobodyOrEnough(its) && isNobodyOrEnough(sum(groups.map(({ people }) => people)) - its)
}
