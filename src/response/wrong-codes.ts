import { RateLimiterMemory } from 'rate-limiter-flexible'
import { DomainError } from '../errors.ts'
import { networkOf } from '../web/network.ts'

/** Slows down guessing without getting in anybody's way: only well-formed codes that were never issued are counted. */
export interface WrongCodes {
  /** @throws DomainError `too-many` when this address has reached the limit. */
  refuseTooMany(address: string): Promise<void>
  count(address: string): Promise<void>
}

/**
 * @param perHour how many never-issued codes one address may try in an hour. A typing error fails the check digit
 *   and is not counted, so even a large office behind one address stays far below. Counts live in memory only.
 */
export function limitWrongCodes(perHour: number): WrongCodes {
  const limiter = new RateLimiterMemory({ points: perHour, duration: 3600 })
  return {
    async refuseTooMany(address) {
      const seen = await limiter.get(networkOf(address))
      if (seen && seen.consumedPoints >= perHour) throw new DomainError('too-many', 'too many wrong codes')
    },
    async count(address) {
      await limiter.penalty(networkOf(address), 1)
    },
  }
}
