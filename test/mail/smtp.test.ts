import { describe, expect, test } from 'vitest'
import { nextAttempt } from '../../src/mail/retry.ts'
import { openSmtp, trySmtp, verdictOf } from '../../src/mail/smtp.ts'
import { troubleOf } from '../../src/mail/trouble.ts'
import { startMailServer } from './mail-server.ts'

describe('a mail server', () => {
  test.each([
    [550, '550 5.1.1 No such user', 'refused'],
    [550, '550 no such user here', 'refused'],
    [552, '552 5.2.2 Mailbox full', 'refused'],
    [550, '550 5.7.1 Relaying denied', 'later'],
    [550, '550 5.1.8 Bad sender domain', 'later'],
    [554, '554 rejected', 'later'],
    [530, '530 5.7.0 Authentication required', 'later'],
    [450, '450 4.2.0 Greylisted', 'later'],
    [421, '421 Closing', 'down'],
  ])('that says %i (%s) to a recipient means: %s', (responseCode, response, verdict) => {
    expect(verdictOf({ command: 'RCPT TO', responseCode, response })).toBe(verdict)
  })

  test.each([
    ['MAIL FROM', 550, 'down'],
    ['AUTH PLAIN', 535, 'down'],
    ['DATA', 554, 'later'],
    ['MAIL FROM', 552, 'down'],
    ['CONN', undefined, 'down'],
  ])('that breaks off at %s with %s means: %s', (command, responseCode, verdict) => {
    expect(verdictOf({ command, responseCode })).toBe(verdict)
  })
})

test.each([
  [{ command: 'MAIL FROM', responseCode: 552, response: '552 5.3.4 Too long' }],
  [{ command: 'MAIL FROM', responseCode: 553, response: '553 5.6.7 Only ASCII' }],
  [{ command: 'MAIL FROM', code: 'EMESSAGE' }],
  [{ command: 'API', code: 'EENVELOPE' }],
])('a mail that cannot be sent for itself, %o, holds up no other', (failure) => {
  expect(verdictOf(failure)).toBe('later')
})

test('a mail is tried again after 1, 2, 4 … minutes, at most 6 hours, and given up after two days', () => {
  const now = new Date('2026-09-15T09:00:00Z')
  const waits = []
  for (let failed = 1; nextAttempt(failed, now); failed++)
    waits.push((nextAttempt(failed, now)!.getTime() - now.getTime()) / 60_000)
  expect(waits.slice(0, 10)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360])
  const hours = waits.reduce((sum, minutes) => sum + minutes, 0) / 60
  expect(hours).toBeGreaterThan(42)
  expect(hours).toBeLessThanOrEqual(48)
})

test('the sender is one person, whatever the name is made of', async () => {
  const server = await startMailServer()
  const from = { name: 'Svar: Alingsås kommun, "IFO" <nu>;', address: 'svar@kommun.example' }
  const transport = await openSmtp({ url: server.url, from })
  const mail = { to: 'eva@kommun.example', subject: 'Hej', text: 'Hej', messageId: '<1@kommun.example>' }
  expect(await transport.send(mail)).toBe('accepted')
  const [, words, address] = /^(?:"(.*)"|=\?UTF-8\?.*\?=) <(.*)>$/.exec(server.received[0]!.headers.get('from')!)!
  expect(address).toBe('svar@kommun.example')
  expect(words).toBeUndefined() // coded as a whole, so that nothing in it means anything
  await server.close()
})

test.each([
  [{ code: 'ESOCKET', originalCode: 'ECONNREFUSED', command: 'CONN' }, 'unreachable'],
  [{ code: 'EDNS', command: 'CONN' }, 'unreachable'],
  [{ code: 'ETIMEDOUT', command: 'CONN' }, 'unreachable'],
  [{ code: 'ETLS', command: 'STARTTLS', responseCode: 454 }, 'encryption'],
  [{ code: 'ESOCKET', originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT', command: 'CONN' }, 'encryption'],
  [{ code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 }, 'signIn'],
  [{ code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 530 }, 'signIn'],
  [{ code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 553 }, 'sender'],
  [{ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 554 }, 'refuses'],
  [{ code: 'EMESSAGE', command: 'DATA', responseCode: 452 }, 'notNow'],
  [{ code: 'SQLITE_BUSY' }, 'other'],
])('what the library says of a failure, %o, is in words: %s', (failure, trouble) => {
  expect(troubleOf(failure)).toBe(trouble)
})

test('a server is tried without a mail', async () => {
  const server = await startMailServer()
  expect(await trySmtp(server.url)).toBeUndefined()
  expect(await trySmtp(server.url.replace('smtp:', 'smtps:'))).toMatchObject({ trouble: 'encryption' })
  await server.close()
  expect(await trySmtp(server.url)).toMatchObject({ code: 'ESOCKET', command: 'CONN', trouble: 'unreachable' })
  const locked = await startMailServer({ knowsNobody: true })
  expect(await trySmtp(locked.url.replace('//', '//svar:fel@'))).toMatchObject({ trouble: 'signIn', responseCode: 535 })
  await locked.close()
  expect([...server.received, ...locked.received]).toEqual([])
})
