import { closeSync, copyFileSync, mkdtempSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { setPaused } from '../../src/round/plan-store.ts'
import { moveRound } from '../../src/round/store.ts'
import { runIn, valueIn } from '../support/rows.ts'
import { browse, drawCodes, newKeys, openRound, type Service, startService } from '../support/service.ts'
import { canMount, mountSmallDisk, type SmallDisk } from '../support/small-disk.ts'
import { holdLock } from './other-process.ts'
import { enterMany, expectKeptInForm, expectThanks, type Respondent } from './people.ts'

let folder: string
let file: string
let service: Service
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-ready-'))
  file = join(folder, 'brukarsvar.sqlite')
})
afterEach(async () => {
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

async function ask(path: string): Promise<string> {
  const { statusCode, body } = await service.app.inject(path)
  const { status, reason, off } = JSON.parse(body)
  return [statusCode, status, reason, off].filter(Boolean).join(' ')
}
const ready = () => ask('/ready')
const later = (seconds: number) => {
  service.clock.now = new Date(service.clock.now.getTime() + seconds * 1000)
}

async function open(people = 3): Promise<Respondent[]> {
  service = await startService({ file })
  return enterMany(service, await openRound(service.db), people)
}

describe('readiness', () => {
  test('is there when all is well, before a round, while one is paused, and when it is closed', async () => {
    service = await startService({ file })
    expect(await ready()).toBe('200 ready')
    await openRound(service.db)
    await setPaused(service.db, '2026', true)
    later(10)
    expect(await ready()).toBe('200 ready')
    await moveRound(service.db, '2026', ['collecting'], 'closed')
    later(10)
    expect(await ready()).toBe('200 ready')
  })

  test('is there without a mail file, and says that mail is off', async () => {
    service = await startService({ file, isMailOff: true })
    expect(await ready()).toBe('200 ready mail')
  })

  test('is there while the clock cannot be believed, and says that nothing is done at night', async () => {
    service = await startService({ file, isNightOff: () => true })
    expect(await ready()).toBe('200 ready night')
  })

  test('leaves nothing in the database, however often it is asked', async () => {
    await open(0)
    const version = () => service.db.$client.pragma('data_version', { simple: true })
    const before = [service.db.$client.serialize(), version()]
    for (let times = 0; times < 20; times++) {
      later(10)
      expect(await ready()).toBe('200 ready')
    }
    expect([service.db.$client.serialize(), version()]).toEqual(before)
  })

  test('asks the database seldom, however often it is asked', async () => {
    await open(0)
    expect(await ready()).toBe('200 ready')
    const free = await holdLock(file, 'exclusive')
    expect(await ready()).toBe('200 ready')
    later(6)
    expect(await ready()).toBe('503 not-ready busy')
    await free()
    later(6)
    expect(await ready()).toBe('200 ready')
  })
})

describe('in a state in which no answer can be taken it is not there, while health is', () => {
  test.skipIf(!canMount())('a full disk, also when nobody comes; and it is there again by itself', async () => {
    const disk: SmallDisk = mountSmallDisk(folder, 4)
    try {
      const [person] = await open()
      disk.leaveFree(0)
      expect([await ready(), await ask('/health')]).toEqual(['503 not-ready full', '200 ok'])
      disk.makeRoom()
      later(6)
      expect(await ready()).toBe('200 ready')
      expectThanks(await person!.send())
    } finally {
      disk.unmount()
    }
  })

  test('a database that may not grow: the refused answers tell, until one is stored', async () => {
    const people = await open(200)
    const pages = service.db.$client.pragma('page_count', { simple: true })
    service.db.$client.pragma(`max_page_count = ${pages}`)
    let person = people.pop()!
    for (let reply = await person.send(); reply.statusCode === 303; reply = await person.send()) person = people.pop()!
    expect([await ready(), await ask('/health')]).toEqual(['503 not-ready full', '200 ok'])
    service.db.$client.pragma('max_page_count = 1000000')
    expectThanks(await person.send())
    expect(await ready()).toBe('200 ready')
  })

  test('a file that may only be read', async () => {
    const [person] = await open()
    service.db.$client.pragma('query_only = 1')
    expectKeptInForm(await person!.send())
    expect([await ready(), await ask('/health')]).toEqual(['503 not-ready read-only', '200 ok'])
    service.db.$client.pragma('query_only = 0')
    expectThanks(await person!.send())
    later(6)
    expect(await ready()).toBe('200 ready')
  })

  test('a file that was moved: nobody is thanked for an answer where nobody looks, until it is put back', async () => {
    const [person] = await open()
    const elsewhere = `${file}.elsewhere`
    renameSync(file, elsewhere)
    expectKeptInForm(await person!.send())
    expect([await ready(), await ask('/health')]).toEqual(['503 not-ready moved', '200 ok'])
    renameSync(elsewhere, file)
    later(6)
    expectThanks(await person!.send())
    expect(await ready()).toBe('200 ready')
  })

  test('a file that was removed, or that another was put in the place of', async () => {
    const [person] = await open()
    copyFileSync(file, `${file}.copy`)
    rmSync(file)
    expectKeptInForm(await person!.send())
    expect([await ready(), await ask('/health')]).toEqual(['503 not-ready moved', '200 ok'])
    renameSync(`${file}.copy`, file)
    later(40)
    expectKeptInForm(await person!.send())
    expect(await ready()).toBe('503 not-ready moved')
  })

  test('a lock that lasts', async () => {
    await open()
    const free = await holdLock(file, 'immediate')
    expect([await ready(), await ask('/health')]).toEqual(['503 not-ready busy', '200 ok'])
    await free()
    later(6)
    expect(await ready()).toBe('200 ready')
  })

  test('tables of another version', async () => {
    await open()
    await runIn(service.db, "insert into __drizzle_migrations (hash, created_at) values ('x', 99999999999999)")
    expect([await ready(), await ask('/health')]).toEqual(['503 not-ready other-version', '200 ok'])
  })

  test('a column that somebody changed by hand, until it is as it was', async () => {
    await open()
    await runIn(service.db, 'alter table staff rename column name to full_name')
    later(6)
    expect([await ready(), await ask('/health')]).toEqual(['503 not-ready other-version', '200 ok'])
    await runIn(service.db, 'alter table staff rename column full_name to name')
    later(6)
    expect(await ready()).toBe('200 ready')
  })

  test.each(['urn', 'spent'])('a damaged page of %s, from the first refused answer on', async (table) => {
    const { send } = await openDamaged(table)
    expect(await ready()).toBe('200 ready')
    expect((await send()).statusCode).toBe(503)
    later(100)
    expect([await ready(), await ask('/health')]).toEqual(['503 not-ready damaged', '200 ok'])
  })

  test.each(['invitations', 'strata'])('a damaged page of %s, from the first code on', async (table) => {
    const { code } = await openDamaged(table)
    expect((await browse(service.app).post('/entry', { code })).statusCode).toBe(500)
    expect([await ready(), await ask('/health')]).toEqual(['503 not-ready damaged', '200 ok'])
  })
})

/** A service on a database in which the first page of a table is rubbish, and somebody who had entered before. */
async function openDamaged(table: string) {
  const keys = newKeys()
  const before = await startService({ file, keys })
  service = before
  const [code] = await drawCodes(before, await openRound(before.db))
  const browser = browse(before.app)
  await browser.post('/entry', { code: code! })
  const root = await valueIn(before.db, 'select rootpage from sqlite_schema where name = ?', table)
  await before.close()
  const descriptor = openSync(file, 'r+')
  writeSync(descriptor, Buffer.alloc(4096, 0xa5), 0, 4096, (Number(root) - 1) * 4096)
  closeSync(descriptor)
  service = await startService({ file, keys })
  const headers = { cookie: browser.cookie(), 'content-type': 'application/x-www-form-urlencoded' }
  const url = `/visit/${browser.mark()}/response`
  return { code: code!, send: () => service.app.inject({ method: 'POST', url, headers, payload: 'views=yes' }) }
}
