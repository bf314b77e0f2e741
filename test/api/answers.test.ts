import { setTimeout as pass } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { publishDraft, saveDraft } from '../../src/own-texts/store.ts'
import { withdraw } from '../../src/results/release-steps-store.ts'
import { letSee, openedRound, publishedRound } from '../results/published.ts'
import { type Service, startService } from '../support/service.ts'

const publicUrl = 'https://svar.example.se'

/** Municipalities that are told, one with too few answers, one of whom all are positive. */
const answered = [
  { municipality: '1489', unit: 'Vuxna Öst', people: 40, positive: 30 },
  { municipality: '1480', unit: 'Vuxna Öst', people: 60, positive: 30 },
  { municipality: '0180', unit: 'Vuxna Öst', people: 6, positive: 3 },
  { municipality: '1280', unit: 'Vuxna Öst', people: 20, positive: 20 },
]

let service: Service
beforeEach(async () => {
  service = await startService({ now: '2026-12-15T08:00:00Z', settings: { PUBLIC_URL: publicUrl } })
})
afterEach(() => service.app.close())

const get = (url: string, headers = {}) => service.app.inject({ url, headers })
const json = async (url: string, headers = {}) => (await get(url, headers)).json()

interface Row {
  kpi: string
  municipality: string
  period: number
  values: { gender: string; status: string; value: number | null; count: number }[]
}

/** The figure of women and men together. */
const told = (rows: Row[], area: string, period = 2026) =>
  rows.find((row) => row.municipality === area && row.period === period)?.values.find(({ gender }) => gender === 'T')

const overall = 'U31505'

