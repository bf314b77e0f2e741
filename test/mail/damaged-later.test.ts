import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeNights } from '../../src/actions/nights.ts'
import { neverWait } from '../../src/database/connection.ts'
import { openUsableMailDatabase } from '../../src/database/mail-connection.ts'
import { mailFileOf } from '../../src/database/mail-file.ts'
import { SQLite } from '../../src/database/sqlite.ts'
import { makeLog } from '../../src/log/log.ts'
import { roundKeyFile } from '../../src/round/round-key.ts'
import { runIn } from '../support/rows.ts'
import { openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { spoilPages } from '../support/spoiled.ts'
import { staffBrowser } from '../support/staff.ts'

let folder: string
let service: Service
let round: TestRound
let offs: string[]
let said: { level: number; msg: string; stack?: string }[]
let nights: ReturnType<typeof makeNights>

/** A service whose mail file was sound at the start. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-later-'))
  const mailDb = openUsableMailDatabase(join(folder, 'sound.sqlite'))
  neverWait(mailDb)
  mailDb.$client.pragma('cache_size = 1') // so that it looks at the disk
  offs = []
  said = []
  const mailFile = mailFileOf(mailDb, ({ message }) => offs.push(message))
  const log = makeLog('warn', { write: (line: string) => void said.push(JSON.parse(line)) } as never)
  service = await startService({ mailFile, file: join(folder, 'survey.db'), settings: { KEY_DIR: folder }, log })
  round = await openRound(service.db)
  const { db, clock } = service
  nights = makeNights({ db, mailFile, clock: () => clock.now, builtAt: new Date(0), patienceMs: 100, log })
})
afterEach(async () => {
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

const spoil = () => spoilPages(join(folder, 'sound.sqlite'), [3, 4, 5, 6, 7, 8, 9, 10])
const ready = async () => (await service.app.inject('/ready')).json()
const offBy = [expect.stringMatching(/sound\.sqlite is damaged\. Stop the service and move it to another folder/)]

test('damage that a page of staff meets turns email off, and they read that it is', async () => {
  const coordinator = await staffBrowser(service, { role: 'coordinator' })
  expect((await coordinator.get('/staff/email')).statusCode).toBe(200)
  spoil()
  for (let times = 0; times < 2; times++) {
    const page = await coordinator.get('/staff/email')
    expect([page.statusCode, page.body]).toEqual([503, expect.stringContaining('E-post är avstängd just nu')])
  }
  expect(await ready()).toEqual({ status: 'ready', off: ['mail'] })
  expect([offs, said]).toEqual([offBy, []])
})

test('damage that a night meets is said once, with the file and the mend, and what else the night does is done', async () => {
  spoil()
  for (let minutes = 0; minutes < 3; minutes++) await nights.look()
  expect(await ready()).toEqual({ status: 'ready', off: ['mail'] })
  expect([offs, said]).toEqual([offBy, []])
})

test('damage that the close meets leaves the addresses, and whoever closes reads so', async () => {
  const admin = await staffBrowser(service, { role: 'national' })
  spoil()
  const closed = await admin.post(`/staff/rounds/${round.id}/closing`, {
    keyText: roundKeyFile(round.key),
    year: '2026',
  })
  expect(closed.headers.location).toBe(`/staff/rounds/${round.id}/closing?notice=rounds.addressesStay`)
  expect(offs).toEqual(offBy)
})

test('a trouble of the database of answers is said once while it lasts, with the file', async () => {
  await runIn(service.db, 'alter table rounds rename to elsewhere')
  for (let minutes = 0; minutes < 3; minutes++) await nights.look()
  expect(said).toHaveLength(1)
})

test('a night looks past what is kept in memory of the answers, and names the file and the mend', async () => {
  const file = join(folder, 'survey.db')
  const db = new SQLite(file, { readonly: true })
  const pages = db.prepare("select pageno from dbstat where name in ('units', 'strata', 'invitations')").pluck().all()
  db.close()
  spoilPages(file, pages as number[])
  for (let minutes = 0; minutes < 3; minutes++) await nights.look()
  const words = [...new Set(said.map(({ msg }) => msg))] // the telling of the night meets it as well
  expect(words).toEqual([expect.stringMatching(/survey\.db is damaged\. .*brukarsvar restore/)])
})
