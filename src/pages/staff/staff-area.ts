import { timingSafeEqual } from 'node:crypto'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { deedText } from '../../audit/deeds.ts'
import { fingerprint, formToken } from '../../crypto/secrets.ts'
import { DomainError } from '../../errors.ts'
import { defaultLanguage } from '../../language/languages.ts'
import type { CountedLog } from '../../log/counted-log.ts'
import type { Log } from '../../log/log.ts'
import type { CountRefusal } from '../../people/refusals.ts'
import { may, type Role } from '../../people/roles.ts'
import type { SignedIn } from '../../people/session.ts'
import type { Addresses } from '../../web/near-addresses.ts'
import { readParts } from '../../web/read-parts.ts'
import type { AnyViews } from '../../web/views.ts'
import type { KeptForms } from './kept-forms.ts'
import { addStaffErrors, message, seeOtherPage } from './staff-errors.ts'
import { type StaffPage, type StaffPageOptions, staffPage } from './staff-page.ts'
import type { Done } from './staff-request.ts'
import type { Views } from './views.ts'

export interface StaffAreaOptions extends StaffPageOptions {
  findSignedIn: (tag: Buffer) => Promise<SignedIn | undefined>
  /** Where a form waits whose session ran out. */
  keptForms: KeptForms
  /** Writes down what somebody did with one press, all of it in one go. */
  recordDeeds: (staff: SignedIn, deeds: DeedDone[]) => Promise<void>
  isPassing: (error: unknown) => boolean
  findMeant: Addresses['findMeant']
  log: Log
  troubles: CountedLog
  /** Counts what was refused, for the log. */
  countRefusal: CountRefusal
}

/** A deed as it is written down, of whoever asked. */
export type DeedDone = Omit<Done, 'isDone'> & { action: string; byTheHour: boolean }

/** The largest file that can be sent in, in bytes. */
export const mostFileBytes = 5 * 1024 * 1024

