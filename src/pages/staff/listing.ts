import { compareNames } from '../../text/name-order.ts'
import { plain } from '../../text/plain.ts'
import { comparing, isFalling, type ListOrder } from './list-order.ts'

/** So many rows are shown at once, unless all are asked for. */
export const rowsOfPage = 50

/** What a list of rows can be asked for: its tabs by state, what waits first, what its search reads, and the columns that it is sorted by. */
export interface ListKind<Row, State extends string = string, Column extends string = string> {
  /** Where it stands, and where on that page, such as `#figures`. */
  address: string
  anchor?: string
  /** Rows of a state; the tab of all comes by itself. */
  states: Record<State, (row: Row) => boolean>
  /** The tab that is shown where none is asked for and nothing is searched for; of all where it is absent. */
  opensAt?: NoInfer<State>
  /** What the search looks through. */
  words: (row: Row) => (string | undefined)[]
  /** Rows that are shown whatever is searched for. */
  isKept?: (row: Row) => boolean
  columns: Record<Column, ListOrder<Row>>
  /** The order where none is asked for, and that of equals. */
  usual: (one: Row, other: Row) => number
  /** What rows can be narrowed to, by the field's name. */
  filters?: Record<string, (row: Row) => string>
}

/** What was asked for in the address, as text: known names only. */
export type ListQuery = Partial<Record<string, string>>

/** What is shown of a list, with the addresses of all else. Rows are counted as the search and the filters leave them. */
export interface Listing<Row, State extends string = string, Column extends string = string> {
  address: string
  anchor: string
  rows: Row[]
  tabs: { state: State | 'all'; count: number; href: string; isCurrent: boolean }[]
  state: State | 'all'
  search: string
  filters: Record<string, { chosen: string; choices: string[] }>
  /** Whether the rows are fewer for a search or a filter. */
  isNarrowed: boolean
  heads: Record<Column, { href: string; sorted?: 'ascending' | 'descending' }>
  /** Rows from `first` to `last`, counted from 1, of `total`; both 0 where there is none. */
  first: number
  last: number
  total: number
  /** Rows without search, filter and state. */
  whole: number
  /** The address of all of those. */
  everything: string
  pages: { before?: string; after?: string; all?: string }
  /** What it was asked for with, as the query of an address. */
  query: string
  /** The address of the same rows with each of them marked, and whether they are. */
  markAll: string
  isMarked: boolean
}

/** What is shown of the list of a kind. */
export type ListingOf<Kind extends { states: object; columns: object }, Row> = Listing<
  Row,
  keyof Kind['states'] & string,
  keyof Kind['columns'] & string
>

const longestSearch = 100

/**
 * What of some rows is shown for what the address asks for. Anything that it does not know in there is passed over, and a page beyond the last is the last.
 */
export function listing<Row, State extends string, Column extends string>(
  kind: ListKind<Row, State, Column>,
  rows: readonly Row[],
  asked: unknown,
): Listing<Row, State, Column> {
  const query = queryOf(kind, asked)
  const { anchor = '' } = kind
  const filters = Object.entries(kind.filters ?? {})
  for (const [name, of] of filters) if (!rows.some((row) => of(row) === query[name])) delete query[name]
  const narrowed = rows.filter((row) => isFound(kind.words(row), query.search ?? '') || kind.isKept?.(row))
  const found = narrowed.filter((row) => filters.every(([name, of]) => !query[name] || of(row) === query[name]))
  const isNarrowed = Boolean(query.search) || filters.some(([name]) => query[name])
  const state = (query.state ?? (isNarrowed ? undefined : kind.opensAt) ?? 'all') as State | 'all'
  const stateOfAll = kind.opensAt && 'all'
  const ofState = state === 'all' ? found : found.filter(kind.states[state])
  const { sorted, heads, href } = inOrder(kind, ofState, query)

  const lastPage = Math.max(1, Math.ceil(sorted.length / rowsOfPage))
  const isAll = query.page === 'all'
  const page = isAll ? 1 : Math.min(Number(query.page ?? 1), lastPage)
  const from = (page - 1) * rowsOfPage
  const shown = isAll ? sorted : sorted.slice(from, from + rowsOfPage)
  const tabs = [...(Object.keys(kind.states) as State[]), 'all' as const].map((name) => ({
    state: name,
    count: name === 'all' ? found.length : found.filter(kind.states[name]).length,
    href: href({ state: name === 'all' ? stateOfAll : name }),
    isCurrent: name === state,
  }))
  return {
    ...{ address: kind.address, anchor, rows: shown, tabs, state, heads, search: query.search ?? '' },
    filters: Object.fromEntries(filters.map(([name, of]) => [name, choicesOf(rows, of, query[name])])),
    isNarrowed,
    everything: kind.address + (stateOfAll ? '?state=all' : '') + anchor,
    ...{
      first: shown.length === 0 ? 0 : from + 1,
      last: from + shown.length,
      total: sorted.length,
      whole: rows.length,
    },
    pages: {
      ...(page > 1 ? { before: href({ page: page === 2 ? undefined : String(page - 1) }) } : {}),
      ...(!isAll && page < lastPage ? { after: href({ page: String(page + 1) }) } : {}),
      ...(!isAll && lastPage > 1 ? { all: href({ page: 'all' }) } : {}),
    },
    query: new URLSearchParams(entriesOf(query)).toString(),
    markAll: href({ page: query.page, marked: query.marked ? undefined : 'all' }),
    isMarked: query.marked === 'all',
  }
}

