import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { announce } from '../../src/actions/announce.ts'
import { parseConfig } from '../../src/config.ts'
import { closeDatabase, type Database, openDatabase } from '../../src/database/connection.ts'
import { bindKeys, loadKeys } from '../../src/database/key-folder.ts'
import { openMailDatabase } from '../../src/database/mail-connection.ts'
import { mailFileOf } from '../../src/database/mail-file.ts'
import { patiently } from '../../src/database/patience.ts'
import { loadLanguages } from '../../src/language/languages.ts'
import { makeLog } from '../../src/log/log.ts'
import { deliverOutbox } from '../../src/mail/delivery.ts'
import { bindMailStores } from '../../src/mail/mail-stores.ts'
import { openSmtp } from '../../src/mail/smtp.ts'
import { endAccount } from '../../src/people/store.ts'
import { approveStep, proposeStep, withdraw } from '../../src/results/release-steps-store.ts'
import { serve } from '../../src/serve.ts'
import { bindAllStores } from '../../src/stores.ts'
import { openedRound } from '../results/published.ts'
import { freePort } from '../support/free-port.ts'
import { runIn, valueIn, valuesIn } from '../support/rows.ts'
import { type Service, startService } from '../support/service.ts'
import { newStaff, type StaffOptions } from '../support/staff.ts'
import { type MailServer, startMailServer } from './mail-server.ts'

const answered = [{ municipality: '1489', unit: 'Vuxna', people: 40, positive: 30 }]
const publicUrl = 'https://svar.example.se'
const languages = loadLanguages()
const from = { name: 'Brukarsvar', address: 'svar@kommun.example' }

/** Somebody with an account who has chosen a password. */
async function colleague(service: Pick<Service, 'db' | 'clock'>, options: StaffOptions) {
  const { id, email } = await newStaff(service, options)
  await runIn(service.db, "update staff set password_hash = 'set' where id = ?", id)
  return { id, email }
}

/** Two administrators, those who lead and read in a municipality that took part, and all who are told nothing. */
async function everybody(service: Pick<Service, 'db' | 'clock'>) {
  const ada = await colleague(service, { role: 'national', name: 'Ada Ek' })
  const bo = await colleague(service, { role: 'national', name: 'Bo Dal', language: 'en' })
  const eva = await colleague(service, { role: 'coordinator', name: 'Eva Alm' })
  const viewer = await colleague(service, { role: 'viewer', name: 'Ulla Ros', language: 'en' })
  await colleague(service, { role: 'caseworker' })
  await colleague(service, { role: 'host' })
  await colleague(service, { role: 'coordinator', municipalityCode: '1480' })
  await newStaff(service, { role: 'coordinator', name: 'Invited only' })
  const ended = await colleague(service, { role: 'viewer' })
  await endAccount(service.db, ended.id, '2027-01-02')
  return { ada, bo, eva, viewer }
}

interface Steps {
  db: Database
  now: Date
  number?: number
}

/** One administrator proposes, another approves. */
async function agree(
  kind: 'release' | 'publish',
  { db, now, number = 1, by, at = now }: Steps & { by: [{ id: string }, { id: string }]; at?: Date },
) {
  const saying = { roundId: '2026', number, now }
  await proposeStep(db, { ...saying, by: by[0].id }, { kind, takesEffect: at })
  await approveStep(db, { ...saying, by: by[1].id })
}

