import { TOTP } from 'otpauth'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listDeedsOf } from '../../src/audit/store.ts'
import { sealFor } from '../../src/crypto/sealing.ts'
import { fingerprint, keyFor } from '../../src/crypto/secrets.ts'
import { addUnit } from '../../src/organisation/store.ts'
import {
  findAccountByEmail,
  findAccountById,
  inviteAgain,
  setPassword,
  setSecondFactor,
} from '../../src/people/account-store.ts'
import { hashPassword } from '../../src/people/password.ts'
import { beginSession } from '../../src/people/sign-in-store.ts'
import { changePerson } from '../../src/people/store.ts'
import { rowIn, valueIn } from '../support/rows.ts'
import { browse, type Service, startService } from '../support/service.ts'
import { newStaff, staffBrowser } from '../support/staff.ts'

const password = 'fyra gröna hästar springer'
const passwordHash = await hashPassword(password, 'a test')

let service: Service
let mails: { to: string; subject: string; text: string; growing?: object }[]
beforeEach(async () => {
  mails = []
  service = await startService({ sendMail: async (mail) => void mails.push(mail) })
})
afterEach(() => service.close())

const linkIn = (text: string) => /\/staff\/invitations\/[\w-]{43}/.exec(text)?.[0]
const lastMail = () => mails.splice(0).at(-1)

/** Whoever looks after an account, and somebody who has one with a password and an authenticator. */
async function colleagues() {
  const helper = await staffBrowser(service, { role: 'coordinator', name: 'Mallory Ek' })
  const owner = await staffBrowser(service, { role: 'coordinator', name: 'Åsa Öst' })
  const keep = fingerprint(owner.jar.get('staff')!)
  await setPassword(service.db, owner.id, passwordHash, { keep })
  const key = keyFor(service.keys.staffKey, 'second factor')
  const totpSealed = sealFor(key, owner.id, Buffer.from('JBSWY3DPEHPK3PXP'))
  const secure = () => setSecondFactor(service.db, owner.id, { totpSealed, totpStep: 0, recoveryTags: [], keep })
  return { helper, owner, secure }
}

describe('somebody who looks after accounts', () => {
  test('gets no link to the account of a colleague who has a password: it goes to the owner alone', async () => {
    const { helper, owner } = await colleagues()
    for (const form of [{}, { show: '1' }] as Record<string, string>[]) {
      const { statusCode, body } = await helper.post(`/staff/people/${owner.id}/invitation`, form)
      expect(statusCode).toBe(200)
      expect(linkIn(body)).toBeUndefined()
      expect(body).not.toContain('name="show"')
      expect(lastMail()).toMatchObject({ to: owner.email, text: expect.stringContaining('Mallory Ek har skapat') })
    }
  })

  test('gets none when the mail cannot be queued either', async () => {
    await service.close()
    service = await startService({ sendMail: () => Promise.reject(new Error('no mail')) })
    const { helper, owner } = await colleagues()
    const { statusCode, body } = await helper.post(`/staff/people/${owner.id}/invitation`, { show: '1' })
    expect(statusCode).toBe(503)
    expect(body).toContain('Länken skickades inte')
    expect(linkIn(body)).toBeUndefined()
  })

  test('may hand over a link to somebody who never had a password, who is told of it', async () => {
    const { helper } = await colleagues()
    const fresh = await newStaff(service, { role: 'viewer' })
    const { body } = await helper.post(`/staff/people/${fresh.id}/invitation`, { show: '1' })
    const link = linkIn(body)!
    expect(lastMail()).toMatchObject({ to: fresh.email, text: expect.stringContaining('Mallory Ek') })
    expect(linkIn(mails.map(({ text }) => text).join())).toBeUndefined()

    await browse(service.app).post(link, { password })
    expect(lastMail()).toMatchObject({ to: fresh.email, text: expect.stringContaining('en länk från Mallory Ek') })
    const trail = "select subject from audit where action = 'signIn.passwordSet'"
    expect(await valueIn(service.db, trail)).toBe('med en länk från Mallory Ek')
  })

  test('gets none to an address whose account they closed either: it goes to the owner alone', async () => {
    const { helper, owner } = await colleagues()
    await helper.post(`/staff/people/${owner.id}/ending`)
    const again = { name: 'Åsa Öst', email: owner.email, role: 'coordinator' }
    const invited = await helper.post('/staff/people', again)
    expect([invited.statusCode, linkIn(invited.body), lastMail()?.to]).toEqual([200, undefined, owner.email])
    expect(invited.body).not.toContain('name="show"')
    const { id } = (await findAccountByEmail(service.db, owner.email))!
    const { body } = await helper.post(`/staff/people/${id}/invitation`, { show: '1' })
    expect([linkIn(body), lastMail()?.to]).toEqual([undefined, owner.email])
  })

  test('shows links where the service has no mail, as there is no other way', async () => {
    await service.close()
    service = await startService()
    const { helper, owner } = await colleagues()
    expect(linkIn((await helper.post(`/staff/people/${owner.id}/invitation`)).body)).toBeDefined()
  })
})

