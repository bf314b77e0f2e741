import type { FastifyRequest } from 'fastify'
import type { Approved } from '../../enrolment/approval-store.ts'
import type { At } from '../../enrolment/places-store.ts'
import type { Reminded } from '../../enrolment/reminder-store.ts'
import type { Grouped } from '../../enrolment/standing-store.ts'
import type { Settled } from '../../invitation/store.ts'
import { hold } from '../../memory/held.ts'
import type { HandedOut } from '../../paper/store.ts'
import type { LastDayMoved, PlanChanged } from '../../round/plan-store.ts'
import { newNumber, sessionKey } from './once.ts'

/** One number that was added on paper: to which tally of which target group, and the field it was typed into. */
export interface Added {
  at: string
  stratum: HandedOut
  kind: 'handedOut' | 'declined'
  number: number
}

/** What light steps leave to be taken back, by the page that takes it back: `/staff/<name>/undo`. */
interface Left {
  leftovers: Settled[]
  offer: { stratumId: string; kind: 'handout' | 'tablet' | 'withCode' | 'paper' }
  'enrolments/approvals': { roundId: string; approved: Approved[] }
  'enrolments/reminders': { roundId: string; reminded: Reminded[]; today: string }
  'paper/tally': Added[]
  'rounds/last-day': LastDayMoved
  'rounds/plan': PlanChanged
  'units/groups': { at: At; grouped: Grouped[] }
}

type Name = keyof Left

/** For how long, in minutes, and of how many steps. */
const held = { minutes: 30, most: 1_000 }

/** The last of each light step of a session, in memory for half an hour, so that a press takes it back. */
export type Undoing = ReturnType<typeof undoingOf>

export function undoingOf(clock: () => Date) {
  const last = hold<{ what: unknown; told?: string; number: string }>(clock, held)
  const keyOf = (request: FastifyRequest, name: Name) => `${name} ${sessionKey(request)}`
  const names: Name[] = [
    ...(['leftovers', 'offer', 'enrolments/approvals', 'enrolments/reminders', 'paper/tally'] as const),
    ...(['rounds/last-day', 'rounds/plan', 'units/groups'] as const),
  ]

  /** The form carries the number of the deed: a page that still shows an earlier one takes back nothing. */
  function addressOf(request: FastifyRequest, name: Name): string | undefined {
    const left = last.find(keyOf(request, name))
    return left && `/staff/${name}/undo?of=${left.number}`
  }

  return {
    /** `told` is what the next page says was done, as in `?done=`: beside it stands the way back. A page of its own may have one instead. */
    keep<N extends Name>(request: FastifyRequest, name: N, what: Left[N], told?: string): void {
      last.keep(keyOf(request, name), { what, told, number: newNumber() })
    },
    find<N extends Name>(request: FastifyRequest, name: N): Left[N] | undefined {
      return last.find(keyOf(request, name))?.what as Left[N] | undefined
    },
    /** What is to be taken back: once, and only the deed whose way back was pressed. */
    take<N extends Name>(request: FastifyRequest, name: N): Left[N] | undefined {
      const left = last.find(keyOf(request, name))
      if (!left || left.number !== (request.query as { of?: unknown }).of) return
      last.forget(keyOf(request, name))
      return left.what as Left[N]
    },
    addressOf,
    /** The address of the form that takes back what this page says was done. */
    addressFor(request: FastifyRequest): string | undefined {
      const done = (request.query as { done?: unknown } | undefined)?.done
      const isTold = (name: Name) => {
        const { told } = last.find(keyOf(request, name)) ?? {}
        return told !== undefined && told === done
      }
      const name = names.find(isTold)
      return name && addressOf(request, name)
    },
  }
}
