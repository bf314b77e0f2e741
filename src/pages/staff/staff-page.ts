import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { formToken } from '../../crypto/secrets.ts'
import { defaultLanguage, type Language, type Languages } from '../../language/languages.ts'
import type { outageOf } from '../../mail/outage.ts'
import { type Action, may } from '../../people/roles.ts'
import type { SignedIn } from '../../people/session.ts'
import { writtenDay } from '../../time/swedish-day.ts'
import { preferredEncoding, preferredLanguage } from '../../web/negotiation.ts'
import { respondentHeaders } from '../../web/security.ts'
import {
  type AnyViews,
  type EveryPage,
  type Only,
  type RenderPage,
  refuseHidden,
  type Values,
} from '../../web/views.ts'
import { barOf, currentPage, homeOf, type MenuGroup, type MenuPage, menuOf } from './navigation.ts'
import type { SessionCookie } from './session-cookie.ts'
import { toldText } from './told.ts'

/** What every page of staff has. */
export interface EveryStaffPage extends EveryPage, ReturnType<typeof shownIn> {
  /** Of the fields, as the view writes them. */
  labels: Record<string, string>
  /** Who is signed in; nobody on the way in. */
  staff: SignedIn
  may: (action: Action) => boolean
  /** What the menu and the bar of a phone lead to, and the page of the menu that this one belongs to. */
  menu: MenuGroup[]
  bar: MenuPage[]
  here?: MenuPage
  /** How many things wait at a page of the menu, by its address. */
  waiting: Record<string, number>
  /** Where one begins. */
  home: string
  /** The municipality that one works in; of a national administrator there is none. */
  place?: string
  path: string
  formToken: string
  done?: string
  notice?: string
  /** The address of a form that takes back what was done. */
  undoAt?: string
  keepsRoundKey: boolean
  today: string
  /** Why no mail leaves just now, where that is known. */
  outage?: ReturnType<typeof outageOf>
  /** What is wrong with a form: a key by field. */
  problems: Record<string, string>
  /** What was typed into it; of boxes with one name several. */
  typed: Record<string, string>
}

/** What is shown in the fields of a form that was refused. */
export interface Refused {
  problems?: Record<string, string>
  typed?: unknown
  /** For the texts of problems. */
  values?: Values
  /** For those of one field. */
  valuesOf?: Record<string, Values>
}

/** Sends a page to staff. `Views` are those of a folder, each with what it is given beside what every page of staff has. */
export type StaffPage<Views> = <View extends keyof Views, Data extends Views[View]>(
  request: FastifyRequest,
  reply: FastifyReply,
  view: View,
  data: Only<Views[View], Data>,
  status?: number,
) => Promise<FastifyReply>

export interface StaffPageOptions {
  render: RenderPage<AnyViews>
  languages: Languages
  cookie: SessionCookie
  /** Whether a mail server is set. */
  canMail: boolean
  /** Whether a round's key lies on this server, which every page says. */
  keepsRoundKey: boolean
  today: () => string
  /** Why no mail leaves just now, where that is known: pages that promise mail say so to those who are signed in. */
  mailTrouble: () => EveryStaffPage['outage']
  waitingFor: (staff: SignedIn) => Promise<EveryStaffPage['waiting']>
  placeOf: (staff: SignedIn) => Promise<string | undefined>
  /** Where that which a page says was done is taken back, while it can be. */
  undoFor: (request: FastifyRequest) => EveryStaffPage['undoAt']
}

/** Swedish, or English for those who have chosen it or whose browser asks for it first. */
export function languageOf(request: FastifyRequest, languages: Languages): Language {
  const wanted = request.staff?.language ?? preferredLanguage(request.headers, languages).code
  return languages.find(wanted === 'en' ? 'en' : defaultLanguage)!
}

/** The texts of whoever asks. */
export function textsOf(request: FastifyRequest, languages: Languages) {
  const language = languageOf(request, languages)
  return (key: string, values?: Values) => languages.text(language, key, values)
}

const smallPage = 2_000
const packed = promisify(gzip)

/** How pages are sent to staff, with what every one of them shows. */
export function staffPage(options: StaffPageOptions): StaffPage<AnyViews> {
  const { render, languages, cookie, keepsRoundKey, today, mailTrouble, undoFor } = options
  return async (
    request: FastifyRequest,
    reply: FastifyReply,
    view: string,
    data: Record<string, unknown>,
    status = 200,
  ) => {
    const language = languageOf(request, languages)
    const { staff } = request
    const token = cookie.read(request)
    const isIn = staff?.isComplete === true
    const outage = isIn ? mailTrouble() : undefined
    const told = { language, query: request.query, mailWaits: outage !== undefined }
    const shared = {
      labels: {}, // of the fields, as the view writes them
      ...shownIn(language),
      staff: isIn ? staff : undefined,
      may: (action: Action) => isIn && may(staff.role, action),
      ...(await frameOf(isIn ? staff : undefined, request.url.split('?')[0]!, options)),
      formToken: token && staff ? formToken(token) : '',
      done: toldText(languages, told, 'done'),
      notice: toldText(languages, told, 'notice'),
      undoAt: isIn ? undoFor(request) : undefined,
      keepsRoundKey,
      today: today(),
    }
    refuseHidden(view, data, shared)
    const typed = onlyTyped(data.typed)
    const { body } = await render(view, language, { problems: {}, outage, ...data, typed, ...shared })
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

/** What stands around a page, of those who are signed in. */
async function frameOf(staff: SignedIn | undefined, path: string, { waitingFor, placeOf, canMail }: StaffPageOptions) {
  if (!staff) return { menu: [], bar: [], waiting: {}, home: '/staff', path }
  const menu = menuOf(staff.role, { canMail })
  return {
    ...{ menu, bar: barOf(staff.role), here: currentPage(menu, path), home: homeOf(staff.role), path },
    ...{ waiting: await waitingFor(staff), place: await placeOf(staff) },
  }
}

/** What was typed. A file that was sent in place of a text is none, and a field does not show it again. */
function onlyTyped(typed: unknown): Record<string, unknown> {
  const isText = (value: unknown) => typeof value !== 'object'
  const shown = Object.entries(typed ?? {}).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.filter(isText) : isText(value) ? value : undefined,
  ])
  return Object.fromEntries(shown)
}

/** Figures and days as the language's readers write them. */
function shownIn({ intl }: Language) {
  const percent = new Intl.NumberFormat(intl, { style: 'percent', maximumFractionDigits: 0 })
  const shortDay = new Intl.DateTimeFormat(intl, { dateStyle: 'medium', timeZone: 'UTC' })
  const monthDay = new Intl.DateTimeFormat(intl, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const time = new Intl.DateTimeFormat(intl, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Stockholm' })
  return {
    /** A fraction from 0 to 1 as per cent. */
    percent: (fraction: number) => percent.format(fraction),
    /** An ISO day such as `2026-09-01`, written out: a month that ends in a stop would end a sentence with two. */
    day: (text: string) => writtenDay(intl, text),
    /** The same, short, for the cells of a table. */
    shortDay: (text: string) => shortDay.format(new Date(`${text}T00:00:00Z`)),
    /** Shorter still, for an axis: the year stands elsewhere. */
    monthDay: (text: string) => monthDay.format(new Date(`${text}T00:00:00Z`)),
    /** An ISO instant, in Sweden's time. */
    time: (text: string) => time.format(new Date(text)),
  }
}
