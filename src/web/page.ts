import type { Readable } from 'node:stream'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { escaped } from '../text/escaped.ts'
import { askedForEachTime, entityTag } from './entity-tag.ts'
import { type Encoding, preferredEncoding } from './negotiation.ts'
import { respondentHeaders } from './security.ts'

/** What stands in a page for something of one person, until it is filled in: signs that no text has. */
export const blanks = { first: '\ue001', second: '\ue002' } as const

/** A page as it goes out in one encoding. */
interface Packed {
  headers: Record<string, string | number>
  /** The same, names and values in turn: of all that Node takes, this it writes fastest. */
  fields: (string | number)[]
  body: Buffer
}

/** A rendered page, or a file to be saved, ready to be sent; compressed at most once in each way and served from memory after that. */
export class ReadyPage {
  /** HTML in UTF-8, or a file as it is. */
  readonly body: Buffer
  readonly #language: string
  readonly #more: Record<string, string>
  readonly #packed = new Map<Encoding, Packed>()
  #isForOne = false

  /** @param more headers beside those of every page. */
  constructor(content: string | Buffer, language: string, more: Record<string, string> = {}) {
    this.body = Buffer.from(content as string) // outside the heap; Eta's string is a thousand pieces
    this.#language = language
    this.#more = more
  }

  /** The same page for one person, with its blanks filled in. It goes out as it is: to compress it costs more than ten times as much as to make it. */
  filledIn(values: Record<keyof typeof blanks, string>): ReadyPage {
    const html = this.body
      .toString()
      .replace(/[\ue001\ue002]/g, (blank) => escaped(blank === blanks.first ? values.first : values.second))
    const page = new ReadyPage(html, this.#language, this.#more)
    page.#isForOne = true
    return page
  }

  /** The same page for everybody: it may be kept, and who has it is told each time whether it is still the same. */
  published(): ReadyPage {
    const more = {
      ...this.#more,
      ...askedForEachTime,
      vary: 'accept-encoding',
      etag: `W/${entityTag(this.body)}`,
    }
    return new ReadyPage(this.body, this.#language, more)
  }

  packed(wanted: Encoding): Packed {
    const isSmall = packedTypes.has(this.#more['content-type'])
    const encoding = this.#isForOne || isSmall ? 'identity' : wanted
    const known = this.#packed.get(encoding)
    if (known) return known

    const body = compress[encoding](this.body)
    const headers = {
      ...respondentHeaders,
      'content-type': 'text/html; charset=utf-8',
      ...this.#more,
      'content-language': this.#language,
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
      'content-length': String(body.length), // Node would write a number anew each time
    }
    const packed = { headers, fields: Object.entries(headers).flat(), body }
    this.#packed.set(encoding, packed)
    return packed
  }
}

const compress: Record<Encoding, (body: Buffer) => Buffer> = {
  identity: (body) => body,
  gzip: (body) => gzipSync(body, { level: 9 }),
  br: (body) =>
    brotliCompressSync(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 9,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
        [constants.BROTLI_PARAM_LGWIN]: 16, // as small at once, in a third of the time and a quarter of the memory
      },
    }),
}

/** Sends a page past Fastify's own sending, which would copy every header and write head and body apart. */
export function sendPage(request: FastifyRequest, reply: FastifyReply, page: ReadyPage, status = 200): void {
  const { headers, fields, body } = page.packed(preferredEncoding(request.headers['accept-encoding']))
  const isPlain = status === 200 && !reply.hasHeader('set-cookie')
  const own = isPlain ? undefined : (reply.getHeaders() as Record<string, string>)
  reply.hijack()
  reply.raw.writeHead(status, own ? { ...own, ...headers } : fields)
  reply.raw.end(body)
}

/** Sends a published page, or no more than that it has not changed. */
export function sendPublished(request: FastifyRequest, reply: FastifyReply, page: ReadyPage): void {
  const { headers } = page.packed(preferredEncoding(request.headers['accept-encoding']))
  const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim())
  if (!known?.includes(headers.etag as string)) {
    sendPage(request, reply, page)
    return
  }
  const { 'content-type': _, 'content-encoding': __, 'content-length': ___, ...kept } = headers
  reply.hijack()
  reply.raw.writeHead(304, kept)
  reply.raw.end()
}

/** A file to be saved under that name, to be kept and sent as pages are. @param more headers beside those of every page */
export function readyFile(
  name: string,
  content: Buffer | string,
  { language, ...more }: { language: string } & Record<string, string>,
): ReadyPage {
  const headers = { 'content-type': typeOf(name), 'content-disposition': savedAs(name) }
  return new ReadyPage(content, language, { ...more, ...headers })
}

/** Sends something to be saved. Its kind follows from the end of its name; nothing on the way keeps it. */
export function sendFile(reply: FastifyReply, name: string, content: Buffer | string | Readable): FastifyReply {
  reply.headers(respondentHeaders).header('content-disposition', savedAs(name))
  return reply.type(typeOf(name)).send(content)
}

const typeOf = (name: string) => fileTypes[name.split('.').at(-1)!]!
const savedAs = (name: string) => `attachment; filename="${name}"`

const fileTypes: Record<string, string> = {
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
  json: 'application/json',
  key: 'text/plain; charset=utf-8',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml; charset=utf-8',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  txt: 'text/plain; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
}

/** What is compressed as it is: to do it again takes time and saves nothing. */
const packedTypes = new Set<string | undefined>(['pdf', 'png', 'pptx', 'xlsx', 'zip'].map((kind) => fileTypes[kind]))

/** After a form was read: on to the next page, so that a refresh or a step back sends nothing again. */
export function seeOther(reply: FastifyReply, address: string): FastifyReply {
  return reply.headers(respondentHeaders).redirect(address, 303)
}

/** Where to go on after signing in: only pages of staff, never another site's. `//evil.example` and the like lead home. */
export function ownPage(next: string): string {
  return /^\/staff(\/[\w/?=&.%+~-]*)?$/.test(next) ? next : '/staff'
}
