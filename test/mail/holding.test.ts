import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deleteUnit, mergeUnits } from '../../src/enrolment/units-store.ts'
import { planReminder, queueStaffMail } from '../../src/mail/queueing.ts'
import { countRecipients } from '../../src/mail/recipient-store.ts'
import { addStrata, addUnit, listUnits } from '../../src/organisation/store.ts'
import { setPaused } from '../../src/round/plan-store.ts'
import { openPostOffice, type PostOffice, people } from './post-office.ts'

let post: PostOffice
beforeEach(async () => {
  post = await openPostOffice()
})
afterEach(() => post.close())

const pause = (isPaused: boolean) => setPaused(post.service.db, post.round.id, isPaused)
const reached = () => post.server.received.splice(0).map(({ to }) => to)

describe('while a round is paused', () => {
  test('invitations wait and are sent afterwards; mail to staff goes out', async () => {
    await post.invite(people(3))
    await post.deliver({ limit: 1 })
    const first = reached()
    await pause(true)
    await queueStaffMail(
      post.office,
      { to: 'eva@kommun.example', subject: 'Hej', text: 'Välkommen.\n' },
      post.service.clock.now,
    )
    await post.deliver()
    expect(reached()).toEqual(['eva@kommun.example'])

    await pause(false)
    await post.deliver()
    expect([...first, ...reached()].sort()).toEqual(people(3))
    expect(await post.ledger()).toMatchObject({ offered: 3 })
  })

  test('a reminder stands still, and nobody is passed over', async () => {
    await post.invite(people(12))
    await post.deliver()
    reached()
    await planReminder(post.office, { stratumId: post.round.strata.economic_assistance, now: post.service.clock.now })
    await post.deliver({ limit: 5 })
    await pause(true)
    expect(await post.deliver()).toMatchObject({ tried: 0 })
    await pause(false)
    await post.deliver()
    expect(reached().sort()).toEqual(people(12).sort())
  })
})

describe('a stratum whose people are invited by e-mail', () => {
  const municipality = { municipalityCode: '1489' }
  const unitOf = async (name: string) =>
    (await listUnits(post.service.db, municipality)).find((unit) => unit.name === name)!
  const countAll = () => countRecipients(post.office.mailDb, post.round.id)

  test('is neither merged away nor removed, from either side', async () => {
    const { db } = post.service
    await post.invite(people(2))
    const own = await unitOf('Enheten')
    const other = await addUnit(db, { ...municipality, name: 'Den andra' })
    await addStrata(db, post.round.id, other.id, ['economic_assistance'])
    for (const [from, into] of [
      [own, other],
      [other, own],
    ] as const)
      await expect(mergeUnits(db, from, into)).rejects.toMatchObject({ messageKey: 'mergeInUse' })
    await expect(deleteUnit(db, own)).rejects.toMatchObject({ messageKey: 'unitInUse' })
    await post.deliver()
    expect(await countAll()).toEqual([
      { stratumId: post.round.strata.economic_assistance, state: 'accepted', number: 2 },
    ])
  })

  test('goes over to a unit without that group with all its people', async () => {
    const { db } = post.service
    await post.invite(people(2))
    const other = await addUnit(db, { ...municipality, name: 'Den andra' })
    await mergeUnits(db, await unitOf('Enheten'), other)
    await post.deliver()
    expect(reached().sort()).toEqual(people(2))
    expect(await countAll()).toMatchObject([{ state: 'accepted', number: 2 }])
  })
})
