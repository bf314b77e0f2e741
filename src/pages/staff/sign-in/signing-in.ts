import type { FastifyReply, FastifyRequest } from 'fastify'
import { fingerprint, knownDevice, newToken } from '../../../crypto/secrets.ts'
import type { FailedTries } from '../../../people/refusals.ts'
import { needsSecondFactor } from '../../../people/roles.ts'
import type { Account } from '../../../people/rows-store.ts'
import type { NoteLostCookie } from '../../../web/lost-cookies.ts'
import { ownPage, seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import type { Attempt } from '../guesses.ts'
import type { SessionCookie } from '../session-cookie.ts'
import { deviceOf } from './device.ts'
import type { Views } from './views.ts'

export interface SignInOptions extends StaffContext<Views> {
  cookie: SessionCookie
  attempt: Attempt
  tries: FailedTries
  /** The token of the link that makes the first administrator, while there is none. */
  setUpToken: string
  noteLostCookie: NoteLostCookie
}

/** What every way in ends with: a session, its cookie, and a word where the browser takes none. */
export function signingIn(options: SignInOptions) {
  const { stores, keys, config, clock, cookie, noteLostCookie, tries } = options

  /** The form came with its page's wish for a cookie, and without the cookie: signing in would lead back here, without a word. */
  function isCookieLost(request: FastifyRequest): boolean {
    const { tried } = (request.body ?? {}) as { tried?: unknown }
    const isLost = tried === 'yes' && !cookie.isKept(request)
    if (isLost) noteLostCookie(request)
    return isLost
  }

  async function signIn(request: FastifyRequest, reply: FastifyReply, account: Account, next = '') {
    const token = newToken()
    const tag = fingerprint(token)
    const { id, name, email, role, language, municipalityCode, hasSecondFactor } = account
    const isComplete = !hasSecondFactor && !needsSecondFactor(role, config)
    const device = deviceOf(request.headers['user-agent'])
    const earlier = request.staff
    if (earlier) await stores.people.endSession(earlier.id, earlier.sessionTag)
    tries.signedIn(id)
    await stores.people.beginSession({ tag, staffId: id, isComplete, device, now: clock() })
    cookie.write(reply, token)
    cookie.writeDevice(reply, knownDevice(keys.staffKey, email))
    request.staff = {
      id,
      name,
      email,
      role,
      language,
      municipalityCode,
      scope: {},
      sessionTag: tag,
      isComplete,
      hasSecondFactor,
    }
    const goesOn = ownPage(next)
    if (isComplete) return seeOther(reply, goesOn)
    return seeOther(reply, `/staff/second-factor${goesOn === '/staff' ? '' : `?next=${encodeURIComponent(goesOn)}`}`)
  }

  return { isCookieLost, signIn }
}
