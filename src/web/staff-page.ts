import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { formToken } from '../sign-in/secrets.ts'
import { navigation } from '../staff/navigation.ts'
import { type Action, may } from '../staff/roles.ts'
import { defaultLanguage, type Language, type Languages } from './languages.ts'
import { preferredEncoding, preferredLanguage } from './negotiation.ts'
import { respondentHeaders } from './security.ts'
import type { SessionCookie } from './session-cookie.ts'
import { writtenDay } from './swedish-day.ts'
import type { RenderPage } from './views.ts'

/** Sends a page to staff. `problems` and `typed` of a form that was refused are shown in its fields. */
export type StaffPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  view: string,
  data?: Record<string, unknown>,
  status?: number,
) => Promise<FastifyReply>

export interface StaffPageOptions {
  render: RenderPage
  languages: Languages
  cookie: SessionCookie
  /** Whether a round's key lies on this server, which every page says. */
  keepsRoundKey: boolean
  today: () => string
}

/** Swedish, or English for those who have chosen it or whose browser asks for it first. */
export function languageOf(request: FastifyRequest, languages: Languages): Language {
  const wanted = request.staff?.language ?? preferredLanguage(request.headers, languages).code
  return languages.find(wanted === 'en' ? 'en' : defaultLanguage)!
}

const smallPage = 2_000
const packed = promisify(gzip)

/** How pages are sent to staff, with what every one of them shows. */
export function staffPage({ render, languages, cookie, keepsRoundKey, today }: StaffPageOptions): StaffPage {
  return async (request, reply, view, data = {}, status = 200) => {
    const language = languageOf(request, languages)
    const { staff } = request
    const token = cookie.read(request)
    const isIn = staff?.isComplete === true
    const { body } = await render(view, language, {
      typed: {},
      problems: {},
      ...data,
      labels: {}, // of the fields, as the view writes them
      ...shownIn(language),
      staff: isIn ? staff : undefined,
      may: (action: Action) => isIn && may(staff.role, action),
      navigation: isIn ? navigation.filter(({ action }) => may(staff.role, action)) : [],
      path: request.url.split('?')[0],
      formToken: token && staff ? formToken(token) : '',
      done: doneText(languages, language, request.query),
      keepsRoundKey,
      today: today(),
    })
    reply
      .code(status)
      .headers(respondentHeaders)
      .type('text/html; charset=utf-8')
      .header('content-language', language.code)
    const isPacked = body.length > smallPage && preferredEncoding(request.headers['accept-encoding']) !== 'identity'
    if (!isPacked) return reply.send(body)
    return reply.header('content-encoding', 'gzip').send(await packed(body, { level: 5 }))
  }
}

/** Figures and days as the language's readers write them. */
function shownIn({ intl }: Language) {
  const percent = new Intl.NumberFormat(intl, { style: 'percent', maximumFractionDigits: 0 })
  const shortDay = new Intl.DateTimeFormat(intl, { dateStyle: 'medium', timeZone: 'UTC' })
  const time = new Intl.DateTimeFormat(intl, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Stockholm' })
  return {
    /** A fraction from 0 to 1 as per cent. */
    percent: (fraction: number) => percent.format(fraction),
    /** An ISO day such as `2026-09-01`, written out: a month that ends in a stop would end a sentence with two. */
    day: (text: string) => writtenDay(intl, text),
    /** The same, short, for the cells of a table. */
    shortDay: (text: string) => shortDay.format(new Date(`${text}T00:00:00Z`)),
    /** An ISO instant, in Sweden's time. */
    time: (text: string) => time.format(new Date(text)),
  }
}

/** `?done=people.invited` after a form was read says so, in a text of `staff.people.done`. */
function doneText(languages: Languages, language: Language, query: unknown): string | undefined {
  const [, capability, deed] =
    /^([a-z]{1,20})\.([a-zA-Z]{1,30})$/.exec(String((query as { done?: string })?.done)) ?? []
  const key = `staff.${capability}.done.${deed}`
  return capability && languages.has(language, key) ? languages.text(language, key) : undefined
}
