import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { figureLines } from '../../catalogue/figure-lines.ts'
import { licenceUrl } from '../../catalogue/licence.ts'
import { dataCatalogue, type OpenData } from '../../catalogue/open-data.ts'
import { rdfXmlOf, turtleOf } from '../../catalogue/rdf.ts'
import type { Config } from '../../config.ts'
import { entityTag, hasAlready } from '../../web/entity-tag.ts'
import type { limitWeight } from './limit.ts'
import { sendProblem } from './problems.ts'
import type { Published } from './published.ts'

interface Given {
  published: () => Promise<Published>
  limit: ReturnType<typeof limitWeight>
  settings: Pick<Config, 'publicUrl' | 'keepRoundKey' | 'dataLicence' | 'notice'>
}

/** So many lines go out at once. */
const linesTogether = 500

/** What the national data portal fetches: the catalogue, as RDF/XML and as Turtle, and all figures in one file. */
export function openDataRoutes(app: FastifyInstance, { published, limit, settings }: Given): void {
  const { publicUrl, keepRoundKey, dataLicence, notice } = settings
  const isPractice = (known: Published) => keepRoundKey || known.isPractice
  const described = (known: Published): OpenData => ({
    ...{ publicUrl, licence: dataLicence, owner: notice.owner, years: known.years, isPractice: isPractice(known) },
  })
  /** Tells whoever asked too much to wait, and whoever has it that it is the same; sends it else. */
  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    type: string,
    make: (known: Published) => string | Readable | Promise<string>,
  ): Promise<FastifyReply> {
    const seconds = limit.secondsToWait(request.ip)
    if (seconds > 0) return sendProblem(reply.header('retry-after', String(seconds)), 429, 'Too Many Requests')
    limit.countRequest(request.ip)
    const known = await published()
    const tag = `W/${entityTag(`${known.key} ${isPractice(known)} ${request.url}`)}`
    const link = `<${licenceUrl[dataLicence]}>; rel="license"`
    reply.headers({ etag: tag, link, 'cache-control': 'public, max-age=60, must-revalidate' })
    if (hasAlready(request, tag)) return reply.code(304).send()
    return reply.type(`${type}; charset=utf-8`).send(await make(known))
  }

  app.get('/catalog.rdf', (request, reply) =>
    answer(request, reply, 'application/rdf+xml', (known) => rdfXmlOf(dataCatalogue(described(known)))),
  )

  app.get('/catalog.ttl', (request, reply) =>
    answer(request, reply, 'text/turtle', (known) => turtleOf(dataCatalogue(described(known)))),
  )

  app.get('/open-data.csv', (request, reply) =>
    answer(request, reply, 'text/csv', (known) => {
      const lines = figureLines({ ...known, areas: known.areas.map(({ id }) => id) })
      const name = isPractice(known) ? 'ovningssiffror.csv' : 'brukarundersokningen.csv'
      reply.header('content-disposition', `attachment; filename="${name}"`)
      return Readable.from(together(lines, isPractice(known), (count) => limit.countRows(request.ip, count)))
    }),
  )
}

/** Many lines in a piece; figures that are made up say so, each. */
function* together(lines: Iterable<string>, isPractice: boolean, onPiece: (count: number) => void): Generator<string> {
  let piece: string[] = []
  let mark = ';note'
  for (const line of lines) {
    piece.push(isPractice ? line.replace('\r\n', `${mark}\r\n`) : line)
    mark = ';Övningssiffror'
    if (piece.length < linesTogether) continue
    onPiece(piece.length)
    yield piece.join('')
    piece = []
  }
  onPiece(piece.length)
  yield piece.join('')
}