/** The longest form that is read of somebody who is not signed in, in bytes; one that does not say its length is not. Beside it, a file passes by. */
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
): Promise<{ page: StaffPage<AnyViews>; deeds: ReadonlySet<string> }> {
  const deeds = new Set<string>()
  /** Requests that only left their form to wait: no deed. */
  const wasKept = new WeakSet<FastifyRequest>()
  /** Requests of people who could not be looked up, and why, until their form is read. */
  const unread = new WeakMap<FastifyRequest, unknown>()
  const { languages, cookie, keptForms, findSignedIn, recordDeeds, log, countRefusal } = options
  const anyPage = staffPage(options)
  const page: StaffPage<Views> = anyPage
  area.decorateRequest('staff', null as unknown as SignedIn)
  area.decorateRequest('done', undefined)
  await area.register(multipart, {
    limits: { fileSize: mostFileBytes, files: 1, fields: 40, fieldSize: mostFieldBytes },
  })

  area.addHook('onRoute', (route) => {
    const { url, method, config = {} } = route
    // Fastify answers HEAD as GET, and nothing would be handed over: no deed is done for it, and none written down.
    if (method === 'HEAD' && config.does) route.handler = (_, reply) => reply.code(405).header('allow', 'GET').send()
    const changes = [method].flat().includes('POST')
    if (!config.may && !config.isOpen) throw new Error(`${url} does not say who may ask it`)
    if (changes && !config.does && !config.isSilent) throw new Error(`${url} does not say what it does`)
    for (const deed of [config.does ?? [], config.alsoDoes ?? []].flat()) {
      const isTold = languages.has(languages.find(defaultLanguage)!, deedText(deed))
      if (!isTold) throw new Error(`There is no text for the deed ${deed}`)
      deeds.add(deed)
    }
  })

  area.addHook('onRequest', async (request, reply) => {
    const token = cookie.read(request)
    const signedIn = token && (await findSignedIn(fingerprint(token)).catch((error) => afterReading(request, error)))
    if (unread.has(request)) return
    if (signedIn) request.staff = signedIn
    const { config } = request.routeOptions
    if (config.isOpen && isWithParts(request)) throw new DomainError('invalid', 'No file is taken from strangers.')
    if (config.isOpen || request.is404) return
    if (mayKeep(request) && !(signedIn && (signedIn.isComplete || config.isHalfway))) return // until the form is read
    if (!signedIn) return seeOtherPage(reply, signInAddress(request, token !== undefined))
    if (!signedIn.isComplete && !config.isHalfway) return seeOtherPage(reply, '/staff/second-factor')
    if (may(signedIn.role, config.may!)) return
    countRefusal('forbidden')
    return page(request, reply, 'staff/message', { ...message('forbidden'), ...whoToAsk(signedIn.role) }, 403)
  })

  area.addHook('preValidation', async (request, reply) => {
    const { config } = request.routeOptions
    const isIn = request.staff && (request.staff.isComplete || config.isHalfway)
    if (request.isMultipart() && !request.is404) request.body = await readParts(request, isIn ? 'read' : 'named')
    if (unread.has(request)) throw unread.get(request)
    if (request.method !== 'POST' || config.isOpen || request.is404) return
    if (!isIn) return seeOtherPage(reply, keptAddress(keepForm(request)))
    const given = (request.body as { form?: unknown } | undefined)?.form
    if (!isSame(given, formToken(cookie.read(request)!))) {
      const kept = mayKeep(request) && !config.isHalfway ? keepForm(request) : undefined
      countRefusal('form token')
      if (kept) return seeOtherPage(reply, kept.next)
      return page(request, reply, 'staff/message', message('formExpired'), 400)
    }
    const { kept } = request.body as { kept?: unknown }
    if (typeof kept === 'string') keptForms.forget(kept)
  })

  /** What is typed must be read before it can be shown again: then it is said that nobody could be looked up. */
  function afterReading(request: FastifyRequest, error: unknown): undefined {
    if (request.method !== 'POST' || (isWithParts(request) && !mayKeep(request))) throw error
    unread.set(request, error)
  }

  /** A form, not too long, from a browser in which somebody of staff has signed in before. */
  function mayKeep(request: FastifyRequest): boolean {
    const most = mostKeptBytes + (isWithParts(request) ? mostFileBytes : 0)
    const isShort = Number(request.headers['content-length']) <= most
    return request.method === 'POST' && isShort && cookie.readDevice(request) !== undefined
  }

  /** Keeps what was typed, and gives the address where it waits, and whether a file is missing from it. */
  function keepForm(request: FastifyRequest): Kept | undefined {
    const kept = keptForms.keep(cookie.readDevice(request)!, request.url, request.body)
    wasKept.add(request)
    const isFileMissing = kept?.form.files.some(({ name }) => name !== '')
    return kept && { next: `/staff/kept/${kept.id}`, over: isFileMissing ? 'file' : 'kept' }
  }

  area.addHook('onSend', async (request, reply, payload) => {
    const { does, byTheHour = false, isOpen, isHalfway } = request.routeOptions.config
    const { staff, done = {} } = request
    const deedsDone = [done].flat().filter(({ isDone, number }) => isDone ?? number !== 0)
    if (deedsDone.length === 0) return payload // sent twice: it was done once
    const isLetIn = staff && (staff.isComplete || isOpen || isHalfway)
    if (!does || !isLetIn || wasKept.has(request) || reply.statusCode >= 400) return payload
    try {
      await recordDeeds(
        staff,
        deedsDone.map(({ isDone, ...each }) => ({ action: does, byTheHour, ...each })),
      )
    } catch (cause) {
      log.error({ deed: does, code: (cause as { code?: string }).code }, 'a deed could not be written down')
      reply.removeHeader('location').removeHeader('set-cookie').removeHeader('content-disposition')
      throw new DomainError('unavailable', 'The audit trail cannot be written.', { messageKey: 'notWrittenDown' })
    }
    return payload
  })

  addStaffErrors(area, { ...options, page })
  return { page: anyPage, deeds }
}

/** A form as those with a file are sent; it is known before it is read. */
const isWithParts = ({ headers }: FastifyRequest) => /multipart/i.test(headers['content-type'] ?? '')

/** A coordinator asks the national administrator, who has nobody to ask. */
const whoToAsk = (role: Role) =>
  role === 'national' ? {} : { ask: `staff.web.forbidden.ask${role === 'coordinator' ? 'National' : 'Coordinator'}` }

/** The sign-in page, which leads on to what was asked for with GET, and says so when a session is over. */
function signInAddress({ method, url }: FastifyRequest, hadSession: boolean): string {
  const query = new URLSearchParams({
    ...(method === 'GET' && url !== '/staff' ? { next: url } : {}),
    ...(hadSession ? { over: method === 'GET' ? 'page' : 'form' } : {}),
  })
  return `/staff/sign-in${query.size > 0 ? `?${query}` : ''}`
}

/** The same for a form that was kept; one that could not be is told of. */
const keptAddress = (kept: Kept | undefined) =>
  `/staff/sign-in?${new URLSearchParams(kept ? { ...kept } : { over: 'form' })}`

interface Kept {
  next: string
  over: 'kept' | 'file'
}

function isSame(given: unknown, wanted: string): boolean {
  if (typeof given !== 'string') return false
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}
