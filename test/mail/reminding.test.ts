import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { planReminder } from '../../src/mail/queueing.ts'
import { countRecipients } from '../../src/mail/recipient-store.ts'
import { listReminders } from '../../src/mail/reminder-store.ts'
import { forgetAddresses } from '../../src/mail/store.ts'
import { beforeNextTransaction } from '../support/in-between.ts'
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

const everybody = [...people(24)].sort()

describe('a reminder', () => {
  test('is not planned where the close forgets everybody in the same moment', async () => {
    await inviteAndAnswer({ invited: 3 })
    const { mailDb } = post.service
    beforeNextTransaction(mailDb, () => forgetAddresses(mailDb, post.round.id))
    await expect(plan()).rejects.toMatchObject({ code: 'conflict' })
    expect(await listReminders(mailDb, [post.round.strata.economic_assistance])).toEqual([])
  })

  test.each([0, 9, 12, 24])('goes to all of 24 in one wording, where %i have answered', async (answering) => {
    await inviteAndAnswer({ invited: 24, answering })
    expect(await plan()).toEqual({ number: 1, recipients: 24 })
    await post.deliver()
    for (const { text, subject } of post.server.received) {
      expect(text).toMatch(already)
      expect(subject).toMatch(/^Påminnelse: /)
    }
    expect(reached().sort()).toEqual(everybody)
    expect(await post.deliver()).toMatchObject({ tried: 0 })
  })

  test('tells its planner nothing, who was sent one at nineteen addresses and knows all answers but one', async () => {
    const aliases = people(19, 'alias.example')
    const invite = async (group: 'economic_assistance' | 'youth') => {
      await post.invite([...aliases, 'anna@example.org'], { group })
      await post.deliver()
      return new Map(post.server.received.splice(0).map(({ to, text }) => [to, text]))
    }
    const attack = async (group: 'economic_assistance' | 'youth', isAnswering: boolean) => {
      const texts = await invite(group)
      for (const alias of aliases.slice(0, 10)) await post.answer(texts.get(alias)!)
      if (isAnswering) await post.answer(texts.get('anna@example.org')!)
      await plan(group)
      await post.deliver()
      return reached().sort()
    }
    expect(await attack('youth', true)).toEqual(await attack('economic_assistance', false))
  })

  test('goes to somebody who answers while it is being sent, as to all others', async () => {
    const { silent, answered } = await inviteAndAnswer({ invited: 24, answering: 10 })
    await post.invite(['late@example.org'])
    await post.deliver()
    const [late] = post.server.received.splice(0)
    await plan()
    await post.deliver({ limit: 5 })
    await post.answer(late!.text)
    await post.deliver()
    expect(reached().sort()).toEqual([...answered, ...silent, 'late@example.org'].sort())
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

  test('that is refused ends what is sent there, whoever has answered, and leaves them offered', async () => {
    const { answered, silent } = await inviteAndAnswer({ invited: 24, answering: 12 })
    const gone = [answered[0]!, silent[0]!]
    post.server.says.toRecipient = (address) => (gone.includes(address) ? [550, '5.1.1 No such user'] : undefined)
    await plan()
    await post.deliver()
    post.server.says.toRecipient = () => undefined
    expect(await countRecipients(post.office.mailDb, post.round.id)).toMatchObject([
      { state: 'accepted', number: 22 },
      { state: 'bounced', number: 2 },
    ])
    expect(await post.ledger()).toMatchObject({ offered: 24, undeliverable: 0 })
    reached()
    expect(await plan()).toEqual({ number: 2, recipients: 22 })
    await post.deliver()
    expect(reached().sort()).toEqual(everybody.filter((address) => !gone.includes(address)))
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
