import type { FastifyReply, FastifyRequest } from 'fastify'
import { fingerprint, newToken } from '../../crypto/secrets.ts'
import type { SignedIn } from '../../people/session.ts'
import type { SessionCookie } from './session-cookie.ts'

/** Gives somebody's browser a new token for the session that goes on, and the session its tag; the old token is worth nothing then. */
export async function renew(
  request: FastifyRequest,
  reply: FastifyReply,
  cookie: SessionCookie,
  store: (tag: Buffer, newTag: Buffer) => Promise<void>,
): Promise<void> {
  const token = newToken()
  const tag = fingerprint(token)
  await store(request.staff.sessionTag, tag)
  cookie.write(reply, token)
  request.staff = { ...request.staff, sessionTag: tag, isComplete: true } satisfies SignedIn
}
