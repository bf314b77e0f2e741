import type { Action } from '../../people/roles.ts'
import type { SignedIn } from '../../people/session.ts'

/** What a handler says of the deed it did; the rest is known of the route and the session. */
export interface Done {
  /** Which deed it was, where its route does several: one of `alsoDoes`. */
  action?: string
  subject?: string
  municipalityCode?: string
  number?: number
  /** Whether it changed anything, where `number` does not say so: of nothing nothing is written down. */
  isDone?: boolean
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may ask: the action of the permissions' table. Every staff route has one, or is open. */
    may?: Action
    /** Asked by people who are not signed in. */
    isOpen?: boolean
    /** Asked by people who have still to give their second factor. */
    isHalfway?: boolean
    /** What is written into the audit trail when it succeeds: `units.added`, a text under `staff.units.deeds`. Every POST has one, or `silent`. */
    does?: string
    /** Other deeds that one press can do on it. */
    alsoDoes?: readonly string[]
    /** Not a deed: a form that only shows the next page. */
    isSilent?: boolean
    /** With a respondent at hand: the audit trail keeps a number in an hour. */
    byTheHour?: boolean
  }
  interface FastifyRequest {
    /** Who asks; there on every route that is not open. */
    staff: SignedIn
    /** Several where one press did several things: each stands in the audit trail by itself. */
    done: Done | Done[] | undefined
  }
}
