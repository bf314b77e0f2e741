import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressOfList, type Listing, type ListKind, listing, rowsOfPage } from '../../src/pages/staff/listing.ts'
import { byName } from '../../src/text/name-order.ts'

interface Row {
  id: number
  name: string
  county: string
  people: number
  waits: boolean
}

const inOrder = byName<Row>(
  ({ name }) => name,
  ({ id }) => String(id),
)
const kind = {
  address: '/staff/things',
  states: { waiting: ({ waits }) => waits, done: ({ waits }) => !waits },
  words: ({ name, county }) => [name, county],
  columns: {
    name: { compare: inOrder },
    people: { compare: (one, other) => other.people - one.people, isFalling: true },
  },
  usual: (one, other) => Number(other.waits) - Number(one.waits) || inOrder(one, other),
  filters: { county: ({ county }) => county },
} satisfies ListKind<Row>

const counties = ['Västra Götalands län', 'Örebro län', 'Kalmar län']
const places = [
  'Ale',
  'Alingsås',
  'Åmål',
  'Göteborg',
  'Mörbylånga',
  'Örebro',
  'Östra Göinge',
  'Överkalix',
  'Ulricehamn',
]
/** As many rows as a list of a municipality, a large city or the nation has. */
const someRows = fc
  .array(
    fc.record({
      name: fc.constantFrom(...places),
      county: fc.constantFrom(...counties),
      people: fc.nat(5),
      waits: fc.boolean(),
    }),
    { maxLength: 300, size: 'max' },
  )
  .map((rows) => rows.map((row, id): Row => ({ ...row, id })))
const queryOf = (href: string) => Object.fromEntries(new URL(href, 'http://a').searchParams)
const ids = (rows: Row[]) => rows.map(({ id }) => id)

describe('a list', () => {
  test('shows each row once over its pages, in the order asked for', () => {
    const orders = ['', 'name', '-name', 'people', '-people']
    fc.assert(
      fc.property(someRows, fc.constantFrom(...orders), (rows, order) => {
        const seen: Row[] = []
        let asked: Record<string, string> | undefined = { order }
        while (asked) {
          const list: Listing<Row> = listing(kind, rows, asked)
          expect(list.rows.length).toBeLessThanOrEqual(rowsOfPage)
          expect(list.total).toBe(rows.length)
          expect([list.first, list.last]).toEqual(
            rows.length === 0 ? [0, 0] : [seen.length + 1, seen.length + list.rows.length],
          )
          seen.push(...list.rows)
          asked = list.pages.after === undefined ? undefined : queryOf(list.pages.after)
        }
        expect(ids(seen).toSorted((a, b) => a - b)).toEqual(ids(rows))
        expect(listing(kind, rows, { order, page: 'all' }).rows).toEqual(seen)
        const compare = order === '' ? kind.usual : kind.columns[order.replace('-', '') as 'name' | 'people'].compare
        const sign = order.startsWith('-') ? -1 : 1
        for (const [at, row] of seen.slice(1).entries()) expect(sign * compare(seen[at]!, row)).toBeLessThanOrEqual(0)
      }),
    )
  })

  test('counts in each tab what is found there, and leads to it', () => {
    const searches = fc.constantFrom('', 'a', 'oster', 'ÖREBRO', 'län göte', 'finns inte', '%', '  ')
    fc.assert(
      fc.property(someRows, searches, fc.constantFrom('', ...counties, 'Norrland'), (rows, search, county) => {
        const list = listing(kind, rows, { search, county, page: '3' })
        for (const { href, count, state } of list.tabs) {
          const its = listing(kind, rows, { ...queryOf(href), page: 'all' })
          expect(its.rows).toHaveLength(count)
          expect(its.state).toBe(state)
          if (state !== 'all') expect(its.rows.every(kind.states[state])).toBe(true)
        }
        const [waiting, done, all] = list.tabs.map(({ count }) => count)
        expect(waiting! + done!).toBe(all)
      }),
    )
  })

  const rows: Row[] = places.map((name, id) => ({
    ...{ id, name, county: counties[id % 3]!, people: id, waits: name === 'Örebro' },
  }))
  const found = (search: string) => listing(kind, rows, { search }).rows.map(({ name }) => name)

  test.each([
    ['goteborg', ['Göteborg']],
    ['  ÅMÅL ', ['Åmål']],
    ['overkalix', ['Överkalix']],
    ['sas ing', ['Alingsås']],
    ['got västra', ['Ale', 'Göteborg', 'Östra Göinge']],
    ['saknas', []],
  ])('finds parts of words without their accents: %s', (search, names) => {
    expect(found(search)).toEqual(names)
  })

  test('has what waits first, and turns an order about when its head is pressed again', () => {
    const first = listing(kind, rows, {})
    expect(first.rows.slice(0, 3).map(({ name }) => name)).toEqual(['Örebro', 'Ale', 'Alingsås'])
    expect(first.heads.name).toEqual({ href: '/staff/things?order=name' })
    const { heads } = listing(kind, rows, { order: 'name', search: 'a', page: '2' })
    expect(heads.name).toEqual({ href: '/staff/things?search=a&order=-name', sorted: 'ascending' })
    expect(listing(kind, rows, { order: 'people' }).heads.people.sorted).toBe('descending')
    expect(listing(kind, rows, { order: '-people' }).heads.people.sorted).toBe('ascending')
  })

  test('passes over what it does not know', () => {
    const asked = {
      state: 'constructor',
      order: 'toString',
      page: '0',
      county: 'Norrland',
      search: ['a'],
      marked: 'some',
    }
    const list = listing(kind, rows, asked)
    expect(ids(list.rows)).toEqual(ids(listing(kind, rows, {}).rows))
    expect(list).toMatchObject({ state: 'all', query: '', isNarrowed: false, isMarked: false })
    expect(listing(kind, rows, undefined).total).toBe(rows.length)
    expect(listing(kind, rows, { page: '99' }).rows).toHaveLength(rows.length)
    expect(addressOfList(kind, { ...asked, order: '-name' }, { done: 'x.y' })).toBe(
      '/staff/things?county=Norrland&order=-name&done=x.y',
    )
  })

  test('marks all of a page, and none again', () => {
    const marked = listing(kind, rows, { state: 'done', marked: 'all' })
    expect(marked.isMarked).toBe(true)
    expect(queryOf(marked.markAll)).toEqual({ state: 'done' })
    expect(queryOf(listing(kind, rows, { state: 'done' }).markAll)).toEqual({ state: 'done', marked: 'all' })
  })
})
