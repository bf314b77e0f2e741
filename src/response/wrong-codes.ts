import { RateLimiterMemory } from 'rate-limiter-flexible'
import { DomainError } from '../errors.ts'
import { networksOf } from '../web/network.ts'

/** Slows down guessing without getting in anybody's way: only well-formed codes that were never issued are counted. */
export interface WrongCodes {
  /** @throws DomainError `too-many` when the limit of this address is reached. */
  refuseTooMany(address: string): Promise<void>
  count(address: string): Promise<void>
}

/** A wider network, and everybody together, may try so many times as much as one address. */
const times = { wide: 10, all: 50 }

/**
 * @param perHour how many never-issued codes one address may try in an hour. A typing error fails the check digit
 *   and is not counted, so even a large office behind one address stays far below. Where everybody together has tried too many, those are
 *   let in whose address has tried none: a flood from all over must not shut people out. Counts live in memory only.
 */
export function limitWrongCodes(perHour: number): WrongCodes {
  const limiter = new RateLimiterMemory({ points: perHour, duration: 3600 })
  const countOf = async (key: string) => (await limiter.get(key))?.consumedPoints ?? 0
  return {
    async refuseTooMany(address) {
      const { own, wide } = networksOf(address)
      const [tried, triedWide, triedByAll] = [await countOf(own), await countOf(`wide ${wide}`), await countOf('all')]
      const isFlood = triedByAll >= perHour * times.all && tried > 0
      if (tried >= perHour || triedWide >= perHour * times.wide || isFlood)
        throw new DomainError('too-many', 'too many wrong codes')
    },
    async count(address) {
      const { own, wide } = networksOf(address)
      for (const key of [own, `wide ${wide}`, 'all']) await limiter.penalty(key, 1)
    },
  }
}
