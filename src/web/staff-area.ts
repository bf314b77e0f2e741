import { timingSafeEqual } from 'node:crypto'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ZodError } from 'zod'
import { deedText } from '../audit/deeds.ts'
import { type CountedLog, framesOf } from '../counted-log.ts'
import { DomainError, type RefusalCode, statusOf } from '../errors.ts'
import type { Log } from '../log.ts'
import { fieldsOf, type KeptForms, shownOf } from '../sign-in/kept-forms.ts'
import type { CountRefusal } from '../sign-in/refusals.ts'
import { fingerprint, formToken } from '../sign-in/secrets.ts'
import type { SignedIn } from '../sign-in/session.ts'
import { type Action, may, type Role } from '../staff/roles.ts'
import { isLooking } from './error-pages.ts'
import { defaultLanguage } from './languages.ts'
import type { Addresses } from './near-addresses.ts'
import { readParts } from './read-parts.ts'
import { respondentHeaders } from './security.ts'
import { languageOf, type StaffPage, type StaffPageOptions, staffPage } from './staff-page.ts'

/** What a handler says of the deed it did; the rest is known of the route and the session. */
export interface Done {
  subject?: string
  municipalityCode?: string
  number?: number
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may ask: the action of the permissions' table. Every staff route has one, or is open. */
    may?: Action
    /** Asked by people who are not signed in. */
    isOpen?: boolean
    /** Asked by people who have still to give their second factor. */
    isHalfway?: boolean
    /** What is written into the audit trail when it succeeds: `units.added`, a text under `staff.units.deeds`. Every POST has one, or `silent`. */
    does?: string
    /** Not a deed: a form that only shows the next page. */
    isSilent?: boolean
    /** With a respondent at hand: the audit trail keeps a number in an hour. */
    byTheHour?: boolean
  }
  interface FastifyRequest {
    /** Who asks; there on every route that is not open. */
    staff: SignedIn
    done: Done | undefined
  }
}

export interface StaffAreaOptions extends StaffPageOptions {
  findSignedIn: (tag: Buffer) => Promise<SignedIn | undefined>
  /** Where a form waits whose session ran out. */
  keptForms: KeptForms
  recordDeed: (deed: { staff: SignedIn; action: string; byTheHour: boolean } & Done) => Promise<void>
  isPassing: (error: unknown) => boolean
  findMeant: Addresses['findMeant']
  log: Log
  troubles: CountedLog
  /** Counts what was refused, for the log. */
  countRefusal: CountRefusal
}

/** The largest file that can be sent in, in bytes. */
export const mostFileBytes = 5 * 1024 * 1024

/** The longest form that is read of somebody who is not signed in, in bytes; one that does not say its length is not. */
export const mostKeptBytes = 256 * 1024

/** The longest text in one field of a form with a file, in bytes; what is longer arrives cut off at this. */
export const mostFieldBytes = 64 * 1024

/**
 * Everything a request of staff passes through: who asks, whether they may, whether the form is theirs, and what they did.
 * Call it in a context of its own, before its routes are added.
 * @throws Error when a route says neither who may ask it nor that it is open, or changes something without a deed.
 */
