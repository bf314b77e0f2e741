import { Readable } from 'node:stream'
import { constants, createBrotliCompress, createGzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { followPublished, type Published } from '../../actions/published.ts'
import type { Config } from '../../config.ts'
import type { Languages } from '../../language/languages.ts'
import { programVersion } from '../../program-version.ts'
import type { AnswerStores } from '../../stores.ts'
import { askedForEachTime, entityTag, hasAlready } from '../../web/entity-tag.ts'
import { type Encoding, preferredEncoding } from '../../web/negotiation.ts'
import type { RenderPage } from '../../web/views.ts'
import {
  type ApiQuestion,
  BadQuestion,
  type Parameters,
  readParameters,
  readPath,
  type Version,
  versions,
} from './asked.ts'
import { describeApi } from './description.ts'
import { docsRoutes } from './docs-routes.ts'
import { writeEnvelope } from './envelope.ts'
import { figureRows } from './figures.ts'
import { limitWeight } from './limit.ts'
import { listRows } from './lists.ts'
import { openDataRoutes } from './open-data-routes.ts'
import { apiHeaders, sendProblem } from './problems.ts'
import { readyAnswers, wholeOrPieces } from './ready-answers.ts'
import { servingOf } from './serving.ts'
import type { Views } from './views.ts'

export interface ApiContext {
  stores: Pick<AnswerStores, 'round' | 'results' | 'organisation' | 'history' | 'ownTexts'>
  render: RenderPage<Views>
  languages: Languages
  clock: () => Date
  settings: Pick<Config, 'publicUrl' | 'keepRoundKey' | 'dataLicence' | 'notice'>
}

/**
 * The open API: what is published, as the clients of the indicator database ask for it. Nobody needs a key, gets a cookie, or is written
 * down anywhere.
 */
export async function apiRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const published = followPublished(context)
  const limit = limitWeight(context.clock)
  const { publicUrl, dataLicence } = context.settings
  const serving = servingOf({ limit, ...context })
  const ready = readyAnswers()
  const { isTurnedAway, isKnown, noteOf } = serving

  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    if (error instanceof BadQuestion) return sendProblem(reply, error.status, error.detail)
    if (error.statusCode && error.statusCode < 500) return sendProblem(reply, error.statusCode, error.message)
    throw error
  })
  app.addHook('onSend', async (_request, reply) => void reply.headers(apiHeaders))

  docsRoutes(app, { published, ...context })
  openDataRoutes(app, { published, limit, serving, ...context })

  const descriptions = new Map<boolean, string>()
  app.get('/v3/openapi.json', async (request, reply) => {
    const isPractice = noteOf(await published()) !== undefined
    const about = { publicUrl, licence: dataLicence, version: programVersion, isPractice }
    const description = descriptions.get(isPractice) ?? JSON.stringify(describeApi(about))
    descriptions.set(isPractice, description)
    const tag = entityTag(description)
    reply.headers({ ...askedForEachTime, etag: tag })
    if (hasAlready(request, tag)) return reply.code(304).send()
    return reply.type('application/json; charset=utf-8').send(description)
  })

  for (const version of versions)
    for (const address of [`/${version}`, `/${version}/*`]) {
      app.options(address, (_request, reply) => reply.code(204).header('cache-control', 'no-store').send())
      app.get(address, (request, reply) => answer(version, request, reply))
    }

  async function answer(version: Version, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    if (isTurnedAway(request, reply)) return reply
    const known = await published()
    const encoding = preferredEncoding(request.headers['accept-encoding'])
    const found = ready.find(known.key, request.url, encoding)
    // What is kept was asked for in a way that can be answered.
    const asking = found ? undefined : read(version, request)
    reply.header('vary', 'accept-encoding').type('application/json; charset=utf-8')
    if (isKnown(request, reply, known)) return reply
    if (encoding !== 'identity') reply.header('content-encoding', encoding)
    if (found) {
      limit.countRows(request.ip, found.rows)
      return reply.send(found.body)
    }

    const { asked, said } = asking!
    let rows = 0
    const pieces = writeEnvelope({
      ...{ version, rows: rowsOf(version, known, asked, said), page: said.page, perPage: said.per_page },
      ...{ note: noteOf(known), withdrawn: withdrawnOf(known, asked), address: new URL(request.url, publicUrl) },
      onEnd: (count) => {
        rows = count
        limit.countRows(request.ip, count)
      },
    })
    const text = await wholeOrPieces(pieces)
    if (typeof text !== 'string') return reply.send(packed(Readable.from(text), encoding))
    return reply.send(ready.keep(known.key, request.url, encoding, { text, rows }).body)
  }
}

function read(version: Version, request: FastifyRequest): { asked: ApiQuestion; said: Parameters } {
  const query = request.query as Record<string, unknown>
  const asked = readPath(version, request.url.split('?')[0]!.slice(version.length + 1), query)
  return { asked, said: readParameters(version, query) }
}

function rowsOf(version: Version, known: Published, asked: ApiQuestion, said: Parameters): Iterable<unknown> {
  if ('of' in asked) return asked.what === 'data' ? figureRows(version, known, { of: asked.of, said }) : [] // of units nothing is public
  return listRows(version, known, { ...asked, said })
}

/** Of the years that are asked for, those of which all figures were withdrawn: their rows are not there. */
function withdrawnOf({ withdrawn }: Published, asked: ApiQuestion) {
  if (!('of' in asked) || asked.what !== 'data') return []
  return withdrawn.filter(({ year }) => asked.of.year?.includes(String(year)) ?? true)
}

/** Compressed as it is made. */
function packed(body: Readable, encoding: Encoding): Readable {
  if (encoding === 'identity') return body
  const pack =
    encoding === 'br'
      ? createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
      : createGzip({ level: 6 })
  body.on('error', (error) => pack.destroy(error))
  return body.pipe(pack)
}
