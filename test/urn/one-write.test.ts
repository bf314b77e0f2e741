import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { prepareCommit } from '../../src/actions/record-response.ts'
import { openDatabase } from '../../src/database/connection.ts'
import { newBallotId } from '../../src/pages/respondent/visit.ts'
import { endCollection } from '../../src/round/store.ts'
import { hashPin } from '../../src/tablet/secrets.ts'
import { inviteTablet } from '../../src/tablet/store.ts'
import type { SealedBallot } from '../../src/urn/sealed-ballot.ts'
import { unevenStrata, wrongCounts } from '../../src/urn/store.ts'
import { runIn, valueIn, valuesIn } from '../support/rows.ts'
import { openRound, type TestRound } from '../support/service.ts'

/** The one write of an answer, on a database and without the pages around it. */

let db: ReturnType<typeof openDatabase>
let round: TestRound
let now: Date
let commit: ReturnType<typeof prepareCommit>
beforeEach(async () => {
  db = openDatabase(':memory:')
  round = await openRound(db)
  now = new Date('2026-10-31T12:00:00Z')
  commit = prepareCommit(db, () => now)
})
afterEach(async () => {
  expect([await wrongCounts(db), await unevenStrata(db)]).toEqual([[], []])
  db.$client.close()
})

const count = (table: string) => valueIn(db, `select count(*) from ${table}`)
const counted = () => valueIn(db, 'select coalesce(sum(number), 0) from urn_counts')

const ballot = (more: Partial<SealedBallot> = {}): SealedBallot => ({
  ...{ ballotId: newBallotId(), stratumId: round.strata.youth, channel: 'letter', roundId: round.id },
  ...{ sealed: randomBytes(112), ...more },
})
const ofCode = () => ballot({ spentTag: randomBytes(32) })
const onPaper = () => ballot({ channel: 'paper' })

describe('a code', () => {
  test('is used once: whoever comes with it again is told the same, and nothing of theirs stays', async () => {
    const first = ofCode()
    for (let time = 0; time < 4; time++) expect(commit([{ ...first, ballotId: newBallotId() }])).toEqual(['recorded'])
    expect([await count('urn'), await count('spent'), await counted()]).toEqual([1, 1, 1])
    commit([{ ...first, ballotId: newBallotId() }, ofCode(), { ...first, ballotId: newBallotId() }])
    expect([await count('urn'), await count('spent'), await counted()]).toEqual([2, 2, 2])
  })

  test('may send the same ballot twice, as when an answer was lost on its way', async () => {
    const one = ofCode()
    expect(commit([one, one])).toEqual(['recorded', 'recorded'])
    commit([one])
    expect([await count('urn'), await count('spent'), await counted()]).toEqual([1, 1, 1])
  })

  test('that was used writes the count all the same, for a page that is not written would tell', async () => {
    await runIn(
      db,
      `create temp table seen (number);
      create temp trigger see after update on main.urn_counts begin insert into seen values (new.number); end`,
    )
    const written = async (spent: SealedBallot) => {
      const before = (await count('seen')) as number
      commit([spent])
      return ((await count('seen')) as number) - before
    }
    const used = ofCode()
    await written(used)
    const [again, fresh] = [await written({ ...used, ballotId: newBallotId() }), await written(ofCode())]
    expect([again > 0, again]).toEqual([true, fresh])
  })
})

test('a form without a code that is sent twice counts once', async () => {
  const one = onPaper()
  expect(commit([one, onPaper(), one])).toEqual(['recorded', 'recorded', 'recorded'])
  commit([one])
  expect([await count('urn'), await counted()]).toEqual([2, 2])
})

test('what comes together is counted by stratum and channel', async () => {
  commit([ofCode(), ofCode(), onPaper(), { ...ofCode(), stratumId: round.strata.guardian }])
  const rows = await valuesIn(db, 'select number from urn_counts order by number')
  expect(rows).toEqual([1, 1, 2])
})

test('the id of a ballot tells nothing of when it came', () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const ids = Array.from({ length: 1_000 }, (_, second) => {
    vi.setSystemTime(new Date('2026-09-15T09:00:00Z').getTime() + second * 1000)
    return newBallotId().toString('hex')
  })
  vi.useRealTimers()
  const rising = ids.filter((id, nth) => nth > 0 && id > ids[nth - 1]!).length
  expect(rising).toBeGreaterThan(400)
  expect(rising).toBeLessThan(600)
})

describe('after the last day', () => {
  const ofTablet = (tabletId: string) => ballot({ channel: 'tablet', tabletId })
  const setUp = () =>
    inviteTablet(db, {
      ...{ name: 'Reception', strata: [round.strata.youth], dailyQuota: 200, enrolUntil: now },
      ...{ enrolmentTag: randomBytes(32), pin: hashPin('4711') },
    })

  test('nothing is taken where tablets have nothing to bring', async () => {
    const [tablet, taken] = [await setUp(), ofCode()]
    commit([taken])
    await endCollection(db, round.id, null)
    expect(commit([ofCode(), onPaper(), ofTablet(tablet), { ...taken, ballotId: newBallotId() }])).toEqual(
      Array(4).fill('closed'),
    )
    expect(await count('urn')).toBe(1)
  })

  test('tablets bring what they hold for a while, and nobody else does; what was taken in time stays taken', async () => {
    const tablet = await setUp()
    await endCollection(db, round.id, new Date('2026-11-02T12:00:00Z'))
    const brought = ofTablet(tablet)
    expect(commit([ofCode(), onPaper(), brought])).toEqual(['closed', 'closed', 'recorded'])
    now = new Date('2026-11-02T12:00:00Z')
    expect(commit([brought, ofTablet(tablet)])).toEqual(['recorded', 'closed'])
    expect(await count('urn')).toBe(1)
  })
})
