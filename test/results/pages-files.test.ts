import { parse } from 'csv-parse/sync'
import readExcel from 'read-excel-file/node'
import { describe, expect, test } from 'vitest'
import { type Service, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { openedRound, publishedRound } from './published.ts'

const answered = [
  { municipality: '1489', unit: 'Vuxna', people: 200, positive: 120 },
  { municipality: '1489', unit: 'Unga', group: 'youth' as const, people: 9, positive: 4 },
  { municipality: '1490', unit: 'Vuxna', people: 300, positive: 270 },
]
const endings = ['xlsx', 'pdf', 'pptx', 'csv', 'rfc.csv', 'zip']
const begins: Record<string, string> = {
  xlsx: 'PK',
  pdf: '%PDF',
  pptx: 'PK',
  csv: '\uFEFF"year"',
  'rfc.csv': 'year,',
  zip: 'PK',
}
const fileLinks = (html: string) =>
  [...html.matchAll(/<a href="([^"]+\/files\/[^"]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'))

async function withService(work: (service: Service) => Promise<void>, settings: Record<string, string> = {}) {
  const service = await startService({ settings })
  try {
    await work(service)
  } finally {
    await service.close()
  }
}

describe('figures side by side', () => {
  test('of a comparison are one sheet, with a row for each municipality', async () => {
    await withService(async (service) => {
      await publishedRound(service, answered)
      const { body } = await service.app.inject('/sv/results/2026/compare?m=1489&m=1490')
      const link = fileLinks(body)[0]!
      expect(link).toBe('/sv/results/2026/compare/files/figures.xlsx?m=1489&m=1490')
      const { rawPayload, headers } = await service.app.inject(link)
      expect(headers['content-disposition']).toContain('brukarsvar-2026-alingsas-boras.xlsx')
      const rows = (await readExcel(rawPayload))[1]!.data
      expect(rows.find(([name]) => name === 'Borås')?.slice(0, 2)).toEqual(['Borås', 300])
      expect(fileLinks((await service.app.inject('/sv/results/2026/compare')).body)).toEqual([])
    })
  })

  test('of units are for those who see their page, and for nobody else', async () => {
    await withService(async (service) => {
      await publishedRound(service, answered)
      const own = await staffBrowser(service, { role: 'coordinator', municipalityCode: '1489' })
      const [link] = fileLinks((await own.get('/staff/results/2026/1489/units')).body)
      const { statusCode, rawPayload } = await own.get(link!)
      expect(statusCode).toBe(200)
      const sheets = await readExcel(rawPayload)
      const economic = sheets.find(({ sheet }) => sheet === 'Ekonomiskt bistånd')!.data
      expect(economic.find(([name]) => name === 'Vuxna')?.slice(0, 2)).toEqual(['Vuxna', 200])
      const other = await staffBrowser(service, { role: 'coordinator', municipalityCode: '1490' })
      for (const ending of endings)
        expect((await other.get(`/staff/results/2026/1489/units/files/figures.${ending}`)).statusCode).toBe(403)
      expect((await service.app.inject('/sv/results/2026/1489/units/files/figures.xlsx')).statusCode).toBe(404)
    })
  })
})

describe('the figures of a page', () => {
  test.each([
    ['', 'nation'],
    ['/1489', 'alingsas'],
  ])('of %s are saved in every form, from all pages alike', async (path, name) => {
    await withService(async (service) => {
      await publishedRound(service, answered)
      const { get } = await staffBrowser(service, { role: 'viewer', language: 'en' })
      for (const base of ['/sv/results', '/staff/results']) {
        const links = fileLinks((await get(`${base}/2026${path}`)).body)
        expect(links).toEqual(endings.map((ending) => `${base}/2026${path}/files/figures.${ending}`))
        for (const [nth, link] of links.entries()) {
          const { statusCode, headers, rawPayload } = await get(link)
          const ending = endings[nth]!
          expect([link, statusCode]).toEqual([link, 200])
          expect(headers['content-disposition']).toBe(`attachment; filename="brukarsvar-2026-${name}.${ending}"`)
          expect(rawPayload.toString('utf8').startsWith(begins[ending]!), link).toBe(true)
        }
      }
    })
  })

  test('are those of the page: as many answered, and what is withheld stays so', async () => {
    await withService(async (service) => {
      await publishedRound(service, answered)
      const read = async (ending: string) =>
        (await service.app.inject(`/sv/results/2026/1489/files/figures.${ending}`)).rawPayload
      const sheets = await readExcel(await read('xlsx'))
      const economic = sheets.find(({ sheet }) => sheet === 'Ekonomiskt bistånd')!.data
      const overall = economic.find(([question]) => question === 'Nöjd på det hela taget')!
      expect([overall[2], overall[3]]).toEqual([120 / 200, 200])
      const youth = sheets.find(({ sheet }) => sheet === 'Unga 13 år och äldre')!.data
      const few = youth.find(([question]) => question === 'Nöjd på det hela taget')!
      expect([few[2], few[3]]).toEqual(['.. (för få)', null])

      const rows = parse(await read('rfc.csv'), { columns: true }) as Record<string, string>[]
      const of = (targetGroup: string) =>
        rows.find(
          (row) =>
            row.targetGroup === targetGroup &&
            row.measure === 'positive' &&
            row.question === 'overall' &&
            row.gender === 'all',
        )!
      expect(of('economic_assistance')).toMatchObject({ status: 'shown', value: '60', people: '200', area: '1489' })
      expect(of('youth')).toMatchObject({ status: 'few', value: '', people: '' })
      expect(new Set(rows.map(({ level }) => level))).toEqual(new Set(['municipality']))
    })
  })

  test('say that they are made up, and where they may be used', async () => {
    await withService(
      async (service) => {
        await publishedRound(service, answered)
        const sheets = await readExcel(
          (await service.app.inject('/en/results/2026/1489/files/figures.xlsx')).rawPayload,
        )
        const cover = sheets[0]!.data.flat().join(' ')
        expect(cover).toContain('Practice figures')
        expect(cover).toContain('CC-BY-4.0 https://creativecommons.org/licenses/by/4.0/')
        const rows = (await service.app.inject('/en/results/2026/1489/files/figures.rfc.csv')).body.split('\r\n')
        expect(rows[0]).toMatch(/,practice$/)
        for (const row of rows.slice(1, -1)) expect(row).toMatch(/,yes$/)
      },
      { KEEP_ROUND_KEY: 'true', DATA_LICENCE: 'CC-BY-4.0' },
    )
  })

  test('are nowhere before they are published, for a page that has none, and under another name', async () => {
    await withService(async (service) => {
      const asked = (path: string) => service.app.inject(`/sv/results/2026${path}`)
      await openedRound(service, answered)
      expect((await asked('/1489/files/figures.xlsx')).statusCode).toBe(404)
    })
    await withService(async (service) => {
      await publishedRound(service, answered)
      const asked = (path: string) => service.app.inject(`/sv/results/2026${path}`)
      for (const path of ['/about/files/figures.xlsx', '/1489/files/figures.exe', '/1489/files/other.xlsx'])
        expect([path, (await asked(path)).statusCode]).toEqual([path, 404])
      expect((await asked('/9999/files/figures.xlsx')).statusCode).toBe(404)
    })
  })

  test('are made once, and not sent again to whoever has them', async () => {
    await withService(async (service) => {
      await publishedRound(service, answered)
      const url = '/sv/results/2026/1489/files/figures.xlsx'
      const first = await service.app.inject(url)
      const { etag } = first.headers
      const again = await service.app.inject({ url, headers: { 'if-none-match': String(etag) } })
      expect(again.statusCode).toBe(304)
      expect((await service.app.inject(url)).rawPayload.equals(first.rawPayload)).toBe(true)
    })
  })
})
