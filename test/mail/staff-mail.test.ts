import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fingerprint } from '../../src/crypto/secrets.ts'
import { mailFileOf } from '../../src/database/mail-file.ts'
import { patiently } from '../../src/database/patience.ts'
import { loadLanguages } from '../../src/language/languages.ts'
import { deliverOutbox } from '../../src/mail/delivery.ts'
import { bindMailStores } from '../../src/mail/mail-stores.ts'
import { openSmtp } from '../../src/mail/smtp.ts'
import { addUnit } from '../../src/organisation/store.ts'
import { findAccountByEmail, findInvited, setPassword } from '../../src/people/account-store.ts'
import { createRound, moveRound } from '../../src/round/store.ts'
import { board } from '../support/board.ts'
import { valueIn } from '../support/rows.ts'
import { browse, type Service, startService } from '../support/service.ts'
import { newStaff, staffBrowser } from '../support/staff.ts'
import { type MailServer, startMailServer } from './mail-server.ts'

let server: MailServer
let service: Service
beforeEach(async () => {
  server = await startMailServer()
  const settings = { SMTP_URL: server.url, MAIL_FROM: 'Brukarsvar <svar@kommun.example>' }
  service = await startService({ now: '2026-04-10T09:00:00Z', settings })
})
afterEach(async () => {
  await service.close()
  await server.close()
})

async function deliver() {
  const from = { name: 'Brukarsvar', address: 'svar@kommun.example' }
  const transport = await openSmtp({ url: server.url, from })
  const { db, mailDb, keys, clock } = service
  const stores = bindMailStores(db, mailDb, patiently)
  const mailFile = mailFileOf(mailDb)
  const about = { languages: loadLanguages(), publicUrl: '', from, server: {} }
  const office = { stores, files: () => undefined, mailFile, keys, ...about }
  await deliverOutbox(office, { transport, now: clock.now })
  return server.received.splice(0)
}
const tokenIn = (text: string) => /\/staff\/invitations\/([\w-]{43})$/m.exec(text)![1]!

describe('an invitation to an account', () => {
  const person = { name: 'Åsa Ek', email: 'asa@example.se', role: 'coordinator', municipality: '1489' }

  test('is mailed with its link, which the page does not show; a new one can be made to hand over', async () => {
    const admin = await staffBrowser(service, { role: 'national' })
    const page = await admin.post('/staff/people', person)
    expect(page.body).toContain('Vi skickar ett mejl med en länk till asa@example.se')
    expect(page.body).not.toMatch(/invitations\/[\w-]{43}/)
    const [mail] = await deliver()
    expect(mail).toMatchObject({ to: 'asa@example.se', subject: 'Din inbjudan till Brukarsvar' })
    expect(mail!.text).toContain('Hej Åsa Ek!')
    const link = tokenIn(mail!.text)
    expect((await browse(service.app).get(`/staff/invitations/${link}`)).statusCode).toBe(200)

    const { id } = (await findAccountByEmail(service.db, 'asa@example.se'))!
    const shown = (await admin.post(`/staff/people/${id}/invitation`, { show: '1' })).body
    expect(shown).toMatch(/invitations\/[\w-]{43}/)
    const told = (await deliver()).map(({ subject, text }) => [subject, /invitations/.test(text)])
    expect(told).toEqual([['Ditt konto i Brukarsvar har ändrats', false]])
    expect((await browse(service.app).get(`/staff/invitations/${link}`)).statusCode).toBe(404)
  })

  test('is written in the language of the one who gets it', async () => {
    const { id } = await newStaff(service, { role: 'viewer', language: 'en', name: 'Bo' })
    const admin = await staffBrowser(service, { role: 'coordinator' })
    await admin.post(`/staff/people/${id}/invitation`)
    expect((await deliver()).map(({ subject }) => subject)).toEqual(['Your invitation to Brukarsvar'])
  })
})