/** What an address asks of a list, in a form that can stand in another address. */
function queryOf<Row>(kind: ListKind<Row>, asked: unknown): ListQuery {
  const given = (asked ?? {}) as Record<string, unknown>
  const text = (name: string) => (typeof given[name] === 'string' ? given[name].trim().slice(0, longestSearch) : '')
  const known = (name: string, isKnown: (value: string) => boolean) => (isKnown(text(name)) ? text(name) : undefined)
  const isState = (value: string) =>
    Object.hasOwn(kind.states, value) || (kind.opensAt !== undefined && value === 'all')
  const isOrder = (value: string) => Object.hasOwn(kind.columns, value.replace(/^-/, ''))
  const query = {
    ...Object.fromEntries(Object.keys(kind.filters ?? {}).map((name) => [name, text(name)])),
    state: known('state', isState),
    search: text('search'),
    order: known('order', isOrder),
    page: known('page', (value) => value === 'all' || /^[1-9]\d{0,5}$/.test(value)),
    marked: known('marked', (value) => value === 'all'),
  }
  return Object.fromEntries(entriesOf(query))
}

const entriesOf = (query: ListQuery) =>
  Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))

/** The address of a list as somebody left it, for the way back. */
export function addressOfList<Row>(kind: ListKind<Row>, asked: unknown, more: Record<string, string> = {}): string {
  const { marked, ...query } = queryOf(kind, asked)
  return `${kind.address}?${new URLSearchParams([...entriesOf(query), ...Object.entries(more)])}`
}

/** Whether each word of a search stands in one of some texts, be it without accents; what holds neither letter nor digit is no word. */
function isFound(texts: (string | undefined)[], search: string): boolean {
  const words = search.split(/\s+/).map(plain)
  const read = texts.map((text) => plain(text ?? ''))
  return words.every((word) => read.some((text) => text.includes(word)))
}

function inOrder<Row, State extends string, Column extends string>(
  { address, anchor = '', columns, usual }: ListKind<Row, State, Column>,
  rows: Row[],
  query: ListQuery,
) {
  const href = (more: ListQuery) => {
    const { page, marked, ...kept } = query
    const entries = entriesOf({ ...kept, ...more })
    return (entries.length > 0 ? `${address}?${new URLSearchParams(entries)}` : address) + anchor
  }
  const isReversed = query.order?.startsWith('-') ?? false
  const column = query.order?.replace(/^-/, '') as Column | undefined
  const heads = Object.entries<ListOrder<Row>>(columns).map(([name, order]) => {
    if (name !== column) return [name, { href: href({ order: name }) }]
    const sorted = isFalling(order) === isReversed ? 'ascending' : 'descending'
    return [name, { href: href({ order: isReversed ? name : `-${name}` }), sorted }]
  })
  const by = column && comparing(columns[column], isReversed)
  const sorted = rows.toSorted((one, other) => by?.(one, other) || usual(one, other))
  return { sorted, href, heads: Object.fromEntries(heads) as Listing<Row, State, Column>['heads'] }
}

const choicesOf = <Row>(rows: readonly Row[], of: (row: Row) => string, chosen = '') => ({
  chosen,
  choices: [...new Set(rows.map(of))].sort(compareNames),
})
