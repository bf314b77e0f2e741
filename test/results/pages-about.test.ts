import { expect, test } from 'vitest'
import { withdraw } from '../../src/results/release-steps-store.ts'
import { type Service, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { publishedRound } from './published.ts'

const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const answered = [
  { municipality: '1489', unit: 'Vuxna', people: 40, positive: 30 },
  { municipality: '1490', unit: 'Vuxna', people: 60, positive: 30 },
  { municipality: '1490', unit: 'Unga', group: 'youth' as const, people: 30, positive: 20 },
]
const read = async ({ app }: Service, url: string) => app.inject(url)

test('the page about the figures says what they mean, who took part, and when they were released', async () => {
  const service = await startService({ now: '2026-12-15T08:00:00Z' })
  await publishedRound(service, answered)
  const { statusCode, body } = await read(service, '/en/results/2026/about')
  expect(statusCode).toBe(200)
  const text = textOf(body)
  expect(text).toContain('A share is shown from 10 answers to the question.')
  expect(text).toContain(
    'With fewer than 30 answers, or where the figure would say too much together with others, shares from 90 per cent are shown as “at least 90%”',
  )
  for (const name of ['Wilson', 'Newcombe', 'Holm']) expect(text).toContain(name)
  expect(text).toContain('Young people 13 and older: 1 municipality')
  expect(text).toContain('Economic assistance: 2 municipalities')
  expect(text).toMatch(/Release 1 Counted 15 December 2026 at 09:00\. Published 15 December 2026 at 09:00\./)
  expect(text).not.toContain(': 0 municipalities')
  for (const id of ['contact', 'very_easy', 'dont-know', 'at-most-10', 'unaccompanied'])
    expect(body).toMatch(new RegExp(`<code>[^<]*\\b${id}\\b`))
  expect(body).toContain('href="/en/results/2026/about" aria-current="page"')
  await service.close()
})

test('nobody reads about figures that were withdrawn', async () => {
  const service = await startService()
  const { id } = await publishedRound(service, answered)
  await withdraw(
    service.db,
    { roundId: id, number: 1, by: 'one', now: service.clock.now },
    'Två enheter hade blandats ihop.',
  )
  const { statusCode, body } = await read(service, '/sv/results/2026/about')
  expect(statusCode).toBe(410)
  expect(body).toContain('Två enheter hade blandats ihop.')
  const { get } = await staffBrowser(service, { role: 'viewer' })
  expect((await get('/staff/results/2026/about')).statusCode).toBe(410)
  await service.close()
})
