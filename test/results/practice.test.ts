import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { unzipSync } from 'fflate'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { archivePackage } from '../../src/actions/archive-package.ts'
import { followPublished } from '../../src/actions/published.ts'
import { atOnce } from '../../src/database/patience.ts'
import { bindStores } from '../../src/stores.ts'
import { runIn } from '../support/rows.ts'
import { type Service, startService } from '../support/service.ts'
import { publishedRound } from './published.ts'

/*
 * A round for practice stays one, also where the service is started later, or asked from a command line, without the setting by which it
 * was made: its figures never leave without saying so.
 */

let folder: string
let service: Service
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-'))
  service = await startService({ file: join(folder, 'survey.db'), now: '2026-12-15T08:00:00Z' })
  await publishedRound(service, [{ municipality: '1489', unit: 'Vuxna', people: 90, positive: 60 }])
  await runIn(service.db, "update releases set facts = json_set(facts, '$.isPractice', json('true'))")
  await runIn(service.db, 'update rounds set is_practice = 1')
})
afterEach(async () => {
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

test.each([
  ...['/sv/results/2026', '/sv/results/2026/1489', '/sv/results/2026/1489/brief', '/sv/results/2026/1489/kkik'],
  ...['/sv/results/feed.xml', '/v3/data/kpi/U31505/municipality/1489/year/2026', '/v3/docs', '/catalog.ttl'],
  ...[
    '/open-data.csv',
    '/v3/openapi.json',
    '/sv/results/2026/files/figures.csv',
    '/sv/results/2026/1489/files/figures.rfc.csv',
  ],
])('%s says so', async (url) => {
  const { body, statusCode } = await service.app.inject(url)
  expect(statusCode).toBe(200)
  expect(body).toMatch(/övningssiffror|[,;]"?practice/i)
})

test('search engines are told too', async () => {
  const { body } = await service.app.inject('/sv/results')
  expect(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(body)![1]).toContain('Övningssiffror')
})

test('those who answered read it too', async () => {
  expect((await service.app.inject('/sv/heard/2026/1489')).body).toContain('Det här är en övning')
})

test('the archive says so in its names and in every row', async () => {
  const tools = { staffKey: service.keys.staffKey, isPractice: false, visitMinutes: 120, owner: 'Länsförbundet' }
  const files = unzipSync(await archivePackage(service.db, '2026', tools, { owner: 'test' }))
  const names = Object.keys(files)
  expect(names.every((name) => name.startsWith('ovningssiffror-2026/'))).toBe(true)
  const csv = Buffer.from(files[names.find((name) => name.includes('indikatorer'))!]!)
  const rows: Record<string, string>[] = parse(csv, { columns: true })
  expect(rows.length).toBeGreaterThan(10)
  expect(rows.every(({ practice }) => practice === 'yes')).toBe(true)
})

test('nothing of it is delivered', async () => {
  const known = await followPublished({ stores: bindStores(service.db, atOnce), clock: () => service.clock.now })()
  expect([known.isPractice, known.years.length]).toEqual([true, 1])
})
