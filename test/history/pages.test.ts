import { setTimeout as pass } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formToken } from '../../src/crypto/secrets.ts'
import { importFigures } from '../../src/history/import-store.ts'
import { listHistoryOf, listImportedYears } from '../../src/history/store.ts'
import { publishedRound } from '../results/published.ts'
import { rowsIn } from '../support/rows.ts'
import { type Service, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

const overall = 'U31505'
let service: Service
let admin: Awaited<ReturnType<typeof staffBrowser>>
beforeEach(async () => {
  service = await startService({ now: '2026-12-15T08:00:00Z' })
  admin = await staffBrowser(service, { role: 'national', language: 'en' })
})
afterEach(() => service.close())

const fileOf = (...rows: string[]) =>
  ['kpi;municipality;year;value', ...rows.map((row) => `${overall};${row.replaceAll(' ', ';')}`)].join('\n')

/** Sends a file in, as a browser does. */
async function upload(file: string, who = admin) {
  const token = formToken(who.jar.get('staff')!)
  const edge = 'a-boundary-of-a-test'
  const part = (name: string, body: string, more = '') =>
    `--${edge}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${body}\r\n`
  return service.app.inject({
    ...{ method: 'POST', url: '/staff/history' },
    headers: { cookie: `staff=${who.jar.get('staff')}`, 'content-type': `multipart/form-data; boundary=${edge}` },
    payload: `${part('form', token)}${part('file', file, '; filename="kolada.csv"')}--${edge}--\r\n`,
  })
}

/** Sends a file in, and gives the address where it waits. */
async function waiting(file: string): Promise<string> {
  const sent = await upload(file)
  expect(sent.statusCode).toBe(303)
  return sent.headers.location!
}

async function imported(file: string): Promise<string> {
  const at = await waiting(file)
  await admin.post(`${at}/confirmation`)
  for (let tries = 0; tries < 200; tries++) {
    const { body } = await admin.get(at)
    if (!body.includes('data-follow')) return at
    await pass(20)
  }
  throw new Error('The import did not end.')
}

const trail = () => rowsIn(service.db, "select action, subject, number from audit where action like 'history.%'")

describe('the page of earlier years', () => {
  test('shows what a file holds before anything is changed, and imports it when that is confirmed', async () => {
    const at = await waiting(fileOf('1489 2019 78.4', '1489 2020 80', '9999 2019 50', 'G2328 2019 50'))
    const { body } = await admin.get(at)
    expect(body).toContain('unknown municipality')
    expect(body).toContain('of a group of municipalities')
    expect(body).toContain('Import 2 figures')
    expect(await listImportedYears(service.db)).toEqual([])

    await imported(fileOf('1489 2019 78.4', '1489 2020 80'))
    expect(await listHistoryOf(service.db, '1489')).toHaveLength(2)
    expect(await trail()).toEqual([{ action: 'history.imported', subject: 'kolada.csv', number: 2 }])
    expect((await admin.get('/staff/history')).body).toContain('kolada.csv')
  })

  test('imports once, however often that is confirmed, and says of the same file that nothing is to be done', async () => {
    const at = await imported(fileOf('1489 2019 78.4'))
    expect((await admin.get(at)).body).toContain('The figures have been imported')
    await admin.post(`${at}/confirmation`)
    expect(await trail()).toHaveLength(1)
    const again = await admin.get(await waiting(fileOf('1489 2019 78.4')))
    expect(again.body).toContain('There is nothing to do.')
    expect(again.body).not.toContain('/confirmation')
  })

  test('gives what was rejected as a file', async () => {
    const at = await waiting(fileOf('1489 2019 78.4', '9999 2019 50'))
    const { body, headers } = await admin.get(`${at}/rejected?format=csv`)
    expect(headers['content-disposition']).toContain('rejected.csv')
    expect(body).toContain('9999')
    expect(body).toContain('unknown municipality')
  })

  test.each([
    ['made up for practice', `Övningssiffror\n${fileOf('1489 2019 78')}`],
    ['a web page', '<html></html>'],
    ['The columns were not found', 'a;b\n1;2'],
  ])('says why nothing of a file is taken in: %s', async (why, file) => {
    const { statusCode, body } = await upload(file)
    expect(statusCode).toBe(400)
    expect(body).toContain(why)
  })

  test('finds a file for nobody else, and none that was never sent', async () => {
    const at = await waiting(fileOf('1489 2019 78.4'))
    const other = await staffBrowser(service, { role: 'national' })
    for (const path of ['', '/rejected'])
      expect((await other.get(`${at}${path}`)).headers.location).toBe('/staff/history?gone=1')
    expect((await other.post(`${at}/confirmation`)).headers.location).toBe('/staff/history?gone=1')
    expect(await listImportedYears(service.db)).toEqual([])
  })

  test('removes a year of an import when the year is typed', async () => {
    await imported(fileOf('1489 2019 78.4', '1489 2020 80'))
    const at = '/staff/history/2019/1/removal'
    expect((await admin.get(at)).body).toContain('1 figure of 2019 from kolada.csv')
    expect((await admin.post(at, { year: '2020' })).statusCode).toBe(400)
    expect(await listHistoryOf(service.db, '1489')).toHaveLength(2)
    expect((await admin.post(at, { year: '2019' })).headers.location).toBe('/staff/history?done=history.removed')
    expect((await listHistoryOf(service.db, '1489')).map(({ year }) => year)).toEqual([2020])
    expect(await trail()).toContainEqual({ action: 'history.removed', subject: '2019, 1', number: 1 })
    expect((await admin.get(at)).statusCode).toBe(404)
  })

  test.each(['coordinator', 'caseworker', 'host', 'viewer'] as const)('is closed to a %s', async (role) => {
    const other = await staffBrowser(service, { role })
    expect((await other.get('/staff/history')).statusCode).toBe(403)
    expect((await upload(fileOf('1489 2019 78'), other)).statusCode).toBe(403)
    expect((await other.post('/staff/history/2019/1/removal', { year: '2019' })).statusCode).toBe(403)
  })
})

describe('the open API', () => {
  const url = `/v3/data/kpi/${overall}/municipality/1489,1480,G2328`
  const json = async (address = url) => (await service.app.inject({ url: address })).json()
  const origin = { source: 'a file', by: 'operator', now: new Date('2026-12-15T08:00:00Z') }
  const figure = (area: string, year: number, value: number) =>
    ({ area, kpi: overall, year, gender: 'T', value }) as const

  test('serves earlier years as they were published, with the means of groups', async () => {
    await importFigures(service.db, [figure('1489', 2019, 78.4), figure('1480', 2019, 80)], origin)
    const { values, note } = await json()
    expect(note).toBeUndefined()
    const told = values.map((row: { municipality: string; period: number; values: { value: number }[] }) => [
      ...[row.municipality, row.period, row.values[0]!.value],
    ])
    expect(told).toEqual([
      ['1480', 2019, 80],
      ['1489', 2019, 78.4],
      ['G2328', 2019, 79.2],
    ])
    expect((await json(`${url}?from_date=2026-12-16`)).values).toEqual([])
  })

  test('serves what a round of ours has published, and nothing that was imported of that year', async () => {
    await importFigures(
      service.db,
      [figure('1489', 2025, 70), figure('1489', 2026, 11), figure('1490', 2026, 12)],
      origin,
    )
    await publishedRound(service, [
      { municipality: '1489', unit: 'Vuxna Öst', people: 40, positive: 30 },
      { municipality: '1480', unit: 'Vuxna Öst', people: 60, positive: 30 },
      { municipality: '0180', unit: 'Vuxna Öst', people: 6, positive: 3 },
      { municipality: '1280', unit: 'Vuxna Öst', people: 20, positive: 20 },
    ])
    const { values } = await json(`/v3/data/kpi/${overall}/municipality/1489,1490`)
    const all = values.map((row: { values: { gender: string; value: number }[] }) =>
      row.values.find(({ gender }) => gender === 'T'),
    )
    expect(all).toMatchObject([{ value: 70 }, { value: 75 }])
    expect((await admin.get('/staff/history')).body).toContain('they are shown instead')
  })

  test('says that figures of a demo are made up, and has an import within seconds', async () => {
    expect((await json()).values).toEqual([])
    await importFigures(service.db, [figure('1489', 2019, 78)], { ...origin, isPractice: true })
    await pass(1_100)
    expect(await json()).toMatchObject({ count: 2, note: 'Övningssiffror' })
  })
})
