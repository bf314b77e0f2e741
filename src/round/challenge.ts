import { randomBytes, timingSafeEqual } from 'node:crypto'
import { hold } from '../memory/held.ts'
import { ceremonyMinutes } from './ceremony.ts'
import { sealTo } from './round-key.ts'

/** Test ballots that a browser opens to show that it holds a private key, without showing the key. In memory, one for each session. */
export function holdChallenges(clock: () => Date) {
  const given = hold<{ publicKey: Buffer; message: Buffer }>(clock, { minutes: ceremonyMinutes })

  return {
    /** A test ballot that only the private key opens. */
    give(sessionTag: Buffer, publicKey: Buffer): Buffer {
      const message = randomBytes(64)
      given.keep(sessionTag.toString('hex'), { publicKey, message })
      return sealTo(publicKey, message)
    },
    /** The public key whose test ballot was opened, or `undefined`. Each is good for one try. `opened` is in base64. */
    met(sessionTag: Buffer, opened: string): Buffer | undefined {
      const session = sessionTag.toString('hex')
      const found = given.find(session)
      given.forget(session)
      if (!found) return undefined
      const message = Buffer.from(opened, 'base64')
      return message.length === found.message.length && timingSafeEqual(message, found.message)
        ? found.publicKey
        : undefined
    },
  }
}
