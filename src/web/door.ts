import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyServerOptions } from 'fastify'
import type { Language, Languages } from '../language/languages.ts'
import type { ErrorPages } from './error-pages.ts'
import { preferredEncoding, preferredLanguage } from './negotiation.ts'
import type { ReadyPage } from './page.ts'

/** Where whoever comes is let in, or told to come again in a while, so that those who are in are served. */
export interface Door {
  /**
   * Asked once for each who comes: with a code, who goes first, or only to a start page.
   * @returns whether they may come in; told at once, or when they have waited for a moment.
   */
  enter(who: Newcomer): Promise<boolean>
  /** The same work, which waits for the database: while much of it waits, nobody is let in. */
  follow<Args extends unknown[], Found>(work: (...args: Args) => Promise<Found>): (...args: Args) => Promise<Found>
}

export type Newcomer = 'code' | 'start'

export interface DoorOptions {
  /** Milliseconds, of a clock that never goes back. */
  now?: () => number
  /** Calls back at the end of this turn of the event loop. */
  atEndOfTurn?: (work: () => void) => void
}

type Waiting = (isLetIn: boolean) => void

/** So many may wait to be let in: of a crowd that has just come, and while there has been a queue for long, which is so many milliseconds. */
const [sudden, standing, long] = [{ code: 400, start: 200 }, { code: 8, start: 4 }, 300]

/**
 * While so many wait for the database, or one has waited so many milliseconds, nobody is let in. What waits is stored together: with six,
 * some 300 visits a second get through a disk that takes 10 ms for a commit, and nobody who is in waits for more than two of them.
 */
const [mostWork, mostWait] = [6, 1_000]

/**
 * In each turn of the event loop all who are in are served, and then one is let in. So as many come in as can be served, and nobody who is
 * in waits for more than a turn or two, and for the database. A crowd that comes at once waits; where people come faster than they can be
 * let in all the time, the queue is kept short, for a long one would only make each of them wait (K. Nichols and V. Jacobson, "Controlling
 * Queue Delay", 2012).
 */
export function watchDoor({ now = () => performance.now(), atEndOfTurn = setImmediate }: DoorOptions = {}): Door {
  const queues: Record<Newcomer, Waiting[]> = { code: [], start: [] }
  const atWork = new Set<{ since: number }>()
  let isTaken = false
  let queuedSince = 0

  function isStuck(): boolean {
    const [oldest] = atWork
    return oldest !== undefined && now() - oldest.since > mostWait
  }

  function letIn(one: Waiting): void {
    isTaken = true
    atEndOfTurn(() => {
      isTaken = false
      letNextIn()
    })
    one(true)
  }

  function letNextIn(): void {
    const isHeldUp = isTaken || atWork.size >= mostWork || isStuck()
    const next = isHeldUp ? undefined : (queues.code.shift() ?? queues.start.shift())
    if (next) letIn(next)
    keepShort()
  }

  /** Sends those away who came last. */
  function keepShort(): void {
    const most = isStuck() ? { code: 0, start: 0 } : now() - queuedSince > long ? standing : sudden
    for (const who of ['code', 'start'] as const) for (const one of queues[who].splice(most[who])) one(false)
    if (queues.code.length + queues.start.length === 0) queuedSince = now()
  }

  return {
    enter: (who) =>
      new Promise((resolve) => {
        if (queues.code.length + queues.start.length === 0) queuedSince = now()
        queues[who].push(resolve)
        letNextIn()
      }),
    follow:
      (work) =>
      async (...args) => {
        const one = { since: now() }
        atWork.add(one)
        try {
          return await work(...args)
        } finally {
          atWork.delete(one)
          letNextIn()
        }
      },
  }
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** So many lines are held at once, with half a form in each some 250 MB; whoever opens more is cut off. */
const mostLines = 10_000

/**
 * Makes the server with its door: whoever asks for a start page while it is full is told to come again in a while, in their language,
 * before anything else is done for them. Everything else goes in: pages of those who are in, their answers, tablets, health, staff.
 * @param errors the pages of what can go wrong, once there are any.
 */
export function serverWithDoor(door: Door, errors: () => ErrorPages | undefined) {
  return (
    handler: Handler,
    { requestTimeout = 0, keepAliveTimeout, connectionTimeout }: FastifyServerOptions,
  ): Server => {
    const server = createServer((request, response) => {
      response.on('timeout', cutOffWhoTakesNothing)
      const { offered, find } = errors() ?? {}
      const language = offered && startLanguage(request, offered)
      if (!find || !language) return handler(request, response)
      void door.enter('start').then((isLetIn) => {
        if (isLetIn) handler(request, response)
        else turnAway(request, response, find(language, 'unavailable'))
      })
    })
    server.requestTimeout = requestTimeout
    if (keepAliveTimeout !== undefined) server.keepAliveTimeout = keepAliveTimeout
    server.maxConnections = mostLines
    server.on('drop', () => server.closeIdleConnections()) // those that are only kept make room for whoever comes next
    return server.setTimeout(connectionTimeout ?? 0)
  }
}

/** Whoever takes nothing of what is sent to them is cut off; who waits for something that is still being made is not. */
function cutOffWhoTakesNothing(socket: Socket): void {
  if (socket.writableLength > 0) socket.destroy()
}

/** The language of the start page that is asked for, whatever a link hangs on to its address; `undefined` for everything else. */
function startLanguage({ method, url = '', headers }: IncomingMessage, offered: Languages): Language | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined
  const [path = ''] = url.slice(0, 11).split(/[?#]/, 1)
  return path === '/' ? preferredLanguage(headers, offered) : offered.find(path.slice(1))
}

function turnAway(request: IncomingMessage, response: ServerResponse, page: ReadyPage): void {
  const { fields, body } = page.packed(preferredEncoding(request.headers['accept-encoding']))
  response.writeHead(503, [...fields, 'retry-after', '30'])
  response.end(body)
}
