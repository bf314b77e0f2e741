import { setTimeout as pass } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Service, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { letSee, openedRound } from './published.ts'

let service: Service
beforeEach(async () => {
  service = await startService({ now: '2026-12-15T08:00:00Z' })
  await openedRound(service, [{ municipality: '1489', unit: 'Vuxna', people: 40, positive: 30 }])
  await letSee(service, 'release')
})
afterEach(() => service.close())

const pages = ['/staff/results/2026', '/staff/results/2026/1489', '/staff/results/2026/1489/files/figures.csv']

test('what participants alone are let see is theirs: those who took no part wait for everybody’s day', async () => {
  const own = await staffBrowser(service, { role: 'coordinator', municipalityCode: '1489' })
  const other = await staffBrowser(service, { role: 'coordinator', municipalityCode: '1281' })
  for (const page of pages) {
    expect([page, (await own.get(page)).statusCode]).toEqual([page, 200])
    expect([page, (await other.get(page)).statusCode]).toEqual([page, 404])
  }
  await letSee(service, 'publish')
  await pass(1_100)
  for (const page of pages) expect([page, (await other.get(page)).statusCode]).toEqual([page, 200])
})

test('where there is no round, no link leads to one', async () => {
  const empty = await startService({ now: '2026-12-15T08:00:00Z' })
  const { body, statusCode } = await empty.app.inject('/sv/results')
  expect(statusCode).toBe(404)
  expect(body).not.toContain('/results/0')
  expect(body).toContain('href="/en/results"')
  await empty.close()
})
