import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Run } from '../../src/database/patience.ts'
import { deliverOutbox } from '../../src/mail/delivery.ts'
import { deliveryRounds } from '../../src/mail/delivery-round.ts'
import { startMailDelivery } from '../../src/mail/delivery-timer.ts'
import { bindMailStores } from '../../src/mail/mail-stores.ts'
import { planReminder, queueStaffMail } from '../../src/mail/queueing.ts'
import { countRecipients } from '../../src/mail/recipient-store.ts'
import { openSmtp, type SmtpProblem } from '../../src/mail/smtp.ts'
import { forgetAddresses, tryStratumAgain } from '../../src/mail/store.ts'
import { beforeNextTransaction } from '../support/in-between.ts'
import { rowsIn, runIn } from '../support/rows.ts'
import { newKeys } from '../support/service.ts'
import { countOutbox } from './count-outbox.ts'
import { type Answer, type MailServer, startMailServer } from './mail-server.ts'
import { codeIn, openPostOffice, type PostOffice, people, wayOutIn } from './post-office.ts'

let post: PostOffice
beforeEach(async () => {
  post = await openPostOffice()
})
afterEach(() => post.close())

const officeWith = (run: Run) => ({
  ...post.office,
  stores: bindMailStores(post.service.db, post.service.mailDb, run),
})

const states = async () =>
  Object.fromEntries(
    (await countRecipients(post.office.mailDb, post.round.id)).map(({ state, number }) => [state, number]),
  )

