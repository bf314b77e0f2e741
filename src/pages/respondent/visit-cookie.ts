import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Answers } from '../../questionnaire/answers.ts'
import type { TargetGroup } from '../../questionnaire/target-groups.ts'
import { openVisit, sealVisit } from './visit.ts'
import type { Answering, Entering, OpenedVisit, Thanked, Visit } from './visit-format.ts'

/**
 * Reads and writes the cookies of a respondent: one for somebody at the door, and one for each code that was opened, found by its
 * mark. The mark stands in the addresses of the visit's pages, so that a form is always sent for the code it was opened with, also
 * with another one open beside it.
 */
export interface VisitCookie {
  /** Somebody at the door. */
  readEntering(request: FastifyRequest): (Entering & { expired: boolean }) | undefined
  writeEntering(reply: FastifyReply, visit: Entering): FastifyReply
  clearEntering(reply: FastifyReply): FastifyReply
  /** The visit with a mark. */
  read(request: FastifyRequest, mark: string): OpenedVisit | undefined
  write(reply: FastifyReply, mark: string, visit: Answering | Thanked): FastifyReply
  clear(reply: FastifyReply, mark: string): FastifyReply
  /** Writes a new visit and gives its mark. Those that are over, then those that were opened first, make room for it. */
  begin(request: FastifyRequest, reply: FastifyReply, visit: Answering): string
  /**
   * Seals answers for the page that asks for their code again. They are in no cookie, so they go with that page only.
   * @param of their visit; where nothing is known of it, the target group that was asked, if the form says it.
   */
  keep(answers: Answers, of?: Answering | TargetGroup): string
  /** Reverse of `keep`, for a code: answers of a visit that is known come back with its own code only, others with one of their group. */
  takeUp(kept: string, code: { spentTag: Buffer; targetGroup: TargetGroup }): Answers | undefined
}

export interface VisitCookieOptions {
  key: Buffer
  isSecure: boolean
  maxAgeSeconds: number
  clock: () => Date
}

/**
 * So long after its end a visit stays in the browser: answers that come late are bound to their code by it. It opens no question and stores
 * nothing any more.
 */
const lateSeconds = 24 * 60 * 60

/** How long somebody who was thanked is still known as such, so that a second press or a refresh is met with the same page. */
const thankedSeconds = 10 * 60

/** So many codes can be open at once in one browser: more than the letters of a family, and 2 kB of each request. */
const mostOpen = 8

/** Random, and of nothing else: it says neither who nor which code. */
const newMark = () => String.fromCharCode(...randomBytes(10).map((byte) => 97 + (byte % 26)))

/** @param app an instance with @fastify/cookie, whose parser and serialiser are used only where a visit is asked for. */
export function visitCookie(
  app: FastifyInstance,
  { key, isSecure, maxAgeSeconds, clock }: VisitCookieOptions,
): VisitCookie {
  const door = isSecure ? '__Host-visit' : 'visit'
  const nameOf = (mark: string) => `${door}-${mark}`
  const attributes = { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure } as const

  const cookiesOf = ({ headers }: FastifyRequest) => (headers.cookie ? app.parseCookie(headers.cookie) : {})
  const open = (sealed: string | undefined) => (sealed ? openVisit(key, sealed, clock()) : undefined)

  function put(reply: FastifyReply, name: string, visit: Visit): FastifyReply {
    const seconds = visit.kind === 'thanked' ? thankedSeconds : maxAgeSeconds
    const sealed = sealVisit(key, visit, new Date(clock().getTime() + seconds * 1000))
    const maxAge = visit.kind === 'answering' ? seconds + lateSeconds : seconds
    return reply.header('set-cookie', app.serializeCookie(name, sealed, { ...attributes, maxAge }))
  }
  const drop = (reply: FastifyReply, name: string) =>
    reply.header('set-cookie', app.serializeCookie(name, '', { ...attributes, maxAge: 0 }))

  /** Browsers send cookies that were set first, first. */
  function makeRoom(request: FastifyRequest, reply: FastifyReply): void {
    const held = Object.entries(cookiesOf(request)).filter(([name]) => name.startsWith(nameOf('')))
    if (held.length < mostOpen) return
    const isOpen = ([, sealed]: [string, string | undefined]) => {
      const visit = open(sealed)
      return visit?.kind === 'answering' && !visit.expired
    }
    const inOrder = [...held.filter((one) => !isOpen(one)), ...held.filter(isOpen)]
    for (const [name] of inOrder.slice(0, held.length - mostOpen + 1)) drop(reply, name)
  }

  return {
    readEntering(request) {
      const visit = open(cookiesOf(request)[door])
      return visit?.kind === 'entering' ? visit : undefined
    },
    writeEntering: (reply, visit) => put(reply, door, visit),
    clearEntering: (reply) => drop(reply, door),
    read: (request, mark) => open(cookiesOf(request)[nameOf(mark)]),
    write: (reply, mark, visit) => put(reply, nameOf(mark), visit),
    clear: (reply, mark) => drop(reply, nameOf(mark)),
    begin(request, reply, visit) {
      const mark = newMark()
      makeRoom(request, reply)
      put(reply, nameOf(mark), visit)
      return mark
    },
    // Over as soon as it is sealed: in a cookie it would be no visit.
    keep: (answers, of) =>
      sealVisit(
        key,
        { ...(typeof of === 'object' ? of : { kind: 'entering', targetGroup: of }), draft: answers },
        clock(),
      ),
    takeUp(kept, { spentTag, targetGroup }) {
      const visit = open(kept)
      if (visit?.kind === 'entering') return visit.targetGroup === targetGroup ? visit.draft : undefined
      return visit?.kind === 'answering' && visit.spentTag.equals(spentTag) ? visit.draft : undefined
    },
  }
}
