import { Readable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import { Parser, type Quad, Store } from 'n3'
import SHACLValidator from 'rdf-validate-shacl'
import { RdfXmlParser } from 'rdfxml-streaming-parser'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readKpis } from '../../src/catalogue/kpis.ts'
import { publishedRound } from '../results/published.ts'
import { type Service, startService } from '../support/service.ts'
import { mandatory } from './mandatory.ts'

const publicUrl = 'https://svar.example.se'
const owner = { OWNER_NAME: 'Socialstyrelsen & "vänner" <sos>', OWNER_CONTACT: 'enkat@example.se, 075-247 30 00' }
const answered = [
  { municipality: '1489', unit: 'Vuxna Öst', people: 40, positive: 30 },
  { municipality: '1480', unit: 'Vuxna Öst', people: 60, positive: 30 },
  { municipality: '0180', unit: 'Vuxna Öst', people: 6, positive: 3 },
  { municipality: '1280', unit: 'Vuxna Öst', people: 20, positive: 20 },
]

interface Row {
  kpi: string
  municipality: string
  period: number
  values: { gender: string; status: string; value: number | null }[]
}

let service: Service
const start = async (settings: Record<string, string> = {}) => {
  service = await startService({
    now: '2026-12-15T08:00:00Z',
    settings: { PUBLIC_URL: publicUrl, ...owner, ...settings },
  })
}
beforeEach(() => start())
afterEach(() => service.app.close())

const get = (url: string, headers = {}) => service.app.inject({ url, headers })

async function graphOf(xml: string): Promise<Quad[]> {
  const quads: Quad[] = []
  const parser = new RdfXmlParser({ baseIRI: publicUrl })
  for await (const quad of Readable.from([xml]).pipe(parser)) quads.push(quad)
  return quads
}

/** Quads as text; what has no address is called by what is said of it. */
function linesOf(quads: readonly Quad[]): string[] {
  const nameOf = (term: Quad['object'] | Quad['subject'], seen = 0): string => {
    if (term.termType === 'Literal') return `"${term.value}" ${term.language} ${term.datatype.value}`
    if (term.termType !== 'BlankNode') return term.value
    const said = quads.filter(({ subject }) => subject.equals(term))
    return seen > 3 ? '' : `[${said.map((one) => `${one.predicate.value} ${nameOf(one.object, seen + 1)}`).sort()}]`
  }
  return quads
    .filter(({ subject }) => subject.termType !== 'BlankNode')
    .map(({ subject, predicate, object }) => `${nameOf(subject)} ${predicate.value} ${nameOf(object)}`)
    .sort()
}

describe('the catalogue for the data portal', () => {
  test('says the same as RDF/XML and as Turtle, and has what its profile asks for', async () => {
    await publishedRound(service, answered)
    const [rdf, ttl] = [await get('/catalog.rdf'), await get('/catalog.ttl')]
    expect([rdf.headers['content-type'], ttl.headers['content-type']]).toEqual([
      'application/rdf+xml; charset=utf-8',
      'text/turtle; charset=utf-8',
    ])
    const quads = await graphOf(rdf.body)
    expect(quads.length).toBeGreaterThan(60)
    expect(linesOf(quads)).toEqual(linesOf(new Parser().parse(ttl.body)))

    const validator = new SHACLValidator(new Store(new Parser().parse(mandatory)))
    const report = await validator.validate(new Store(quads))
    expect(report.results.map(({ path, focusNode }) => `${focusNode?.value} ${path?.value}`)).toEqual([])
    const without = quads.filter(({ predicate }) => !predicate.value.endsWith('accessURL'))
    expect((await validator.validate(new Store(without))).conforms).toBe(false)
  })

  test('names the owner, the years, the licence and how to write', async () => {
    await publishedRound(service, answered)
    const { body } = await get('/catalog.ttl')
    for (const said of [
      '2026-01-01',
      '2026-12-31',
      'publicdomain/zero/1.0',
      'mailto:enkat@example.se',
      'NationalAuthority',
    ])
      expect(body).toContain(said)
    const names = new Parser().parse(body).filter(({ predicate }) => predicate.value.endsWith('foaf/0.1/name'))
    expect(names.map(({ object }) => object.value)).toEqual([owner.OWNER_NAME])
  })

  test('is there before anything is published, and says when figures are made up', async () => {
    expect((await get('/catalog.rdf')).statusCode).toBe(200)
    expect((await graphOf((await get('/catalog.rdf')).body)).length).toBeGreaterThan(40)
    await service.app.close()
    await start({ KEEP_ROUND_KEY: 'true', DATA_LICENCE: 'CC-BY-4.0' })
    const { body } = await get('/catalog.rdf')
    expect(body).toContain('Övningssiffror')
    expect(body).toContain('https://creativecommons.org/licenses/by/4.0/')
  })
})

