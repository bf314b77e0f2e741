import { setTimeout as pass } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { latelyUsed } from '../../src/memory/lately-used.ts'
import { keptPages } from '../../src/pages/results/kept-pages.ts'
import { withdraw } from '../../src/results/release-steps-store.ts'
import { releasedIndicators } from '../../src/results/tables.ts'
import { ReadyPage } from '../../src/web/page.ts'
import { startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { letSee, openedRound, publishedRound } from './published.ts'

const answered = [
  { municipality: '1489', unit: 'Vuxna', people: 40, positive: 30 },
  { municipality: '1490', unit: 'Vuxna', people: 60, positive: 30 },
]
const page = '/sv/results/2026/compare?m=1489'

describe('published pages', () => {
  test('may be kept, and are not sent again to whoever has them', async () => {
    const service = await startService()
    await publishedRound(service, answered)
    const first = await service.app.inject({ url: page, headers: { 'accept-encoding': 'br' } })
    expect(first.headers['cache-control']).toBe('public, no-cache')
    expect(first.headers['content-encoding']).toBe('br')
    const { etag } = first.headers
    const again = await service.app.inject({ url: page, headers: { 'if-none-match': `"other", ${etag}` } })
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag])
    const changed = await service.app.inject({ url: page, headers: { 'if-none-match': '"other"' } })
    expect(changed.statusCode).toBe(200)
    await service.close()
  })

  test('are made once', async () => {
    const service = await startService()
    await publishedRound(service, answered)
    const { body } = await service.app.inject(page)
    expect(body).toContain('av 40')
    await service.db.delete(releasedIndicators).run()
    expect((await service.app.inject(page)).body).toBe(body)
    expect((await service.app.inject(`${page}&m=1490`)).body).not.toContain('av 40')
    await service.close()
  })

  test('are gone within two seconds of a withdrawal, and come by themselves when they are published', async () => {
    const service = await startService()
    const { id } = await openedRound(service, answered)
    await letSee(service, 'release')
    expect((await service.app.inject(page)).statusCode).toBe(404)
    await letSee(service, 'publish')
    await pass(1_100)
    expect((await service.app.inject(page)).statusCode).toBe(200)
    await withdraw(service.db, { roundId: id, number: 1, by: 'one', now: service.clock.now }, 'Fel enhet.')
    await pass(1_100)
    const gone = await service.app.inject(page)
    expect([gone.statusCode, gone.headers['cache-control']]).toEqual([410, 'no-store'])
    await service.close()
  })

  test.each([
    { what: 'a page', url: page, status: 410, tells: '75' },
    { what: 'a file', url: '/sv/results/2026/1489/files/figures.rfc.csv', status: 410, tells: '75' },
    { what: 'an answer of the API', url: '/v3/data/kpi/U31505/municipality/1489/year/2026', status: 200, tells: '75' },
    { what: 'the open data', url: '/open-data.csv', status: 200, tells: '75' },
    { what: 'the feed', url: '/sv/results/feed.xml', status: 200, tells: '<updated>' },
  ])('$what that somebody kept is asked for each time, and holds nothing of what was withdrawn', async (kept) => {
    const service = await startService()
    const { id } = await publishedRound(service, answered)
    const { headers, body } = await service.app.inject(kept.url)
    expect(headers['cache-control']).toBe('public, no-cache')
    const ask = () => service.app.inject({ url: kept.url, headers: { 'if-none-match': headers.etag as string } })
    expect((await ask()).statusCode).toBe(304)
    await withdraw(service.db, { roundId: id, number: 1, by: 'one', now: service.clock.now }, 'Fel enhet.')
    await pass(1_100)
    const anew = await ask()
    expect(anew.statusCode).toBe(kept.status)
    expect(body).toContain(kept.tells)
    expect(anew.body).not.toBe(body)
    if (kept.status === 410) expect(anew.body).not.toContain(kept.tells)
    await service.close()
  })

  test('of staff are read anew each time, and kept by nobody', async () => {
    const service = await startService()
    await publishedRound(service, answered)
    const { get } = await staffBrowser(service, { role: 'viewer' })
    const { headers, body } = await get('/staff/results/2026/compare?m=1489')
    expect(headers['cache-control']).toBe('no-store')
    await service.db.delete(releasedIndicators).run()
    expect((await get('/staff/results/2026/compare?m=1489')).body).not.toBe(body)
    await service.close()
  })
})

describe('what is kept', () => {
  test('has a bound, however many different comparisons are asked for', () => {
    const pages = keptPages(2_000_000)
    for (let nth = 0; nth < 10_000; nth++) {
      pages.find('now', `/${nth}`)
      pages.keep('now', `/${nth}`, new ReadyPage('x'.repeat(20_000), 'sv'))
      expect(pages.size()).toBeLessThanOrEqual(2_000_000)
    }
    expect(pages.find('now', '/9999')).toBeDefined()
    expect(pages.find('now', '/9000')).toBeUndefined()
  })

  test('is forgotten when something changes, and nothing of before is kept after that', () => {
    const pages = keptPages()
    const one = new ReadyPage('one', 'sv')
    pages.find('before', '/')
    pages.keep('before', '/', one)
    expect(pages.find('before', '/')).toBe(one)
    expect(pages.find('after', '/')).toBeUndefined()
    pages.keep('before', '/', one)
    expect(pages.find('after', '/')).toBeUndefined()
  })

  test('is what was asked for last', () => {
    const kept = latelyUsed<string>({ mostSize: 6, sizeOf: ({ length }) => length })
    kept.keep('a', 'x')
    kept.keep('b', 'x')
    kept.keep('c', 'x')
    kept.find('a')
    kept.keep('d', 'x')
    expect(['a', 'b', 'c', 'd'].map((key) => kept.find(key))).toEqual(['x', undefined, 'x', 'x'])
    kept.keep('a', 'xxxxxx')
    expect([kept.find('a'), kept.size()]).toEqual([undefined, 4])
  })

  test('counts what it is kept under, which may be longer than itself', () => {
    const kept = latelyUsed<string>({ mostSize: 1_000, sizeOf: () => 1 })
    for (let nth = 0; nth < 10; nth++) kept.keep(`/${nth}${'?'.repeat(300)}`, 'x')
    expect(kept.size()).toBeLessThanOrEqual(1_000)
    expect(kept.find(`/9${'?'.repeat(300)}`)).toBe('x')
    expect(kept.find(`/0${'?'.repeat(300)}`)).toBeUndefined()
  })
})
