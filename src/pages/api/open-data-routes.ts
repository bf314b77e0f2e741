import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Published } from '../../actions/published.ts'
import { figureLines } from '../../catalogue/figure-lines.ts'
import { dataCatalogue } from '../../catalogue/open-data.ts'
import type { OpenData } from '../../catalogue/open-data-words.ts'
import { rdfXmlOf, turtleOf } from '../../catalogue/rdf.ts'
import type { Config } from '../../config.ts'
import type { limitWeight } from './limit.ts'
import type { servingOf } from './serving.ts'

interface Given {
  published: () => Promise<Published>
  limit: ReturnType<typeof limitWeight>
  serving: ReturnType<typeof servingOf>
  settings: Pick<Config, 'publicUrl' | 'dataLicence' | 'notice'>
}

/** So many lines go out at once. */
const linesTogether = 500

/** What the national data portal fetches: the catalogue, as RDF/XML and as Turtle, and all figures in one file. */
export function openDataRoutes(app: FastifyInstance, { published, limit, serving, settings }: Given): void {
  const { publicUrl, dataLicence, notice } = settings
  const { isTurnedAway, isKnown, noteOf } = serving
  const described = (known: Published): OpenData => ({
    ...{ publicUrl, licence: dataLicence, owner: notice.owner, years: known.years },
    ...{ withdrawn: known.withdrawn, isPractice: noteOf(known) !== undefined },
  })

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    type: string,
    make: (known: Published) => string | Readable | Promise<string>,
  ): Promise<FastifyReply> {
    if (isTurnedAway(request, reply)) return reply
    const known = await published()
    if (isKnown(request, reply, known)) return reply
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
      const note = noteOf(known)
      const name = [note ? 'ovningssiffror' : 'brukarundersokningen', ...without(known)].join('-')
      reply.header('content-disposition', `attachment; filename="${name}.csv"`)
      return Readable.from(together(lines, note, (count) => limit.countRows(request.ip, count)))
    }),
  )
}

/** What the name of the file says of years that were withdrawn: its lines have no place for it. */
const without = ({ withdrawn }: Published): (string | number)[] =>
  withdrawn.length > 0 ? ['utan', ...withdrawn.map(({ year }) => year)] : []

/** Many lines in a piece; figures that are made up say so, each. */
function* together(
  lines: Iterable<string>,
  note: string | undefined,
  onPiece: (count: number) => void,
): Generator<string> {
  let piece: string[] = []
  let mark = 'note'
  for (const line of lines) {
    piece.push(note ? line.replace('\r\n', `;${mark}\r\n`) : line)
    mark = note ?? ''
    if (piece.length < linesTogether) continue
    onPiece(piece.length)
    yield piece.join('')
    piece = []
  }
  onPiece(piece.length)
  yield piece.join('')
}