describe('what happens to a release is mailed', () => {
  let folder: string
  let server: MailServer
  let service: Service
  let people: Awaited<ReturnType<typeof everybody>>
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'brukarsvar-telling-'))
    server = await startMailServer()
    service = await startService({ file: join(folder, 'survey.db'), now: '2027-01-10T10:00:00Z' })
    await openedRound(service, answered)
    people = await everybody(service)
  })
  afterEach(async () => {
    await service.close()
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** What every process does once a minute, over its own connections. */
  async function look({ isPractice = false, mailDb = service.mailDb } = {}) {
    const stores = bindAllStores(service.db, mailFileOf(mailDb), patiently)
    await announce({ stores, keys: service.keys, languages, publicUrl, isPractice, now: service.clock.now })
  }

  /** What arrives: whom it is for, and the mails by their readers. */
  async function arriving() {
    await look()
    const transport = await openSmtp({ url: server.url, from })
    const { db, mailDb, keys, clock } = service
    const stores = bindMailStores(db, mailDb, patiently)
    const about = { files: () => undefined, mailFile: mailFileOf(mailDb), keys, languages, publicUrl, from, server: {} }
    await deliverOutbox({ stores, ...about }, { transport, now: clock.now })
    return server.received.splice(0)
  }
  const to = (mails: { to: string; subject: string }[]) => mails.map(({ to, subject }) => `${to}: ${subject}`).sort()
  const at = (instant: string) => {
    service.clock.now = new Date(instant)
  }
  const both = (): [{ id: string }, { id: string }] => [people.ada, people.bo]

  test('to administrators, and to those who lead and read where people were asked, each in their language, without a figure', async () => {
    await agree('release', { db: service.db, now: service.clock.now, by: both() })
    const mails = await arriving()
    const { ada, bo, eva, viewer } = people
    expect(to(mails)).toEqual(
      [
        `${ada.email}: Resultatet för 2026 går att läsa`,
        `${bo.email}: The results for 2026 are ready to read`,
        `${eva.email}: Resultatet för 2026 går att läsa`,
        `${viewer.email}: The results for 2026 are ready to read`,
      ].sort(),
    )
    const ofEva = mails.find((mail) => mail.to === eva.email)!.text
    expect(ofEva).toBe(
      [
        'Hej Eva Alm!',
        'Deltagande kommuner kan läsa resultatet av undersökningen 2026 sedan 10 januari 2027 kl. 11:00. Det är inte publicerat än, så visa det bara för dem som behöver det i arbetet.',
        'Läs mer när du har loggat in:\nhttps://svar.example.se/staff/results/2026/1489\n',
      ].join('\n\n'),
    )
    const ofBo = mails.find((mail) => mail.to === bo.email)!.text
    expect(ofBo).toContain('https://svar.example.se/staff/rounds/2026/results?release=1')
    for (const { text } of mails) expect(text).not.toMatch(/\d ?%|\b(40|30|75)\b/)
  })

  test('once, however often and from however many processes it is looked', async () => {
    await agree('release', { db: service.db, now: service.clock.now, by: both() })
    const other = openMailDatabase(join(folder, 'mail.sqlite'))
    await Promise.all([look(), look({ mailDb: other }), look(), look({ mailDb: other })])
    expect(await valueIn(service.mailDb, 'select count(*) from outbox')).toBe(4)
    expect(await arriving()).toHaveLength(4)
    await look({ mailDb: other })
    expect(await arriving()).toEqual([])
    closeDatabase(other)
  })

  test('all of it or nothing: what could not be queued for one is tried again for all', async () => {
    await agree('release', { db: service.db, now: service.clock.now, by: both() })
    const full =
      "create trigger full before insert on outbox when (select count(*) from outbox) = 2 begin select raise(abort, 'full'); end"
    await runIn(service.mailDb, full)
    await expect(look()).rejects.toThrow('full')
    expect(await valueIn(service.mailDb, 'select count(*) from announcements')).toBe(0)
    expect(await valueIn(service.mailDb, 'select count(*) from outbox')).toBe(0)
    await runIn(service.mailDb, 'drop trigger full')
    expect(await arriving()).toHaveLength(4)
  })

  test('to whoever proposed a day, when another approves it; the day before; and when it has come', async () => {
    const day = new Date('2027-01-20T08:00:00Z')
    await agree('release', { db: service.db, now: service.clock.now, by: both() })
    await arriving()
    at('2027-01-11T10:00:00Z')
    await agree('publish', { db: service.db, now: service.clock.now, by: [people.bo, people.ada], at: day })
    const approved = await arriving()
    expect(to(approved)).toEqual([`${people.bo.email}: Your proposal for the results for 2026 has been approved`])
    expect(approved[0]!.text).toContain('20 January 2027 at 09:00')
    at('2027-01-19T07:59:59Z')
    expect(await arriving()).toEqual([])
    at('2027-01-19T08:00:00Z')
    const before = await arriving()
    expect(before.map(({ subject }) => subject).sort()).toEqual([
      ...['Resultatet för 2026 publiceras snart', 'Resultatet för 2026 publiceras snart'],
      ...['The results for 2026 will soon be published', 'The results for 2026 will soon be published'],
    ])
    at('2027-01-20T07:59:59Z')
    expect(await arriving()).toEqual([])
    at('2027-01-20T08:00:00Z')
    expect((await arriving()).map(({ subject }) => subject)).toContain('The results for 2026 have been published')
    at('2027-02-20T08:00:00Z')
    expect(await arriving()).toEqual([])
  })

  test('when it was withdrawn, with the reason; a publication that was called off is told as no publication', async () => {
    await agree('release', { db: service.db, now: service.clock.now, by: both() })
    await arriving()
    const day = new Date('2027-01-20T08:00:00Z')
    await agree('publish', { db: service.db, now: service.clock.now, by: both(), at: day })
    at('2027-01-12T10:00:00Z')
    const saying = { roundId: '2026', number: 1, by: people.ada.id, now: service.clock.now }
    await withdraw(service.db, saying, 'Två enheter hade blandats ihop.')
    const mails = await arriving()
    expect(mails.filter(({ subject }) => subject === 'Resultatet för 2026 är tillbakadraget')).toHaveLength(2)
    for (const { text } of mails) expect(text).toContain('Två enheter hade blandats ihop.')
    at('2027-01-19T08:00:00Z')
    expect(await arriving()).toEqual([])
    at('2027-01-20T08:00:00Z')
    expect(await arriving()).toEqual([])
    await agree('release', { db: service.db, now: service.clock.now, by: both() })
    expect(await arriving()).toHaveLength(4) // shown anew
  })

  test('when it was corrected, with what was', async () => {
    await agree('release', { db: service.db, now: service.clock.now, by: both() })
    await arriving()
    at('2027-01-14T10:00:00Z')
    for (const table of ['releases', 'released_areas']) {
      const columns = await columnsOf(table)
      const taken = columns.map((name) => (name === 'number' ? '2' : name === 'reason' ? "'Fler fick frågan.'" : name))
      await runIn(service.db, `insert into ${table} select ${taken.join(', ')} from ${table}`)
    }
    await agree('release', { db: service.db, now: service.clock.now, number: 2, by: both() })
    const mails = await arriving()
    expect(mails.filter(({ subject }) => subject === 'Resultatet för 2026 är rättat')).toHaveLength(2)
    expect(mails[0]!.text).toContain('Fler fick frågan.')
  })
  const columnsOf = (table: string) => valuesIn<string>(service.db, 'select name from pragma_table_info(?)', table)

  test('for three days: what is older is told to nobody, also in a mail file that is new', async () => {
    await agree('release', { db: service.db, now: service.clock.now, by: both() })
    at('2027-01-13T10:00:01Z')
    expect(await arriving()).toEqual([])
    at('2027-01-13T10:00:00Z')
    expect(await arriving()).toHaveLength(4)
  })

  test('as practice, where the answers are made up', async () => {
    await agree('release', { db: service.db, now: service.clock.now, by: both() })
    await look({ isPractice: true })
    for (const { text } of await arriving()) expect(text).toMatch(/Övningssiffror|Practice figures/)
  })
})

