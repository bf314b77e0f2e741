import type { Channel } from '../invitation/disposition.ts'

/** The place of a form in its bundle: so many forms were counted before it. A second entry says how many answers it compared. */
export interface BundlePlace {
  bundleId: string
  position: number
  compared: number
  differing: number
}

/**
 * A ballot ready for the urn. `spentTag` is absent where no code was used (tablet, paper without code); `tabletId` names
 * the device that brought it, which is counted and not stored with it.
 */
export interface SealedBallot {
  ballotId: Buffer
  stratumId: string
  channel: Channel
  roundId: string
  sealed: Buffer
  spentTag?: Buffer
  /** Of a form of paper that waits, instead of `spentTag`: see `sealMark`. */
  sealedMark?: Buffer
  tabletId?: string
  /** Where a form of paper was entered: it is counted there in the same transaction, and waits until the bundle is done. */
  bundle?: BundlePlace
  /** Whether it waits until the close: one of few forms with codes that came in a file. */
  waits?: boolean
}

/**
 * `recorded` also for a ballot or a code that was there before: the person is thanked either way. `not-now` only for a tablet
 * that has brought far more than people can give. `out-of-turn` only for a form of a bundle that has gone on meanwhile, or is done:
 * nothing was written.
 */
export type Outcome = 'recorded' | 'closed' | 'not-now' | 'out-of-turn'

/** What became of a ballot, and by how many the urn grew; nothing is counted of one that lies beside it. */
export interface Recorded {
  outcome: Outcome
  added?: 0 | 1
}

/** Writes a group in one transaction: all of it or, when it fails, nothing. */
export type Commit = (group: SealedBallot[]) => Outcome[] | Promise<Outcome[]>

export type RecordResponse = (ballot: SealedBallot) => Promise<Outcome>
