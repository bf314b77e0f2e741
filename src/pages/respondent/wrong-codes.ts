import { countLately } from '../../memory/lately-counted.ts'
import { networksOf } from '../../web/network.ts'

/** Slows down guessing without getting in anybody's way: only well-formed codes that were never issued are counted. */
export interface WrongCodes {
  /**
   * So many minutes it takes until codes of this address are looked up again; 0 while they are. Rounded up to tens: whoever shares a
   * network is not told when the others in it came.
   */
  minutesToWait(address: string): Promise<number>
  count(address: string): Promise<void>
}

/** A wider network, and everybody together, may try so many times as much as one address. */
const times = { wide: 10, all: 50 }

/**
 * @param perHour how many never-issued codes one address may try in an hour. A typing error fails the check digit
 *   and is not counted, so even a large office behind one address stays far below. Where everybody together has tried too many, those are
 *   let in whose address has tried none: a flood from all over must not shut people out. Counts live in memory only.
 */
export function limitWrongCodes(perHour: number, clock: () => Date): WrongCodes {
  // Each kind has room of its own: many addresses push out no wider network.
  const tries = { own: countLately(clock, 60), wide: countLately(clock, 60), all: countLately(clock, 60) }

  return {
    async minutesToWait(address) {
      const { own, wide } = networksOf(address)
      const tried = tries.own.numberOf(own)
      const waits = [
        tried >= perHour ? tries.own.msLeft(own) : 0,
        tries.wide.numberOf(wide) >= perHour * times.wide ? tries.wide.msLeft(wide) : 0,
        // over with the flood, or as soon as this address has tried none
        tries.all.numberOf('') >= perHour * times.all && tried > 0
          ? Math.min(tries.all.msLeft(''), tries.own.msLeft(own))
          : 0,
      ]
      return Math.ceil(Math.max(...waits) / 600_000) * 10
    },
    async count(address) {
      const { own, wide } = networksOf(address)
      tries.own.add(own)
      tries.wide.add(wide)
      tries.all.add('')
    },
  }
}
