import type { Round } from './round.ts'
import type { RoundKey } from './round-key.ts'

/** A round whose key is being made. Nothing of it is stored until the key was checked. */
export interface Ceremony {
  round: Omit<Round, 'state' | 'isPaused' | 'publicKey'>
  /** In this process's memory and nowhere else; absent while, and when, the browser makes it. */
  key?: RoundKey
}

/** How long a ceremony may take. */
export const ceremonyMinutes = 30

export type Ceremonies = ReturnType<typeof holdCeremonies>

/** Key ceremonies in memory, one for each session. One that takes too long, or a stop of the service, leaves nothing behind. */
export function holdCeremonies(clock: () => Date) {
  const held = new Map<string, { ceremony: Ceremony; until: number }>()
  const forget = (session: string) => {
    held.get(session)?.ceremony.key?.secretKey.fill(0)
    held.delete(session)
  }
  const forgetOld = () => {
    for (const [session, { until }] of held) if (until <= clock().getTime()) forget(session)
  }

  return {
    begin(sessionTag: Buffer, ceremony: Ceremony): void {
      forgetOld()
      const session = sessionTag.toString('hex')
      forget(session)
      held.set(session, { ceremony, until: clock().getTime() + ceremonyMinutes * 60_000 })
    },
    /** The ceremony of a session; `undefined` when there is none or its time is up. */
    find(sessionTag: Buffer): Ceremony | undefined {
      forgetOld()
      return held.get(sessionTag.toString('hex'))?.ceremony
    },
    /** Forgets a key, also in memory. */
    end: (sessionTag: Buffer): void => forget(sessionTag.toString('hex')),
    forgetOld,
  }
}
