import * as z from 'zod'
import { mostTogether } from '../../tablet/padding.ts'
import { pinRounds } from '../../tablet/secrets.ts'
import type { Device } from '../../tablet/tablet.ts'

const bytes = (length: number) =>
  z
    .base64()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((buffer) => buffer.length === length, `must be ${length} bytes`)

const stratumId = z.string().regex(/^[0-9a-f]{16}$/)
const count = z.number().int().min(0).max(1_000_000_000)

/** What a device sends to enrol: the token of its link and the key it has made for itself. */
export const enrolmentSchema = z.object({
  token: z.string().regex(/^[\w-]{22}$/),
  key: z.string().regex(/^[\w-]{43}$/),
})

/**
 * What a tablet sends at every contact: some of its ballots, and how many declined in all at each stratum. (Older ones say how many wait
 * in all, which is not heard: it would tell whether the last person has answered.) It is filled up to one length, see `padded`. The counts are totals, so that a report that comes twice counts once; `sequence` says how often the declines have changed, and so which is newer.
 */
export const deliverySchema = z.object({
  sequence: count,
  declined: z.record(stratumId, count).refine((strata) => Object.keys(strata).length <= 100),
  keeping: z.object({ worksOffline: z.boolean().optional(), isPromised: z.boolean().optional() }).default({}),
  ballots: z.array(z.object({ id: bytes(16), stratumId, sealed: bytes(112) })).max(mostTogether),
})

export type Delivery = z.output<typeof deliverySchema>

/** What a tablet is told: `gone` for one that was revoked, with no device any more. */
export interface DeliveryReply {
  /** Ids of ballots that are on the server's disk, in base64: the tablet deletes them. */
  stored: string[]
  /** Ids of ballots that came after the last moment, or that are for a stratum that is not the tablet's: it deletes them and says so. */
  refused: string[]
  state: 'active' | 'gone'
  device?: Device
}

/** How a device's PIN is written for it. */
export function pinOf({ salt, hash }: { salt: Buffer; hash: Buffer }): Device['pin'] {
  return { salt: salt.toString('base64'), hash: hash.toString('base64'), rounds: pinRounds }
}