describe('the owner of an account is told by mail', () => {
  test('of everything that others do to it, and by whom', async () => {
    const { helper, owner, secure } = await colleagues()
    await secure()
    const said = async (path: string, form = {}) => {
      expect((await helper.post(`/staff/people/${owner.id}${path}`, form)).statusCode).toBe(303)
      const mail = lastMail()
      expect(mail).toMatchObject({ to: owner.email, subject: 'Ditt konto i Brukarsvar har ändrats' })
      expect(mail!.text).toContain('Mallory Ek')
      return mail!.text
    }
    expect(await said('', { name: 'Åsa Väst', role: 'viewer' })).toContain('rollen resultatläsare')
    expect(await said('/second-factor-removal')).toContain('kopplats bort')
    expect(await said('/ending')).toContain('avslutats')
  })

  test('of what is done in its own name', async () => {
    const { owner } = await colleagues()
    const said = async (path: string, form: Record<string, string>, status = 303) => {
      expect((await owner.post(path, form)).statusCode).toBe(status)
      const mail = lastMail()
      expect(mail).toMatchObject({ to: owner.email, text: expect.stringContaining('inloggad på ditt konto') })
      return mail!.text
    }
    expect(await said('/staff/account', { name: 'Åsa Väst' })).toContain('Åsa Väst')
    const shown = (await owner.get('/staff/second-factor/set-up')).body
    const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(shown)![1]!.replaceAll(' ', '')
    const sealed = /name="secret" value="([^"]+)"/.exec(shown)![1]!
    const number = new TOTP({ secret }).generate({ timestamp: service.clock.now.getTime() })
    expect(await said('/staff/second-factor/set-up', { secret: sealed, number, password }, 200)).toContain('anslutits')
    expect(await said('/staff/account/second-factor/removal', { current: password })).toContain('kopplats bort')
    const change = { old: password, password: 'ett helt nytt lösenord' }
    expect(await said('/staff/account/password', change)).toContain('Ett lösenord har valts')
  })

  test('of nothing that did not change, and nothing of that is in the audit trail', async () => {
    const { helper, owner } = await colleagues()
    await helper.post(`/staff/people/${owner.id}`, { name: 'Åsa Öst', role: 'coordinator' })
    await helper.post(`/staff/people/${owner.id}/second-factor-removal`)
    await owner.post('/staff/account', { name: 'Åsa Öst' })
    expect(mails).toEqual([])
    expect(await valueIn(service.db, 'select count(*) from audit')).toBe(0)
  })
})

test('what comes after an account was closed, of somebody who pressed before, leaves nothing in it', async () => {
  const { helper, owner, secure } = await colleagues()
  await helper.post(`/staff/people/${owner.id}/ending`)
  const refused = expect.objectContaining({ code: 'not-found' })
  const tag = Buffer.alloc(32)
  await expect(secure()).rejects.toEqual(refused)
  await expect(setPassword(service.db, owner.id, passwordHash)).rejects.toEqual(refused)
  await expect(inviteAgain(service.db, owner.id, { tag, until: service.clock.now, by: 'x' })).rejects.toEqual(refused)
  await expect(changePerson(service.db, owner.id, { unitIds: [] })).rejects.toEqual(refused)
  const session = { tag, staffId: owner.id, isComplete: true, device: '', now: service.clock.now }
  await expect(beginSession(service.db, session)).rejects.toEqual(refused)
  const left = 'select password_hash, totp_sealed, invitation_tag from staff where id = ?'
  expect(Object.values(await rowIn<object>(service.db, left, owner.id))).toEqual([null, null, null])
})

