import { describe, expect, test } from 'vitest'
import { type Service, startService } from '../support/service.ts'
import { publishedRound } from './published.ts'

const answered = [
  { municipality: '1489', unit: 'Vuxna', people: 200, positive: 120 },
  { municipality: '1490', unit: 'Vuxna', people: 900, positive: 810 },
]

const briefIn = (html: string) =>
  [.../<article class="brief">(.*?)<\/article>/s.exec(html)![1]!.matchAll(/<p>(.*?)<\/p>/g)].map(([, text]) => text!)

async function withService(work: (service: Service) => Promise<void>) {
  const service = await startService()
  try {
    await work(service)
  } finally {
    await service.close()
  }
}

describe('the year in brief', () => {
  test('is written from the figures of the page, in both languages, with how each sentence was found', async () => {
    await withService(async (service) => {
      await publishedRound(service, answered)
      const read = async (path: string) => (await service.app.inject(path)).body
      const swedish = await read('/sv/results/2026/1489/brief')
      expect(briefIn(swedish)).toContain('200 personer svarade på undersökningen.')
      expect(briefIn(swedish)).toContain('På det hela taget är 60 procent nöjda.')
      expect(briefIn(swedish).join(' ')).toContain('Säkert lägre än i landet:')
      const english = await read('/en/results/2026/1489/brief')
      expect(briefIn(english)).toContain('Overall, 60 per cent are satisfied.')
      expect(briefIn(english)).toHaveLength(briefIn(swedish).length)
      for (const html of [swedish, english]) {
        expect(html).not.toMatch(/results\.brief|undefined|\{\{/)
        expect(html.match(/<th scope="row">/g)).toHaveLength(briefIn(html).length)
      }
      const nation = briefIn(await read('/sv/results/2026/brief'))
      expect(nation.join(' ')).not.toContain('i landet')
      expect(nation[0]).toBe('2 kommuner deltog.')
      expect(nation[1]).toMatch(/personer svarade på undersökningen/)
    })
  })

  test('is led to from the page, and says so where nothing can be said', async () => {
    await withService(async (service) => {
      await publishedRound(service, [...answered, { municipality: '1480', unit: 'Vuxna', people: 5, positive: 3 }])
      const { body } = await service.app.inject('/sv/results/2026/1489')
      expect(body).toContain('href="/sv/results/2026/1489/brief"')
      const empty = await service.app.inject('/sv/results/2026/1480/brief')
      expect(empty.body).toContain('svaren är för få')
      expect((await service.app.inject('/sv/results/2026/9999/brief')).statusCode).toBe(404)
    })
  })
})
