import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { brokenPragmas, isBusy, isPassing, neverWait, openDatabase } from '../../src/database/connection.ts'
import { SQLite } from '../../src/database/sqlite.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'connection-'))
  file = join(folder, 'test.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a database', () => {
  test('keeps what the promises rest on', () => {
    const db = openDatabase(file)
    const pragma = (name: string) => db.$client.pragma(name, { simple: true })
    const names = ['journal_mode', 'synchronous', 'secure_delete', 'temp_store', 'foreign_keys', 'trusted_schema']
    expect(names.map(pragma)).toEqual(['truncate', 2, 1, 2, 1, 0])
    expect(brokenPragmas(db.$client)).toEqual([])
    db.$client.close()
  })

  test.each([
    ['journal_mode', 'wal'],
    ['synchronous', 'normal'],
    ['secure_delete', 'off'],
    ['temp_store', 'file'],
    ['foreign_keys', 'off'],
    ['trusted_schema', 'on'],
  ])('is seen to break them: %s=%s', (name, value) => {
    const db = openDatabase(file)
    db.$client.pragma(`${name} = ${value}`)
    expect(brokenPragmas(db.$client)).toEqual([expect.stringMatching(`^${name} is `)])
    db.$client.close()
  })

  test('is put right when somebody left it otherwise', () => {
    const other = new SQLite(file)
    other.pragma('journal_mode = wal')
    other.close()
    const db = openDatabase(file)
    expect(db.$client.pragma('journal_mode', { simple: true })).toBe('truncate')
    db.$client.close()
  })

  test('that must be there and is not is asked for, not made', () => {
    expect(() => openDatabase(file, { mustExist: true })).toThrow(/brukarsvar init/)
    openDatabase(file).$client.close()
    openDatabase(file, { mustExist: true }).$client.close()
  })

  test('keeps what it holds when it is opened again', () => {
    const first = openDatabase(file)
    first.$client.exec("insert into units values ('u', '1489', 'Enheten')")
    first.$client.close()
    const again = openDatabase(file)
    expect(again.$client.prepare('select name from units').pluck().all()).toEqual(['Enheten'])
    again.$client.close()
  })
})

describe('a database that another process holds', () => {
  test('fails at once for a server, as something that passes', () => {
    const db = openDatabase(file)
    neverWait(db)
    const other = new SQLite(file)
    other.exec('begin exclusive')
    let error: unknown
    try {
      db.$client.exec("insert into units values ('u', '1489', 'Enheten')")
    } catch (caught) {
      error = caught
    }
    expect([isBusy(error), isPassing(error)]).toEqual([true, true])
    other.exec('rollback')
    db.$client.exec("insert into units values ('u', '1489', 'Enheten')")
    other.close()
    db.$client.close()
  })

  test.each([
    ['SQLITE_BUSY', true, true],
    ['SQLITE_LOCKED_SHAREDCACHE', true, true],
    ['SQLITE_FULL', true, false],
    ['SQLITE_IOERR_WRITE', true, false],
    ['SQLITE_CONSTRAINT_UNIQUE', false, false],
    ['SQLITE_CORRUPT', false, false],
  ])('%s', (code, passing, busy) => {
    const error = new SQLite.SqliteError('message', code)
    expect([isPassing(error), isBusy(error)]).toEqual([passing, busy])
  })

  test('is known also by a statement of our own text, around which a library puts its words', async () => {
    const db = openDatabase(file)
    neverWait(db)
    const other = new SQLite(file)
    other.exec('begin exclusive')
    const asked = [sql`delete from units`, sql`select * from units`]
    const errors = await Promise.all(asked.map(async (text) => db.run(text)).map((one) => one.catch((error) => error)))
    other.close()
    db.$client.close()
    expect(errors.map((error) => [isPassing(error), isBusy(error)])).toEqual([
      [true, true],
      [true, true],
    ])
  })

  test('is not what a defect is taken for', () => {
    for (const error of [new TypeError('SQLITE_BUSY'), 'SQLITE_BUSY', undefined, { code: 'SQLITE_BUSY' }])
      expect([isPassing(error), isBusy(error)]).toEqual([false, false])
  })
})
