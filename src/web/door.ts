import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type EventLoopUtilization, performance } from 'node:perf_hooks'
import type { FastifyServerOptions } from 'fastify'
import type { ErrorPages } from './error-pages.ts'
import type { Language, Languages } from './languages.ts'
import { preferredEncoding, preferredLanguage } from './negotiation.ts'
import type { ReadyPage } from './page.ts'

/** Whether whoever comes now must wait outside, so that those who are in are served. Asked once for each who comes. */
export interface Door {
  /** For somebody who comes to a start page. */
  isFull(): boolean
  /** For somebody who has come that far and brings a code: there is twice as much room. */
  isFullForCodes(): boolean
}

export interface DoorOptions {
  /** Milliseconds, of a clock that never goes back. */
  now?: () => number
  utilization?: (before?: EventLoopUtilization) => EventLoopUtilization
}

/** The share of the time in which the event loop is at work: above the one it has no rest, below the other it has room. */
const [restless, roomy] = [0.95, 0.9]

/** How long a look takes, in milliseconds, and how many looks without rest close the door: a pause of the machine is none. */
const [lookMs, looks] = [100, 3]

/** So many are let in at every look, whatever else keeps the loop at work: fifty a second. */
const fewest = 5

/**
 * While the event loop has no rest, those who have been let in wait longer and longer, and newcomers wait where the loop does not
 * see them: Node takes one connection from the system a turn, so that a turn is short however many stand there. Therefore so few are
 * let in at each look that the loop comes to rest now and then, a fifth less at each look without and a tenth more at each with.
 */
export function watchDoor({ now = () => performance.now(), ...options }: DoorOptions = {}): Door {
  const { utilization = (before) => performance.eventLoopUtilization(before) } = options
  let began = { at: now(), seen: utilization() }
  let without = 0
  let letIn = { starts: 0, codes: 0 }
  let room = Number.POSITIVE_INFINITY

  function look(at: number): void {
    const share = utilization(began.seen).utilization
    const most = Math.max(letIn.starts, letIn.codes / 2)
    without = share > restless ? without + 1 : 0
    if (without >= looks) room = Math.max(fewest, Math.floor(Math.min(room, most) * 0.8))
    else if (share < roomy) room = most < room / 2 ? Number.POSITIVE_INFINITY : Math.ceil(room * 1.1)
    letIn = { starts: 0, codes: 0 }
    began = { at, seen: utilization() }
  }

  function isFullFor(who: keyof typeof letIn, times: number): boolean {
    const at = now()
    if (at - began.at >= lookMs) look(at)
    if (letIn[who] >= room * times) return true
    letIn[who]++
    return false
  }

  return { isFull: () => isFullFor('starts', 1), isFullForCodes: () => isFullFor('codes', 2) }
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void

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
      const { offered, find } = errors() ?? {}
      const language = offered && find && startLanguage(request, offered)
      if (language && door.isFull()) turnAway(request, response, find(language, 'unavailable'))
      else handler(request, response)
    })
    server.requestTimeout = requestTimeout
    if (keepAliveTimeout !== undefined) server.keepAliveTimeout = keepAliveTimeout
    return server.setTimeout(connectionTimeout ?? 0)
  }
}

/** The language of the start page that is asked for; `undefined` for everything else. */
function startLanguage({ method, url = '', headers }: IncomingMessage, offered: Languages): Language | undefined {
  if (method !== 'GET' || url.length > 10) return undefined
  return url === '/' ? preferredLanguage(headers, offered) : offered.find(url.slice(1))
}

function turnAway(request: IncomingMessage, response: ServerResponse, page: ReadyPage): void {
  const { fields, body } = page.packed(preferredEncoding(request.headers['accept-encoding']))
  response.writeHead(503, [...fields, 'retry-after', '30'])
  response.end(body)
}
