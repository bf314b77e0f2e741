import { pngOf } from '../../chart/png-thread.ts'
import { type SavedPicture, savedSvg } from '../../chart/saved-picture.ts'
import { DomainError } from '../../errors.ts'
import type { Language } from '../../language/languages.ts'
import { plain } from '../../text/plain.ts'
import { type ReadyPage, readyFile } from '../../web/page.ts'
import type { Frame } from './frame.ts'

/** A chart of a page that can be saved. */
export interface PagePicture extends Omit<SavedPicture, 'warnings' | 'title' | 'source'> {
  /** What it is called in its address: `women-and-men`. */
  name: string
  /** What its chart is called on the page, for those who hear its links. */
  heading: string
  /** What is seen in it, in a sentence; empty where there is nothing to say. */
  finding: string
}

/** All charts of a page that can be saved: their links, their addresses and their files follow from it. */
export interface PagePictures {
  /** What they are of, in the names of their files: `alingsas`. */
  of: string
  /** The same in their titles: "Alingsås 2025". */
  title: string
  charts: PagePicture[]
}

/** Where a picture of a page is saved from. */
export interface PictureLinks {
  heading: string
  png: string
  svg: string
}

/**
 * The links of a page's pictures, by their names; none where it has none, as of a table that is too long for one.
 * @param address the page's own, whose query its pictures have too
 */
export function linksOf(
  pictures: PagePictures | undefined,
  { base, year, path }: Frame,
  address: string,
): Record<string, PictureLinks> {
  const query = address.slice(address.split('?', 1)[0]!.length)
  const to = (file: string) => `${base}/${year}${path}/pictures/${file}${query}`
  return Object.fromEntries(
    (pictures?.charts ?? []).map(({ name, heading }) => [
      name,
      { heading, png: to(`${name}.png`), svg: to(`${name}.svg`) },
    ]),
  )
}

/** What is known of whoever asks for a picture, and what its texts are written with. */
export interface AskedPicture {
  frame: Frame
  language: Language
  year: number
  request: { ip: string }
  t: (key: string, values?: Record<string, string | number>) => string
}

/**
 * A picture as a file. On one of figures that are made up, or not published, that is said.
 * @param file its name in the address: `women-and-men.png`
 * @throws DomainError `not-found` when the page has no such picture, `unavailable` when many wait to be drawn
 */
export async function pictureFile(
  pictures: PagePictures | undefined,
  file: string,
  { frame, language, year, request, t }: AskedPicture,
  headers: Record<string, string>,
): Promise<ReadyPage> {
  const [, name, kind] = /^([a-z-]+)\.(svg|png)$/.exec(file) ?? []
  const picture = pictures?.charts.find((one) => one.name === name)
  if (!pictures || !picture) throw new DomainError('not-found', 'The page has no such picture.')
  const { number, madeAt, phase } = frame.release
  const svg = savedSvg({
    ...picture,
    title: picture.finding ? `${pictures.title}. ${picture.finding}` : pictures.title,
    warnings: [
      ...(frame.isPractice ? [t('results.practice')] : []),
      ...(phase === 'published' ? [] : [t(`results.notPublic.${phase}`)]),
    ],
    source: `${t('results.source', { year: String(year), number, time: frame.time(madeAt) })} ${t('results.free')}`,
  })
  const content = kind === 'svg' ? svg : await pngOf(svg, request.ip)
  return readyFile(`brukarsvar-${year}-${pictures.of}-${picture.name}.${kind}`, content, {
    ...headers,
    language: language.code,
  })
}

/** A name as it stands in the name of a file: `upplands-vasby`. */
export const inFileName = (name: string) => name.split(' ').map(plain).join('-')
