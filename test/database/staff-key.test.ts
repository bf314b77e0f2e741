import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openDatabase } from '../../src/database/connection.ts'
import { bindStaffKey, hasStaffKey } from '../../src/people/staff-key-store.ts'
import { newKeys } from '../support/service.ts'

test('of two staff keys that come at once, the database is bound to the first and says no to the other', async () => {
  const db = openDatabase(':memory:')
  const [mine, theirs] = [newKeys(), newKeys()]
  const bound = await Promise.allSettled([bindStaffKey(db, mine), bindStaffKey(db, theirs)])
  expect(bound).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { code: 'conflict' } }])
  expect([await hasStaffKey(db, mine), await hasStaffKey(db, theirs)]).toEqual([true, false])
  await bindStaffKey(db, { ...mine, visitKey: randomBytes(32) })
  db.$client.close()
})