describe('an invitation', () => {
  test('that the mail server accepts has been offered, and not before', async () => {
    expect(await post.invite(people(3))).toEqual({ queued: 3, rejected: [] })
    expect(await post.ledger()).toMatchObject({ offered: 0, unsettledBatches: 0 })

    expect(await post.deliver({ limit: 2 })).toEqual({
      tried: 2,
      accepted: 2,
      isDown: false,
      refused: 0,
      unreadable: 0,
    })
    expect(await post.ledger()).toMatchObject({ offered: 2 })
    await post.deliver()
    expect(await post.ledger()).toEqual({ offered: 3, undeliverable: 0, responded: 0, unsettledBatches: 0 })
    expect(post.server.received.map(({ to }) => to).sort()).toEqual(people(3))
    expect(await states()).toEqual({ accepted: 3 })

    await post.deliver()
    expect(post.server.received).toHaveLength(3)
  })

  test('holds a code of its own, with which its reader answers', async () => {
    await post.invite(people(2))
    await post.deliver()
    const texts = post.server.received.map(({ text }) => text)
    expect(new Set(texts.map(codeIn)).size).toBe(2)
    for (const text of texts) await post.answer(text)
    expect(await post.ledger()).toMatchObject({ offered: 2, responded: 2 })
  })

  test('is plain text with a neutral subject, a way out and no trace of whether it is opened', async () => {
    await post.invite(['anna@example.org'])
    await post.deliver()
    const [mail] = post.server.received
    expect(mail!.subject).toBe('Din kommun vill veta vad du tycker')
    expect(mail!.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(mail!.headers.get('auto-submitted')).toBe('auto-generated')
    expect(mail!.headers.get('list-unsubscribe')).toBe(`<https://svar.example.se${wayOutIn(mail!.text)}>`)
    expect(mail!.headers.get('message-id')).toMatch(/^<[0-9a-f]{32}@kommun\.example>$/)
    expect(mail!.headers.has('x-mailer')).toBe(false)
    const known = ['from', 'to', 'subject', 'message-id', 'date', 'mime-version', 'content-type']
    const ours = ['auto-submitted', 'x-auto-response-suppress', 'list-unsubscribe', 'list-unsubscribe-post']
    expect([...mail!.headers.keys()].sort()).toEqual([...known, ...ours, 'content-transfer-encoding'].sort())
    const [stratum] = [post.round.strata.economic_assistance]
    for (const secret of [stratum, 'economic', 'anna@example.org']) expect(mail!.text).not.toContain(secret)
  })

  test.each(['ar', 'fa'])('in %s shows the four groups of its code in their order', async (language) => {
    await post.invite(['anna@example.org'], { language, group: 'youth' })
    await post.deliver()
    const { text } = post.server.received[0]!
    const fours = codeIn(text).match(/.{4}/g)!.join(' ')
    expect(text).toContain(`\n\u200f\u2066${fours}\u2069\n`)
    expect(text).not.toMatch(/<sv>|undefined/)
  })

  test('is refused where the address is in the stratum already, in whatever letters', async () => {
    await post.invite(['anna@example.org', 'bo@example.org'])
    expect(await post.invite(['Anna@example.org', 'cia@example.org'])).toEqual({
      queued: 1,
      rejected: [{ address: 'Anna@example.org', reason: 'queued' }],
    })
    expect(await post.invite(['anna@example.org'], { group: 'addiction' })).toMatchObject({ queued: 1 })
  })

  test('waits as long as nobody sends, and is not sent when the round has closed meanwhile', async () => {
    await post.invite(people(2))
    await runIn(post.service.db, `update rounds set state = 'closed'`)
    expect(await post.deliver()).toMatchObject({ tried: 0 })
    expect(post.server.received).toEqual([])
    await expect(post.invite(['cia@example.org'])).rejects.toThrow(/not collecting/)
  })

  test('leaves no address where the round closes between its code and its place in the outbox', async () => {
    const { db, mailDb } = post.service
    await post.invite(people(2))
    beforeNextTransaction(mailDb, () =>
      Promise.all([runIn(db, `update rounds set state = 'closed'`), forgetAddresses(mailDb, post.round.id)]),
    )
    await expect(post.invite(people(3, 'late.example'))).rejects.toThrow(/closed meanwhile/)
    expect([await rowsIn(mailDb, 'select * from recipients'), await rowsIn(mailDb, 'select * from outbox')]).toEqual([
      [],
      [],
    ])
    expect(await rowsIn(db, "select leftover - issued as gone from batches where channel = 'email'")).toEqual([
      { gone: 0 },
    ])
  })
})

describe('a mail server', () => {
  test('that says "not now" is asked again, a little later each time', async () => {
    await post.invite(['anna@example.org'])
    post.server.says.toRecipient = () => [451, '4.7.1 Greylisted']
    expect(await post.deliver()).toEqual({ tried: 1, accepted: 0, isDown: false, refused: 0, unreadable: 0 })
    expect(await post.deliver()).toMatchObject({ tried: 0 }) // not due yet
    post.wait(1 / 60)
    expect(await post.deliver()).toMatchObject({ tried: 1 })
    post.wait(1 / 60)
    expect(await post.deliver()).toMatchObject({ tried: 0 })
    post.wait(1 / 60)
    post.server.says.toRecipient = () => undefined
    expect(await post.deliver()).toMatchObject({ accepted: 1 })
    expect(await post.ledger()).toMatchObject({ offered: 1, undeliverable: 0 })
  })

  test('that does not know an address makes it undeliverable, and the address is forgotten', async () => {
    await post.invite(['anna@example.org', 'nobody@example.org'])
    post.server.says.toRecipient = (address) => (/^nobody/.test(address) ? [550, '5.1.1 No such user'] : undefined)
    expect(await post.deliver()).toEqual({ tried: 2, accepted: 1, isDown: false, refused: 1, unreadable: 0 })
    expect(await post.ledger()).toMatchObject({ offered: 1, undeliverable: 1 })
    expect(await states()).toEqual({ accepted: 1, bounced: 1 })
    const left = await rowsIn(post.office.mailDb, 'select state, sealed is null as forgotten from recipients')
    expect(left).toContainEqual({ state: 'bounced', forgotten: 1 })
    expect(await countOutbox(post.office.mailDb)).toEqual([])
  })

  test('that refuses us, and not the reader, makes nobody undeliverable', async () => {
    await post.invite(people(2))
    post.server.says.toRecipient = () => [554, '5.7.1 Relaying denied']
    await post.deliver()
    expect(await states()).toEqual({ queued: 2 })
    expect(await post.ledger()).toMatchObject({ offered: 0, undeliverable: 0 })
  })

  test('that is down loses nothing: everything leaves when it is back', async () => {
    await post.invite(people(3))
    const { port } = post.server
    await post.server.close()
    expect(await post.deliver()).toEqual({ tried: 1, accepted: 0, isDown: true, refused: 0, unreadable: 0 })
    post.server = await startMailServer({ port })
    post.wait(0.1)
    expect(await post.deliver()).toMatchObject({ accepted: 3 })
    expect(await post.ledger()).toMatchObject({ offered: 3 })
  })

  test('that is stuck holds the outbox up for as long as one step may take, and loses nothing', async () => {
    await post.invite(['anna@example.org'])
    const stuck = await startMailServer({ greet: false })
    expect(await post.deliver({ url: stuck.url, timeoutMs: 200 })).toMatchObject({
      isDown: true,
      refused: 0,
      unreadable: 0,
    })
    await stuck.close()
    post.wait(0.1)
    expect(await post.deliver()).toMatchObject({ accepted: 1 })
  })

  test('that refuses for two days is given up; nobody counts as offered, and it can be tried again', async () => {
    await post.invite(['anna@example.org'])
    post.server.says.toMail = () => [452, '4.3.1 Out of storage']
    let tries = 0
    for (let hours = 0; hours < 72; hours += 0.25) {
      tries += (await post.deliver()).tried
      post.wait(0.25)
    }
    expect(tries).toBeGreaterThan(10)
    expect(tries).toBeLessThan(25)
    expect(await countOutbox(post.office.mailDb)).toEqual([{ kind: 'invitation', state: 'given_up', number: 1 }])
    expect(await post.ledger()).toMatchObject({ offered: 0, undeliverable: 0 })

    post.server.says.toMail = () => undefined
    expect(
      await tryStratumAgain(post.office.mailDb, post.round.strata.economic_assistance, post.service.clock.now),
    ).toBe(1)
    expect(await post.deliver()).toMatchObject({ accepted: 1 })
  })
})

describe('the service', () => {
  let said: string[]
  const options = () => {
    said = []
    const clock = () => post.service.clock.now
    const news = {
      onTrouble: ({ trouble, responseCode }: SmtpProblem) =>
        void said.push([trouble, responseCode].filter(Boolean).join(' ')),
      onEnd: () => void said.push('ended'),
    }
    return { office: post.office, smtpUrl: post.server.url, clock, news }
  }

  test('sends by itself what waits, and stops when it is told to', async () => {
    await post.invite(people(3))
    const stop = startMailDelivery({ ...options(), perMinute: 60 })
    await vi.waitFor(() => expect(post.server.received).toHaveLength(3), 10_000)
    await stop()
    expect(await post.ledger()).toMatchObject({ offered: 3 })
    expect(said).toEqual([])
  })

  test('sends no more at a time than its share of a minute', async () => {
    await post.invite(people(5))
    const stop = startMailDelivery({ ...options(), perMinute: 12 })
    await vi.waitFor(() => expect(post.server.received).toHaveLength(2), 10_000)
    await stop()
    expect(post.server.received).toHaveLength(2)
  })

  test('says once that the server is down, asks it seldom and for all mails, and says once that it is back', async () => {
    await post.invite(people(8))
    const sendSome = deliveryRounds(options())
    const { port } = post.server
    await post.server.close()
    const begun = post.service.clock.now
    let tries = 0
    for (let round = 0; round < 60; round++) {
      const before = post.office.server.outage?.nextTry
      await sendSome(10)
      tries += Number(post.office.server.outage?.nextTry !== before)
      post.wait(1 / 60)
    }
    expect(tries).toBe(7) // in an hour: after 1, 2, 4, 8, 15, 15 minutes
    expect(said).toEqual(['unreachable'])
    expect(post.office.server.outage).toMatchObject({ since: begun, problem: { trouble: 'unreachable' } })

    post.server = await startMailServer({ port })
    post.server.says.toMail = () => [554, '5.7.1 Not from you']
    post.wait(1)
    await sendSome(10)
    await sendSome(10)
    expect(said).toEqual(['unreachable', 'refuses 554'])
    expect(post.office.server.outage).toMatchObject({ since: begun })
    post.server.says.toMail = () => undefined
    post.wait(1)
    await sendSome(10)
    expect(said).toEqual(['unreachable', 'refuses 554', 'ended'])
    expect(post.office.server.outage).toBeUndefined()
    expect(post.server.received).toHaveLength(8)
  })

  test('says in its log what the server said, and nothing of the mail; an address that does not exist is no trouble', async () => {
    await post.invite(['anna@example.org', 'nobody@example.org'])
    post.server.says.toRecipient = (address) =>
      /^nobody/.test(address) ? [550, '5.1.1 No such user'] : [554, `5.7.1 ${address} is not for you`]
    const problems: object[] = []
    const sendSome = deliveryRounds({
      ...options(),
      news: { onTrouble: (problem) => problems.push(problem), onEnd: () => problems.push({}) },
    })
    await sendSome(2)
    expect(problems).toEqual([])
    await post.invite(['bo@example.org'])
    post.wait(1)
    await sendSome(2)
    expect(problems).toEqual([{ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 554, trouble: 'refuses' }])
  })

  test('does not say that no email leaves because one mail is refused for good, however often, and sends the others', async () => {
    await post.invite(['anna@example.org', ...people(3)])
    const refuse = (to: string): Answer => (/^anna/.test(to) ? [554, '5.7.1 Looks like advertising'] : undefined)
    post.server.says.toMail = ({ to }) => refuse(to)
    const sendSome = deliveryRounds(options())
    for (let hours = 0; hours < 60; hours++) {
      await sendSome(10)
      expect(post.office.server.outage).toBeUndefined()
      post.wait(1)
    }
    expect(await states()).toEqual({ accepted: 3, queued: 1 })
    expect(await countOutbox(post.office.mailDb)).toEqual([{ kind: 'invitation', state: 'given_up', number: 1 }])

    post.server.says.toMail = () => [554, '5.7.1 You are blocked']
    await post.invite(people(2, 'example.net'))
    await sendSome(10)
    expect(post.office.server.outage).toMatchObject({ problem: { trouble: 'refuses' } })
    post.server.says.toMail = ({ to }) => refuse(to)
    post.wait(1)
    await sendSome(10)
    expect(said).toEqual(['refuses 554', 'ended'])
  })

  test.each<[string, Partial<MailServer['says']>]>([
    ['at its end', { toMail: () => [554, '5.6.0 Not well written'] }],
    ['at its end, in few words', { toMail: () => [552, 'Too much'] }],
    ['before it', { toSender: () => [552, '5.3.4 Too long'] }],
  ])(
    'takes a mail whose own fault is named %s for no trouble of the server until another is refused',
    async (_, says) => {
      await post.invite(['anna@example.org'])
      Object.assign(post.server.says, says)
      const sendSome = deliveryRounds(options())
      await sendSome(10)
      post.wait(1)
      await sendSome(10)
      expect(post.office.server.outage).toBeUndefined()
      await post.invite(['bo@example.org'])
      await sendSome(10)
      expect(post.office.server.outage).toBeDefined()
      expect(await states()).toEqual({ queued: 2 })
    },
  )

  test('says that no email leaves where the first mail of all is refused', async () => {
    await post.invite(['anna@example.org'])
    post.server.says.toMail = () => [554, '5.7.1 Not from you']
    await deliveryRounds(options())(10)
    expect(said).toEqual(['refuses 554'])
  })

  test('does not say that no email leaves because a few mailboxes are full', async () => {
    await post.invite(people(12))
    post.server.says.toRecipient = (address) => (/^person1/.test(address) ? [452, '4.2.2 Mailbox full'] : undefined)
    const sendSome = deliveryRounds(options())
    for (let minutes = 0; minutes < 60; minutes++) {
      await sendSome(10)
      expect(post.office.server.outage).toBeUndefined()
      post.wait(1 / 60)
    }
    expect(await states()).toEqual({ accepted: 9, queued: 3 })
    expect(said).toEqual([])

    const { port, says } = post.server
    await post.server.close()
    post.wait(24)
    await sendSome(10)
    expect(post.office.server.outage).toBeDefined()
    post.server = await startMailServer({ port })
    post.server.says.toRecipient = says.toRecipient
    post.wait(24)
    await sendSome(10)
    expect(post.office.server.outage).toBeUndefined()
    expect(said).toEqual(['unreachable', 'ended'])
  })
})

describe('a service that is killed', () => {
  test('between the server’s yes and its own note sends the mail twice, and counts it once', async () => {
    await post.invite(['anna@example.org'])
    const killed: Run = async (work) => {
      if (post.server.received.length > 0) throw new Error('killed')
      return work()
    }
    const transport = await openSmtp({ url: post.server.url, from: post.office.from })
    const options = { transport, now: post.service.clock.now }
    await expect(deliverOutbox(officeWith(killed), options)).rejects.toThrow('killed')

    await post.deliver()
    const ids = post.server.received.map(({ headers }) => headers.get('message-id'))
    expect(ids).toHaveLength(2)
    expect(ids[0]).toBe(ids[1])
    expect(await post.ledger()).toMatchObject({ offered: 1 })
  })

  test('between the two databases counts the mail once', async () => {
    await post.invite(['anna@example.org'])
    let notes = 0
    const killed: Run = async (work) => {
      if (post.server.received.length > 0 && ++notes === 2) throw new Error('killed')
      return work()
    }
    const transport = await openSmtp({ url: post.server.url, from: post.office.from })
    await expect(deliverOutbox(officeWith(killed), { transport, now: post.service.clock.now })).rejects.toThrow(
      'killed',
    )
    expect(await post.ledger()).toMatchObject({ offered: 1 })

    await post.deliver()
    expect(await post.ledger()).toMatchObject({ offered: 1 })
    expect(await states()).toEqual({ accepted: 1 })
  })
})

describe('a mail that cannot be read', () => {
  test('is given up, and all that come after it leave', async () => {
    await post.invite(people(3))
    const { mailDb } = post.office
    await runIn(mailDb, 'update recipients set sealed = randomblob(length(sealed))')
    await queueStaffMail(
      { ...post.office, keys: newKeys() },
      { to: 'x@y.se', subject: 'x', text: 'x' },
      post.service.clock.now,
    )
    await post.invite(people(6).slice(3))
    await queueStaffMail(post.office, { to: 'eva@kommun.example', subject: 'y', text: 'y' }, post.service.clock.now)

    expect(await post.deliver()).toEqual({ tried: 4, accepted: 4, isDown: false, refused: 0, unreadable: 4 })
    expect(post.server.received.map(({ to }) => to).sort()).toEqual(
      ['eva@kommun.example', ...people(6).slice(3)].sort(),
    )
    expect(await countOutbox(mailDb)).toEqual([
      { kind: 'invitation', state: 'given_up', number: 3 },
      { kind: 'staff', state: 'given_up', number: 1 },
    ])
    expect(await post.ledger()).toMatchObject({ offered: 3, undeliverable: 0 })
  })

  test('is passed over by a reminder, which goes to all others', async () => {
    await post.invite(people(4))
    await post.deliver()
    await runIn(
      post.office.mailDb,
      'update recipients set sealed = randomblob(length(sealed)) where id = (select min(id) from recipients)',
    )
    const [stratumId, now] = [post.round.strata.economic_assistance, post.service.clock.now]
    await planReminder(post.office, { stratumId, now })
    post.wait(48)
    await post.deliver()
    expect(post.server.received).toHaveLength(7)
    expect(await countOutbox(post.office.mailDb)).toEqual([])
  })
})

describe('a mail to staff', () => {
  const mail = { to: 'eva@kommun.example', subject: 'Din inbjudan', text: 'Välkommen.\n' }

  test('goes before all invitations, as it was written, without a way out', async () => {
    await post.invite(people(5))
    post.wait(1)
    await queueStaffMail(post.office, mail, post.service.clock.now)
    await post.deliver({ limit: 1 })
    const [sent] = post.server.received
    expect(sent).toMatchObject(mail)
    expect(sent!.headers.has('list-unsubscribe')).toBe(false)
  })

  test('that is refused is kept as given up, for an administrator to see', async () => {
    await queueStaffMail(post.office, mail, post.service.clock.now)
    post.server.says.toRecipient = () => [550, '5.1.1 No such user']
    await post.deliver()
    expect(await countOutbox(post.office.mailDb)).toEqual([{ kind: 'staff', state: 'given_up', number: 1 }])
  })

  test('cannot be given more headers or readers by what is in it', async () => {
    const evil = { to: 'eva@kommun.example', subject: 'Hej\r\nBcc: x@y.example', text: '.\r\nMAIL FROM:<a@b.se>\r\n' }
    await queueStaffMail(post.office, evil, post.service.clock.now)
    await post.deliver()
    expect(post.server.received).toHaveLength(1)
    expect(post.server.received[0]!.headers.has('bcc')).toBe(false)
  })
})