/** The service as it is installed, beside a mail server, with a clock that a test sets forward. */
describe('a publication that comes by itself', { timeout: 180_000 }, () => {
  let folder: string
  let server: MailServer
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'brukarsvar-telling-'))
    server = await startMailServer()
  })
  afterEach(async () => {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function install(settings: Record<string, string>) {
    const port = String(await freePort())
    const place = { DATA_DIR: join(folder, 'data'), HOST: '127.0.0.1', PORT: port, MAIL_FROM: 'svar@kommun.example' }
    const config = parseConfig({ ...place, ...settings })
    mkdirSync(config.dataDir)
    const db = openDatabase(config.databaseFile)
    await bindKeys(db, loadKeys(config.keyDir, { create: true }))
    const clock = { now: new Date('2027-01-10T10:00:00Z') }
    await openedRound({ db, clock }, answered)
    const people = await everybody({ db, clock })
    await agree('release', { db, now: clock.now, by: [people.ada, people.bo] })
    const day = new Date('2027-01-20T08:00:00Z')
    await agree('publish', { db, now: clock.now, by: [people.ada, people.bo], at: day })
    closeDatabase(db)
    const lines: string[] = []
    const log = makeLog('info', { write: (line: string) => void lines.push(line) } as never)
    const startAt = (instant: string) => {
      const ahead = Date.parse(instant) - Date.now()
      return serve(
        config,
        log,
        () => new Date(Date.now() + ahead),
        () => {},
      )
    }
    return { config, people, lines, startAt }
  }
  const subjects = () => server.received.map(({ subject }) => subject)
  const waitingIn = async (file: string, table: string) => {
    const mailDb = openMailDatabase(file)
    const number = await valueIn<number>(mailDb, `select count(*) from ${table}`)
    closeDatabase(mailDb)
    return number
  }

  test('is mailed once to each, though the service is started again at that moment and again', async () => {
    const { config, people, lines, startAt } = await install({ SMTP_URL: server.url })
    const first = await startAt('2027-01-20T07:59:55Z')
    await vi.waitFor(async () => expect(await waitingIn(config.mailDatabaseFile, 'announcements')).toBe(1), 20_000)
    await first.close()
    expect(subjects().filter((subject) => /har publicerats|been published|är publicerat/.test(subject))).toEqual([])
    for (const instant of ['2027-01-20T08:00:00Z', '2027-01-20T08:00:01Z']) {
      const again = await startAt(instant)
      await vi.waitFor(async () => expect(await waitingIn(config.mailDatabaseFile, 'announcements')).toBe(2), 20_000)
      await again.close()
    }
    const last = await startAt('2027-01-20T08:00:02Z')
    await vi.waitFor(() => expect(server.received.length).toBeGreaterThanOrEqual(8), 60_000)
    await vi.waitFor(async () => expect(await waitingIn(config.mailDatabaseFile, 'outbox')).toBe(0), 20_000)
    await last.close()
    const { ada, bo, eva, viewer } = people
    const each = [ada, bo, eva, viewer].flatMap(({ email }) => [email, email]).sort()
    expect(server.received.map(({ to }) => to).sort()).toEqual(each)
    expect(subjects().sort()).toEqual([
      ...['Resultatet för 2026 publiceras snart', 'Resultatet för 2026 publiceras snart'],
      ...['Resultatet för 2026 är publicerat', 'Resultatet för 2026 är publicerat'],
      ...['The results for 2026 have been published', 'The results for 2026 have been published'],
      ...['The results for 2026 will soon be published', 'The results for 2026 will soon be published'],
    ])
    for (const { email } of [ada, bo, eva, viewer]) expect(lines.join('')).not.toContain(email)
  })

  test('is queued for nobody where there is no mail server', async () => {
    const { config, startAt } = await install({})
    const app = await startAt('2027-01-20T08:00:00Z')
    await vi.waitFor(() => fetch(`${config.publicUrl}/ready`).then(({ ok }) => expect(ok).toBe(true)), 20_000)
    await app.close()
    for (const table of ['announcements', 'outbox']) expect(await waitingIn(config.mailDatabaseFile, table)).toBe(0)
  })
})
