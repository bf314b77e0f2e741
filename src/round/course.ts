import { dayNumber } from '../time/days.ts'
import { lastDayOf, type Round } from './round.ts'

/** The steps of a round, in order: municipalities register, they prepare, people answer, the answers are opened, the results are published. */
export const courseSteps = ['registration', 'preparation', 'collection', 'opening', 'results'] as const

export type CourseStep = (typeof courseSteps)[number]

/** One step of a round's course. */
export interface Stretch {
  name: CourseStep
  state: 'done' | 'now' | 'later'
  /** Between which ISO days, where they are known. */
  from?: string
  to?: string
  /** Of the step that is now, where both its days are known: the day of it, how many it has, how many are left, and the share of it that is past, 0 to 1. */
  at?: { day: number; days: number; left: number; past: number }
}

type Dated = Pick<Round, 'state' | 'opensOn' | 'closesOn' | 'closedOn' | 'registrationOpensOn' | 'registrationClosesOn'>

/** Where a round is on its way on an ISO day. What it is comes from its state; the days only say when. */
export function courseOf(round: Dated, today: string): Stretch[] {
  const { opensOn, registrationOpensOn, registrationClosesOn } = round
  const lastDay = lastDayOf(round, today)
  const days: Record<CourseStep, { from?: string; to?: string }> = {
    registration: { from: registrationOpensOn, to: registrationClosesOn },
    preparation: { from: registrationClosesOn, to: opensOn },
    collection: { from: opensOn, to: lastDay },
    opening: { from: lastDay },
    results: {},
  }
  const now = courseSteps.indexOf(stepNow(round, today))
  return courseSteps.map((name, number) => {
    const state = number < now ? 'done' : number === now ? 'now' : 'later'
    const { from, to } = days[name]
    return { name, state, from, to, ...(state === 'now' && from && to && { at: within(from, to, today) }) }
  })
}

function stepNow({ state, registrationClosesOn }: Dated, today: string): CourseStep {
  if (state === 'draft') return 'registration'
  if (state === 'enrolling')
    return registrationClosesOn && today > registrationClosesOn ? 'preparation' : 'registration'
  if (state === 'collecting') return 'collection'
  return state === 'closed' ? 'opening' : 'results'
}

/** Both days count. Before the first day it is the first, after the last the last. */
function within(from: string, to: string, today: string) {
  const days = dayNumber(from, to)
  const day = Math.min(days, Math.max(1, dayNumber(from, today)))
  return { day, days, left: days - day, past: day / days }
}
