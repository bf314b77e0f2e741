import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Database, openDatabase, type Transaction } from '../../src/database/connection.ts'
import { type Steps, step, transaction } from '../../src/database/transaction.ts'
import { addUnit } from '../../src/organisation/store.ts'
import { units } from '../../src/organisation/tables.ts'
import { valueIn } from '../support/rows.ts'

let db: Database
beforeEach(async () => {
  db = openDatabase(':memory:')
  await addUnit(db, { municipalityCode: '1489', name: 'Enheten' })
})
afterEach(() => db.$client.close())

const number = () => valueIn<number>(db, 'select count(*) from units')
function* renamed(tx: Transaction): Steps<void> {
  yield* step(tx.update(units).set({ name: 'En annan' }).run())
}

describe('steps of a transaction', () => {
  test('change what they say', async () => {
    await transaction(db, function* (tx) {
      yield* renamed(tx)
      yield* step(tx.delete(units).run())
    })
    expect(await number()).toBe(0)
  })

  test.each<[string, (tx: Transaction) => Steps<void>]>([
    [
      'a question that was never asked',
      function* (tx) {
        yield* step(tx.delete(units) as unknown)
      },
    ],
    [
      'steps that were given and not taken',
      function* (tx) {
        yield renamed(tx)
      },
    ],
    [
      'a promise',
      function* () {
        yield* step(Promise.resolve() as unknown)
      },
    ],
  ])('are refused, and nothing of them stays, where one is %s', async (_what, forgotten) => {
    const tried = transaction(db, function* (tx) {
      yield* step(tx.delete(units).run())
      yield* forgotten(tx)
    })
    await expect(tried).rejects.toThrow(/never asked/)
    expect(await number()).toBe(1)
  })
})
