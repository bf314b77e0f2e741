import { hold } from '../memory/held.ts'
import type { Round } from './round.ts'
import type { RoundKey } from './round-key.ts'

/** A round whose key is being made. Nothing of it is stored until the key was checked. */
export interface Ceremony {
  round: Omit<Round, 'state' | 'isPaused' | 'isPractice' | 'publicKey'>
  /** In this process's memory and nowhere else; absent while, and when, the browser makes it. */
  key?: RoundKey
}

/** How long a ceremony may take. */
export const ceremonyMinutes = 30

/** Key ceremonies in memory, one for each session. One that takes too long, or a stop of the service, leaves nothing behind. */
export function holdCeremonies(clock: () => Date) {
  const held = hold<Ceremony>(clock, {
    minutes: ceremonyMinutes,
    onLeaving: ({ key }) => key?.secretKey.fill(0),
  })

  return {
    begin: (sessionTag: Buffer, ceremony: Ceremony): void => held.keep(sessionTag.toString('hex'), ceremony),
    /** The ceremony of a session; `undefined` when there is none or its time is up. */
    find: (sessionTag: Buffer): Ceremony | undefined => held.find(sessionTag.toString('hex')),
    /** Forgets a key, also in memory. */
    end: (sessionTag: Buffer): void => held.forget(sessionTag.toString('hex')),
  }
}
