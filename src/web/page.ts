import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Encoding, preferredEncoding } from './negotiation.ts'
import { respondentHeaders } from './security.ts'

/** A rendered page, ready to be sent; compressed at most once in each way and served from memory after that. */
export class ReadyPage {
  readonly #bodies = new Map<Encoding, Buffer>()
  readonly #headers = new Map<Encoding, Record<string, string>>()
  readonly #extra: Record<string, string>

  constructor(html: string, language: string) {
    this.#bodies.set('identity', Buffer.from(html))
    this.#extra = { 'content-language': language }
  }

  body(encoding: Encoding): Buffer {
    const known = this.#bodies.get(encoding)
    if (known) return known

    const body = compress[encoding](this.#bodies.get('identity')!)
    this.#bodies.set(encoding, body)
    return body
  }

  headers(encoding: Encoding): Record<string, string> {
    let headers = this.#headers.get(encoding)
    if (!headers) {
      headers = {
        ...respondentHeaders,
        'content-type': 'text/html; charset=utf-8',
        ...this.#extra,
        ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
      }
      this.#headers.set(encoding, headers)
    }
    return headers
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
      },
    }),
}

export function sendPage(request: FastifyRequest, reply: FastifyReply, page: ReadyPage, status = 200): FastifyReply {
  const encoding = preferredEncoding(request.headers['accept-encoding'])
  return reply.code(status).headers(page.headers(encoding)).send(page.body(encoding))
}

/** After a form was read: on to the next page, so that a refresh or a step back sends nothing again. */
export function seeOther(reply: FastifyReply, address: string): FastifyReply {
  return reply.headers(respondentHeaders).redirect(address, 303)
}
