import { DomainError } from '../../errors.ts'
import { countLately } from '../../memory/lately-counted.ts'
import { networksOf } from '../../web/network.ts'

/** Keeps devices to what people can do, and strangers from keeping others waiting. Counts live in memory only. */
export interface Deliveries {
  /** @throws DomainError `too-many` when this device, or somebody with its key, comes too often. */
  count(keyTag: Buffer): Promise<void>
  /**
   * Counts a key or a link that nobody has. Ever new ones are counted where they come from; whoever has one of ours is never asked.
   * @throws DomainError `too-many` when too many came from there, or from everywhere.
   */
  countUnknown(address: string): void
  /** Takes in a delivery. @throws DomainError `unavailable` while as many as may be are being taken in: tablets come again. */
  takeIn<Taken>(work: () => Promise<Taken>): Promise<Taken>
}

/** How many unknown keys and links may come in a minute. Behind one address all tablets of a county may stand that a restored backup does not know. */
const unknown = { own: 60, wide: 240, all: 1_000 }

/** So many deliveries are taken in at once, of a hundred ballots each. */
const mostAtOnce = 30

/** @param perMinute contacts of one device; each brings at most a hundred ballots, so a backlog of a week takes seconds. */
export function limitDeliveries(perMinute: number, clock: () => Date): Deliveries {
  const contacts = countLately(clock, 1)
  // Each kind has room of its own: many addresses push out no wider network.
  const strangers = { own: countLately(clock, 1), wide: countLately(clock, 1), all: countLately(clock, 1) }
  const kinds = ['all', 'wide', 'own'] as const
  let atWork = 0
  return {
    async count(keyTag) {
      const key = keyTag.toString('hex')
      if (contacts.numberOf(key) >= perMinute) throw new DomainError('too-many', 'a tablet delivers too often')
      contacts.add(key)
    },
    countUnknown(address) {
      const keys = { ...networksOf(address), all: '' }
      if (kinds.some((kind) => strangers[kind].numberOf(keys[kind]) >= unknown[kind]))
        throw new DomainError('too-many', 'too many keys that nobody has')
      for (const kind of kinds) strangers[kind].add(keys[kind])
    },
    async takeIn(work) {
      if (atWork >= mostAtOnce) throw new DomainError('unavailable', 'many tablets deliver at once')
      atWork++
      try {
        return await work()
      } finally {
        atWork--
      }
    },
  }
}
