import { expect, test } from 'vitest'
import { startService } from '../support/service.ts'
import { publishedRound } from './published.ts'

const people = (municipality: string) => ({ municipality, unit: 'Vuxna', people: 60, positive: 30 })

test('a municipality without a year leads to the newest year in which it took part', async () => {
  const service = await startService({ now: '2026-12-15T08:00:00Z' })
  const leadsTo = async (address: string) => {
    const { statusCode, headers } = await service.app.inject(address)
    return statusCode === 303 ? headers.location : statusCode
  }
  expect(await leadsTo('/sv/results/1489')).toBe('/sv/results')
  await publishedRound(service, [people('1489'), people('1490')], 2025)
  await publishedRound(service, [people('1490'), people('2026')])
  await new Promise((resolve) => setTimeout(resolve, 1_100)) // what was read a second ago is told no more
  expect(await leadsTo('/sv/results/1490')).toBe('/sv/results/2026/1490')
  expect(await leadsTo('/en/results/1489')).toBe('/en/results/2025/1489')
  expect(await leadsTo('/sv/results/1480')).toBe('/sv/results/2026/1480')
  expect(await leadsTo('/sv/results/2026/1480')).toBe(404)
  expect(await leadsTo('/sv/results/9999')).toBe(404)
  expect(await leadsTo('/sv/results/2026')).toBe(200) // a year, and a municipality's code
  expect(await leadsTo('/sv/results/2019')).toBe(404)
  await service.close()
})
