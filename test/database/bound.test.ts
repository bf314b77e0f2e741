import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { bindStore } from '../../src/database/bound.ts'
import { type Database, openDatabase } from '../../src/database/connection.ts'
import { atOnce, givingWay, patient } from '../../src/database/patience.ts'
import { SQLite } from '../../src/database/sqlite.ts'
import { bindMailStore } from '../../src/mail/mail-stores.ts'
import * as organisation from '../../src/organisation/store.ts'
import * as round from '../../src/round/store.ts'
import { bindStores } from '../../src/stores.ts'
import { newFile } from '../support/new-file.ts'

const draft = {
  ...{ id: '2026', year: 2026, opensOn: '2026-10-01', closesOn: '2026-11-30' },
  ...{ publicKey: Buffer.alloc(32), targetGroups: ['youth' as const] },
}

describe('a store that is bound', () => {
  test('asks its database, and fails as the store does', async () => {
    const db = openDatabase(':memory:')
    const stores = bindStores(db, atOnce)
    expect(await stores.round.findWorkingRound()).toBeUndefined()
    await stores.round.createRound(draft)
    expect(await stores.round.getRound('2026')).toMatchObject({ id: '2026', state: 'draft' })
    await expect(stores.round.getRound('2027')).rejects.toThrow('There is no round 2027.')
  })

  test('knows nothing of another file, and of no function that asks none', () => {
    const stores = bindStores(openDatabase(':memory:'), atOnce)
    // @ts-expect-error: the mail file is another one
    expect(() => bindMailStore(openDatabase(':memory:'), atOnce)).not.toThrow()
    // @ts-expect-error: `isAt` makes a condition, and asks nothing
    expect(stores.enrolment.isAt).toBeDefined()
  })

  test('is one turn for each call', async () => {
    const turns: string[] = []
    const store = { ask: async (_: Database, name: string) => void turns.push(name), fail: (_: Database) => bad() }
    const bad = () => {
      throw new Error('bad')
    }
    const bound = bindStore(store, openDatabase(':memory:'), async (ask) => {
      turns.push('(')
      return Promise.resolve(ask()).finally(() => turns.push(')'))
    })
    await bound.ask('a')
    await bound.ask('b')
    expect(turns.join('')).toBe('(a)(b)')
    await expect(bound.fail()).rejects.toThrow('bad')
  })

  test('waits while another process holds the file, for so long as it was told', async () => {
    const file = newFile()
    const db = openDatabase(file, { busyMs: 0 })
    const other = new SQLite(file)
    other.exec('begin exclusive')
    await expect(bindStore(round, db, atOnce).listRounds()).rejects.toThrow(/locked/)
    await expect(bindStore(round, db, patient(50)).listRounds()).rejects.toThrow(/locked/)
    const found = bindStore(round, db, patient(5_000)).listRounds()
    await pause(60)
    other.exec('commit')
    other.close()
    expect(await found).toEqual([])
    db.$client.close()
  })

  test('gives way before each call where it is to', async () => {
    const order: string[] = []
    const bound = bindStore(organisation, openDatabase(':memory:'), givingWay(atOnce))
    setImmediate(() => order.push('somebody who answers'))
    await bound.listMunicipalities().then(() => order.push('staff'))
    expect(order).toEqual(['somebody who answers', 'staff'])
  })
})
