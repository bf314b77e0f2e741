import type { Scope } from '../organisation/scope.ts'
import type { Role } from './roles.ts'

/** Who is signed in, and where they work. Made from the session at each request. */
export interface SignedIn {
  id: string
  name: string
  email: string
  role: Role
  language: string
  scope: Scope
  municipalityCode?: string
  sessionTag: Buffer
  /** Whether the second factor is still to be given. */
  isComplete: boolean
  hasSecondFactor: boolean
}

export interface Session {
  tag: Buffer
  begunAt: string
  seenAt: string
  device: string
}

/** How long an invitation to an account is good for. */
export const invitationHours = 7 * 24

/** So long a session is good for, and so long it may rest. */
export const sessionHours = { longest: 12, idle: 3 }
/** A clock may be set back by so much. What began later than that in the future began under a wrong clock, and would be good for too long. */
export const mostAheadHours = 0.1
/** `seenAt` is written no more often than this. */
export const seenMinutes = 5