test('nothing is changed or ended while its owner cannot be told', async () => {
  await service.close()
  service = await startService({ settings: { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'a@b.se' } })
  const { helper, owner } = await colleagues()
  service.mailDb.$client.pragma('query_only = 1')
  const tries = { '': { name: 'Annat Namn', role: 'viewer' }, '/ending': {} }
  for (const [path, form] of Object.entries(tries)) {
    const { statusCode, body } = await helper.post(`/staff/people/${owner.id}${path}`, form)
    expect([statusCode, body.includes('Ingen ändring är gjord')]).toEqual([503, true])
  }
  const account = await findAccountById(service.db, owner.id)
  expect([account?.name, account?.role]).toEqual(['Åsa Öst', 'coordinator'])
  service.mailDb.$client.pragma('query_only = 0')
  expect((await helper.post(`/staff/people/${owner.id}/ending`)).statusCode).toBe(303)
})

test('a factor that is not there is not removed: nobody is signed out by it', async () => {
  const { helper, owner } = await colleagues()
  expect((await helper.post(`/staff/people/${owner.id}/second-factor-removal`)).statusCode).toBe(303)
  expect((await owner.get('/staff/account')).statusCode).toBe(200)
})

test('of a way in the owner is told also after many other changes', async () => {
  const { helper, owner, secure } = await colleagues()
  await secure()
  for (let n = 0; n < 35; n++) await helper.post(`/staff/people/${owner.id}`, { name: `Åsa ${n}`, role: 'coordinator' })
  expect(mails.filter(({ growing }) => !growing)).toHaveLength(5)
  await helper.post(`/staff/people/${owner.id}/second-factor-removal`)
  expect(lastMail()?.text).toContain('kopplats bort')
})

test('an address whose account ended gets a new one, and what was done under the old one keeps its name', async () => {
  const national = await staffBrowser(service, { role: 'national' })
  const old = await staffBrowser(service, { role: 'coordinator', name: 'Åsa Öst' })
  await old.post('/staff/account', { name: 'Åsa Öst-Ek' })
  await national.post(`/staff/people/${old.id}/ending`)
  const again = { name: 'Någon Annan', email: old.email, role: 'coordinator', municipality: '1480' }
  expect((await national.post('/staff/people', again)).statusCode).toBe(200)
  expect((await findAccountById(service.db, old.id))?.id).toBeUndefined()
  const trail = (await national.get('/staff/audit?action=account.changed')).body
  expect(trail).toContain('Åsa Öst-Ek')
  expect(trail).not.toContain('Någon Annan')
  expect((await national.post('/staff/people', again)).body).toContain('går inte att bjuda in')
})

test('an account at an address that had another one does not have what was done to that', async () => {
  const national = await staffBrowser(service, { role: 'national' })
  const old = await staffBrowser(service, { role: 'coordinator', municipalityCode: '1480' })
  await national.post(`/staff/people/${old.id}`, { name: 'Kim Ek', role: 'viewer' })
  await national.post(`/staff/people/${old.id}/ending`)
  service.clock.now = new Date(service.clock.now.getTime() + 1000)
  await national.post('/staff/people', { name: 'Bo', email: old.email, role: 'coordinator', municipality: '1489' })
  const { id, email } = (await findAccountByEmail(service.db, old.email))!
  expect((await listDeedsOf(service.db, { id, email })).map(({ action }) => action)).toEqual(['people.invited'])
})

test('the copy of one’s account names the units, and who did what was done to it', async () => {
  const { id: norr } = await addUnit(service.db, { municipalityCode: '1489', name: 'Enhet Norr' })
  const { helper } = await colleagues()
  const owner = await staffBrowser(service, { role: 'caseworker', unitIds: [norr] })
  await helper.post(`/staff/people/${owner.id}`, { name: 'Bo Ek', role: 'caseworker', units: norr })
  const { body } = await owner.get('/staff/account/copy')
  expect(body).toContain('Enhet Norr')
  expect(body).toMatch(/Gjort med ditt konto.*Mallory Ek/)
})
