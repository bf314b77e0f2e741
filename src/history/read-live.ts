import type { LiveLimits } from './live-limits.ts'
import { askPages } from './live-page.ts'
import { readSource } from './read-source.ts'
import type { SourceFigure } from './source-figure.ts'

/**
 * Reads all pages of some questions to a live API. Pages are counted up as long as the answer says that there is another and has rows: an
 * address in an answer is never followed.
 * @param take is given each figure, with the address of its page
 * @throws DomainError that says what went wrong; what was taken before is then to be thrown away
 */
export async function readLive(
  questions: readonly URL[],
  limits: LiveLimits,
  take: (figure: SourceFigure, page: string) => void,
  onPage: (pages: number) => void = () => {},
): Promise<void> {
  const pages = askPages(limits)
  let read = 0
  for (const question of questions)
    for (let page = 1; ; page++) {
      const url = new URL(question)
      url.searchParams.set('page', String(page))
      const { rows, hasNext } = await pages.read(url, (bytes) => readSource(bytes, (figure) => take(figure, url.href)))
      read++
      onPage(read)
      if (!hasNext || rows === 0) break
    }
}
