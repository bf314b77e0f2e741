import { setTimeout as pass } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { importFigures } from '../../src/history/import-store.ts'
import { type Service, startService } from '../support/service.ts'
import { publishedRound } from './published.ts'

describe('a year of which figures were imported', () => {
  let service: Service
  beforeEach(async () => {
    service = await startService({ now: '2026-12-15T08:00:00Z' })
    const figures = [2017, 2019].map((year) => ({ area: '1489', kpi: 'U31505', year, gender: 'T' as const, value: 70 }))
    const about = { now: new Date('2026-12-01T08:00:00Z'), by: 'a test', source: 'a file' }
    await importFigures(service.db, figures, { ...about, isPractice: false })
  })
  afterEach(() => service.app.close())
  const get = (path: string) => service.app.inject(path)

  test('says where they are, not that they are to come', async () => {
    await publishedRound(service, [{ municipality: '1489', unit: 'Vuxna', people: 40, positive: 30 }])
    const { body } = await get('/sv/results/2017')
    expect(body).toContain('<h1>2017 har inga egna sidor här</h1>')
    expect(body).toContain('Siffror för 2017–2019 finns här:')
    for (const href of ['/sv/results/2026', '/v3/docs', '/open-data.csv']) expect(body).toContain(`href="${href}"`)
    expect(body).not.toContain('brukar komma')
    const ofOne = (await get('/en/results/2019/1489')).body
    expect(ofOne).toContain('href="/en/results/2026/1489"')
    expect(ofOne).toContain('Series of years, on the pages of 2026')
    const other = (await get('/sv/results/2018')).body // nothing was imported of it
    expect(other).not.toContain('finns här')
    expect((await get('/sv/results/2026')).statusCode).toBe(200)
  })

  test('is named where there is nothing else yet', async () => {
    const { body } = await get('/sv/results')
    expect(body).toContain('Inget resultat är klart än')
    expect(body).toContain('Siffror för 2017–2019 finns här:')
    expect(body).toContain('href="/v3/docs"')
    expect(body).not.toContain('Serier över åren')
  })

  test('is among the years that search engines are told of, with addresses that answer', async () => {
    await publishedRound(service, [{ municipality: '1489', unit: 'Vuxna', people: 40, positive: 30 }])
    await pass(1_100)
    const { body } = await get('/sv/results')
    const [, told] = /<script type="application\/ld\+json"[^>]*>(.*?)<\/script>/s.exec(body)!
    const { temporalCoverage, distribution } = JSON.parse(told!)
    expect(temporalCoverage).toBe('2017/2026')
    for (const { contentUrl, encodingFormat } of distribution) {
      const { statusCode, headers } = await get(new URL(contentUrl).pathname)
      expect([contentUrl, statusCode]).toEqual([contentUrl, 200])
      expect(headers['content-type']).toContain(encodingFormat)
    }
  })
})
