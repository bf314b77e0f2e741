import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeNights } from '../../src/actions/nights.ts'
import { neverWait } from '../../src/database/connection.ts'
import { type MailDatabase, openUsableMailDatabase } from '../../src/database/mail-connection.ts'
import { type MailFile, mailFileOf } from '../../src/database/mail-file.ts'
import { SQLite } from '../../src/database/sqlite.ts'
import { silentLog } from '../../src/log/log.ts'
import { deliveryRounds } from '../../src/mail/delivery-round.ts'
import type { MailOffice } from '../../src/mail/mail-office.ts'
import { planReminder, queueInvitations, queueStaffMail } from '../../src/mail/queueing.ts'
import { lookThroughRows } from '../../src/mail/store.ts'
import { runIn } from '../support/rows.ts'
import { newKeys, openRound, type Service, startService } from '../support/service.ts'
import { spoilPages } from '../support/spoiled.ts'
import { countOutbox } from './count-outbox.ts'
import { type MailServer, startMailServer } from './mail-server.ts'
import { people } from './post-office.ts'

let folder: string
let file: string
let service: Service
let server: MailServer
let office: MailOffice
let mailDb: MailDatabase
let mailFile: MailFile
let offs: string[]
let unreadable: number

/** A service whose mail file was sound at the start. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-rows-'))
  file = join(folder, 'mail.sqlite')
  mailDb = openUsableMailDatabase(file)
  neverWait(mailDb)
  offs = []
  unreadable = 0
  mailFile = mailFileOf(mailDb, ({ message }) => offs.push(message))
  server = await startMailServer()
  const startMail = (started: MailOffice) => {
    office = started
    return async () => {}
  }
  const settings = { KEY_DIR: folder, SMTP_URL: server.url, MAIL_FROM: 'svar@kommun.example' }
  service = await startService({ mailFile, file: join(folder, 'survey.db'), settings, startMail })
  await service.app.ready()
})
afterEach(async () => {
  await service.close()
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const deliver = () =>
  deliveryRounds({
    office,
    smtpUrl: server.url,
    clock: () => service.clock.now,
    news: { onTrouble: () => {}, onEnd: () => {} },
    onUnreadable: (number) => (unreadable += number),
  })(100)
const queue = async (number: number, keys = office.keys) => {
  for (let sent = 0; sent < number; sent++)
    await queueStaffMail(
      { ...office, keys },
      { to: `eva${sent}@kommun.example`, subject: 'Hej', text: 'Hej.' },
      service.clock.now,
    )
}

/** The rows of a mail have their end on pages of their own, on which SQLite finds no fault. */
function spoilEnds(bytes: number, within?: [number, number]): void {
  const db = new SQLite(file, { readonly: true })
  const pages = db.prepare("select pageno from dbstat where name = 'outbox' and pagetype = 'overflow'").pluck().all()
  db.close()
  expect(pages.length).toBeGreaterThan(0)
  spoilPages(file, pages as number[], bytes, within)
  mailDb.$client.pragma('shrink_memory')
}

const ready = async () => (await service.app.inject('/ready')).json()
const offBy = [expect.stringMatching(/mail\.sqlite is damaged\. Stop the service and move it to another folder/)]

test.each<[string, number, [number, number]?]>([
  ['pages of zeros', 0],
  ['pages of rubbish', 7],
  ['a sector of zeros', 0, [512, 1024]],
  ['a sector of rubbish', 7, [512, 1024]],
])('%s in waiting mails: nothing is given up, and the file is named, not the key', async (_, bytes, within) => {
  await queue(8)
  spoilEnds(bytes, within)
  for (let round = 0; round < 3; round++) await deliver()
  expect([offs, unreadable, server.received.length]).toEqual([offBy, 0, 0])
  expect(await countOutbox(mailDb)).toEqual([{ kind: 'staff', state: 'waiting', number: 8 }])
  expect(await ready()).toEqual({ status: 'ready', off: ['mail'] })
  // So say the next start and `doctor`.
  expect(() => openUsableMailDatabase(file, { looksAt: lookThroughRows })).toThrow(/mail\.sqlite is damaged/)
})

test('a spoiled row of a reminder turns email off, and the reminder waits', async () => {
  const round = await openRound(service.db)
  const stratumId = round.strata.economic_assistance
  await queueInvitations(office, { stratumId, language: 'sv', addresses: people(12), now: service.clock.now })
  await deliver()
  await planReminder(office, { stratumId, now: service.clock.now })
  await runIn(
    mailDb,
    "update outbox set sealed = cast(substr(sealed, 1, 200) || zeroblob(8) || substr(sealed, 209) as blob) where kind = 'reminder'",
  )
  await deliver()
  expect([offs, unreadable, server.received.length]).toEqual([offBy, 0, 12])
  expect(await countOutbox(mailDb)).toEqual([{ kind: 'reminder', state: 'waiting', number: 1 }])
})

test('a spoiled row of somebody who is invited turns email off, also where a reminder would pass over them', async () => {
  const round = await openRound(service.db)
  const stratumId = round.strata.economic_assistance
  await queueInvitations(office, { stratumId, language: 'sv', addresses: people(2), now: service.clock.now })
  await deliver()
  await planReminder(office, { stratumId, now: service.clock.now })
  await runIn(
    mailDb,
    'update recipients set sealed = cast(substr(sealed, 1, 90) || zeroblob(8) || substr(sealed, 99) as blob)',
  )
  await deliver()
  expect([offs, server.received.length]).toEqual([offBy, 2])
})

test('mails that were sealed with another key are given up in a file that is whole, and the others leave', async () => {
  await queue(2, newKeys())
  await queue(3)
  await deliver()
  expect([offs, unreadable, server.received.length]).toEqual([[], 2, 3])
  expect(await countOutbox(mailDb)).toEqual([{ kind: 'staff', state: 'given_up', number: 2 }])
})

test('rows of the version before are read; where one cannot be, the file is looked through before anything is given up', async () => {
  await queue(3)
  await runIn(mailDb, 'update outbox set sealed = substr(sealed, 17)') // without its check
  await deliver()
  expect(server.received).toHaveLength(3)
  await queue(40)
  await runIn(mailDb, 'update outbox set sealed = randomblob(2088)')
  mailDb.$client.pragma('cache_size = 1')
  const db = new SQLite(file, { readonly: true })
  const leaves = db.prepare("select max(pageno) from dbstat where name = 'outbox' and pagetype = 'leaf'").pluck().all()
  db.close()
  spoilPages(file, leaves as number[])
  await deliver()
  expect([offs, unreadable]).toEqual([offBy, 0])
})

test('a night looks past what is kept in memory, and tells of damage nobody has met', async () => {
  await queue(40)
  expect(await countOutbox(mailDb)).toHaveLength(1) // all of it is in memory now
  const nights = makeNights({
    ...{ db: service.db, mailFile, clock: () => service.clock.now },
    ...{ builtAt: new Date(0), patienceMs: 100, log: silentLog },
  })
  const db = new SQLite(file, { readonly: true })
  const leaves = db.prepare("select pageno from dbstat where name = 'outbox' and pagetype = 'leaf'").pluck().all()
  db.close()
  spoilPages(file, leaves as number[])
  expect(await countOutbox(mailDb)).toHaveLength(1)
  await nights.look()
  expect(offs).toEqual(offBy)
})
