import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

/**
 * On all that is published, beside its tag: it may be kept by browsers and on the way, and is asked for each time all the same, so that
 * what was withdrawn is read nowhere from then on.
 */
export const askedForEachTime = { 'cache-control': 'public, no-cache' } as const

/** What names content for those who keep it: the same content has the same. */
export const entityTag = (content: string | Buffer): string =>
  `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`

/** Whether a program says that it has what a tag names, marked as weak or not (RFC 9110, 13.1.2). An asterisk names whatever there is. */
export const hasAlready = ({ headers }: FastifyRequest, tag: string): boolean =>
  headers['if-none-match']
    ?.split(',')
    .map((one) => one.trim())
    .some((one) => one === '*' || withoutMark(one) === withoutMark(tag)) ?? false

const withoutMark = (tag: string) => tag.replace(/^W\//, '')
