import type { RouteOptions } from 'fastify'
import { may, type Role } from '../../src/people/roles.ts'
import { addressOf, strangeAddress } from './addresses.ts'
import { type Body, bodyOf } from './bodies.ts'
import type { Chance } from './chance.ts'
import { type Finding, faultOf } from './findings.ts'
import { type Field, type Form, formsIn, linksIn } from './forms.ts'
import { strangeCookie, strangeHeaders } from './headers.ts'
import type { Incoming, Outgoing, Sender } from './send.ts'
import { anyUpload } from './uploads.ts'
import { type Entry, likelyValue, mutated, nastyText } from './values.ts'
import type { World } from './world.ts'

export interface Meeting {
  world: World
  routes: RouteOptions[]
  sender: Sender
  chance: Chance
  /** Is given every answer, and what is wrong with it. */
  onAnswer: (incoming: Incoming, finding?: Finding) => void
}

const mostKnown = 300

/** Somebody with a browser of their own who asks for whatever comes to mind: a respondent, or one of the staff. */
export function visitor(who: Role | 'respondent', { world, routes, sender, chance, onAnswer }: Meeting) {
  const cookies = new Map<string, string>()
  const known: string[] = ['/']
  const asked = new Map<RouteOptions, number>()
  let token: string | undefined

  async function signIn(): Promise<void> {
    if (who === 'respondent') return
    const { cookie, form } = await world.signIn(who)
    cookies.clear()
    cookies.set('staff', cookie.slice('staff='.length))
    token = form
    known.push('/staff/')
  }

  async function ask(method: string, path: string, body?: Body): Promise<Incoming> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const sent = chance.happens(0.03) ? strangeCookie(cookie, chance) : cookie
    const network = Array.from({ length: 4 }, () => 1 + chance.below(250)).join('.')
    const outgoing: Outgoing = {
      method,
      path,
      headers: {
        ...(sent ? { cookie: sent } : {}),
        'x-forwarded-for': network,
        ...(chance.happens(0.08) ? strangeHeaders(chance) : {}),
      },
      body,
    }
    const incoming = await sender.send(outgoing)
    const what = faultOf(incoming)
    onAnswer(incoming, what ? { what, who, outgoing, incoming } : undefined)
    remember(incoming, path)
    const wasSignedOut = String(incoming.headers.location ?? '').startsWith('/staff/sign-in')
    if (wasSignedOut && path.startsWith('/staff') && chance.happens(0.7)) await signIn()
    return incoming
  }

  function remember({ headers, text }: Incoming, path: string): void {
    for (const cookie of [headers['set-cookie'] ?? []].flat()) {
      const [, name, value] = /^([^=;]+)=([^;]*)/.exec(cookie) ?? []
      if (!name) continue
      if (value === '') cookies.delete(name)
      else cookies.set(name, value!)
    }
    const { location } = headers
    const found = [...(typeof location === 'string' ? [location] : []), ...linksIn(text, path)]
    for (const address of found.filter((one) => one.startsWith('/'))) {
      if (!known.includes(address)) known.push(address)
      if (known.length > mostKnown) known.splice(chance.below(known.length), 1)
    }
  }

  /** Goes to a page and sends one of its forms, mostly as it is meant, and goes on with what comes then. */
  async function useForm(): Promise<void> {
    const path = chance.happens(0.5) ? chance.oneOf(known) : addressOf(route('GET').url, world.ids, chance)
    if (isCostly(path) && !chance.happens(0.1)) return
    await useFormOn(await ask('GET', path), path, 4)
  }

  async function useFormOn({ text }: Incoming, path: string, steps: number): Promise<void> {
    const forms = formsIn(text, path).filter(({ action }) => action.startsWith('/'))
    const choices = chance.happens(0.03) ? forms : forms.filter(({ action }) => action !== '/staff/sign-out')
    if (choices.length === 0) return
    const form = chance.oneOf(choices)
    const sent = await sendForm(form)
    if (!sent || steps === 0 || !chance.happens(0.7)) return
    const { location } = sent.headers
    if (typeof location !== 'string') return useFormOn(sent, form.action, steps - 1)
    if (location.startsWith('/') && !location.startsWith('/staff/sign-in'))
      await useFormOn(await ask('GET', location), location, steps - 1)
  }

  async function sendForm(form: Form): Promise<Incoming | undefined> {
    if (isCostly(form.action) && !chance.happens(0.1)) return undefined
    const likely = form.fields.flatMap((field) => entriesOf(field))
    const entries = chance.happens(0.5) ? likely : mutated(likely, chance)
    if (form.method === 'POST') return ask('POST', form.action, bodyOf(entries, form.isMultipart, chance))
    return ask('GET', `${form.action}?${new URLSearchParams(entries.map(([name, value]) => [name, String(value)]))}`)
  }

  function entriesOf(field: Field): Entry[] {
    const { name, type, values } = field
    if (type === 'file') return [[name, anyUpload(chance, world.codes)]]
    if (type === 'checkbox') return values.filter(() => chance.happens(0.6)).map((value) => [name, value])
    if ((type === 'submit' || type === 'radio') && chance.happens(0.1)) return []
    return [[name, likelyValue(field, chance, world.codes)]]
  }

  /** Asks for any route, with fields that nobody has seen, by any method. */
  async function askAnything(): Promise<void> {
    const { method, url } = route()
    const address = addressOf(url, world.ids, chance)
    const path = chance.happens(0.15) ? strangeAddress(address, chance) : address
    if (isCostly(path) && !chance.happens(0.1)) return
    const isPost = chance.happens(0.06) ? chance.happens(0.5) : method === 'POST'
    const entries: Entry[] = Array.from({ length: chance.below(6) }, () => [
      chance.oneOf([
        'code',
        'name',
        'email',
        'number',
        'group',
        'language',
        'answers',
        'unit',
        nastyText(chance).slice(0, 40),
      ]),
      chance.happens(0.1) ? anyUpload(chance, world.codes) : nastyText(chance),
    ])
    if (token && chance.happens(0.9)) entries.unshift(['form', token])
    if (isPost) await ask('POST', path, bodyOf(entries, chance.happens(0.2), chance))
    else
      await ask(
        chance.happens(0.96) ? 'GET' : chance.oneOf(['HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND']),
        path,
      )
  }

  /** Types a code, fills in the questions and sends them. */
  async function answer(): Promise<void> {
    const entries: Entry[] = [
      ['code', chance.oneOf(world.codes)],
      ['language', chance.oneOf(['sv', 'ar', 'ti', 'en'])],
    ]
    const entered = await ask(
      'POST',
      '/entry',
      bodyOf(chance.happens(0.7) ? entries : mutated(entries, chance), false, chance),
    )
    const { location } = entered.headers
    if (typeof location !== 'string' || !location.startsWith('/visit/')) return
    const page = await ask('GET', location)
    for (const form of formsIn(page.text, location).filter(({ action }) => action.includes('/response')))
      await sendForm(form)
  }

  /** Mostly what this person may ask for, and of some such what was asked for least. */
  function route(method?: string): RouteOptions {
    const all = method ? routes.filter((one) => one.method === method) : routes
    const own = all.filter(({ config }) => who !== 'respondent' && config?.may && may(who, config.may))
    const from = own.length > 0 && chance.happens(0.75) ? own : all
    const some = Array.from({ length: 4 }, () => chance.oneOf(from))
    const rarest = some.reduce((least, one) => ((asked.get(one) ?? 0) < (asked.get(least) ?? 0) ? one : least))
    asked.set(rarest, (asked.get(rarest) ?? 0) + 1)
    return rarest
  }

  return {
    signIn,
    async act(): Promise<void> {
      if (who === 'respondent' && chance.happens(0.4)) return answer()
      return chance.happens(0.65) ? useForm() : askAnything()
    },
  }
}

/** What sets a page for paper takes a second or more. */
const isCostly = (path: string) => /\/(print|paper\/forms\.pdf|key\/paper)/.test(path)
