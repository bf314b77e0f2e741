import { sum } from '../statistics/sum.ts'
import { type GroupSet, isTold } from './sets.ts'
import { isNobodyOrEnough, smallestShown } from './thresholds.ts'

/** Of whom of a group a share is told. */
export interface ToldGenders {
  woman: boolean
  man: boolean
}

const neither: ToldGenders = { woman: false, man: false }

/**
 * Whether women and men of a group are told: where it is told itself, and each of them is at least ten. Where that is only one of them,
 * all others of the group have to be nobody or ten as well. Beside both the rest may be any number, for there are no numbers of women
 * and men from which it would follow.
 */
export function toldGenders(group: GroupSet): ToldGenders {
  if (!isTold(group)) return neither
  const { people, woman, man } = group
  const told = { woman: woman.people >= smallestShown, man: man.people >= smallestShown }
  const others = people - (told.woman ? woman : man).people
  return isNobodyOrEnough(others) ? told : neither
}

/** The same of the nation, and where those whom municipalities keep back are nobody or ten: of women and of men, or of neither. */
export function toldGendersOfNation(group: GroupSet, parts: GroupSet[]): ToldGenders {
  const told = toldGenders(group)
  const isSafe = (['woman', 'man'] as const).every((gender) => {
    const hidden = parts.filter((part) => !toldGenders(part)[gender])
    return !told[gender] || isNobodyOrEnough(sum(hidden.map((part) => part[gender].people)))
  })
  return isSafe ? told : neither
}