describe('the file of all figures', () => {
  const readRows = (body: string) => parse(body, { columns: true, delimiter: ';' }) as Record<string, string>[]

  test('holds just what the API serves', async () => {
    await publishedRound(service, answered)
    const rows = readRows((await get('/open-data.csv')).body)
    const served: string[] = []
    for (const { id } of readKpis())
      for (let url: string | null = `/v3/data/kpi/${id}/year/2026?per_page=5000`; url; ) {
        const { values, next_url }: { values: Row[]; next_url: string | null } = (await get(url)).json()
        for (const { kpi, municipality, period, values: its } of values)
          for (const { gender, status, value } of its)
            served.push([kpi, municipality, period, gender, status, value].join(' '))
        url = next_url?.slice(publicUrl.length) ?? null
      }
    const words: Record<string, string> = {
      '..': 'Private',
      'at-least-90': 'AtLeast90',
      'at-most-10': 'AtMost10',
      missing: 'Missing',
    }
    const delivered = rows.map(({ kpi, municipality, year, gender, status, value }) =>
      [kpi, municipality, year, gender, words[status!] ?? '', value].join(' '),
    )
    expect(delivered.sort()).toEqual(served.sort())
    expect(delivered.length).toBeGreaterThan(100)
  })

  test('has a status where there is no value, and how many answered where that is told', async () => {
    await publishedRound(service, answered)
    const rows = readRows((await get('/open-data.csv')).body)
    const of = (area: string) =>
      rows.find(({ kpi, municipality, gender }) => kpi === 'U31505' && municipality === area && gender === 'T')
    expect(of('1489')).toMatchObject({ value: '75', status: '', year: '2026', responses: '40' })
    expect(of('0180')).toMatchObject({ value: '', status: '..', responses: '' })
    expect(of('1280')).toMatchObject({ value: '', status: 'at-least-90' })
  })

  test('is not sent again to whoever has it, and too often to nobody', async () => {
    await publishedRound(service, answered)
    const { headers } = await get('/open-data.csv')
    expect((await get('/open-data.csv', { 'if-none-match': headers.etag })).statusCode).toBe(304)
    const many = await Promise.all(Array.from({ length: 40 }, () => get('/catalog.rdf')))
    expect(new Set(many.map(({ statusCode }) => statusCode))).toEqual(new Set([200]))
    for (let asked = 0; asked < 1_600; asked += 100)
      await Promise.all(Array.from({ length: 100 }, () => get('/catalog.ttl', { 'if-none-match': '*' })))
    const refused = await get('/open-data.csv')
    expect(refused.statusCode).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  })

  test('says of figures that are made up that they are, in each line', async () => {
    await service.app.close()
    await start({ KEEP_ROUND_KEY: 'true' })
    await publishedRound(service, answered)
    const { body, headers } = await get('/open-data.csv')
    expect(headers['content-disposition']).toContain('ovningssiffror.csv')
    expect(new Set(readRows(body).map(({ note }) => note))).toEqual(new Set(['Övningssiffror']))
  })
})

test('the first page of results tells search engines of it', async () => {
  await publishedRound(service, answered)
  const { body } = await get('/en/results')
  const said = JSON.parse(/<script type="application\/ld\+json">([^<]*)<\/script>/.exec(body)![1]!)
  expect(said).toMatchObject({
    ...{ '@type': 'Dataset', inLanguage: 'en', isAccessibleForFree: true, temporalCoverage: '2026/2026' },
    ...{ license: 'https://creativecommons.org/publicdomain/zero/1.0/', creator: { name: owner.OWNER_NAME } },
  })
  for (const { contentUrl } of said.distribution) expect(contentUrl).toMatch(/^https:\/\/svar\.example\.se\//)
  expect((await get('/en/results/2026/1489')).body).not.toContain('ld+json')
})
