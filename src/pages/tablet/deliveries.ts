import { DomainError } from '../../errors.ts'
import { countLately } from '../../memory/lately-counted.ts'

/** Keeps a device to what people can do. Counts live in memory only. */
export interface Deliveries {
  /** @throws DomainError `too-many` when this device, or somebody with its key, comes too often. */
  count(keyTag: Buffer): Promise<void>
}

/** @param perMinute contacts of one device; each brings at most a hundred ballots, so a backlog of a week takes seconds. */
export function limitDeliveries(perMinute: number, clock: () => Date): Deliveries {
  const contacts = countLately(clock, 1)
  return {
    async count(keyTag) {
      const key = keyTag.toString('hex')
      if (contacts.numberOf(key) >= perMinute) throw new DomainError('too-many', 'a tablet delivers too often')
      contacts.add(key)
    },
  }
}
