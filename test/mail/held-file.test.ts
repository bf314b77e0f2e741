import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { makeNights } from '../../src/actions/nights.ts'
import { isBusy } from '../../src/database/connection.ts'
import { closeMail, openMailDatabase } from '../../src/database/mail-connection.ts'
import { mailFileOf, mailFileWhenFree } from '../../src/database/mail-file.ts'
import { atOnce } from '../../src/database/patience.ts'
import { SQLite } from '../../src/database/sqlite.ts'
import { silentLog } from '../../src/log/log.ts'
import { bindMailStore } from '../../src/mail/mail-stores.ts'
import { queueStaffMail } from '../../src/mail/queueing.ts'
import { newFile } from '../support/new-file.ts'
import { valueIn } from '../support/rows.ts'
import { newKeys, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

const letter = { to: 'a@example.se', subject: 'Hej', text: 'Hej.' }

test('a mail file that was held at the start takes mail as soon as it is free', async () => {
  const file = newFile()
  openMailDatabase(file).$client.close()
  const other = new SQLite(file)
  other.exec('begin exclusive')
  const said: string[] = []
  const { db: mailDb, isOff } = mailFileWhenFree(file, ({ message }) => said.push(message))
  const office = {
    mailDb,
    keys: newKeys(),
    stores: { mail: bindMailStore(mailDb, atOnce) },
  }
  await expect(queueStaffMail(office, letter, new Date())).rejects.toSatisfy(isBusy)
  closeMail(office.mailDb)
  other.close()
  await queueStaffMail(office, letter, new Date())
  expect(await valueIn(office.mailDb, 'select count(*) from outbox')).toBe(1)
  expect([isOff(), said]).toEqual([false, []])
  closeMail(office.mailDb)
})

test('a mail file that was held at the start and is damaged once it is free turns email off, and everybody is told', async () => {
  const file = newFile()
  openMailDatabase(file).$client.close()
  const other = new SQLite(file)
  other.exec('begin exclusive')
  const said: string[] = []
  const mailFile = mailFileWhenFree(file, ({ message }) => said.push(message))
  const service = await startService({ mailFile })
  const ready = async () => (await service.app.inject('/ready')).json()
  const coordinator = await staffBrowser(service, { role: 'coordinator' })
  expect(await ready()).toEqual({ status: 'ready' })

  other.close()
  writeFileSync(file, Buffer.alloc(8_192, 7))
  const { db } = service
  const nights = makeNights({
    db,
    mailFile,
    clock: () => service.clock.now,
    builtAt: new Date(0),
    patienceMs: 100,
    log: silentLog,
  })
  await nights.look()
  expect(await ready()).toEqual({ status: 'ready', off: ['mail'] })
  expect((await coordinator.get('/staff/email')).body).toContain('E-post är avstängd just nu')
  await nights.look()
  expect(said).toEqual([expect.stringMatching(/is damaged\. Stop the service and move it/)])
  await service.close()
})

test('a mail file that becomes rubbish while the service runs is told at /ready', async () => {
  const file = newFile()
  const mailDb = openMailDatabase(file)
  const service = await startService({ mailFile: mailFileOf(mailDb) })
  const ready = async () => (await service.app.inject('/ready')).json()
  expect(await ready()).toEqual({ status: 'ready' })
  writeFileSync(file, Buffer.alloc(32_768, 7))
  service.clock.now = new Date(service.clock.now.getTime() + 10_000)
  expect(await ready()).toEqual({ status: 'ready', off: ['mail'] })
  await service.close()
})
