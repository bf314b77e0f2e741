import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listMunicipalities } from '../../src/organisation/store.ts'
import type { Indicator } from '../../src/results/indicator.ts'
import { listIndicators } from '../../src/results/indicators-store.ts'
import { percentOf } from '../../src/results/mean-indicators.ts'
import { compareNames } from '../../src/text/name-order.ts'
import { type Service, startService } from '../support/service.ts'
import { publishedRound } from './published.ts'

interface Row {
  name: string
  href: string
  people: string
  value: string
  quarter: string
}

const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
const seen = (html: string) => textOf(html.replace(/<span class="unseen">.*?<\/span>/g, ''))

function rowsOf(html: string): Row[] {
  const body = /<table class="all".*?<tbody[^>]*>(.*?)<\/tbody>/s.exec(html)?.[1] ?? ''
  return [...body.matchAll(/<tr role="row">(.*?)<\/tr>/gs)].map(([, row]) => {
    const [, href, name] = /<a href="([^"]+)">([^<]+)</.exec(row!)!
    const cell = (kind: string) => new RegExp(`<td role="cell" class="number ${kind}">(.*?)</td>`, 's').exec(row!)![1]!
    const [people, value] = [cell('n'), cell('value')]
    return {
      ...{ name: name!, href: href! },
      people: seen(people).replace(/\D/g, ''),
      value: seen(value),
      quarter: textOf(/<span class="unseen"> (.*?)<\/span>/.exec(value)?.[1] ?? ''),
    }
  })
}

