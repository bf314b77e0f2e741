import { describe, expect, test } from 'vitest'
import { readKpis } from '../../src/catalogue/kpis.ts'
import { importFigures } from '../../src/history/import-store.ts'
import { type Service, startService } from '../support/service.ts'
import { publishedRound } from './published.ts'

const answered = [
  { municipality: '1489', unit: 'Vuxna', people: 200, positive: 120 },
  { municipality: '1490', unit: 'Vuxna', people: 900, positive: 810 },
]

const briefIn = (html: string) =>
  [.../<article class="brief">(.*?)<\/article>/s.exec(html)![1]!.matchAll(/<p>(.*?)<\/p>/g)].map(([, text]) => text!)

/** The sentences that were found in one way, and that way. */
const foundIn = (html: string) =>
  [...html.matchAll(/<li>([^<]*)<span class="note">([^<]*)<\/span><\/li>/g)].map(([, ...both]) => both)

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
      expect(briefIn(swedish)[0]).toMatch(/^200 personer svarade på undersökningen\./)
      expect(briefIn(swedish).join(' ')).toContain(
        '60 procent är nöjda med stödet som helhet. Det är lägre än i landet som helhet',
      )
      expect(briefIn(swedish).join(' ')).toContain('Mindre positiva än i landet som helhet är svaren om')
      const english = await read('/en/results/2026/1489/brief')
      expect(briefIn(english).join(' ')).toContain('60 per cent are satisfied with the support as a whole.')
      expect(briefIn(english)).toHaveLength(briefIn(swedish).length)
      for (const html of [swedish, english]) {
        expect(html).not.toMatch(/results\.brief|undefined|\{\{/)
        expect(foundIn(html).length).toBeGreaterThan(briefIn(html).length)
        for (const [text, found] of foundIn(html)) expect([text!.length > 10, found!.length > 10]).toEqual([true, true])
      }
      const nation = briefIn(await read('/sv/results/2026/brief'))
      expect(nation.join(' ')).not.toContain('i landet')
      expect(nation[0]).toMatch(/^2 kommuner deltog i undersökningen\. .* personer svarade på undersökningen/)
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

  test('tells of the year before what was imported of it, and of no such year that was a round', async () => {
    await withService(async (service) => {
      await publishedRound(service, answered)
      await importFigures(service.db, imported(2025), origin)
      const of = async (path: string) => briefIn((await service.app.inject(path)).body).join(' ')
      const swedish = await of('/sv/results/2026/1489/brief')
      expect(swedish).toContain('Det är färre än året före, då 321 svarade.')
      expect(swedish).toContain('60 procent är nöjda med stödet som helhet. Året före var det 73 procent. Det är lägre')
      expect(swedish).toContain(
        '60 procent (81 året före) tycker att det är lätt att få kontakt med socialsekreteraren',
      )
      expect(await of('/en/results/2026/1489/brief')).toContain('The year before it was 73 per cent.')
      const page = await service.app.inject('/sv/results/2026/1489')
      expect(page.body).toContain('scope="col">Mot 2025</th>')
      expect(await of('/sv/results/2026/1490/brief')).not.toContain('året före')

      await publishedRound(service, answered, 2025)
      await importFigures(service.db, imported(2025), origin)
      await new Promise((resolve) => setTimeout(resolve, 1_100)) // what was read a second ago is told no more
      const own = await of('/sv/results/2026/1489/brief')
      expect(own).toContain('Det är ungefär lika många som året före.')
      expect(own).not.toMatch(/321|73 procent/)
    })
  })

  test('says that young people are not compared where unaccompanied ones have come to count as young people', async () => {
    await withService(async (service) => {
      const young = { municipality: '1489', unit: 'Unga', group: 'youth' as const, people: 60, positive: 40 }
      await publishedRound(service, [...answered, young], 2020)
      await importFigures(service.db, imported(2019), origin)
      const { body } = await service.app.inject('/sv/results/2020/1489/brief')
      expect(briefIn(body).at(-1)).toContain('Ensamkommande barn och unga räknas sedan i år till målgruppen unga')
      expect(briefIn(body).join(' ')).toContain('Året före var det 73 procent.')
    })
  })
})

const imported = (year: number) =>
  [
    ['positive', 'overall', 72.6],
    ['positive', 'contact', 81],
    ['responses', '', 321],
  ].map(([measure, question, value]) => {
    const kpi = readKpis().find(
      (one) => one.measure === measure && one.question === question && one.targetGroup === 'total',
    )!
    return { kpi: kpi.id, area: '1489', year, gender: 'T' as const, value: value as number }
  })
const origin = { by: 'operator', source: 'kolada.csv', isPractice: false, now: new Date('2026-12-15T08:00:00Z') }
