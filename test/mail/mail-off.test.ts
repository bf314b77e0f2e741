import { afterEach, beforeEach, expect, test } from 'vitest'
import { mailKeys } from '../../src/mail/mail-keys.ts'
import { optOutToken } from '../../src/mail/opt-out.ts'
import { browse, drawCodes, openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

let service: Service
let round: TestRound
const settings = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'svar@kommun.example' }
beforeEach(async () => {
  service = await startService({ isMailOff: true, settings })
  round = await openRound(service.db)
})
afterEach(() => service.close())

test('without a mail file people answer', async () => {
  const [code] = await drawCodes(service, round)
  const browser = browse(service.app)
  await browser.post('/entry', { code: code! })
  expect((await browser.post('/response', { overall: 'very_satisfied' })).headers.location).toBe('/thanks')
})

test('staff read that email is turned off on its pages, and work on all others', async () => {
  const coordinator = await staffBrowser(service, { role: 'coordinator' })
  const stratum = round.strata.addiction
  for (const url of ['/staff/email', `/staff/email/${stratum}`, `/staff/email/${stratum}/reminder`]) {
    const page = await coordinator.get(url)
    expect([url, page.statusCode]).toEqual([url, 503])
    expect(page.body).toContain('E-post är avstängd just nu')
  }
  const list = await coordinator.post(`/staff/email/${stratum}/new`, { addresses: 'a@example.se', language: 'sv' })
  expect(list.statusCode).toBe(503)
  for (const url of ['/staff', '/staff/fieldwork', '/staff/offer', '/staff/leftovers', '/staff/people'])
    expect([url, (await coordinator.get(url)).statusCode]).toEqual([url, 200])
  const host = await staffBrowser(service, { role: 'host' })
  expect((await host.get('/staff/email')).statusCode).toBe(403)
})

test('a link for a new account is shown, for it cannot be mailed', async () => {
  const admin = await staffBrowser(service, { role: 'national' })
  const person = { name: 'Åsa', email: 'asa@example.se', role: 'coordinator', municipality: '1489' }
  expect((await admin.post('/staff/people', person)).body).toMatch(/\/staff\/invitations\/[\w-]{43}/)
})

test('whoever wants no more email is not thanked for what was not noted', async () => {
  const token = optOutToken(mailKeys(service.keys.staffKey), 'a'.repeat(32))
  const page = await browse(service.app).post(`/sv/stop/${token}`)
  expect(page.statusCode).toBe(503)
})
