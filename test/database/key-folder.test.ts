import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/database/connection.ts'
import { bindKeys, loadKeys } from '../../src/database/key-folder.ts'
import { newKeys } from '../support/service.ts'

describe('a key folder', () => {
  let folder: string
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'keys-')), 'keys')
  })
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

  test('is made once, readable by its owner only, and gives the same keys ever after', () => {
    const keys = loadKeys(folder, { create: true })
    expect(Object.values(keys).map(({ length }) => length)).toEqual([32, 32, 32, 32])
    expect(new Set(Object.values(keys).map((key) => key.toString('hex'))).size).toBe(4)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777, file).toBe(0o600)
    expect(loadKeys(folder)).toEqual(keys)
    expect(loadKeys(folder, { create: true })).toEqual(keys)
  })

  test('that lacks a file is said to lack it, and is not filled by a server', () => {
    expect(() => loadKeys(folder)).toThrow(/has no code-pepper.key/)
    loadKeys(folder, { create: true })
    rmSync(join(folder, 'spent-pepper.key'))
    expect(() => loadKeys(folder)).toThrow(/has no spent-pepper.key/)
  })

  test.each(['code-pepper', 'spent-pepper', 'visit', 'staff'])('with a folder in place of %s.key names it', (name) => {
    loadKeys(folder, { create: true })
    rmSync(join(folder, `${name}.key`))
    mkdirSync(join(folder, `${name}.key`))
    expect(() => loadKeys(folder)).toThrow(new RegExp(`${name}.key is a folder where a file`))
  })

  test.each(['', 'abc', 'g'.repeat(64), '0'.repeat(63), '0'.repeat(65)])(
    'with a damaged file is refused: %j',
    (text) => {
      loadKeys(folder, { create: true })
      const file = join(folder, 'visit.key')
      chmodSync(file, 0o600)
      writeFileSync(file, text)
      expect(() => loadKeys(folder)).toThrow(/visit.key is damaged/)
      expect(() => loadKeys(folder, { create: true })).toThrow(/visit.key is damaged/)
      expect(readFileSync(file, 'utf8')).toBe(text)
    },
  )
})

describe('a database and its key folder', () => {
  test('belong together from the first time on', async () => {
    const db = openDatabase(':memory:')
    const keys = newKeys()
    await bindKeys(db, keys)
    await expect(bindKeys(db, keys)).resolves.toBeUndefined()
    await expect(bindKeys(db, { ...keys, codePepper: randomBytes(32) })).rejects.toThrow(/does not belong/)
    await expect(bindKeys(db, { ...keys, spentPepper: randomBytes(32) })).rejects.toThrow(/does not belong/)
    await expect(
      bindKeys(db, { ...keys, codePepper: keys.spentPepper, spentPepper: keys.codePepper }),
    ).rejects.toThrow()
    db.$client.close()
  })

  test('stay together when the key of the cookies is changed', async () => {
    const db = openDatabase(':memory:')
    const keys = newKeys()
    await bindKeys(db, keys)
    const renewed = { ...keys, visitKey: randomBytes(32) }
    await expect(bindKeys(db, renewed)).resolves.toBeUndefined()
    db.$client.close()
  })

  test('no pepper is in the database', async () => {
    const db = openDatabase(':memory:')
    const keys = newKeys()
    await bindKeys(db, keys)
    const everything = db.$client.serialize()
    for (const key of Object.values(keys)) {
      expect(everything.includes(key)).toBe(false)
      expect(everything.includes(key.toString('hex'))).toBe(false)
    }
    db.$client.close()
  })
})
