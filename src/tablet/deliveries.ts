import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '../errors.ts'

/** Keeps a device to what people can do. Counts live in memory only. */
export interface Deliveries {
  /** @throws DomainError `too-many` when this device, or somebody with its key, comes too often. */
  count(keyTag: Buffer): Promise<void>
}

/** @param perMinute contacts of one device; each brings at most a hundred ballots, so a backlog of a week takes seconds. */
export function limitDeliveries(perMinute: number): Deliveries {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 })
  return {
    async count(keyTag) {
      await limiter.consume(keyTag.toString('hex')).catch((refused: Error | RateLimiterRes) => {
        if (refused instanceof Error) throw refused
        throw new DomainError('too-many', 'a tablet delivers too often')
      })
    },
  }
}
