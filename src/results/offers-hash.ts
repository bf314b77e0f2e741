import { createHash } from 'node:crypto'
import type { ChannelRecord } from '../fieldwork/ledger.ts'

/**
 * SHA-256 of all that the response rates of a round are made of beside the answers, in hexadecimal digits: one line of text for each stratum
 * and channel in which staff count anything, whatever order they are given in. It stands in the protocol in place of the numbers, many of
 * which are small. They cannot be tried out against it: the ids of strata are random and stand in nothing that is given away.
 */
export function offersHash(records: readonly ChannelRecord[]): string {
  const lines = records.map(lineOf).filter((line) => line !== undefined)
  return createHash('sha256')
    .update(
      lines
        .sort()
        .map((line) => `${line}\n`)
        .join(''),
    )
    .digest('hex')
}

/** What is counted of a stratum and channel; nothing where that is none. Codes in stock were offered to nobody. */
function lineOf({ stratumId, channel, wentOut, undeliverable, tallied }: ChannelRecord): string | undefined {
  const tallies = Object.entries(tallied)
    .filter(([, number]) => number > 0)
    .sort(([one], [other]) => (one < other ? -1 : 1))
  if (wentOut === 0 && undeliverable === 0 && tallies.length === 0) return undefined
  return JSON.stringify([stratumId, channel, wentOut, undeliverable, ...tallies])
}
