import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { browse, openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { canMount, mountSmallDisk, type SmallDisk } from '../support/small-disk.ts'
import { enterMany, expectKeptInForm, expectStored, expectThanks } from './people.ts'

let folder: string
let service: Service
let round: TestRound

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-full-'))
})
afterEach(async () => {
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

async function openService() {
  service = await startService({ file: join(folder, 'brukarsvar.sqlite') })
  round = await openRound(service.db)
}

describe('a database that may not grow', () => {
  test('keeps the answers in the form, stores nothing by halves, and takes them when it may grow again', async () => {
    await openService()
    const people = await enterMany(service, round, 400)
    const pages = service.db.$client.pragma('page_count', { simple: true })
    service.db.$client.pragma(`max_page_count = ${pages}`)

    let stored = 0
    let refused = people.length
    for (const [index, person] of people.entries()) {
      const reply = await person.send()
      if (reply.statusCode === 503) {
        refused = index
        expectKeptInForm(reply)
        break
      }
      expectThanks(reply)
      stored++
    }
    expect(refused, 'the database filled up').toBeLessThan(people.length - 2)
    await expectStored(service, round, stored)

    service.db.$client.pragma('max_page_count = 1000000')
    expectThanks(await people[refused]!.send())
    expectThanks(await people[refused + 1]!.send())
    await expectStored(service, round, stored + 2)
  })
})

const mayMount = canMount()
if (!mayMount)
  console.warn('\n!!! THIS USER MAY NOT MOUNT: THE STORY OF THE FULL DISK IS TOLD WITH max_page_count ONLY. !!!\n')

describe.skipIf(!mayMount)('a full disk', () => {
  let disk: SmallDisk
  beforeEach(() => {
    disk = mountSmallDisk(folder, 4)
  })
  afterEach(() => disk.unmount())

  test('however little is left: answers are kept in the form or stored whole, and all are taken once there is room', async () => {
    await openService()
    const people = await enterMany(service, round, 40)
    let waiting = people
    let refusals = 0
    for (let leftPages = 0; leftPages < 24 && waiting.length > 0; leftPages++) {
      disk.leaveFree(leftPages * 4096)
      const [person] = waiting
      const reply = await person!.send()
      if (reply.statusCode === 503) {
        refusals++
        expectKeptInForm(reply)
      } else {
        expectThanks(reply)
        waiting = waiting.slice(1)
      }
      await expectStored(service, round, people.length - waiting.length)
    }
    expect(refusals, 'the disk was really full').toBeGreaterThan(2)

    disk.makeRoom()
    for (const reply of await Promise.all(waiting.map(({ send }) => send()))) expectThanks(reply)
    await expectStored(service, round, people.length)
  })

  test('refuses all who come together, shows every page, lets people enter, and then takes every answer', async () => {
    await openService()
    const people = await enterMany(service, round, 50)
    disk.leaveFree(0)

    for (const reply of await Promise.all(people.map(({ send }) => send()))) expectKeptInForm(reply)
    expect((await service.app.inject('/sv')).statusCode).toBe(200)
    const newcomer = browse(service.app)
    const entry = await newcomer.post('/entry', { code: people[0]!.code, language: 'sv' })
    expect(entry.headers.location).toBe('/questions')
    await expectStored(service, round, 0)

    disk.makeRoom()
    for (const reply of await Promise.all(people.map(({ send }) => send()))) expectThanks(reply)
    await expectStored(service, round, people.length)
  })
})
