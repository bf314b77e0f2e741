import { expect, test } from 'vitest'
import { deliveryRounds } from '../../src/mail/delivery-round.ts'
import { queueStaffMail } from '../../src/mail/queueing.ts'
import { setPassword } from '../../src/people/account-store.ts'
import { runIn, valueIn, valuesIn } from '../support/rows.ts'
import { browse } from '../support/service.ts'
import { newStaff, staffBrowser } from '../support/staff.ts'
import { countOutbox } from './count-outbox.ts'
import { openPostOffice } from './post-office.ts'

const settings = { SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM: 'Undersökningen <svar@kommun.example>' }

/** The service with a mail server that answers no more, which it has noticed. */
async function withoutMail() {
  const post = await openPostOffice({ settings })
  const { office, server, service } = post
  const clock = () => service.clock.now
  const sendRound = deliveryRounds({
    office,
    smtpUrl: server.url,
    clock,
    news: { onTrouble: () => {}, onEnd: () => {} },
  })
  await server.close()
  await queueStaffMail(office, { to: 'eva@example.se', subject: 'Hej', text: 'Hej.' }, clock())
  await sendRound(10)
  expect(office.server.outage).toBeDefined()
  return { ...post, sendRound }
}

test('every page that promises mail says that it waits, while it is known that none leaves', async () => {
  const { service, close } = await withoutMail()
  const admin = await staffBrowser(service, { role: 'national' })
  const person = { name: 'Åsa Ek', email: 'asa@example.se', role: 'coordinator', municipality: '1489' }
  const invited = (await admin.post('/staff/people', person)).body
  for (const said of [
    'Inbjudan väntar på att skickas',
    'Mejlet till asa@example.se skickas när e-posten fungerar igen',
  ])
    expect(invited).toContain(said)
  for (const said of ['Felet märktes', 'E-postservern svarar inte.', 'Skapa en länk att lämna över själv'])
    expect(invited).toContain(said)
  expect(invited).not.toContain('Vi skickar ett mejl')

  const { id } = await newStaff(service, { role: 'coordinator' })
  await setPassword(service.db, id, 'a hash')
  const link = (await admin.post(`/staff/people/${id}/invitation`)).body
  for (const said of ['Länken väntar på att skickas', 'Felet märktes']) expect(link).toContain(said)

  expect((await admin.get('/staff/enrolments')).body).toContain('Felet märktes')
  const reminded = await admin.post('/staff/enrolments/reminders')
  const list = (await admin.get(reminded.headers.location!)).body
  expect(list).toMatch(/Påminnelsen till samordnarna i 1 kommun väntar\.[^<]* Den skickas när e-posten fungerar igen\./)
  const said = async (deed: string) => (await admin.get(`/staff/enrolments/1489?done=enrolment.${deed}`)).body
  for (const deed of ['submittedMailed', 'approvedMailed'])
    expect(await said(deed)).toContain('Bekräftelsen till kontaktpersonen väntar')
  await close().catch(() => {}) // the mail server is closed already
})

test('without trouble the same pages say that it is sent', async () => {
  const { service, close } = await openPostOffice({ settings })
  const admin = await staffBrowser(service, { role: 'national' })
  const none = await admin.post('/staff/enrolments/reminders')
  expect(none.headers.location).toContain('done=enrolment.remindedNobody')
  expect((await admin.get(none.headers.location!)).body).toContain('Ingen påminnelse skickas')
  expect(await valueIn(service.db, "select count(*) from enrolments where state = 'asked'")).toBe(0)

  await newStaff(service, { role: 'coordinator' })
  const reminded = await admin.post('/staff/enrolments/reminders')
  const list = (await admin.get(reminded.headers.location!)).body
  expect(list).toContain('Påminnelsen skickas till samordnarna i 1 kommun.')
  expect(list, 'and to whom it is not').toContain('289 kommuner fick ingen påminnelse, för de har ingen samordnare')
  expect(list).not.toContain('Felet märktes')
  const asked = await valuesIn(service.db, "select municipality_code from enrolments where state = 'asked'")
  expect(asked).toEqual(['1489'])
  await close()
})

test('a mail to nobody neither ends what is known of the server nor makes the page of a forgotten password tell', async () => {
  const { service, office, sendRound, close } = await withoutMail()
  const { email } = await newStaff(service, { role: 'coordinator' })
  const ask = async (email: string) =>
    (await browse(service.app).post('/staff/forgotten', { email })).body.replaceAll(email, '')
  const known = await ask(email)
  expect(known).toContain('skickar vi ett mejl så snart e-posten fungerar')
  expect(known).not.toContain('Felet märktes')
  expect(await ask('nobody@example.se')).toBe(known)

  await runIn(office.mailDb, 'delete from outbox')
  await queueStaffMail(office, { to: '', subject: 'Hej', text: 'Hej.' }, service.clock.now)
  service.clock.now = new Date(service.clock.now.getTime() + 20 * 60_000)
  await sendRound(10)
  expect(office.server.outage).toBeDefined()
  expect(await countOutbox(office.mailDb)).toEqual([])
  await close().catch(() => {})
})
