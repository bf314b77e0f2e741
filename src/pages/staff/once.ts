/** Numbers of forms that were sent in, so that none counts twice when a page is read anew. Nothing here is a code. */
export interface OnceOnly {
  /** Whether the form of a session is sent in for the first time. */
  take(session: string, number: string): boolean
  /** It failed, and may be sent again. */
  giveBack(session: string, number: string): void
}

const mostSessions = 2_000
const mostNumbers = 50

/** Remembers in memory the last forms of the last sessions. */
export function onceOnly(): OnceOnly {
  const sessions = new Map<string, string[]>()
  return {
    take(session, number) {
      const taken = sessions.get(session) ?? []
      if (taken.includes(number)) return false
      sessions.delete(session) // the one that was used last stands last
      sessions.set(session, [...taken, number].slice(-mostNumbers))
      if (sessions.size > mostSessions) sessions.delete(sessions.keys().next().value!)
      return true
    },
    giveBack(session, number) {
      const taken = sessions.get(session) ?? []
      sessions.set(
        session,
        taken.filter((known) => known !== number),
      )
    },
  }
}
