import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../src/database/connection.ts'
import { type InvitationChannel, invitationChannels } from '../../src/invitation/disposition.ts'
import { drawCode } from '../../src/invitation/draw-code.ts'
import { issueEmailCodes } from '../../src/invitation/email-codes-store.ts'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import {
  countInvitations,
  type FindInvitation,
  prepareFindInvitation,
  recordLeftover,
  recordUndeliverable,
} from '../../src/invitation/store.ts'
import { isWellFormed } from '../../src/invitation/survey-code.ts'
import { addToTally } from '../../src/invitation/tally-store.ts'
import { moveRound } from '../../src/round/store.ts'
import { type Ledger, openLedger } from '../fieldwork/ledger-database.ts'
import { rowIn, rowsIn } from '../support/rows.ts'
import { openRound } from '../support/service.ts'

let ledger: Ledger
let db: Database
let find: FindInvitation
let stratumId: string

beforeEach(async () => {
  ledger = await openLedger()
  db = ledger.db
  find = prepareFindInvitation(db, ledger.codePepper)
  stratumId = ledger.strata.youth
})
afterEach(() => db.$client.close())

const issue = (count: number, drawn: boolean, channel: InvitationChannel = 'handout') =>
  issueCodes(db, ledger.codePepper, { stratumId, channel, count, drawn, issuedOn: '2026-09-10' })
const dispositionsOfCodes = () =>
  rowsIn(db, 'select disposition, count(*) as number from invitations group by disposition')
const batch = (id: string) => rowIn(db, 'select issued, leftover, undeliverable from batches where id = ?', id)

