import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { prepareCommit } from '../../src/actions/record-response.ts'
import type { Channel } from '../../src/invitation/disposition.ts'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import { prepareFindInvitation, recordLeftover, recordUndeliverable } from '../../src/invitation/store.ts'
import { addToTally } from '../../src/invitation/tally-store.ts'
import { sealTo } from '../../src/round/round-key.ts'
import { dispositionsOf, listChannelRecords, rateLine, responseRate } from '../support/exact-ledger.ts'
import { openRound } from '../support/service.ts'
import { type Ledger, openLedger } from './ledger-database.ts'

let ledger: Ledger
beforeEach(async () => {
  ledger = await openLedger()
})
afterEach(() => ledger.db.$client.close())

/** So many ballots from as many people; what they hold does not matter here. */
function respond(stratumId: string, channel: Channel, number: number, roundId = ledger.roundId) {
  const withCode = channel !== 'tablet' && channel !== 'paper'
  prepareCommit(ledger.db)(
    Array.from({ length: number }, () => ({
      ballotId: randomBytes(16),
      stratumId,
      channel,
      roundId,
      sealed: sealTo(ledger.key.publicKey, Buffer.alloc(64)),
      spentTag: withCode ? randomBytes(32) : undefined,
    })),
  )
}

const ratesOf = async (stratumId: string) =>
  Object.fromEntries(
    (await listChannelRecords(ledger.db, ledger.roundId))
      .filter((record) => record.stratumId === stratumId)
      .map((record) => [record.channel, dispositionsOf(record)]),
  )

describe('the autumn of one unit, counted by hand', () => {
  test('gives offered, declined, undeliverable and responded by channel, and adds up', async () => {
    const { db, codePepper, strata, roundId } = ledger
    const { youth, guardian } = strata
    const find = prepareFindInvitation(db, codePepper)

    // Youth. Twelve codes drawn at meetings, 7 answered; 3 more said no at once, 1 said no with the code in hand.
    await issueCodes(db, codePepper, { stratumId: youth, channel: 'handout', count: 12, drawn: true })
    respond(youth, 'handout', 7)
    await addToTally(db, { stratumId: youth, channel: 'handout', disposition: 'declined', number: 3 })
    await addToTally(db, { stratumId: youth, channel: 'handout', disposition: 'declined_with_code', number: 1 })
    // A sheet of 20 was printed too; 8 slips are left over, and 5 of the other 12 answered.
    const sheet = await issueCodes(db, codePepper, { stratumId: youth, channel: 'handout', count: 20, drawn: false })
    await recordLeftover(db, sheet.batchId, 8)
    respond(youth, 'handout', 5)
    // Another sheet of 20 lies in a drawer: stock.
    await issueCodes(db, codePepper, { stratumId: youth, channel: 'handout', count: 20, drawn: false })
    // The tablet in the waiting room: 9 answered, 6 said no.
    respond(youth, 'tablet', 9)
    await addToTally(db, { stratumId: youth, channel: 'tablet', disposition: 'declined', number: 6 })

    // Guardians. Fifty letters, all posted; 4 came back, one of them reported twice; 15 answered.
    const letters = await issueCodes(db, codePepper, {
      stratumId: guardian,
      channel: 'letter',
      count: 50,
      drawn: false,
    })
    await recordLeftover(db, letters.batchId, 0)
    for (const code of [...letters.codes.slice(0, 4), letters.codes[0]!])
      await recordUndeliverable(db, (await find(code))!)
    respond(guardian, 'letter', 15)
    // Ten paper forms, 4 filled in.
    await addToTally(db, { stratumId: guardian, channel: 'paper', disposition: 'handed_out', number: 10 })
    respond(guardian, 'paper', 4)

    expect(await ratesOf(youth)).toEqual({
      handout: { offered: 12 + 12 + 3, declined: 4, undeliverable: 0, responded: 12 },
      tablet: { offered: 9 + 6, declined: 6, undeliverable: 0, responded: 9 },
    })
    expect(await ratesOf(guardian)).toEqual({
      letter: { offered: 46, declined: 0, undeliverable: 4, responded: 15 },
      paper: { offered: 10, declined: 0, undeliverable: 0, responded: 4 },
    })
    const total = rateLine(await listChannelRecords(db, roundId))
    expect(total).toEqual({
      offered: 98,
      declined: 10,
      undeliverable: 4,
      responded: 40,
      missingTallies: [],
      unsettledBatches: 1,
    })
    expect(responseRate(total)).toBeCloseTo(0.408, 3)
  })
})

describe('the ledger', () => {
  test('says that a tally is missing while answers come from a sheet nobody has counted', async () => {
    const { db, codePepper, strata, roundId } = ledger
    const sheet = { stratumId: strata.youth, channel: 'handout', count: 5, drawn: false } as const
    const { batchId } = await issueCodes(db, codePepper, sheet)
    respond(strata.youth, 'handout', 2)
    const before = rateLine(await listChannelRecords(db, roundId))
    expect(responseRate(before)).toBeUndefined()
    expect(before.missingTallies).toEqual([{ stratumId: strata.youth, channel: 'handout' }])

    await recordLeftover(db, batchId, 1)

    const after = rateLine(await listChannelRecords(db, roundId))
    expect(responseRate(after)).toBe(2 / 4)
    expect(after.missingTallies).toEqual([])
  })

  test('keeps the undeliverable of a batch that is not settled for later', async () => {
    const { db, codePepper, strata } = ledger
    const options = { stratumId: strata.youth, channel: 'letter', count: 5, drawn: false } as const
    const { batchId, codes } = await issueCodes(db, codePepper, options)
    await recordUndeliverable(db, (await prepareFindInvitation(db, codePepper)(codes[0]!))!)
    expect(await ratesOf(strata.youth)).toMatchObject({ letter: { offered: 0, undeliverable: 0 } })
    await recordLeftover(db, batchId, 0)
    expect(await ratesOf(strata.youth)).toMatchObject({ letter: { offered: 4, undeliverable: 1 } })
  })

  test('keeps rounds apart', async () => {
    const next = await openRound(ledger.db, { id: '2027' })
    respond(next.strata.youth, 'tablet', 3, next.id)
    expect(await listChannelRecords(ledger.db, ledger.roundId)).toEqual([])
    expect(rateLine(await listChannelRecords(ledger.db, next.id)).responded).toBe(3)
  })

  test('does not have channels that nobody used', async () => {
    expect(await listChannelRecords(ledger.db, ledger.roundId)).toEqual([])
  })
})
