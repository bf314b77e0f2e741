import { nearlyAll, nearlyNone } from '../disclosure/thresholds.ts'
import type { Indicator } from './indicator.ts'

/** How a share is said as so many of ten people; `atLeast` is always said of nine, and `atMost` of one. */
export const tenthsForms = ['exact', 'almost', 'over', 'atLeast', 'atMost'] as const

export interface ToldTenths {
  form: (typeof tenthsForms)[number]
  /** Of ten people, from 1 to 9. */
  tenths: number
}

/** So many per cents from a tenth it is said as that tenth. */
const exactWithin = 2

/**
 * A share as so many of ten people, in words that are true of it; `undefined` where it is not told. Nobody says "all" or "none": that would be
 * said of each.
 */
export function toldTenths(share: Pick<Indicator, 'status' | 'value'> | undefined): ToldTenths | undefined {
  if (share?.status === 'at-least-90') return atLeast
  if (share?.status === 'at-most-10') return atMost
  if (share?.status !== 'shown' || share.value === undefined) return undefined
  const { value } = share
  const below = Math.floor(value / 10)
  const beyond = value - 10 * below
  if (value > nearlyAll + 5) return atLeast
  if (value <= nearlyNone - 5) return atMost
  if (beyond <= exactWithin) return { form: 'exact', tenths: below }
  if (beyond >= 10 - exactWithin) return { form: 'exact', tenths: below + 1 }
  return beyond <= 5 ? { form: 'over', tenths: below } : { form: 'almost', tenths: below + 1 }
}

const atLeast = { form: 'atLeast', tenths: nearlyAll / 10 } as const
const atMost = { form: 'atMost', tenths: nearlyNone / 10 } as const