describe('codes that are issued', () => {
  test('are well-formed, all different, and each leads to its stratum', async () => {
    const { codes } = await issue(50, false, 'letter')
    expect(new Set(codes).size).toBe(50)
    expect(codes.every(isWellFormed)).toBe(true)
    for (const code of codes) {
      expect(await find(code)).toMatchObject({
        stratumId,
        channel: 'letter',
        targetGroup: 'youth',
        phase: 'collecting',
      })
    }
    expect(await find(drawCode())).toBeUndefined()
  })

  test('are not in the database: only their tags are', async () => {
    const { codes } = await issue(20, true)
    const everything = db.$client.serialize().toString('latin1')
    for (const code of codes) expect(everything).not.toContain(code)
  })

  test('are stock when printed, and handed out when drawn', async () => {
    await issue(3, false)
    expect(await dispositionsOfCodes()).toEqual([{ disposition: 'stock', number: 3 }])
    await issue(2, true)
    expect(await dispositionsOfCodes()).toEqual([
      { disposition: 'handed_out', number: 2 },
      { disposition: 'stock', number: 3 },
    ])
  })

  test('join one batch when drawn one by one, and make a batch of their own when printed', async () => {
    const drawn = [await issue(1, true), await issue(1, true), await issue(4, true)]
    expect(new Set(drawn.map(({ batchId }) => batchId)).size).toBe(1)
    expect(await batch(drawn[0]!.batchId)).toEqual({ issued: 6, leftover: 0, undeliverable: 0 })
    const printed = [await issue(5, false), await issue(5, false)]
    expect(new Set(printed.map(({ batchId }) => batchId)).size).toBe(2)
    expect(await batch(printed[0]!.batchId)).toEqual({ issued: 5, leftover: null, undeliverable: 0 })
    expect(await countInvitations(db, [ledger.roundId])).toEqual(new Map([[ledger.roundId, 16]]))
  })

  test('are drawn only while the round collects; printing may begin before', async () => {
    await moveRound(db, ledger.roundId, ['collecting'], 'draft')
    await expect(issue(1, true)).rejects.toMatchObject({ code: 'conflict' })
    expect((await issue(1, false)).codes).toHaveLength(1)
    await moveRound(db, ledger.roundId, ['draft'], 'closed')
    for (const drawn of [true, false]) await expect(issue(1, drawn)).rejects.toMatchObject({ code: 'conflict' })
    expect(await dispositionsOfCodes()).toEqual([{ disposition: 'stock', number: 1 }])
  })

  test('are no more once the round closes in the middle of a printed batch, and those before are left over', async () => {
    const close = () => rowsIn(db, "update rounds set state = 'closed' returning id")
    const order = { stratumId, channel: 'letter', count: 5_000, drawn: false } as const
    const issuing = issueCodes(db, ledger.codePepper, { ...order, onProgress: () => void close() })
    await expect(issuing).rejects.toMatchObject({ code: 'conflict', messageKey: 'staff.print.closed' })
    expect(await dispositionsOfCodes()).toEqual([{ disposition: 'stock', number: 2_000 }])
    expect(await rowsIn(db, 'select issued, leftover from batches')).toEqual([{ issued: 2_000, leftover: 2_000 }])
  })

  test('are no more for e-mail once the round is closed, in the middle of a list', async () => {
    const order = { stratumId, roundId: ledger.roundId, count: 2 }
    expect(await issueEmailCodes(db, ledger.codePepper, order)).toHaveLength(2)
    await moveRound(db, ledger.roundId, ['collecting'], 'closed')
    await expect(issueEmailCodes(db, ledger.codePepper, order)).rejects.toMatchObject({ code: 'conflict' })
    expect(await dispositionsOfCodes()).toEqual([{ disposition: 'stock', number: 2 }])
  })

  test('have a day when printed, and none when drawn, which would be the day that somebody sat there', async () => {
    for (const drawn of [true, false]) await issue(2, drawn)
    const days = await rowsIn(db, 'select drawn, issued_on as day from batches order by drawn')
    expect(days).toEqual([
      { drawn: 0, day: '2026-09-10' },
      { drawn: 1, day: null },
    ])
  })

  test('are found in their own round, whichever rounds there are', async () => {
    const { codes } = await issue(1, false)
    const next = await openRound(db, { id: '2027', unit: 'En annan' })
    stratumId = next.strata.youth
    codes.push(...(await issue(1, false)).codes)
    const found = await Promise.all(codes.map((code) => find(code)))
    expect(found.map((one) => one?.roundId)).toEqual([ledger.roundId, '2027'])
  })

  test('need a stratum', async () => {
    stratumId = 'no such stratum'
    await expect(issue(1, false)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('leftovers', () => {
  test('settle a batch, and counting again replaces the number', async () => {
    const { batchId } = await issue(10, false)
    await recordLeftover(db, batchId, 4)
    expect(await batch(batchId)).toMatchObject({ issued: 10, leftover: 4 })
    await recordLeftover(db, batchId, 2)
    expect(await batch(batchId)).toMatchObject({ issued: 10, leftover: 2 })
    // which of them went out is written nowhere
    expect(await dispositionsOfCodes()).toEqual([{ disposition: 'stock', number: 10 }])
  })

  test('of nought say that every code went out', async () => {
    const { batchId } = await issue(3, false)
    await issue(1, false)
    await recordLeftover(db, batchId, 0)
    expect(await dispositionsOfCodes()).toEqual([
      { disposition: 'handed_out', number: 3 },
      { disposition: 'stock', number: 1 },
    ])
  })

  test('cannot be more than the codes, nor more than did not come back', async () => {
    const { batchId, codes } = await issue(3, false, 'letter')
    await expect(recordLeftover(db, batchId, 4)).rejects.toMatchObject({ code: 'invalid' })
    await recordUndeliverable(db, (await find(codes[0]!))!)
    await expect(recordLeftover(db, batchId, 3)).rejects.toMatchObject({ code: 'invalid' })
    await recordLeftover(db, batchId, 2)
    expect(await batch(batchId)).toEqual({ issued: 3, leftover: 2, undeliverable: 1 })
  })

  test('do not exist of codes drawn one by one, nor of a batch that does not exist', async () => {
    const { batchId } = await issue(3, true)
    await expect(recordLeftover(db, batchId, 1)).rejects.toMatchObject({ code: 'invalid' })
    await expect(recordLeftover(db, 'none', 1)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('an undeliverable invitation', () => {
  test('is counted once, however often it is said', async () => {
    const { batchId, codes } = await issue(5, false, 'letter')
    await recordLeftover(db, batchId, 0)
    for (let said = 0; said < 3; said++) await recordUndeliverable(db, (await find(codes[0]!))!)
    expect(await batch(batchId)).toMatchObject({ undeliverable: 1 })
    await recordUndeliverable(db, (await find(codes[1]!))!)
    expect(await batch(batchId)).toMatchObject({ undeliverable: 2 })
    expect(await dispositionsOfCodes()).toEqual([
      { disposition: 'handed_out', number: 3 },
      { disposition: 'undeliverable', number: 2 },
    ])
  })

  test('cannot come back from a batch of which all that went out is back', async () => {
    const { batchId, codes } = await issue(3, false, 'letter')
    await recordLeftover(db, batchId, 2)
    await recordUndeliverable(db, (await find(codes[0]!))!)
    await expect(recordUndeliverable(db, (await find(codes[1]!))!)).rejects.toMatchObject({ code: 'conflict' })
    expect(await batch(batchId)).toMatchObject({ undeliverable: 1 })
  })

  test('that was never issued changes nothing', async () => {
    await issue(2, true)
    await recordUndeliverable(db, { tag: Buffer.alloc(32) })
    expect(await dispositionsOfCodes()).toEqual([{ disposition: 'handed_out', number: 2 }])
  })
})

describe('a tally', () => {
  const tallied = () => rowsIn(db, 'select channel, disposition, number from tallies')

  test('grows, and takes back what was counted too much', async () => {
    const declined = { stratumId, channel: 'tablet', disposition: 'declined' } as const
    for (const number of [1, 1, 5, -3]) await addToTally(db, { ...declined, number })
    expect(await tallied()).toEqual([{ channel: 'tablet', disposition: 'declined', number: 4 }])
  })

  test('never falls below nought, and stays as it was when that is tried', async () => {
    const forms = { stratumId, channel: 'paper', disposition: 'handed_out' } as const
    await expect(addToTally(db, { ...forms, number: -1 })).rejects.toMatchObject({ code: 'invalid' })
    await addToTally(db, { ...forms, number: 2 })
    await expect(addToTally(db, { ...forms, number: -3 })).rejects.toMatchObject({ code: 'invalid' })
    expect(await tallied()).toEqual([{ channel: 'paper', disposition: 'handed_out', number: 2 }])
    await addToTally(db, { ...forms, number: -2 })
    expect(await tallied()).toEqual([{ channel: 'paper', disposition: 'handed_out', number: 0 }])
  })

  test.each([
    ['handed_out', ['paper']],
    ['declined', ['handout', 'tablet', 'paper']],
    ['declined_with_code', [...invitationChannels]],
  ] as const)('of %s exists only where it counts nobody twice', async (disposition, allowed) => {
    for (const channel of ['letter', 'handout', 'email', 'tablet', 'paper'] as const) {
      const adding = addToTally(db, { stratumId, channel, disposition, number: 1 })
      if ((allowed as readonly string[]).includes(channel)) await adding
      else await expect(adding, channel).rejects.toMatchObject({ code: 'invalid' })
    }
    expect(await tallied()).toHaveLength(allowed.length)
  })
})
