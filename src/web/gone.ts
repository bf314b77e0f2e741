import type { FastifyReply } from 'fastify'
import { DomainError } from '../errors.ts'

/** Is aborted when whoever asked has gone before their answer: what nobody waits for any more need not be begun. */
export function goneFrom({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort(new DomainError('unavailable', 'Nobody waits for it any more.'))
  })
  return gone.signal
}
