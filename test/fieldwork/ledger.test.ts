import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Channel, channels } from '../../src/invitation/disposition.ts'
import {
  addUp,
  type ExactRecord as ChannelRecord,
  dispositionsOf,
  rateLine,
  responseRate,
} from '../support/exact-ledger.ts'

const record = (channel: Channel, counts: Partial<ChannelRecord> = {}): ChannelRecord => ({
  stratumId: 'stratum',
  channel,
  wentOut: 0,
  undeliverable: 0,
  unsettledBatches: 0,
  stock: 0,
  tallied: {},
  responded: 0,
  ...counts,
})

describe('who counts as offered', () => {
  // 50 codes went out, 3 came back, 30 responded; 4 declined without a code, 2 with one; 40 paper forms were handed out.
  const counts = {
    wentOut: 50,
    undeliverable: 3,
    tallied: { handed_out: 40, declined: 4, declined_with_code: 2 },
    responded: 30,
  }
  const none = { wentOut: 0, undeliverable: 0 }

  test.each([
    // what happened                                                   offered declined undeliverable responded
    ['letter', record('letter', counts), [50 - 3, 6, 3, 30]],
    ['email', record('email', counts), [50 - 3, 6, 3, 30]],
    ['handout: declining before a code was drawn is an offer too', record('handout', counts), [50 - 3 + 4, 6, 3, 30]],
    ['tablet: each answer and each "declined"', record('tablet', { ...counts, ...none }), [30 + 4, 6, 0, 30]],
    ['paper: forms and each "declined"', record('paper', { ...counts, ...none }), [40 + 4, 6, 0, 30]],
    ['paper, its tally too low', record('paper', { tallied: { handed_out: 2 }, responded: 5 }), [5, 0, 0, 5]],
    ['paper, no tally at all', record('paper', { responded: 5 }), [5, 0, 0, 5]],
    ['letter, nothing yet', record('letter'), [0, 0, 0, 0]],
  ] as const)('by %s', (_what, known, [offered, declined, undeliverable, responded]) => {
    expect(dispositionsOf(known)).toEqual({ offered, declined, undeliverable, responded })
  })

  test.each(['letter', 'handout', 'email'] as const)('%s: printed is not offered before it is settled', (channel) => {
    expect(dispositionsOf(record(channel, { unsettledBatches: 2 })).offered).toBe(0)
  })
})

describe('the response rate', () => {
  const of = (offered: number, responded: number) => responseRate({ offered, responded, declined: 0, undeliverable: 0 })

  test('is responded of offered', () => {
    expect(of(80, 20)).toBe(0.25)
    expect(of(3, 3)).toBe(1)
    expect(of(3, 0)).toBe(0)
  })

  test('does not exist where nobody was offered', () => {
    expect(of(0, 0)).toBeUndefined()
  })

  test('is never above one: more responded than offered is a missing tally', () => {
    expect(of(10, 11)).toBeUndefined()
    expect(of(0, 1)).toBeUndefined()
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (offered, responded) => {
        const rate = of(offered, responded)
        expect(rate === undefined).toBe(responded > offered || offered === 0)
        if (rate !== undefined) expect(rate >= 0 && rate <= 1).toBe(true)
      }),
    )
  })
})

describe('the sum of many', () => {
  const someRecord: fc.Arbitrary<ChannelRecord> = fc.record({
    stratumId: fc.constantFrom('a', 'b', 'c'),
    channel: fc.constantFrom(...channels),
    wentOut: fc.nat(50),
    undeliverable: fc.nat(5),
    unsettledBatches: fc.nat(3),
    stock: fc.nat(9),
    tallied: fc.record(
      { handed_out: fc.nat(50), declined: fc.nat(20), declined_with_code: fc.nat(20) },
      { requiredKeys: [] },
    ),
    responded: fc.nat(60),
  })
  const someRecords = fc.array(someRecord, { maxLength: 20, size: 'max' })
  const kinds = ['offered', 'declined', 'undeliverable', 'responded'] as const

  test('is plain addition', () => {
    fc.assert(
      fc.property(someRecords, (records) => {
        const line = rateLine(records)
        for (const kind of kinds) {
          let sum = 0
          for (const one of records) sum += dispositionsOf(one)[kind]
          expect(line[kind], kind).toBe(sum)
        }
      }),
    )
  })

  test('is the same however the parts are grouped and ordered', () => {
    fc.assert(
      fc.property(someRecords, fc.nat(), (records, seed) => {
        const cut = seed % (records.length + 1)
        const [left, right] = [records.slice(0, cut), records.slice(cut)]
        expect(addUp([rateLine(right), rateLine(left)])).toEqual(addUp(records.map(dispositionsOf)))
      }),
    )
  })

  test('names every stratum and channel whose tally is missing, also where the sum hides it', () => {
    const records = [
      record('letter', { stratumId: 'a', wentOut: 100, responded: 40 }),
      record('handout', { stratumId: 'b', wentOut: 3, responded: 5 }),
      record('handout', { stratumId: 'c', unsettledBatches: 1, responded: 1 }),
      record('paper', { stratumId: 'd', responded: 5 }),
      record('tablet', { stratumId: 'e', responded: 5 }),
    ]
    expect(rateLine(records)).toEqual({
      offered: 100 + 3 + 0 + 5 + 5,
      declined: 0,
      undeliverable: 0,
      responded: 56,
      missingTallies: [
        { stratumId: 'b', channel: 'handout' },
        { stratumId: 'c', channel: 'handout' },
      ],
      unsettledBatches: 1,
    })
  })

  test('of nothing is nothing', () => {
    const line = rateLine([])
    expect(line).toMatchObject({ offered: 0, responded: 0, missingTallies: [], unsettledBatches: 0 })
    expect(responseRate(line)).toBeUndefined()
  })
})
