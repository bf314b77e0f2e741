import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { prepareCommit } from '../../src/actions/record-response.ts'
import { openDatabase } from '../../src/database/connection.ts'
import { transaction } from '../../src/database/transaction.ts'
import { addBundle } from '../../src/paper/store.ts'
import { openMark, sealMark } from '../../src/paper/waiting-mark.ts'
import { fewCodes, finishBundle, putWaitingInUrn, removeBundle, takeBackForm } from '../../src/paper/waiting-store.ts'
import type { BundlePlace, SealedBallot } from '../../src/urn/sealed-ballot.ts'
import { unevenStrata, wrongCounts } from '../../src/urn/store.ts'
import { runIn, valueIn } from '../support/rows.ts'
import { openRound, type TestRound } from '../support/service.ts'

/** Forms of paper that wait beside the urn, on a database and without the pages around it. */

const spentPepper = randomBytes(32)
let db: ReturnType<typeof openDatabase>
let round: TestRound
beforeEach(async () => {
  db = openDatabase(':memory:')
  round = await openRound(db)
  await runIn(
    db,
    `insert into staff (id, email, name, role, language) values ('clerk', 'a@b.se', 'Anna', 'national', 'sv')`,
  )
})
afterEach(async () => {
  expect([await wrongCounts(db), await unevenStrata(db)]).toEqual([[], []])
  db.$client.close()
})

const count = (table: string) => valueIn(db, `select count(*) from ${table}`)
const lying = async () => [await count('urn'), await count('spent'), await count('waiting_forms')]

/** Enters a bundle of forms, each with a code or without; gives its id and its last form. */
async function enter(codes: (Buffer | undefined)[], forms = codes.length) {
  const id = randomBytes(4).toString('hex')
  const stratumId = round.strata.youth
  await addBundle(db, { id, stratumId, staffId: 'clerk', forms, isSampled: false })
  const ballots = codes.map((spentTag, position): SealedBallot & { bundle: BundlePlace } => ({
    ...{ ballotId: randomBytes(16), stratumId, roundId: round.id, sealed: randomBytes(112) },
    ...{ channel: spentTag ? 'letter' : 'paper', sealedMark: sealMark(spentPepper, spentTag) },
    bundle: { bundleId: id, position, compared: 0, differing: 0 },
  }))
  expect(prepareCommit(db)(ballots)).toEqual(ballots.map(() => 'recorded'))
  return { id, last: ballots.at(-1)! }
}
const newCodes = (number: number) => Array.from({ length: number }, () => randomBytes(32))

describe('a bundle that is done', () => {
  test('goes into the urn with the marks of its codes, where they are ten or more', async () => {
    const { id } = await enter([...newCodes(10), undefined, undefined])
    expect(await lying()).toEqual([0, 0, 12])
    expect(await finishBundle(db, id, spentPepper)).toBe(true)
    expect(await lying()).toEqual([12, 10, 0])
  })

  test('leaves nine codes to wait until the close, one that is entered twice among them: nobody can ask about a single one', async () => {
    const codes = newCodes(9)
    const { id } = await enter([...codes, codes[0], undefined])
    await finishBundle(db, id, spentPepper)
    expect(await lying()).toEqual([1, 0, 10])
    await transaction(db, (tx) => putWaitingInUrn(tx, round.id, spentPepper))
    expect(await lying()).toEqual([10, 9, 0])
  })

  test('is not done before all of it was entered, and not twice', async () => {
    const { id } = await enter([undefined], 2)
    expect([await finishBundle(db, id, spentPepper), await lying()]).toEqual([false, [0, 0, 1]])
    const whole = await enter([undefined])
    const twice = [await finishBundle(db, whole.id, spentPepper), await finishBundle(db, whole.id, spentPepper)]
    expect([twice, await lying()]).toEqual([
      [true, false],
      [1, 0, 1],
    ])
  })

  test('gives no form back, and is not removed', async () => {
    const { id, last } = await enter(newCodes(3))
    const undo = () => takeBackForm(db, { ballotId: last.ballotId, roundId: round.id, bundle: last.bundle })
    await finishBundle(db, id, spentPepper)
    expect([await undo(), await removeBundle(db, id), await lying()]).toEqual(['out-of-turn', false, [0, 0, 3]])
  })
})

test('a bundle in which work goes on gives its last form back, and can be removed with all of them', async () => {
  const { id, last } = await enter(newCodes(3), 5)
  const undo = () => takeBackForm(db, { ballotId: last.ballotId, roundId: round.id, bundle: last.bundle })
  expect([await undo(), await undo(), await lying()]).toEqual(['recorded', 'out-of-turn', [0, 0, 2]])
  expect([await removeBundle(db, id), await lying()]).toEqual([true, [0, 0, 0]])
})

test('nine codes are few, and ten are not', () => {
  const codes = newCodes(10).map((spentTag) => ({ spentTag }))
  expect([fewCodes(codes), fewCodes(codes.slice(1)), fewCodes([...codes.slice(1), codes[1]!, {}])]).toEqual([
    false,
    true,
    true,
  ])
})

test('the mark that waits is as long without a code as with one, and is opened with the key of such marks only', () => {
  const code = randomBytes(32)
  const [some, none] = [sealMark(spentPepper, code), sealMark(spentPepper)]
  expect([some.length, none.length]).toEqual([72, 72])
  expect([openMark(spentPepper, some), openMark(spentPepper, none)]).toEqual([code, undefined])
  expect(() => openMark(randomBytes(32), some)).toThrow(/another spent-pepper/)
})
