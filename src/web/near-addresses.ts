import type { FastifyContextConfig, FastifyInstance } from 'fastify'
import { unmangled } from '../text/unmangled.ts'
import { seeOther } from './page.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of a route that only takes a form: where the form stands, when that is not the page above it. */
    formAt?: string
    /** Only leads on to the page of a form. */
    leadsOn?: boolean
  }
}

/** The addresses of a service, as its routes have them: `/staff/units/:unitId`. */
export interface Addresses {
  /**
   * The address that is meant by one that is nobody's: with capitals, a slash or punctuation at the end, or the # of a link
   * written as %23, or %2523. Its fragment and its question come along; what was put behind it with & or ; does not, nor a code without its #.
   * `undefined` when nothing is near.
   */
  findMeant(url: string): string | undefined
  /** Leads on whoever asks with GET for what only takes forms: to the page where the form stands. Call it when all routes are there. */
  leadToForms(area: FastifyInstance): void
}

/** Takes note of every route from here on. */
export function noteAddresses(app: FastifyInstance): Addresses {
  const pages = new Set<string>()
  const forms = new Map<string, FastifyContextConfig>()
  app.addHook('onRoute', ({ url, method, config = {} }) => {
    const methods = [method].flat()
    if (methods.includes('GET') && !url.startsWith('/assets/')) pages.add(url)
    if (methods.includes('POST')) forms.set(url, config)
  })

  return {
    findMeant: (url) => findMeant(url, pages),
    leadToForms(area) {
      const known = new Set(pages) // without those that are added here, which lead on themselves
      for (const [url, { may, isOpen, isHalfway, formAt }] of [...forms]) {
        if (known.has(url) || !url.startsWith(area.prefix)) continue
        const page = formAt ?? pageAbove(url, known)
        area.get<{ Params: Record<string, string> }>(
          url.slice(area.prefix.length),
          { config: { may, isOpen, isHalfway, leadsOn: true } },
          ({ params }, reply) =>
            seeOther(
              reply,
              page.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name]!)),
            ),
        )
      }
    },
  }
}

/** The nearest page whose address is the beginning of this one. */
function pageAbove(url: string, pages: ReadonlySet<string>): string {
  const parts = url.split('/')
  while (parts.length > 1) {
    parts.pop()
    const above = [parts.join('/'), `${parts.join('/')}/`].find((address) => pages.has(address))
    if (above) return above
  }
  return '/'
}

function findMeant(url: string, pages: ReadonlySet<string>): string | undefined {
  const [raw = '', ...question] = url.split('?')
  const [path, ...rest] = unmangled(raw).replaceAll('＃', '#').split('#')
  const parts = path!
    .split('/')
    .map(withoutPunctuation)
    .filter((part) => part !== '')
  const meant = pageOf(parts, pages)
  if (meant === undefined) return isCodeOfStart(parts) ? pageOf(parts.slice(0, -1), pages) : undefined
  const address = [meant, ...question].join('?') + (rest.length > 0 ? `#${encodeURIComponent(rest.join('#'))}` : '')
  return address === url ? undefined : address
}

const pageOf = (parts: string[], pages: ReadonlySet<string>) =>
  [...pages].map((page) => fill(page, parts)).find((address) => address !== undefined)

/**
 * A code whose # was lost on the way, behind the top or a start page, which is named for its language. It is asked for again, whatever its
 * digits are: an address with it would be kept on the way.
 */
function isCodeOfStart([first = '', second, ...more]: string[]): boolean {
  const part = second ?? first
  const isOfStart = more.length === 0 && (second === undefined || /^[a-z]{2}$/i.test(first))
  return isOfStart && /^[\p{Nd}\p{Pd}.,_= ]+$/u.test(part) && (part.match(/\p{Nd}/gu) ?? []).length >= 8
}

/** The page's address with these parts in it, or `undefined` when they are another page's. */
function fill(page: string, parts: string[]): string | undefined {
  const wanted = page.split('/').filter((part) => part !== '')
  if (wanted.length !== parts.length) return undefined
  const filled = wanted.map((part, at) => {
    if (part.startsWith(':')) return encodeURIComponent(parts[at]!)
    return part.toLowerCase() === parts[at]!.toLowerCase() ? part : undefined
  })
  return filled.includes(undefined) ? undefined : page.replace(/[^/]+/g, () => filled.shift()!)
}

/** A part of an address as it was meant: without what a text around it has left at its ends, and what has no shape. */
const withoutPunctuation = (part: string) =>
  part
    .split(/[&;]/, 1)[0]!
    .replace(/\s/g, '')
    .replace(/^[\p{Ps}\p{Pi}"'<*]+|(?<![\p{Pe}\p{Pf}"'<>.,:;!?…،؛؟።*=])[\p{Pe}\p{Pf}"'<>.,:;!?…،؛؟።*=]+$/gu, '')

/** The address of a way out as its route has it: mail programs press its button at the link's own letters, and follow no redirect. */
export const withoutCapitals = (url: string): string =>
  url.replace(/^\/[a-z]{2}\/stop\//i, (start) => start.toLowerCase())

/**
 * What the token of a one-time link or a way out may have been, before a mail program or a text around it put something in: without
 * strange signs, and without the remains of quoted-printable text (`=20`) too. Both, for `=` alone may stand before a token's own `20`. A
 * gateway may have encoded all of it once more.
 */
export const tokensMeant = (token: string): string[] =>
  [unmangled(token), unmangled(token).replace(/=[\dA-F]{2}/gi, '')].map((text) => text.replace(/[^\w-]/g, ''))