describe('a forgotten password', () => {
  async function withPassword() {
    const { id, email } = await newStaff(service, { role: 'viewer' })
    await setPassword(service.db, id, 'a hash')
    return email
  }
  const waiting = () => valueIn<number>(service.mailDb, 'select count(*) from outbox')
  async function ask(email: string) {
    const before = await waiting()
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const { body } = await browse(service.app).post('/staff/forgotten', { email })
    expect(await waiting()).toBe(before)
    vi.advanceTimersByTime(10_000) // the wish waits for a while that nobody can guess
    vi.useRealTimers()
    await vi.waitFor(async () => expect(await waiting()).toBe(before + 1)) // a mail is queued in any case, be it to nobody
    return body.replaceAll(email, '')
  }

  test('is replaced by a link in a mail; the answer is the same for an address without an account', async () => {
    const email = await withPassword()
    const known = await ask(email.toUpperCase())
    expect(known).toContain('Om det finns ett konto med adressen')
    expect(await ask('nobody@example.se')).toBe(known)
    const mails = await deliver()
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([[email, 'Välj ett nytt lösenord i Brukarsvar']])
    const tag = fingerprint(tokenIn(mails[0]!.text))
    expect((await findInvited(service.db, tag, service.clock.now))?.email).toBe(email)
    service.clock.now = new Date(service.clock.now.getTime() + 25 * 3_600_000)
    expect(await findInvited(service.db, tag, service.clock.now)).toBeUndefined()
  })

  test('leaves before what others caused in the hour before, be it of another municipality', async () => {
    const email = await withPassword()
    const other = await staffBrowser(service, { role: 'coordinator', municipalityCode: '1490' })
    for (const n of [1, 2, 3])
      await other.post('/staff/people', { name: 'Ny', email: `ny${n}@example.se`, role: 'coordinator' })
    service.clock.now = new Date(service.clock.now.getTime() + 60_000)
    await ask(email)
    const [first, ...others] = await deliver()
    expect([first!.to, others.length]).toEqual([email, 3])
  })

  test('is asked for a few times an hour at most, and then again', async () => {
    const email = await withPassword()
    for (let times = 0; times < 5; times++) await ask(email)
    expect(await deliver()).toHaveLength(3)
    service.clock.now = new Date(service.clock.now.getTime() + 3_700_000)
    await ask(email)
    expect(await deliver()).toHaveLength(1)
  })

  test('does not end the invitation of somebody who never had one', async () => {
    const { email } = await newStaff(service, { role: 'viewer' })
    await ask(email)
    expect(await deliver()).toEqual([])
  })

  test('is a matter for a colleague where the service cannot send mail', async () => {
    const bare = await startService()
    const { body } = await browse(bare.app).get('/staff/forgotten')
    expect(body).toContain('Be din samordnare')
    expect(body).not.toContain('<form method="post" action="/staff/forgotten"')
    expect((await browse(bare.app).post('/staff/forgotten', { email: 'a@example.se' })).statusCode).toBe(400)
    await bare.close()
  })
})

test('what enrolment writes arrives at a mail server: the confirmation and the reminder', async () => {
  const { db } = service
  await createRound(db, {
    ...{ id: '2026', year: 2026, opensOn: '2026-09-01', closesOn: '2026-10-31', publicKey: Buffer.alloc(32) },
    ...{ registrationOpensOn: '2026-04-01', registrationClosesOn: '2026-04-30', targetGroups: ['addiction'] },
  })
  await moveRound(db, '2026', ['draft'], 'enrolling')
  const unit = await addUnit(db, { municipalityCode: '1489', name: 'Vuxenenheten' })
  const { email: silent } = await newStaff(service, { role: 'coordinator', municipalityCode: '1480' })
  const own = await staffBrowser(service, { role: 'coordinator', municipalityCode: '1489' })
  const contact = {
    ...board,
    contactName: 'Eva Ek',
    contactEmail: 'eva@example.se',
    contactPhone: '0322-61 60 00',
    note: '',
  }
  await own.post('/staff/enrolment', { ...contact, [`at.${unit.id}.addiction`]: '41' })
  await (await staffBrowser(service, { role: 'national' })).post('/staff/enrolments/reminders')
  const mails = await deliver()
  expect(mails.map(({ to }) => to).sort()).toEqual([silent, 'eva@example.se'].sort())
  expect(mails.find(({ to }) => to === silent)!.subject).toBe('Är Göteborg med i Brukarsvar 2026?')
  for (const { text } of mails) expect(text).toContain('/staff/enrolment')
})
