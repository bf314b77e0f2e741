import { dayBefore } from '../time/days.ts'
import { swedishDay } from '../time/swedish-day.ts'
import { swedishInstant } from '../time/swedish-instant.ts'
import { comingStep, publishingHour, type ReleaseStep, stepsInEffect } from './phase.ts'

/**
 * What people are told of a release: whoever proposed something that comes later, that it was approved; administrators and participants, that
 * participants see it, or see what it corrects; that it will be published, the day before; that everybody sees it; that nobody sees it any more.
 */
export const announcementKinds = [
  'releaseApproved',
  'publishApproved',
  'released',
  'corrected',
  'coming',
  'published',
  'withdrawn',
] as const

export type AnnouncementKind = (typeof announcementKinds)[number]

/** One thing that is told of a release. Round, number, kind and `since` are those of no other. */
export interface Announcement {
  roundId: string
  number: number
  kind: AnnouncementKind
  /** ISO instant from which on it is told. */
  since: string
  /** When what it tells takes effect: an ISO instant. */
  at: string
  /** What was corrected, or why it was withdrawn, in words. */
  reason?: string
  /** Whether it is told to everybody, not to participants alone. */
  isPublic: boolean
  /** Whom alone it is told, by the id of their account. */
  to?: string
}

/** A release by what is told of it. */
export interface SteppedRelease {
  roundId: string
  number: number
  /** What it corrects; absent of the first. */
  reason?: string
  steps: readonly ReleaseStep[]
}

/**
 * All that has been told of a release until an instant, in its order. It follows from the steps and the clock, whoever asks, and whenever:
 * nothing runs for it. Of a release that nobody was let see nothing is told.
 */
export function announcementsOf({ roundId, number, reason, steps }: SteppedRelease, now: Date): Announcement[] {
  const told: Announcement[] = []
  let seenBy: 'nobody' | 'participants' | 'everybody' = 'nobody'
  const tell = (kind: AnnouncementKind, { takesEffect: at }: ReleaseStep, more: Partial<Announcement>) =>
    told.push({ roundId, number, kind, since: at, at, isPublic: seenBy === 'everybody', ...more })
  const tellApproval = (step: ReleaseStep) => {
    const { kind, isAlone, proposedBy: to, approvedAt: since, takesEffect } = step
    if (kind === 'withdraw' || isAlone || since === undefined || since === takesEffect) return
    tell(`${kind}Approved`, step, { since, to, isPublic: false })
  }
  for (const step of stepsInEffect(steps, now)) {
    tellApproval(step)
    if (step.kind === 'release') {
      seenBy = 'participants'
      tell(reason === undefined ? 'released' : 'corrected', step, { reason })
    } else if (step.kind === 'publish') {
      seenBy = 'everybody'
      tell('published', step, { reason })
    } else if (seenBy !== 'nobody') {
      tell('withdrawn', step, { reason: step.reason })
      seenBy = 'nobody'
    }
  }
  const coming = comingStep(steps, now)
  if (coming) tellApproval(coming)
  if (coming?.kind === 'publish') {
    const since = eveOf(coming)
    if (since <= now.toISOString()) tell('coming', coming, { since, reason })
  }
  return told
}

/** The hour of publication on the day before; of what was approved later than that, when it was approved. */
function eveOf({ takesEffect, approvedAt = '' }: ReleaseStep): string {
  const eve = swedishInstant(dayBefore(swedishDay(new Date(takesEffect))), publishingHour).toISOString()
  return approvedAt > eve ? approvedAt : eve
}
