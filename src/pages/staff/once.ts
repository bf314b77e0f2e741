import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { hold } from '../../memory/held.ts'
import { sessionHours } from '../../people/session.ts'

/** Numbers of forms that were sent in, so that none counts twice when a page is read anew. Nothing here is a code. */
export interface OnceOnly {
  /** Whether the form of a session is sent in for the first time. */
  take(session: string, number: string): boolean
  /** It failed, and may be sent again. */
  giveBack(session: string, number: string): void
}

/** What a session is known by in memory. */
export const sessionKey = ({ staff }: FastifyRequest): string => staff.sessionTag.toString('base64')

/** A number for a form, so that it counts once however often it is sent. */
export const newNumber = () => randomBytes(12).toString('base64url')

const mostSessions = 2_000
const mostNumbers = 50

/** Remembers in memory the last forms of the last sessions, as long as a session can last. */
export function onceOnly(clock: () => Date): OnceOnly {
  const sessions = hold<string[]>(clock, { minutes: sessionHours.longest * 60, most: mostSessions })
  const takenIn = (session: string) => sessions.find(session) ?? []
  return {
    take(session, number) {
      const taken = takenIn(session)
      if (taken.includes(number)) return false
      sessions.keep(session, [...taken, number].slice(-mostNumbers))
      return true
    },
    giveBack(session, number) {
      sessions.keep(
        session,
        takenIn(session).filter((known) => known !== number),
      )
    },
  }
}
