import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { publishedRound } from '../results/published.ts'
import { type Service, startService } from '../support/service.ts'

describe('the page about the API', () => {
  let service: Service
  beforeEach(async () => {
    service = await startService({ now: '2026-12-15T08:00:00Z', settings: { PUBLIC_URL: 'https://svar.example.se' } })
  })
  afterEach(() => service.app.close())

  test('is there before anything is published, in Swedish and English', async () => {
    const { statusCode, body, headers } = await service.app.inject('/v3/docs?language=sv')
    expect([statusCode, headers['content-language']]).toEqual([200, 'sv'])
    expect(body).toContain('Inget är publicerat än')
    const english = await service.app.inject({ url: '/v3/docs', headers: { 'accept-language': 'ar' } })
    expect([english.statusCode, english.headers['content-language']]).toEqual([200, 'en'])
  })

  test('leads to nothing that is not there, and what its form asks is answered', async () => {
    await publishedRound(service, [{ municipality: '1489', unit: 'Vuxna', people: 40, positive: 30 }])
    const { body } = await service.app.inject('/v3/docs?language=sv')
    const own = [...body.matchAll(/href="(\/[^"]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'))
    for (const href of own) expect([href, (await service.app.inject(href)).statusCode]).toEqual([href, 200])
    expect(own.filter((href) => href.startsWith('/v3/')).length).toBeGreaterThan(5)
    const [, example] = /curl &#39;https:\/\/svar\.example\.se([^&]+)&#39;|curl 'https:\/\/svar\.example\.se([^']+)'/
      .exec(body)!
      .filter(Boolean)
    expect((await service.app.inject(example!)).json().count).toBeGreaterThan(0)
    const asked = await service.app.inject('/v3/data/?kpi_id=U31505&municipality_id=1489&year=2026')
    expect(asked.json().values[0].values.at(-1)).toMatchObject({ value: 75 })
  })
})