describe('the table of all municipalities', () => {
  let service: Service
  let told: Map<string, Indicator>
  const read = async (query = '', language = 'sv') => {
    const { statusCode, body } = await service.app.inject(`/${language}/results/2026/municipalities${query}`)
    expect(statusCode).toBe(200)
    return body
  }
  const names = async (query: string) => rowsOf(await read(query)).map(({ name }) => name)
  const toldOf = ({ href }: Row) => told.get(href.slice(-4))

  beforeAll(async () => {
    service = await startService({ now: '2026-12-15T08:00:00Z' })
    const all = (await listMunicipalities(service.db)).slice(0, 130)
    const answered = all.map(({ code }, nth) => ({
      ...{ municipality: code, unit: 'Vuxna' },
      ...(nth % 40 === 39 ? { people: 5, positive: 3 } : { people: 40 + (nth % 7), positive: 12 + (nth % 23) }),
    }))
    const { id } = await publishedRound(service, answered)
    const key = { roundId: id, number: 1 }
    const shares = await listIndicators(service.db, key, {
      ...{ levels: ['municipality'], measures: ['positive'], questions: ['overall'] },
      ...{ targetGroups: ['total'], genders: ['all'] },
    })
    told = new Map(shares.map((share) => [share.area, share]))
  })
  afterAll(() => service.close())

  test('shows what was released, and nothing of what was not', async () => {
    const rows = rowsOf(await read('?page=all'))
    expect(rows).toHaveLength(130)
    for (const row of rows) {
      const { status, value, people } = toldOf(row)!
      expect([row.name, row.value]).toEqual([row.name, status === 'shown' ? String(value) : '..'])
      if (status === 'few') expect(row).toMatchObject({ people: '', quarter: '' })
      else if (people !== undefined) expect(row.people).toBe(String(people))
    }
    expect(rows.filter(({ value }) => value === '..').length).toBeGreaterThan(2)
  })

  test('is read fifty at a time, and all at once by those who ask for it', async () => {
    const pages = [await read(), await read('?page=2'), await read('?page=3')]
    expect(pages.map((page) => rowsOf(page).length)).toEqual([50, 50, 30])
    const all = rowsOf(await read('?page=all'))
    expect(pages.flatMap(rowsOf)).toEqual(all)
    expect(pages.map((page) => textOf(page).match(/\d+–\d+ av 130 kommuner/)?.[0])).toEqual([
      ...['1–50 av 130 kommuner', '51–100 av 130 kommuner', '101–130 av 130 kommuner'],
    ])
    const linked = (html: string) =>
      [...html.matchAll(/<a href="([^"]+)" rel="(next|prev)"/g)].map(([, href, rel]) => [rel, href])
    const place = '/sv/results/2026/municipalities'
    expect(linked(pages[0]!)).toEqual([['next', `${place}?page=2`]])
    expect(linked(pages[1]!)).toEqual([
      ['prev', place],
      ['next', `${place}?page=3`],
    ])
    expect(rowsOf(await read('?page=900'))).toEqual(rowsOf(pages[2]!))
    for (const odd of ['?page=0', '?page=-1', '?page=x', '?page=2&page=3'])
      expect(rowsOf(await read(odd)), odd).toEqual(rowsOf(pages[0]!))
  })

  test('is sorted by name, share and number of answers, either way, with those that tell nothing last', async () => {
    const byName = await names('?page=all')
    expect(byName).toEqual(byName.toSorted(compareNames))
    expect(await names('?page=all&sort=name&direction=descending')).toEqual(byName.toReversed())
    for (const [direction, sign] of [
      ['', -1],
      ['&direction=ascending', 1],
    ] as const) {
      const shares = rowsOf(await read(`?page=all&sort=value${direction}`)).map((row) => percentOf(toldOf(row)!))
      const numbers = shares.filter((share) => share !== undefined)
      expect(shares.slice(0, numbers.length)).toEqual(numbers)
      expect(numbers).toEqual(numbers.toSorted((one, other) => sign * (one - other)))
      const people = rowsOf(await read(`?page=all&sort=people${direction}`)).map(({ people }) => people)
      const counted = people.filter((text) => text !== '').map(Number)
      expect(people.slice(0, counted.length)).toEqual(counted.map(String))
      expect(counted).toEqual(counted.toSorted((one, other) => sign * (one - other)))
    }
    const sorted = await read('?sort=value&page=2')
    expect(sorted).toContain(
      'aria-sort="descending"><a href="/sv/results/2026/municipalities?sort=value&amp;direction=ascending">',
    )
    expect(sorted).toContain('href="/sv/results/2026/municipalities?sort=value&amp;page=3" rel="next"')
  })

  test('is searched by name, with å, ä and ö or without, and narrowed to a county', async () => {
    const all = await names('?page=all')
    const withAccents = all.find((name) => /[åäö]/.test(name))!
    const without = withAccents.replace(/[åä]/g, 'a').replace(/ö/g, 'o')
    for (const text of [withAccents, without, withAccents.toUpperCase(), ` ${withAccents.slice(0, 4)} `])
      expect(await names(`?name=${encodeURIComponent(text)}`), text).toContain(withAccents)
    const county = rowsOf(await read('?county=03&page=all'))
    expect(county.length).toBeGreaterThan(0)
    expect(county.every(({ href }) => href.includes('/2026/03'))).toBe(true)
    expect(textOf(await read('?county=03'))).toContain(`${county.length} av 130 kommuner visas.`)
    const nobody = await read('?name=atlantis')
    expect(textOf(nobody)).toContain('Ingen kommun passar.')
    expect(nobody).not.toContain('<table class="all"')
    expect(await read('?name=%22%3E%3Cscript%3E')).not.toContain('<script>')
  })

  test('has a mark for each quarter, which has its own shape and words', async () => {
    const body = await read('?page=all')
    const rows = rowsOf(body)
    const numbers = rows.map((row) => percentOf(toldOf(row)!)).filter((share) => share !== undefined)
    for (const row of rows) {
      const percent = percentOf(toldOf(row)!)
      if (percent === undefined) continue
      const above = 1 + numbers.filter((other) => other > percent).length
      const below = 1 + numbers.filter((other) => other < percent).length
      const quarter = 4 * above <= numbers.length ? 'högst' : 4 * below <= numbers.length ? 'lägst' : 'mittersta'
      expect(row.quarter, row.name).toContain(quarter)
    }
    const places = [...body.matchAll(/<symbol id="quarter-(\w+)".*?<\/symbol>/gs)].map(([symbol]) => symbol)
    expect(new Set(places.map((symbol) => symbol.replace(/class="[^"]*"/g, ''))).size).toBe(3)
  })

  test('of another question and group shows theirs', async () => {
    const body = await read('?question=contact&group=economic_assistance&sort=value')
    expect(textOf(body)).toContain('Få kontakt, Ekonomiskt bistånd')
    expect(body).toContain('<option value="contact" selected>')
    expect(textOf(await read('?question=nothing&group=nobody'))).toContain('Nöjd på det hela taget, Alla målgrupper')
    expect(textOf(await read('?group=youth'))).toContain('– ej')
  })
})
