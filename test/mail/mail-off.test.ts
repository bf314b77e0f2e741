import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sealFor } from '../../src/crypto/sealing.ts'
import { fingerprint, keyFor } from '../../src/crypto/secrets.ts'
import { makeLog } from '../../src/log/log.ts'
import { mailKeys } from '../../src/mail/mail-keys.ts'
import { optOutToken } from '../../src/mail/opt-out.ts'
import { findAccountById, setPassword, setSecondFactor } from '../../src/people/account-store.ts'
import { hashPassword } from '../../src/people/password.ts'
import { roundKeyFile } from '../../src/round/round-key.ts'
import { getRound } from '../../src/round/store.ts'
import { valueIn } from '../support/rows.ts'
import { browse, drawCodes, openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { spoilPages } from '../support/spoiled.ts'
import { staffBrowser } from '../support/staff.ts'

let service: Service
let round: TestRound
let folder: string
const settings = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'svar@kommun.example' }
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-off-'))
  service = await startService({ isMailOff: true, settings })
  round = await openRound(service.db)
})
afterEach(async () => {
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

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

describe('nobody is given a way into the account of a colleague who cannot be told of it', () => {
  test.each([
    ['where the mail file could not be used at the start', () => {}],
    [
      'where it can no longer be written',
      async () => {
        await service.close()
        service = await startService({ settings })
        service.mailDb.$client.pragma('query_only = 1')
      },
    ],
    [
      'where only what waits to be sent is damaged',
      async () => {
        await service.close()
        service = await startService({ settings, file: join(folder, 'survey.db') })
        service.mailDb.$client.pragma('cache_size = 1')
        const rootOf = "select rootpage from sqlite_schema where name = 'outbox'"
        spoilPages(join(folder, 'mail.sqlite'), [await valueIn<number>(service.mailDb, rootOf)])
      },
    ],
  ])('%s', async (_, begin) => {
    await begin()
    const helper = await staffBrowser(service, { role: 'coordinator' })
    const owner = await staffBrowser(service, { role: 'coordinator' })
    const keep = fingerprint(owner.jar.get('staff')!)
    await setPassword(service.db, owner.id, await hashPassword('fyra gröna hästar springer', 'a test'), { keep })
    const totpSealed = sealFor(
      keyFor(service.keys.staffKey, 'second factor'),
      owner.id,
      Buffer.from('JBSWY3DPEHPK3PXP'),
    )
    await setSecondFactor(service.db, owner.id, { totpSealed, totpStep: 0, recoveryTags: [], keep })
    const before = await findAccountById(service.db, owner.id)
    for (const [path, form] of [
      ['second-factor-removal', {}],
      ['invitation', {}],
      ['invitation', { show: '1' }],
    ] as const) {
      const { statusCode, body } = await helper.post(`/staff/people/${owner.id}/${path}`, form)
      expect([path, statusCode]).toEqual([path, 503])
      expect(body).toContain('Den som har kontot ska få veta det via e-post')
      expect(body).not.toContain('/staff/invitations/')
    }
    expect(await findAccountById(service.db, owner.id)).toEqual(before)
    expect(await valueIn(service.db, 'select count(*) from audit')).toBe(0)
  })
})

test('whoever wants no more email is not thanked for what was not noted', async () => {
  const token = optOutToken(mailKeys(service.keys.staffKey), 'a'.repeat(32))
  const page = await browse(service.app).post(`/sv/stop/${token}`)
  expect(page.statusCode).toBe(503)
})

test('a round closes, and its page and the log say in which file addresses may be left', async () => {
  await service.close()
  const said: { level: number; roundId?: string; msg: string }[] = []
  const log = makeLog('warn', { write: (line: string) => void said.push(JSON.parse(line)) } as never)
  service = await startService({ isMailOff: true, file: join(folder, 'survey.db'), settings: { KEY_DIR: folder }, log })
  round = await openRound(service.db)
  const admin = await staffBrowser(service, { role: 'national' })
  const closed = await admin.post(`/staff/rounds/${round.id}/closing`, {
    keyText: roundKeyFile(round.key),
    year: '2026',
  })
  expect(closed.headers.location).toBe(`/staff/rounds/${round.id}/closing?notice=rounds.addressesStay`)
  expect((await admin.get(closed.headers.location!)).body).toContain('kan e-postadresser till inbjudna finnas kvar')
  expect((await getRound(service.db, round.id)).state).toBe('closed')
  expect(said).toMatchObject([
    { roundId: round.id, msg: expect.stringMatching(/mail\.sqlite cannot be used, .*destroy it/) },
  ])
})