describe('figures that are served', () => {
  test('are those that everybody may read, with a word where there is none', async () => {
    await publishedRound(service, answered)
    const { values, ...rest } = await json(`/v3/data/kpi/${overall}/municipality/1489,1480,0180,1280,0000/year/2026`)
    expect(rest).toEqual({ count: 5, next_url: null, previous_url: null })
    expect(told(values, '1489')).toEqual({ gender: 'T', count: 1, status: '', value: 75, isdeleted: false })
    expect(told(values, '1480')).toMatchObject({ status: '', value: 50 })
    expect(told(values, '0180')).toMatchObject({ status: 'Private', value: null })
    expect(told(values, '1280')).toMatchObject({ status: 'AtLeast90', value: null })
    expect(told(values, '0000')).toMatchObject({ status: '', value: 66 }) // 83 of 126: all answers together
  })

  test('are in the older form as older clients read it', async () => {
    await publishedRound(service, answered)
    const older = await json(`/v2/data/municipality/1489/kpi/${overall}`)
    expect(Object.keys(older)).toEqual(['values', 'count'])
    expect(older.values).toMatchObject([{ kpi: overall, municipality: '1489', period: 2026 }])
    expect(Object.keys(older.values[0].values[0]).sort()).toEqual(['count', 'gender', 'status', 'value'])
    const since = await json(`/v2/data/municipality/1489/kpi/${overall}?from_date=2026-12-01`)
    expect(since.values[0].values[0]).toMatchObject({ is_deleted: 0 })
    expect((await json(`/v2/data/municipality/1489/kpi/${overall}?from_date=2026-12-16`)).values).toEqual([])
  })

  test('are of a group the mean of its members that have a value, whatever their size', async () => {
    await publishedRound(service, answered)
    const { values } = await json(`/v3/data/kpi/${overall}/municipality/G2328,G33623/year/2026`)
    expect(told(values, 'G2328')).toMatchObject({ value: 71.7, count: 3 }) // 75, 50, and at least 90 as 90
    expect(told(values, 'G33623')).toMatchObject({ value: 62.5, count: 2 })
  })

  test('are the number of answers and the rate too', async () => {
    await publishedRound(service, answered)
    const { values: kpis } = await json('/v3/kpi?title=ekonomiskt%20bistånd')
    const id = (part: string) => kpis.find(({ title }: { title: string }) => title.includes(part)).id
    const { values } = await json(`/v3/data/kpi/${id('antal svar')}/municipality/1489,0180/year/2026`)
    expect(told(values, '1489')).toMatchObject({ status: '', value: 40 })
    expect(told(values, '0180')).toMatchObject({ status: 'Private', value: null })
  })

  test('are none before they are published, though participants read them', async () => {
    await openedRound(service, answered)
    await letSee(service, 'release')
    expect(await json(`/v3/data/kpi/${overall}/year/2026`)).toMatchObject({ values: [], count: 0 })
    service.clock.now = new Date('2026-12-16T08:00:00Z')
    await letSee(service, 'publish')
    await pass(1_100)
    expect((await json(`/v3/data/kpi/${overall}/year/2026`)).count).toBe(5)
  })

  test('are the same while people write of them', async () => {
    const { id: roundId } = await publishedRound(service, answered)
    const url = `/v3/data/kpi/${overall}/municipality/1489/year/2026`
    const { etag } = (await get(url)).headers
    const key = { roundId, area: '1489', kind: 'next', language: 'sv' } as const
    const { now } = service.clock
    await saveDraft(service.db, key, { text: 'Vi svarar snabbare.', version: 0, now })
    await publishDraft(service.db, key, { version: 1, release: 1, now })
    await pass(1_100)
    expect((await get(url, { 'if-none-match': etag })).statusCode).toBe(304)
  })

  test('are gone when they are withdrawn, and whoever has them is told that they are others', async () => {
    const { id } = await publishedRound(service, answered)
    const url = `/v3/data/kpi/${overall}/year/2026`
    const first = await get(url)
    const known = { 'if-none-match': first.headers.etag }
    expect((await get(url, known)).statusCode).toBe(304)
    await withdraw(service.db, { roundId: id, number: 1, now: service.clock.now, by: 'one' }, 'Fel.')
    await pass(1_100)
    const later = await get(url, known)
    expect(later.statusCode).toBe(200)
    expect(later.json()).toMatchObject({ values: [], count: 0 })
  })

  test('are said to be withdrawn, since when and why, where they were', async () => {
    const round = await publishedRound(service, answered)
    await publishedRound(service, answered, 2025)
    const unsaid = await get(`/v3/data/kpi/${overall}/year/2026`)
    expect(unsaid.body).not.toContain('withdrawn')
    expect(unsaid.headers['withdrawn-years']).toBeUndefined()
    await withdraw(service.db, { roundId: round.id, number: 1, now: service.clock.now, by: 'one' }, 'Fel vikt.')
    await pass(1_100)
    const withdrawn = [{ year: 2026, since: '2026-12-15T08:00:00.000Z', reason: 'Fel vikt.' }]
    expect(await json(`/v3/data/kpi/${overall}/year/2026`)).toEqual({
      ...{ values: [], count: 0, next_url: null, previous_url: null, withdrawn },
    })
    expect(await json(`/v2/data/kpi/${overall}/year/2026`)).toEqual({ values: [], count: 0, withdrawn })
    expect(await json(`/v3/data/kpi/${overall}/municipality/1489`)).toMatchObject({ count: 1, withdrawn })
    expect(await json(`/v3/data/kpi/${overall}/year/2025`)).not.toHaveProperty('withdrawn')
    expect(await json('/v3/kpi')).not.toHaveProperty('withdrawn')
    const file = await get('/open-data.csv')
    for (const { headers } of [file, await get('/v3/kpi')]) {
      expect(headers['withdrawn-years']).toBe('2026')
      expect(headers['access-control-expose-headers']).toBe('ETag, Link, Retry-After, Withdrawn-Years')
    }
    expect(file.headers['content-disposition']).toContain('brukarundersokningen-utan-2026.csv')
    expect((await get('/v3/docs?language=sv')).body).toContain(
      'Siffrorna för 2026 drogs tillbaka 2026-12-15: Fel vikt.',
    )
    const catalogue = (await get('/catalog.ttl')).body
    expect(catalogue).toContain('Siffrorna för 2026 drogs tillbaka 2026-12-15: Fel vikt.')
    expect(catalogue).toContain('The figures of 2026 were withdrawn on 2026-12-15: Fel vikt.')
  })

  test('are of no unit, and name none', async () => {
    const { unitIds } = await publishedRound(service, answered)
    const all = await Promise.all(
      ['/v3/ou', '/v3/ou?municipality=1489', '/v2/oudata/kpi/U31505/year/2026?municipality=1489'].map((url) =>
        json(url),
      ),
    )
    for (const answer of all) expect(answer).toMatchObject({ values: [], count: 0 })
    const [unitId] = unitIds.values()
    expect(await json(`/v3/data/kpi/${overall}/municipality/${unitId}`)).toMatchObject({ values: [] })
    const whole = (await get(`/v3/data/kpi/${overall}/year/2026`)).body + (await get('/v3/municipality')).body
    for (const secret of [...unitIds.values(), 'Vuxna Öst']) expect(whole).not.toContain(secret)
  })

  test('say that they are made up where they are', async () => {
    await service.app.close()
    service = await startService({ now: '2026-12-15T08:00:00Z', settings: { KEEP_ROUND_KEY: 'true' } })
    await publishedRound(service, answered)
    expect(await json(`/v3/data/kpi/${overall}/year/2026`)).toMatchObject({ note: 'Övningssiffror' })
    expect(await json(`/v2/kpi`)).toMatchObject({ note: 'Övningssiffror' })
  })
})

