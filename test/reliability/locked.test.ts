import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { browse, drawCodes, openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { holdLock, type Lock } from './other-process.ts'
import { enterMany, expectKeptInForm, expectStored, expectThanks } from './people.ts'

/** At least this long: `LOCKED_SECONDS=30` tells the same story with half a minute. */
const lockedMs = Number(process.env.LOCKED_SECONDS ?? 0) * 1000

let folder: string
let file: string
let service: Service
let round: TestRound

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-locked-'))
  file = join(folder, 'brukarsvar.sqlite')
  service = await startService({ file })
  round = await openRound(service.db)
})
afterEach(async () => {
  await service.close()
  rmSync(folder, { recursive: true })
})

/** Asked at a moment when the answer to the last question is old. */
const readiness = async () => {
  service.clock.now = new Date(service.clock.now.getTime() + 60_000)
  const { statusCode, body } = await service.app.inject('/ready')
  return [statusCode, JSON.parse(body).status]
}

describe('a database that another process holds for long', () => {
  test('pages are served, answers are kept in the form, and when it is free all works with no help', async () => {
    const people = await enterMany(service, round, 30)
    const [code] = await drawCodes(service, round)
    const free = await holdLock(file, 'exclusive')
    const heldAt = performance.now()

    do {
      const replies = Promise.all(people.map(({ send }) => send()))
      const entry = browse(service.app).post('/entry', { code: code!, language: 'sv' })
      for (const path of ['/', '/sv', '/ar', '/sv/about', '/sv/cannot-use'])
        expect((await service.app.inject(path)).statusCode, path).toBe(200)
      expect(await readiness()).toEqual([503, 'not-ready'])
      for (const reply of await replies) expectKeptInForm(reply)
      expect((await entry).statusCode).toBe(503)
      expect((await entry).headers['retry-after']).toBe('30')
    } while (performance.now() - heldAt < lockedMs)
    await free()

    expect(await readiness()).toEqual([200, 'ready'])
    await expectStored(service, round, 0)
    for (const reply of await Promise.all(people.map(({ send }) => send()))) expectThanks(reply)
    const entry = await browse(service.app).post('/entry', { code: code!, language: 'sv' })
    expect(entry.headers.location).toBe('/questions')
    await expectStored(service, round, people.length)
  })
})

describe('a database that another process holds for a moment', () => {
  test.each<[Lock, string]>([
    ['exclusive', 'as at a commit'],
    ['immediate', 'as while a command writes'],
    ['shared', 'as while a backup reads'],
  ])('%s, %s: nobody notices', async (lock) => {
    const people = await enterMany(service, round, 10)
    const [code] = await drawCodes(service, round)
    const free = await holdLock(file, lock)

    const replies = people.map(({ send }) => send())
    const entry = browse(service.app).post('/entry', { code: code!, language: 'sv' })
    expect((await service.app.inject('/health')).statusCode).toBe(200)
    await pause(300)
    await free()

    for (const reply of replies) expectThanks(await reply)
    expect((await entry).headers.location).toBe('/questions')
    expect(await readiness()).toEqual([200, 'ready'])
    await expectStored(service, round, people.length)
  })
})
