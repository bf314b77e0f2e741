import type { Channel, TalliedDisposition } from '../invitation/disposition.ts'
import { addUp, type Dispositions } from './response-rate.ts'

/** What is known of one stratum and channel: the codes that went out, the tallies, and the ballots that came in. */
export interface ChannelRecord {
  stratumId: string
  channel: Channel
  /** Codes of settled batches less their leftovers. Codes of a printed batch that is not settled are stock. */
  wentOut: number
  undeliverable: number
  /** Printed batches that nobody has posted or counted back in yet. */
  unsettledBatches: number
  /** The codes of those batches. */
  stock: number
  tallied: Partial<Record<TalliedDisposition, number>>
  /** Ballots in the urn. */
  responded: number
}

/**
 * Who counts as offered, by channel:
 * - letter, handout, email: codes that went out, less those that came back undeliverable;
 *   and on handout everybody who declined before a code was drawn for them.
 * - tablet: each answer is one offer, and each "declined" is one.
 * - paper: forms handed out (at least those that came back answered), and each "declined".
 */
export function dispositionsOf({ channel, wentOut, undeliverable, tallied, responded }: ChannelRecord): Dispositions {
  const refused = tallied.declined ?? 0
  const declined = refused + (tallied.declined_with_code ?? 0)
  const handedOut = tallied.handed_out ?? 0
  const offered = {
    letter: wentOut - undeliverable,
    email: wentOut - undeliverable,
    handout: wentOut - undeliverable + refused,
    tablet: responded + refused,
    paper: Math.max(handedOut, responded) + refused,
  }[channel]
  return { offered, declined, undeliverable, responded }
}

/** A group of strata with what their channels add up to, and where the sum cannot be trusted. */
export interface RateLine extends Dispositions {
  /** Strata and channels in which more responded than were offered: a tally is missing there. */
  missingTallies: { stratumId: string; channel: Channel }[]
  unsettledBatches: number
}

/** Plain addition, upward: channels to stratum, strata to unit, municipality and nation. */
export function rateLine(records: ChannelRecord[]): RateLine {
  const missing = records.filter((record) => {
    const { offered, responded } = dispositionsOf(record)
    return responded > offered
  })
  return {
    ...addUp(records.map(dispositionsOf)),
    missingTallies: missing.map(({ stratumId, channel }) => ({ stratumId, channel })),
    unsettledBatches: records.reduce((sum, { unsettledBatches }) => sum + unsettledBatches, 0),
  }
}
