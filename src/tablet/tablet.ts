import type { Range } from '../disclosure/steps.ts'
import type { Responsible } from '../notice/responsible.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import type { Phase } from '../round/round.ts'
import { daysBetween } from '../time/days.ts'

/**
 * The life of a tablet. `invited`: its link has not been used. `revoked`: it takes no more answers, and of what it still
 * holds a day's quota is taken. `stolen`: nothing of it is taken any more.
 */
export const tabletStates = ['invited', 'active', 'revoked', 'stolen'] as const

export type TabletState = (typeof tabletStates)[number]

/** A ballot beyond the quota waits for a yes, or got a no. */
export const heldStates = ['held', 'discarded'] as const

/** What the browser of a tablet is good for, as far as it is known. */
export interface Keeping {
  /** The page comes also without a network, after a reload or a restart. */
  worksOffline?: boolean
  /** The browser has promised to keep what is stored. A private window never does, nor do browsers that are not asked. */
  isPromised?: boolean
}

/**
 * A tablet as staff and operators see it: never a time of an answer, and none of its counters, which would tell beside the steps of
 * its unit whether a single letter was answered.
 */
export interface SeenTablet {
  id: string
  roundId: string
  name: string
  state: TabletState
  strata: { id: string; targetGroup: TargetGroup; unit: string; declined: number }[]
  /** Such as `2026-09-15T09`; `undefined` before the first contact, and from a revocation to the next one. */
  lastContactHour?: string
  /** The step of those beyond its quota, which wait for a yes, as it was told last night: "under 5" where there are none as well. */
  held: Range
  dailyQuota: number
  /** What it said of its browser at its last contact. */
  keeping: Keeping
}

/** What a tablet is told at every contact, and keeps: all it needs to work for days without a network. */
export interface Device {
  name: string
  phase: Phase
  /** The public key of the round, in base64. */
  publicKey: string
  strata: { id: string; targetGroup: TargetGroup; unit: string }[]
  pin: { salt: string; hash: string; rounds: number }
  /** Where it stands, and who is responsible for personal data there, if the municipality has told. */
  municipality?: { name: string; responsible?: Responsible }
  idle: { warnSeconds: number; wipeSeconds: number }
  contactSeconds: number
}

/** What the browser of a tablet in use is known to lack, the gravest first. */
export function lacksOf({ state, keeping }: Pick<SeenTablet, 'state' | 'keeping'>): (keyof Keeping)[] {
  if (state !== 'active') return []
  return (['worksOffline', 'isPromised'] as const).filter((what) => keeping[what] === false)
}

/** A quota that was not used while a tablet was out of reach is kept for so many days. */
const mostDaysAway = 14

/**
 * How many ballots a tablet may bring from a day on: its quota for every day since it was last heard of, and what is
 * left of today's when it was heard of today. Days are ISO dates.
 */
export function allowanceOn(
  day: string,
  { dailyQuota, allowance, allowanceDay }: { dailyQuota: number; allowance: number; allowanceDay: string },
): number {
  const daysAway = daysBetween(allowanceDay, day)
  return daysAway <= 0 ? allowance : dailyQuota * Math.min(daysAway, mostDaysAway)
}

/** A tablet in use that was not heard of for so long is looked for. */
const silentHours = 24

/** One that is on and has a network is in contact many times in so long. */
const quietHours = 1

/**
 * Whether ballots may lie in a tablet: it was not heard of for an hour, or not since it was revoked. At a contact it brings all. That an
 * hour is known, and no more of it, says nothing of ballots: a tablet is in contact whether anybody answers or not.
 */
export function mayHoldBallots({ state, lastContactHour }: SeenTablet, now: Date): boolean {
  if (state === 'invited' || state === 'stolen') return false
  return lastContactHour === undefined || (state === 'active' && lastContactHour < hourBefore(now, quietHours))
}

/** Whether a tablet in use was not heard of for a day. */
export function isSilent(
  { state, lastContactHour }: Pick<SeenTablet, 'state' | 'lastContactHour'>,
  now: Date,
): boolean {
  return state === 'active' && lastContactHour !== undefined && lastContactHour < hourBefore(now, silentHours)
}

const hourBefore = (now: Date, hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString().slice(0, 13)

/** Answers a day that are taken from one tablet without a question: more than one every three minutes all day. */
export const usualQuota = 200

/** How long a one-time link is good for. */
export const linkHours = 168

/** The most ballots that are held of one tablet, and the most who can have declined at it, in days of its quota. */
export const mostQuotaDays = mostDaysAway
