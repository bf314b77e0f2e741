import { setImmediate as letOthersIn } from 'node:timers/promises'
import type { WithdrawnYear } from '../../actions/published.ts'
import type { Version } from './asked.ts'

/** One page of what was found. */
interface Page {
  version: Version
  rows: Iterable<unknown>
  page: number
  perPage: number
  /** The whole address that was asked for. */
  address: URL
  /** What is said with every answer; nothing where figures are real. */
  note?: string
  /** Years that were asked for and of which figures were withdrawn; nothing where there are none. */
  withdrawn?: readonly WithdrawnYear[]
  /** Called once all is written, with how many rows there were. */
  onEnd: (rows: number) => void
}

/** So many rows are made before others get a turn. */
const rowsAtOnce = 100

/** An answer piece by piece, so that a large one is never whole in memory: its rows, how many there are, and where the pages beside it are. */
export async function* writeEnvelope(asked: Page): AsyncGenerator<string> {
  const { rows, page, perPage, note, withdrawn = [], onEnd } = asked
  const first = (page - 1) * perPage
  let at = 0
  let count = 0
  let pieces: string[] = []
  let hasMore = false
  yield '{"values":['
  for (const row of rows) {
    if (at >= first + perPage) {
      hasMore = true
      break
    }
    if (at >= first) {
      pieces.push(count === 0 ? JSON.stringify(row) : `,${JSON.stringify(row)}`)
      count++
    }
    at++
    if (at % rowsAtOnce !== 0) continue
    if (pieces.length > 0) yield pieces.join('')
    pieces = []
    await letOthersIn()
  }
  const said = {
    ...{ count, ...linksOf(asked, hasMore) },
    ...(note === undefined ? {} : { note }),
    ...(withdrawn.length > 0 ? { withdrawn } : {}),
  }
  yield `${pieces.join('')}],${JSON.stringify(said).slice(1)}`
  onEnd(count)
}

/** Where the pages beside it are. The newer form says null where there is none, the older says nothing. */
function linksOf({ version, address, page }: Page, hasMore: boolean) {
  const next = hasMore ? pageAt(address, page + 1) : null
  const previous = page > 1 ? pageAt(address, page - 1) : null
  if (version === 'v3') return { next_url: next, previous_url: previous }
  return { ...(next === null ? {} : { next_page: next }), ...(previous === null ? {} : { previous_page: previous }) }
}

function pageAt(address: URL, page: number): string {
  const other = new URL(address)
  other.searchParams.set('page', String(page))
  return other.href
}