describe('what clients ask for', () => {
  /** Follows an answer to its end, as each kind of client does. */
  async function walk(url: string, next: string): Promise<Row[]> {
    const found: Row[] = []
    for (let at: string | null | undefined = url; at; ) {
      const answer: { values: Row[] } & Record<string, string | null | undefined> = await json(at)
      found.push(...answer.values)
      at = answer[next]?.replace(publicUrl, '')
    }
    return found
  }

  test('comes in pages that are together the whole, whichever way a client walks', async () => {
    await publishedRound(service, answered)
    const { values: whole } = await json('/v3/data/municipality/1489,1480/year/2026')
    expect(whole.length).toBeGreaterThan(10)
    expect(await walk('/v3/data/municipality/1489,1480/year/2026?per_page=4', 'next_url')).toEqual(whole)
    expect(await walk('/v2/data/municipality/1489,1480/year/2026?per_page=4', 'next_page')).toHaveLength(whole.length)
    const counted: Row[] = []
    for (let page = 1; ; page++) {
      const answer = await json(`/v3/data/municipality/1489,1480/year/2026?per_page=5&page=${page}`)
      expect(answer.previous_url === null).toBe(page === 1)
      counted.push(...answer.values)
      if (answer.next_url === null) break
    }
    expect(counted).toEqual(whole)
    expect(await json('/v3/data/municipality/1489/year/2026?page=900')).toMatchObject({ values: [], next_url: null })
  })

  test('may stand in the query of the newer form, each id by itself', async () => {
    await publishedRound(service, answered)
    const asked = '/v3/data/?kpi_id=U31505&kpi_id=U30447&municipality_id=1489&municipality_id=1480%2C1280&year=2026'
    const { values } = await json(asked)
    expect(new Set(values.map(({ kpi, municipality }: Row) => `${kpi} ${municipality}`))).toEqual(
      new Set(['1280', '1480', '1489'].flatMap((area) => [`U30447 ${area}`, `U31505 ${area}`])),
    )
  })

  test('may stand in any order, with slashes where they are not needed', async () => {
    await publishedRound(service, answered)
    const plain = (await get(`/v3/data/kpi/${overall}/municipality/1489/year/2026`)).body
    for (const url of [
      `/v3/data/municipality/1489/year/2026/kpi/${overall}`,
      `/v3//data/kpi/${overall}//municipality/1489/year/2026/`,
      `/v3/data/kpi/${overall}/municipality/1489%2C/year/2026?`,
      `/v3/data/kpi/${overall}/municipality/1489/year/2026?foo=bar`,
    ])
      expect((await get(url)).body).toBe(plain)
  })

  test('lists all 45 indicators, places and groups, which are found by part of their title', async () => {
    expect((await json('/v3/kpi')).count).toBe(45)
    expect((await json('/v2/kpi?')).count).toBe(45)
    const one = await json('/v3/kpi?title=TOTALT%20-%20f%C3%A5%20kontakt')
    expect(one).toMatchObject({ count: 1, values: [{ id: 'U30447', auspice: 'E', is_divided_by_gender: false }] })
    expect(one.values[0].title).toContain('totalt  - få')
    expect((await json('/v2/kpi/U31505,U30447')).values).toMatchObject([
      { id: 'U30447', auspices: 'E', is_divided_by_gender: 0, has_ou_data: false },
      { id: 'U31505', auspices: 'E', is_divided_by_gender: 1 },
    ])
    expect(await json('/v3/kpi/N00000')).toMatchObject({ values: [], count: 0 })
    expect((await json('/v3/municipality')).count).toBe(312)
    expect((await json('/v3/municipality?region_type=K')).count).toBe(290)
    expect((await json('/v2/municipality?type=L')).count).toBe(22)
    expect(await json('/v3/municipality?title=alings')).toMatchObject({
      values: [{ id: '1489', title: 'Alingsås', type: 'K' }],
    })
    const { values: groups } = await json('/v3/municipality_groups')
    expect(groups).toHaveLength(1233)
    expect(groups[0]).toMatchObject({ id: 'G2328', members: { length: 290 } })
    expect(groups[0].members[0]).toEqual({ member_id: '0114', member_title: 'Upplands Väsby' })
    expect((await json('/v3/kpi_groups')).values.map(({ members }: { members: [] }) => members.length)).toEqual([
      45, 9, 9, 9, 9,
    ])
  })

  test('tells when figures come next', async () => {
    await openedRound(service, answered)
    await letSee(service, 'release')
    expect((await json('/v3/kpi')).values[0]).toMatchObject({ publ_period: null, publication_date: null })
    await letSee(service, 'publish')
    await pass(1_100)
    expect((await json('/v3/kpi')).values[0]).toMatchObject({ publ_period: '2026', publication_date: '2026-12-15' })
  })

  test('may be as long as an address can be in the older form, and 25 at once in the newer', async () => {
    const { values } = await json('/v3/municipality?region_type=K')
    const ids = values.map(({ id }: { id: string }) => id)
    expect((await get(`/v2/data/kpi/${overall}/municipality/${ids.join(',')}`)).statusCode).toBe(200)
    expect((await get(`/v3/data/kpi/${overall}/municipality/${ids.slice(0, 25).join(',')}`)).statusCode).toBe(200)
    const refused = await get(`/v3/data/kpi/${overall}/municipality/${ids.slice(0, 26).join(',')}`)
    expect(refused.statusCode).toBe(400)
    expect(refused.json().detail).toContain('25')
  })
})