export async function addStaffArea(
  area: FastifyInstance,
  options: StaffAreaOptions,
): Promise<{ page: StaffPage; deeds: ReadonlySet<string> }> {
  const deeds = new Set<string>()
  /** Requests that only left their form to wait: no deed. */
  const wasKept = new WeakSet<FastifyRequest>()
  /** Requests of people who could not be looked up, and why, until their form is read. */
  const unread = new WeakMap<FastifyRequest, unknown>()
  const { languages, cookie, keptForms, findSignedIn, recordDeed, isPassing, findMeant, log, troubles } = options
  const { countRefusal } = options
  const page = staffPage(options)
  area.decorateRequest('staff', null as unknown as SignedIn)
  area.decorateRequest('done', undefined)
  await area.register(multipart, {
    limits: { fileSize: mostFileBytes, files: 1, fields: 40, fieldSize: mostFieldBytes },
  })

  area.addHook('onRoute', ({ url, method, config = {} }) => {
    const changes = [method].flat().includes('POST')
    if (!config.may && !config.isOpen) throw new Error(`${url} does not say who may ask it`)
    if (changes && !config.does && !config.isSilent) throw new Error(`${url} does not say what it does`)
    if (config.does && !languages.has(languages.find(defaultLanguage)!, deedText(config.does)))
      throw new Error(`There is no text for the deed ${config.does}`)
    if (config.does) deeds.add(config.does)
  })

  area.addHook('onRequest', async (request, reply) => {
    const token = cookie.read(request)
    const signedIn = token && (await findSignedIn(fingerprint(token)).catch((error) => afterReading(request, error)))
    if (unread.has(request)) return
    if (signedIn) request.staff = signedIn
    const { config } = request.routeOptions
    if (config.isOpen && /multipart/i.test(request.headers['content-type'] ?? ''))
      throw new DomainError('invalid', 'No file is taken from strangers.')
    if (config.isOpen || request.is404) return
    if (mayKeep(request) && !(signedIn && (signedIn.isComplete || config.isHalfway))) return // until the form is read
    if (!signedIn) return seeOtherPage(reply, signInAddress(request, token !== undefined))
    if (!signedIn.isComplete && !config.isHalfway) return seeOtherPage(reply, '/staff/second-factor')
    if (may(signedIn.role, config.may!)) return
    countRefusal('forbidden')
    return page(request, reply, 'staff/message', { ...message('forbidden'), ...whoToAsk(signedIn.role) }, 403)
  })

  area.addHook('preValidation', async (request, reply) => {
    if (request.isMultipart()) request.body = await readParts(request)
    if (unread.has(request)) throw unread.get(request)
    const { config } = request.routeOptions
    if (request.method !== 'POST' || config.isOpen || request.is404) return
    const isIn = request.staff && (request.staff.isComplete || config.isHalfway)
    if (!isIn) return seeOtherPage(reply, keptAddress(keepForm(request)))
    const given = (request.body as { form?: unknown } | undefined)?.form
    if (!isSame(given, formToken(cookie.read(request)!))) {
      const kept = mayKeep(request) && !config.isHalfway ? keepForm(request) : undefined
      countRefusal('form token')
      if (kept) return seeOtherPage(reply, kept)
      return page(request, reply, 'staff/message', message('formExpired'), 400)
    }
    const { kept } = request.body as { kept?: unknown }
    if (typeof kept === 'string') keptForms.forget(kept)
  })

  /** What is typed must be read before it can be shown again: then it is said that nobody could be looked up. */
  function afterReading(request: FastifyRequest, error: unknown): undefined {
    if (request.method !== 'POST' || request.isMultipart()) throw error
    unread.set(request, error)
  }

  /** A form without a file, not too long, from a browser in which somebody of staff has signed in before. */
  const mayKeep = (request: FastifyRequest) =>
    request.method === 'POST' &&
    !request.isMultipart() &&
    Number(request.headers['content-length']) <= mostKeptBytes &&
    cookie.readDevice(request) !== undefined

  /** Keeps what was typed, and gives the address where it waits. */
  function keepForm(request: FastifyRequest): string | undefined {
    const id = keptForms.keep(cookie.readDevice(request)!, request.url, request.body)
    wasKept.add(request)
    return id && `/staff/kept/${id}`
  }

  area.addHook('onSend', async (request, reply, payload) => {
    const { does, byTheHour = false, isOpen, isHalfway } = request.routeOptions.config
    const { staff, done = {} } = request
    const isLetIn = staff && (staff.isComplete || isOpen || isHalfway)
    if (!does || !isLetIn || wasKept.has(request) || reply.statusCode >= 400) return payload
    try {
      await recordDeed({ staff, action: does, byTheHour, ...done })
    } catch (cause) {
      log.error({ deed: does, code: (cause as { code?: string }).code }, 'a deed could not be written down')
      reply.removeHeader('location').removeHeader('set-cookie').removeHeader('content-disposition')
      throw new DomainError('unavailable', 'The audit trail cannot be written.', { messageKey: 'notWrittenDown' })
    }
    return payload
  })

  area.setNotFoundHandler((request, reply) => {
    const meant = isLooking(request) ? findMeant(request.url) : undefined
    return meant ? seeOtherPage(reply, meant) : page(request, reply, 'staff/message', message('notFound'), 404)
  })

  area.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    if (error instanceof DomainError) {
      if (error.code === 'too-many') countRefusal('limit')
      const meant = error.code === 'not-found' && isLooking(request) ? findMeant(request.url) : undefined
      if (meant) return seeOtherPage(reply, meant)
      const language = languageOf(request, languages)
      const own = languages.has(language, `staff.web.${error.messageKey}.title`)
      const name = own ? error.messageKey : nameOf[error.code]
      const isUndone = error.code === 'unavailable' && error.messageKey !== 'notWrittenDown'
      if (isUndone) return sendAgain(request, reply, name, 503)
      return page(request, reply, 'staff/message', message(name), statusOf[error.code])
    }
    if (isPassing(error)) {
      troubles.count('the database could not be reached', { code: error.code })
      return sendAgain(request, reply.header('retry-after', '30'), 'unavailable', 503)
    }
    if (error.code === 'FST_REQ_FILE_TOO_LARGE' || error.statusCode === 413)
      return page(request, reply, 'staff/message', message('tooLarge'), 413)
    if (error instanceof ZodError || (error.statusCode && error.statusCode < 500))
      return page(request, reply, 'staff/message', message('badRequest'), 400)
    troubles.count('a defect', { name: error.name, code: error.code, stack: framesOf(error) })
    return sendAgain(request, reply, 'unexpected', 500)
  })

  /** Says what went wrong. A form comes along with all that was typed, to be sent again with one press. */
  function sendAgain(request: FastifyRequest, reply: FastifyReply, name: string, status: number) {
    const given = request.body as { form?: unknown } | undefined
    const fields = request.method === 'POST' ? fieldsOf(given) : undefined
    if (!fields) return page(request, reply, 'staff/message', message(name), status)
    const form = { action: request.url, fields, token: String(given?.form ?? '') }
    const data = { ...message(name), form, shown: shownOf(fields), isUnsure: status === 500 }
    return page(request, reply, 'staff/again', data, status)
  }
  return { page, deeds }
}

