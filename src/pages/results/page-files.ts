import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../errors.ts'
import { type FigureReport, fileKinds } from '../../files/figure-report.ts'
import { makeArchive, makeFile } from '../../files/make-file.ts'
import { goneFrom } from '../../web/gone.ts'
import { type ReadyPage, readyFile } from '../../web/page.ts'
import type { Frame } from './frame.ts'
import { type AskedPicture, linksOf, type PagePictures, pictureFile } from './page-pictures.ts'

/** What of a page can be saved as files of figures. */
export interface PageFiles {
  /** What they are of, in the names of the files: `alingsas`. */
  of: string
  /** Made when a file is asked for. */
  report: () => Promise<FigureReport>
}

/** What lies beside a page. */
interface Saved {
  pictures?: PagePictures
  files?: PageFiles
}

interface Asked extends AskedPicture {
  request: FastifyRequest
  params: Record<string, string>
}

/** A file of a page, as its address ends: all kinds, and all of them together. */
const endings = [...fileKinds, 'zip'] as const

/** The links to what lies beside a page, for its view; none where it has none, as of a table that is too long for a picture. */
export function savedLinks({ pictures, files }: Saved, { frame, request }: Pick<Asked, 'frame' | 'request'>) {
  const [place = ''] = request.url.split('?', 1)
  const query = request.url.slice(place.length)
  const to = (ending: string) => `${frame.base}/${frame.year}${frame.path}/files/figures.${ending}${query}`
  return {
    pictures: linksOf(pictures, frame, request.url),
    files: files ? endings.map((ending) => ({ ending, href: to(ending) })) : [],
  }
}

/**
 * A file that lies beside a page: a picture, or its figures.
 * @throws DomainError `not-found` when there is none, `unavailable` when many wait to be made
 */
export async function savedFile({ pictures, files }: Saved, asked: Asked, reply: FastifyReply): Promise<ReadyPage> {
  const { file = '', shelf } = savedIn(asked)
  const headers = reply.getHeaders() as Record<string, string>
  if (shelf === 'pictures') return pictureFile(pictures, file, asked, headers)
  const ending = endings.find((one) => file === `figures.${one}`)
  if (!files || !ending) throw new DomainError('not-found', 'The page has no such file.')
  const { year, language, request, frame } = asked
  const name = `brukarsvar-${year}-${files.of}${numberOf(frame)}`
  const report = await files.report()
  const turn = { owner: `files of ${request.ip}`, signal: goneFrom(reply) }
  const content = await (ending === 'zip' ? makeArchive(name, report, turn) : makeFile(ending, report, turn))
  return readyFile(`${name}.${ending}`, content, { ...headers, language: language.code })
}

const savedIn = ({ params, request }: Asked) => ({
  file: params.file,
  shelf: request.routeOptions.url?.endsWith('/files/:file') ? 'files' : 'pictures',
})

/** A correction is another file. */
const numberOf = ({ release: { number } }: Frame) => (number > 1 ? `-${number}` : '')