describe('an answer of the API', () => {
  test('may be read by programs on other sites, and leaves nothing with who asked', async () => {
    for (const url of ['/v3/kpi', '/v3/nothing', '/v3/data/kpi/U31505', '/v3/kpi?page=0', '/v3/%E0%A4%A', '/v2']) {
      const { headers } = await get(url)
      expect(headers['access-control-allow-origin'], url).toBe('*')
      expect(headers['cross-origin-resource-policy'], url).toBe('cross-origin')
      expect(headers['content-type'], url).toBe('application/json; charset=utf-8')
      expect(headers['set-cookie'], url).toBeUndefined()
    }
    const asked = await service.app.inject({ method: 'OPTIONS', url: '/v3/data/kpi/U31505/year/2026' })
    expect((await get('/v3/kpi')).headers.link).toBe(
      '<https://creativecommons.org/publicdomain/zero/1.0/>; rel="license"',
    )
    expect(asked.statusCode).toBe(204)
    expect(asked.headers['access-control-allow-methods']).toContain('GET')
    expect((await service.app.inject({ method: 'HEAD', url: '/v3/kpi' })).body).toBe('')
  })

  test('is JSON that says what is wrong, whatever is asked', async () => {
    const refused: [string, number][] = [
      ...([
        ['/v3/nothing', 404],
        ['/v2/kpi/U31505/more', 404],
        ['/v3/data/kpi', 404],
      ] as [string, number][]),
      ...([
        ['/v3/data/kpi/U31505', 400],
        ['/v2/data/kpi/U31505/year/2010-2025', 400],
      ] as [string, number][]),
      ...([
        ['/v3/kpi?page=no', 422],
        ['/v2/kpi?page=no', 400],
        ['/v3/kpi?per_page=5001', 422],
      ] as [string, number][]),
      ...([
        ['/v3/kpi?region_type=X', 422],
        ['/v3/data/kpi/1/year/2026?from_date=soon', 422],
      ] as [string, number][]),
      ...([
        ['/v3/%E0%A4%A', 400],
        ['/v3/kpi/%E0%A4%A', 400],
        ['/v3', 404],
      ] as [string, number][]),
      ...([
        ['/v3/data/kpi/a/kpi/b', 404],
        ['/v3/kpi?page=1&page=2', 422],
      ] as [string, number][]),
    ]
    for (const [url, status] of refused) {
      const answer = await get(url)
      expect([url, answer.statusCode]).toEqual([url, status])
      expect(answer.json()).toHaveProperty('detail')
    }
    const posted = await service.app.inject({ method: 'POST', url: '/v3/kpi', payload: { a: 1 } })
    expect(posted.statusCode).toBe(405)
    expect(posted.headers.allow).toBe('GET, HEAD, OPTIONS')
  })

  test('is compressed where a client takes that, and the same', async () => {
    const [plain, packed] = await Promise.all([get('/v3/kpi'), get('/v3/kpi', { 'accept-encoding': 'gzip' })])
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body)
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 5)
  })

  test('is the same when it was kept, however it is packed', async () => {
    await publishedRound(service, answered)
    const url = '/v3/data/kpi/U31505/municipality/1489,1480/year/2026'
    const [made, kept] = [await get(url), await get(url)]
    expect([kept.body, kept.headers]).toEqual([made.body, { ...made.headers, date: kept.headers.date }])
    expect(kept.json()).toMatchObject({ count: 2 })
    for (const [encoding, unpack] of [
      ['gzip', gunzipSync],
      ['br', brotliDecompressSync],
    ] as const)
      for (let times = 0; times < 2; times++) {
        const { headers, rawPayload } = await get(url, { 'accept-encoding': encoding })
        expect(headers).toMatchObject({
          vary: 'accept-encoding',
          'content-encoding': encoding,
          etag: made.headers.etag,
        })
        expect(unpack(rawPayload).toString()).toBe(made.body)
      }
    expect((await get(url, { 'if-none-match': made.headers.etag })).body).toBe('')
  })

  test('waits for whoever has asked for very much, and for nobody else', async () => {
    const ask = (remoteAddress: string) => service.app.inject({ url: '/v3/kpi/none', remoteAddress })
    const statuses = []
    for (let times = 0; times < 1_600; times++) {
      const answer = await ask('192.0.2.1')
      statuses.push(answer.statusCode)
      if (answer.statusCode !== 429) continue
      expect(answer.headers['retry-after']).toMatch(/^[1-9]\d?$/)
      break
    }
    expect(statuses.length).toBeGreaterThan(1_000)
    expect(statuses.at(-1)).toBe(429)
    expect((await ask('198.51.100.1')).statusCode).toBe(200)
    service.clock.now = new Date(service.clock.now.getTime() + 60_000)
    expect((await ask('192.0.2.1')).statusCode).toBe(200)
  })
})
