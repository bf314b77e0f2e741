import type { RecipientState } from '../../../mail/kinds.ts'

/** How the invitations of a stratum by e-mail stand: numbers of many, and nothing of who has answered. */
export interface EmailFigures {
  waiting: number
  /** Not sent after two days of attempts, or refused because of us: waits for somebody to say so. */
  givenUp: number
  accepted: number
  bounced: number
  optedOut: number
  reminders: { number: number; plannedOn: string }[]
  isReminding: boolean
}

export interface EmailCounts {
  states: { stratumId: string; state: RecipientState; number: number }[]
  givenUp: { stratumId: string; number: number }[]
  reminders: { stratumId: string; number: number; plannedOn: string }[]
  underWay: string[]
}

export function figuresOf({ states, givenUp, reminders, underWay }: EmailCounts, stratumId: string): EmailFigures {
  const own = (row: { stratumId: string }) => row.stratumId === stratumId
  const inState = (state: RecipientState) => states.find((row) => own(row) && row.state === state)?.number ?? 0
  const lost = givenUp.find(own)?.number ?? 0
  return {
    waiting: inState('queued') - lost,
    givenUp: lost,
    accepted: inState('accepted'),
    bounced: inState('bounced'),
    optedOut: inState('opted_out'),
    reminders: reminders.filter(own),
    isReminding: underWay.includes(stratumId),
  }
}

/**
 * What somebody should do next, of all their strata: a text under `staff.email.next`. Mails that wait are not being sent while
 * the mail server takes nothing.
 */
export function nextOf(all: EmailFigures[], isOut = false): 'begin' | 'retry' | 'wait' | 'stuck' | 'remind' | 'rest' {
  const sum = (of: (figures: EmailFigures) => number) => all.reduce((total, figures) => total + of(figures), 0)
  if (sum(({ givenUp }) => givenUp) > 0) return 'retry'
  if (sum(({ waiting }) => waiting) > 0 || all.some(({ isReminding }) => isReminding)) return isOut ? 'stuck' : 'wait'
  if (sum(({ accepted, bounced }) => accepted + bounced) === 0) return 'begin'
  return all.some((figures) => canRemind(figures)) ? 'remind' : 'rest'
}

/** Whether a reminder can be planned: somebody was reached, the last one has been sent, and it was not the second. */
export function canRemind({ accepted, reminders, isReminding }: EmailFigures): boolean {
  return accepted > 0 && reminders.length < 2 && !isReminding
}