const message = (name: string) => ({ title: `staff.web.${name}.title`, text: `staff.web.${name}.text` })

/** A coordinator asks the national administrator, who has nobody to ask. */
const whoToAsk = (role: Role) =>
  role === 'national' ? {} : { ask: `staff.web.forbidden.ask${role === 'coordinator' ? 'National' : 'Coordinator'}` }

const nameOf: Record<RefusalCode, string> = {
  'not-found': 'notFound',
  invalid: 'badRequest',
  conflict: 'conflict',
  'too-many': 'tooMany',
  unavailable: 'unavailable',
}

const seeOtherPage = (reply: FastifyReply, address: string) => reply.headers(respondentHeaders).redirect(address, 303)

/** The sign-in page, which leads on to what was asked for with GET, and says so when a session is over. */
function signInAddress({ method, url }: FastifyRequest, hadSession: boolean): string {
  const query = new URLSearchParams({
    ...(method === 'GET' && url !== '/staff' ? { next: url } : {}),
    ...(hadSession ? { over: method === 'GET' ? 'page' : 'form' } : {}),
  })
  return `/staff/sign-in${query.size > 0 ? `?${query}` : ''}`
}

/** The same for a form that was kept; one that could not be is told of. */
const keptAddress = (kept: string | undefined) =>
  `/staff/sign-in?${new URLSearchParams(kept ? { next: kept, over: 'kept' } : { over: 'form' })}`

function isSame(given: unknown, wanted: string): boolean {
  if (typeof given !== 'string') return false
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}
