import { afterEach, beforeEach, expect, test } from 'vitest'
import { deliveryRounds } from '../../src/mail/delivery-round.ts'
import { queueStaffMail } from '../../src/mail/queueing.ts'
import { rowsIn } from '../support/rows.ts'
import { newStaff, staffBrowser } from '../support/staff.ts'
import { openPostOffice, type PostOffice, people } from './post-office.ts'

const settings = { SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM: 'svar@kommun.example' }
let post: PostOffice
beforeEach(async () => {
  post = await openPostOffice({ settings })
})
afterEach(() => post.close())

const waiting = () => rowsIn(post.office.mailDb, 'select next_attempt_at as due from outbox order by next_attempt_at')
const later = (minutes: number) => {
  post.service.clock.now = new Date(post.service.clock.now.getTime() + minutes * 60_000)
}

test('of forty changes of one account in an hour a few are told at once, and the rest in one mail', async () => {
  const eva = await staffBrowser(post.service, { role: 'coordinator' })
  for (let time = 0; time < 40; time++) await eva.post('/staff/account', { name: `Eva ${time}` })
  expect(await waiting()).toHaveLength(6)
  await post.deliver()
  expect(post.server.received).toHaveLength(5)
  later(20)
  await eva.post('/staff/account', { name: 'Eva Sist' })
  later(11)
  await post.deliver()
  expect(post.server.received).toHaveLength(6)
  const { text } = post.server.received[5]!
  expect(text).toContain('Nu är namnet Eva Sist och rollen')
  expect(text).toMatch(/Antal gånger: 36, senast 15 september 2026 kl\. 11:20\./)
  expect(await waiting()).toEqual([])

  await eva.post('/staff/account', { name: 'Eva Igen' })
  later(31)
  await post.deliver()
  expect(post.server.received[6]!.text).toMatch(/Eva Igen och.*Antal gånger: 1,/s)
})

test('what somebody else did is told at once beside what an owner did, and neither is left out of what is told together', async () => {
  const { id, email } = await newStaff(post.service, { role: 'viewer' })
  const eva = await staffBrowser(post.service, { role: 'coordinator' })
  const national = await staffBrowser(post.service, { role: 'national' })
  for (let time = 0; time < 8; time++) {
    const role = time % 2 ? 'viewer' : 'coordinator'
    await national.post(`/staff/people/${id}`, { name: `Kim ${time}`, role })
  }
  await eva.post('/staff/account', { name: 'Eva' })
  later(31)
  await post.deliver()
  const theirs = post.server.received.filter(({ to }) => to === email)
  expect([theirs.length, post.server.received.length]).toEqual([6, 7])
  expect(theirs[5]!.text).toMatch(/Kim 7.*Det gjordes av .*Antal gånger: 3,/s)
})

test('however many mails wait for staff, one of four goes to people', async () => {
  await post.invite(people(3))
  for (let number = 0; number < 40; number++)
    await queueStaffMail(post.office, { to: `k${number}@b.se`, subject: 'x', text: 'x' }, post.service.clock.now)
  const send = deliveryRounds({
    ...{ office: post.office, smtpUrl: post.server.url, clock: () => post.service.clock.now },
    news: { onTrouble: () => {}, onEnd: () => {} },
  })
  for (let round = 0; round < 4; round++) await send(3)
  expect(post.server.received.filter(({ to }) => people(3).includes(to))).toHaveLength(3)
})
