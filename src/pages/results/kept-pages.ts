import { latelyUsed } from '../../memory/lately-used.ts'
import type { ReadyPage } from '../../web/page.ts'

/** How much all pages may take together, in bytes. */
const mostBytes = 32 * 1024 * 1024

/** Both compressed forms of a page together are never larger than the page itself. */
const timesLarger = 2

/** Published pages by their whole address, for as long as nothing about releases changes. */
export function keptPages(mostSize = mostBytes) {
  const pages = latelyUsed<ReadyPage>({ mostSize, sizeOf: ({ body }) => timesLarger * body.length })
  let state = ''

  /** @param now what the pages stand on */
  function look(now: string): void {
    if (now === state) return
    state = now
    pages.forgetAll()
  }

  return {
    find(now: string, address: string): ReadyPage | undefined {
      look(now)
      return pages.find(address)
    },
    /** Keeps a page that was made from what was known; not where that is no longer so. */
    keep(known: string, address: string, page: ReadyPage): void {
      if (known === state) pages.keep(address, page)
    },
    size: pages.size,
  }
}
