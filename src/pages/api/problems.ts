import type { FastifyReply, FastifyRequest } from 'fastify'
import { securityHeaders } from '../../web/security.ts'

/** What may be done with an address of the API. */
const allowed = ['GET', 'HEAD', 'OPTIONS']

/** On every answer of the API: programs on other sites may read it too. */
export const apiHeaders = {
  ...securityHeaders,
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
  'access-control-allow-methods': allowed.join(', '),
  'access-control-allow-headers': '*',
  'access-control-expose-headers': 'ETag, Link, Retry-After, Withdrawn-Years',
  'access-control-max-age': '86400',
} as const

/** Tells a program why it gets nothing. Clients read the body whatever the status: it is JSON always. */
export const sendProblem = (reply: FastifyReply, status: number, detail: unknown): FastifyReply =>
  reply
    .code(status)
    .headers({ ...apiHeaders, 'cache-control': 'no-store' })
    .type('application/json; charset=utf-8')
    .send({ detail })

const said: Record<number, string> = { 404: 'Not Found', 429: 'Too Many Requests', 503: 'Service Unavailable' }

/** Answers whoever asked the API for something that never came to its routes, or that failed there. @returns whether it was the API */
export function tellProgram({ url, method }: FastifyRequest, reply: FastifyReply, status: number): boolean {
  if (!/^\/v[23](?:[/?]|$)/i.test(url)) return false
  if (!allowed.includes(method)) sendProblem(reply.header('allow', allowed.join(', ')), 405, 'Method Not Allowed')
  else sendProblem(reply, status, said[status] ?? (status < 500 ? 'Bad Request' : 'Internal Server Error'))
  return true
}
