import type { Channel, TalliedDisposition } from '../invitation/disposition.ts'

/** What staff count of one stratum and channel: the codes that went out, and the tallies. Nothing of who answered. */
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
}

/** How an offer went, as far as staff know it without the answers. */
export interface KnownOffers {
  offered: number
  declined: number
  undeliverable: number
}

/**
 * Who counts as offered, by channel, before anybody has answered:
 * - letter, handout, email: codes that went out, less those that came back undeliverable;
 *   and on handout everybody who declined before a code was drawn for them.
 * - tablet: each "declined" is one offer. Each answer is another.
 * - paper: forms handed out, and each "declined". Forms that came back count as handed out at least.
 */
export function knownOffersOf({ channel, wentOut, undeliverable, tallied }: ChannelRecord): KnownOffers {
  const refused = tallied.declined ?? 0
  const declined = refused + (tallied.declined_with_code ?? 0)
  const offered = {
    letter: wentOut - undeliverable,
    email: wentOut - undeliverable,
    handout: wentOut - undeliverable + refused,
    tablet: refused,
    paper: (tallied.handed_out ?? 0) + refused,
  }[channel]
  return { offered, declined, undeliverable }
}

/** How many forms without a code were handed out in a stratum, as staff count them. */
export function handedOut(records: ChannelRecord[]): number {
  return records.find(({ channel }) => channel === 'paper')?.tallied.handed_out ?? 0
}

/** How many can have answered by a channel with a code at most, as staff know it: none at a tablet, or on paper without one. */
export const mostAnswers = ({ wentOut, undeliverable, stock }: ChannelRecord): number => wentOut - undeliverable + stock
