import { expect, test } from 'vitest'
import { startService } from '../support/service.ts'
import { publishedRound } from './published.ts'

const some = (municipality: string, positive: number) => ({ municipality, unit: 'Vuxna', people: 200, positive })

test('a municipality has its indicators on one sheet: what quality in brief takes first, beside the year before, the nation and its quarter', async () => {
  const service = await startService()
  await publishedRound(service, [some('1489', 100)], 2025)
  const others = ['1480', '1481', '1482', '1484', '1485', '1486', '1487', '1488', '1490', '1491', '1492']
  await publishedRound(service, [some('1489', 120), ...others.map((code) => some(code, 160))], 2026)
  const read = async (path: string) => (await service.app.inject(path)).body
  const sheet = await read('/sv/results/2026/1489/kkik')
  const [, body = ''] = /<tbody[^>]*>(.*)<\/tbody>/s.exec(sheet) ?? []
  const rows = body.split('<tr').slice(1)
  expect(rows.map((row) => /U\d+/.exec(row)?.[0])).toEqual([
    ...['U30452', 'U30453', 'U30447', 'U30448', 'U30449', 'U30450', 'U30451'],
  ])
  const cells = rows[0]!
    .replace(/<svg.*?<\/svg>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
  expect(cells).toMatch(/Nöjd på det hela taget U30452 60 % 200 svar 2025 50 % landet 7\d %/)
  expect(cells).toContain('bland de 25 procent som har lägst')
  expect(sheet).toMatch(/>PNG<\/a> <a [^>]*>SVG</)
  expect(await read('/sv/results/2026/1489/kkik/pictures/questions.svg')).toContain('Nöjd på det hela taget')
  expect(sheet).not.toMatch(/results\.kkik|undefined|NaN/)
  expect(await read('/en/results/2026/1489/kkik')).toContain('Municipal quality in brief: Alingsås 2026')
  expect(await read('/sv/results/2026/1489')).toContain('href="/sv/results/2026/1489/kkik"')
  expect((await service.app.inject('/sv/results/2026/1470/kkik')).statusCode).toBe(404)
  await service.close()
})
