import { execFile } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseConfig } from '../../src/config.ts'
import { backupDatabase, prepareRestore } from '../../src/database/backup.ts'
import { holdInUse } from '../../src/database/in-use.ts'
import { loadKeys } from '../../src/database/key-folder.ts'
import { SQLite } from '../../src/database/sqlite.ts'
import { DomainError } from '../../src/errors.ts'
import { serve } from '../../src/serve.ts'
import { valueIn } from '../support/rows.ts'
import { browse, newKeys, openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { answers, enterMany, expectStored, expectThanks } from './people.ts'

let folder: string
let file: string
let backup: string
let service: Service
let round: TestRound

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-backup-'))
  file = join(folder, 'brukarsvar.sqlite')
  backup = join(folder, 'monday.backup')
  service = await startService({ file, keys: loadKeys(join(folder, 'keys'), { create: true }) })
  round = await openRound(service.db)
})
afterEach(async () => {
  await service.close()
  rmSync(folder, { recursive: true })
})

async function restore(from = backup, keys = service.keys) {
  const restoring = await prepareRestore(from, file, keys)
  const replaced = restoring.putInPlace()
  return { ballots: restoring.ballots, replaced }
}

/** The service is stopped, the backup put in place, and the service started again. */
async function restart() {
  service = await startService({ file, keys: service.keys })
}

const codeOf = async (attempt: () => unknown) => {
  try {
    await attempt()
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
  return 'no refusal'
}

describe('a backup', () => {
  test('is taken while answers come in: whole, with every answer that was acknowledged before it', async () => {
    const people = await enterMany(service, round, 400)
    const script = fileURLToPath(new URL('backup-process.ts', import.meta.url))
    let acknowledged = 0
    let running = true
    const answering = (async () => {
      for (let next = 0; running && next < people.length; next += 2) {
        for (const reply of await Promise.all([people[next]!.send(), people[next + 1]!.send()])) {
          expectThanks(reply)
          acknowledged++
        }
      }
    })()

    const backups: { path: string; atLeast: number; atMost: number }[] = []
    for (const day of ['monday', 'tuesday']) {
      const path = join(folder, `${day}.copy`)
      const atLeast = acknowledged
      await promisify(execFile)(process.execPath, ['--import', 'tsx', script, file, path])
      backups.push({ path, atLeast, atMost: acknowledged + 2 })
    }
    running = false
    await answering

    for (const { path, atLeast, atMost } of backups) {
      const copy = await startService({ file: path, keys: service.keys })
      const ballots = await valueIn<number>(copy.db, 'select count(*) from urn')
      expect(ballots).toBeGreaterThanOrEqual(atLeast)
      expect(ballots).toBeLessThanOrEqual(atMost)
      await expectStored(copy, round, ballots)
      await copy.close()
    }
    expect(acknowledged).toBeGreaterThan(0)
    await expectStored(service, round, acknowledged)
  })

  test('brings back the day it was taken: later answers are gone, and their codes can be used again', async () => {
    const [early, late] = await enterMany(service, round, 2)
    expectThanks(await early!.send())
    backupDatabase(service.db, backup)
    expectThanks(await late!.send())
    await service.close()

    const { ballots, replaced } = await restore()
    await restart()

    expect(ballots).toBe(1)
    expect(existsSync(replaced!)).toBe(true)
    await expectStored(service, round, 1)
    for (const { code } of [early!, late!]) {
      const again = browse(service.app)
      await again.post('/entry', { code, language: 'sv' })
      expectThanks(await again.post('/response', answers))
    }
    await expectStored(service, round, 2)
  })

  test('never takes the place of another, is readable by its owner only, and leaves nothing half-done', async () => {
    backupDatabase(service.db, backup)
    expect(statSync(backup).mode & 0o077).toBe(0)
    const before = readFileSync(backup)
    expect(await codeOf(() => backupDatabase(service.db, backup))).toBe('conflict')
    expect(readFileSync(backup).equals(before)).toBe(true)
    expect(() => backupDatabase(service.db, join(folder, 'no-such-folder', 'x.backup'))).toThrow()
    expect(readdirSync(folder).sort()).toEqual([
      'brukarsvar.sqlite',
      'brukarsvar.sqlite-journal',
      'keys',
      'mail.sqlite',
      'mail.sqlite-journal',
      'monday.backup',
    ])
  })
})

describe('a restore is refused, and changes nothing,', () => {
  beforeEach(async () => {
    const [person] = await enterMany(service, round, 1)
    expectThanks(await person!.send())
    backupDatabase(service.db, backup)
  })

  test('with the keys of another database', async () => {
    await service.close()
    await expectRefused('invalid', backup, newKeys())
  })

  test('while the service runs, also in the moment before it would be done', async () => {
    await service.close()
    const restoring = await prepareRestore(backup, file, service.keys)
    const config = parseConfig({ DATA_DIR: folder, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'error' })
    const running = await serve(config)
    try {
      expect(await codeOf(() => restoring.putInPlace())).toBe('conflict')
      restoring.discard()
      await expectRefused('conflict', backup)
    } finally {
      await running.close()
    }
    expect((await restore()).ballots).toBe(1)
  })

  test('and a second service on the same database too', () => {
    const release = holdInUse(file)
    expect(() => holdInUse(file)).toThrow(DomainError)
    release()
    holdInUse(file)()
  })

  test.each<[string, (whole: Buffer) => Buffer]>([
    ['cut short', (whole) => whole.subarray(0, whole.length - 5_000)],
    ['with a page of zeros in it', (whole) => Buffer.from(whole).fill(0, 4096 * 3, 4096 * 4)],
    ['with a damaged head', (whole) => Buffer.from(whole).fill(7, 0, 100)],
    ['that is empty', () => Buffer.alloc(0)],
    ['that is something else', () => Buffer.from('Dear colleague, here is the backup you asked for.\n')],
  ])('of a file %s', async (_how, damage) => {
    await service.close()
    const damaged = join(folder, 'damaged.backup')
    writeFileSync(damaged, damage(readFileSync(backup)))
    await expectRefused('invalid', damaged)
  })

  test('of a file that is not there', async () => {
    await service.close()
    await expectRefused('not-found', join(folder, 'nowhere.backup'))
  })

  async function expectRefused(code: string, from: string, keys = service.keys) {
    const before = readFileSync(file)
    expect(await codeOf(() => restore(from, keys))).toBe(code)
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(readdirSync(folder).filter((name) => /restoring|replaced|inspected/.test(name))).toEqual([])
  }
})

test('a restore is not spoilt by what a killed service left beside a database that is gone', async () => {
  const people = await enterMany(service, round, 3)
  expectThanks(await people[0]!.send())
  backupDatabase(service.db, backup)
  await service.close()
  leaveHalfWritten()
  rmSync(file)

  expect((await restore()).ballots).toBe(1)
  await restart()

  await expectStored(service, round, 1)
})

/** A journal as a kill in the middle of a large transaction leaves it: the next to open the database plays it back. */
function leaveHalfWritten() {
  const writer = new SQLite(file)
  writer.pragma('journal_mode = truncate')
  writer.pragma('cache_size = 2')
  writer.exec(
    "begin; delete from urn; delete from spent; delete from invitations; update municipalities set name = 'X' || name",
  )
  copyFileSync(`${file}-journal`, `${file}-left`)
  writer.exec('rollback')
  writer.close()
  copyFileSync(`${file}-left`, `${file}-journal`)
}
