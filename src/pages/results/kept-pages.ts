import { keptWhile } from '../../memory/kept-while.ts'
import type { ReadyPage } from '../../web/page.ts'

/** How much all pages may take together, in bytes. */
const mostBytes = 32 * 1024 * 1024

/** Both compressed forms of a page together are never larger than the page itself. */
const timesLarger = 2

/** Published pages by their whole address, for as long as nothing about releases changes. */
export const keptPages = (mostSize = mostBytes) =>
  keptWhile<ReadyPage>({ mostSize, sizeOf: ({ body }) => timesLarger * body.length })
