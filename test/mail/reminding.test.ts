import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { planReminder } from '../../src/mail/queueing.ts'
import { countRecipients, listReminders } from '../../src/mail/store.ts'
import { browse } from '../support/service.ts'
import { openPostOffice, type PostOffice, people, wayOutIn } from './post-office.ts'

let post: PostOffice
beforeEach(async () => {
  post = await openPostOffice()
})
afterEach(() => post.close())

const plan = (group: 'economic_assistance' | 'youth' = 'economic_assistance') =>
  planReminder(post.office, { stratumId: post.round.strata[group], now: post.service.clock.now })

/** Invites people, lets the first `answering` of those whose mail came answer, and gives all of them. */
async function inviteAndAnswer({ invited = 24, answering = 0 }) {
  await post.invite(people(invited))
  await post.deliver()
  const mails = post.server.received.splice(0)
  for (const { text } of mails.slice(0, answering)) await post.answer(text)
  return { answered: mails.slice(0, answering).map(({ to }) => to), silent: mails.slice(answering).map(({ to }) => to) }
}

const reached = () => post.server.received.splice(0).map(({ to }) => to)
const already = /Har du redan svarat\?/

describe('a reminder', () => {
  test('goes to those who have not answered, where there are ten or more on either side', async () => {
    const { silent } = await inviteAndAnswer({ invited: 24, answering: 12 })
    expect(await plan()).toEqual({ number: 1, recipients: 24 })
    await post.deliver()
    for (const { text, subject } of post.server.received) {
      expect(text).not.toMatch(already)
      expect(subject).toMatch(/^Påminnelse: /)
    }
    expect(reached().sort()).toEqual(silent.sort())
    expect(await post.deliver()).toMatchObject({ tried: 0 })
  })

  test.each([
    [24, 9],
    [24, 15],
    [5, 0],
    [12, 12],
  ])('goes to everybody in neutral words where of %i people %i have answered', async (invited, answering) => {
    const { answered, silent } = await inviteAndAnswer({ invited, answering })
    await plan()
    await post.deliver()
    for (const { text } of post.server.received) expect(text).toMatch(already)
    expect(reached().sort()).toEqual([...answered, ...silent].sort())
  })

  test('passes over somebody who answers while it is being sent', async () => {
    const { silent } = await inviteAndAnswer({ invited: 30, answering: 10 })
    await post.invite(['late@example.org'])
    await post.deliver()
    const [late] = post.server.received.splice(0)
    await plan()
    await post.answer(late!.text)
    await post.deliver()
    expect(reached().sort()).toEqual(silent.sort())
  })

  test('is sent at most twice, and never two at a time', async () => {
    await inviteAndAnswer({ invited: 3 })
    await plan()
    await expect(plan()).rejects.toThrow(/is being sent/)
    await post.deliver()
    expect(await plan()).toMatchObject({ number: 2 })
    await post.deliver()
    await expect(plan()).rejects.toThrow(/had its two reminders/)
    const had = await listReminders(post.office.mailDb, [post.round.strata.economic_assistance])
    expect(had.map(({ number, plannedOn }) => [number, plannedOn])).toEqual([
      [1, '2026-09-15'],
      [2, '2026-09-15'],
    ])
    await expect(plan('youth')).rejects.toThrow(/Nobody of stratum/)
  })

  test('of one person is tried again without sending the others a second one', async () => {
    await inviteAndAnswer({ invited: 3 })
    await plan()
    post.server.says.toRecipient = (address) => (address.startsWith('person1') ? [451, '4.2.1 Busy'] : undefined)
    await post.deliver()
    expect(reached()).toHaveLength(2)
    post.wait(0.1)
    post.server.says.toRecipient = () => undefined
    await post.deliver()
    expect(reached()).toEqual(['person1@example.org'])
  })

  test('that bounces changes nothing that is kept: only those who have not answered could bounce', async () => {
    await inviteAndAnswer({ invited: 24, answering: 12 })
    const before = await countRecipients(post.office.mailDb, post.round.id)
    await plan()
    post.server.says.toRecipient = () => [550, '5.1.1 No such user']
    await post.deliver()
    expect(await countRecipients(post.office.mailDb, post.round.id)).toEqual(before)
    expect(await post.ledger()).toMatchObject({ offered: 24, undeliverable: 0 })
    expect(await post.deliver()).toMatchObject({ tried: 0 })
  })

  test('does not go to somebody who wants no more mail, before or after it was planned', async () => {
    await post.invite(people(4))
    await post.deliver()
    const [first, second] = post.server.received.splice(0)
    const { post: press } = browse(post.service.app)
    await press(wayOutIn(first!.text))
    await plan()
    await press(wayOutIn(second!.text))
    await post.deliver()
    expect(reached()).toHaveLength(2)
  })
})
