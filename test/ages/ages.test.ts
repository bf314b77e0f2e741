import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { forgetOld } from '../../src/actions/forget-old.ts'
import { forgetOldMail } from '../../src/actions/forgetting-store.ts'
import { fingerprint, newToken } from '../../src/crypto/secrets.ts'
import { addStaffMail } from '../../src/mail/store.ts'
import { findInvited, inviteAgain } from '../../src/people/account-store.ts'
import { agesInDays } from '../../src/people/ages.ts'
import { rowIn, rowsIn, runIn, valueIn, valuesIn } from '../support/rows.ts'
import { openRound, type Service, startService } from '../support/service.ts'
import { newStaff, staffBrowser } from '../support/staff.ts'
import { newWorld } from '../support/staff-world.ts'

let service: Service
beforeEach(async () => {
  service = await startService({ now: '2026-09-15T09:00:00Z' })
})
afterEach(() => service.close())

const later = (days: number) => new Date(service.clock.now.getTime() + days * 24 * 3_600_000)
const count = (table: string) => valueIn(service.db, `select count(*) from ${table}`)
const forget = (days: number) => forgetOld(service.db, later(days))

describe('what is kept of staff goes when it has reached its age, and not before:', () => {
  test('deeds, by the moment and by the hour', async () => {
    const one = await staffBrowser(service, { role: 'coordinator' })
    await one.post('/staff/account', { name: 'Nytt Namn' })
    await runIn(service.db, "insert into audit select '2026-09-15T09', 'x', staff_id, action, '', null, 3 from audit")
    expect((await forget(agesInDays.deeds - 1)).deeds).toBe(0)
    expect((await forget(agesInDays.deeds + 1)).deeds).toBe(2)
    expect(await count('audit')).toBe(0)
  })

  test('sessions and links', async () => {
    await newStaff(service, { role: 'viewer' })
    expect(await forget(1)).toMatchObject({ sessions: 0, links: 0 })
    expect(await forget(2)).toMatchObject({ sessions: 1, links: 1 })
    expect(await count('staff where invitation_tag is not null')).toBe(0)
  })

  test('sessions and links of a clock that was ahead, at once, and they are good for nothing before', async () => {
    const now = service.clock.now
    service.clock.now = later(100)
    const ahead = await staffBrowser(service, { role: 'viewer' })
    const tag = fingerprint(newToken())
    await inviteAgain(service.db, ahead.id, { tag, until: later(7), by: 'owner' })
    expect(await findInvited(service.db, tag, service.clock.now)).toBeDefined()
    expect((await ahead.get('/staff')).statusCode).toBe(200)
    service.clock.now = now
    expect((await ahead.get('/staff')).headers.location).toContain('/staff/sign-in')
    expect(await findInvited(service.db, tag, now)).toBeUndefined()
    expect(await forget(0)).toMatchObject({ sessions: 1, links: 1 })
  })

  test('a row that a closed account still has stops neither its own end nor any other', async () => {
    const { own } = await newWorld(service)
    const { db } = service
    await runIn(db, `update staff set ended_on = '2024-01-01' where id = '${own.staffId}'`)
    await runIn(db, `insert into recovery_codes (staff_id, tag) values ('${own.staffId}', x'00')`)
    expect((await forget(0)).accounts).toBe(1)

    await runIn(db, "create trigger stuck before delete on audit begin select raise(abort, 'stuck'); end")
    await runIn(db, "insert into audit (at, id, staff_id, action, subject) values ('2020-01-01', 'a', 'x', 'y', '')")
    const failed: string[] = []
    const forgotten = await forgetOld(db, later(2), { onFailure: (kind) => failed.push(kind) })
    expect([failed, forgotten.deeds, forgotten.sessions > 0]).toEqual([['deeds'], 0, true])
  })

  test('accounts that were closed, with their units; others stay, however old', async () => {
    const { own, beside } = await newWorld(service)
    const national = await staffBrowser(service, { role: 'national' })
    const chief = await staffBrowser(service, { role: 'coordinator', municipalityCode: own.municipalityCode })
    await chief.post(`/staff/people/${own.staffId}/ending`)
    await national.post(`/staff/people/${beside.coordinatorId}/ending`)
    const before = (await count('staff')) as number
    expect((await forget(agesInDays.endedAccounts)).accounts).toBe(0)
    expect((await forget(agesInDays.endedAccounts + 2)).accounts).toBe(2)
    expect(await count('staff')).toBe(before - 1)
    // Whoever began a bundle of forms is named by it: the row stays, and says nothing of anybody.
    const left = await rowsIn(service.db, 'select name, email from staff where ended_on is not null')
    expect(left).toEqual([{ name: '', email: '' }])
    expect((await forget(agesInDays.endedAccounts + 3)).accounts).toBe(0)
    expect(service.db.$client.pragma('foreign_key_check')).toEqual([])
  })

  test('fingerprints of imported files, when their round is over', async () => {
    await newWorld(service)
    await runIn(service.db, "insert into paper_imports values (x'00', '2026', '1489', 7)")
    expect((await forget(365)).imports).toBe(0)
    await runIn(service.db, "update rounds set state = 'closed'")
    expect((await forget(46)).imports).toBe(0)
    expect((await forget(46 + 32)).imports).toBe(1)
  })

  test('contact persons of registrations, when the next one has begun with them; the committee stays', async () => {
    await openRound(service.db)
    await runIn(
      service.db,
      `insert into enrolments
      (round_id, municipality_code, state, contact_name, contact_email, contact_phone, note, board_name, board_contact)
      values ('2026', '1489', 'approved', 'Kim Ek', 'kim@alingsas.se', '0322', 'Ring Kim', 'Nämnden', 'n@alingsas.se')`,
    )
    const untilLastDay = 46 // 31 October
    expect((await forget(untilLastDay + agesInDays.contacts + 1)).contacts).toBe(0)
    await runIn(service.db, "update rounds set state = 'closed'")
    expect((await forget(untilLastDay + agesInDays.contacts)).contacts).toBe(0)
    expect((await forget(untilLastDay + agesInDays.contacts + 1)).contacts).toBe(1)
    expect((await forget(untilLastDay + agesInDays.contacts + 1)).contacts).toBe(0)
    const nobody = { contact_name: '', contact_email: '', contact_phone: '', note: '' }
    const left = await rowIn(service.db, 'select * from enrolments')
    expect(left).toMatchObject({ ...nobody, state: 'approved', board_name: 'Nämnden', board_contact: 'n@alingsas.se' })
  })

  test('mails to staff that were given up, and no others', async () => {
    for (const id of ['waits', 'lost'])
      await addStaffMail(service.mailDb, { id, sealed: Buffer.alloc(1) }, service.clock.now)
    await runIn(service.mailDb, "update outbox set state = 'given_up' where id = 'lost'")
    expect(await forgetOldMail(service.mailDb, later(agesInDays.givenUpMails - 1))).toBe(0)
    expect(await forgetOldMail(service.mailDb, later(agesInDays.givenUpMails + 1))).toBe(1)
    expect(await valuesIn(service.mailDb, 'select id from outbox')).toEqual(['waits'])
  })
})

test('docs/privacy.md says the same ages', () => {
  const text = readFileSync('docs/privacy.md', 'utf8')
  expect(text).toContain(`(the audit trail) | ${agesInDays.deeds} days`)
  expect(text).toContain(`account that was closed | ${agesInDays.endedAccounts} days`)
  expect(text).toContain(`not be delivered | ${agesInDays.givenUpMails} days`)
  expect(text).toContain(`national administrator | ${agesInDays.contacts} days`)
  expect(text).toContain(`files of answers | ${agesInDays.imports} days`)
})

test('everybody sees what is kept about their account, and takes it out; nobody else’s, and no secret', async () => {
  const one = await staffBrowser(service, { role: 'coordinator', name: 'Åsa Öst' })
  const chief = await staffBrowser(service, { role: 'coordinator', name: 'Kim Chef' })
  await one.post('/staff/account', { name: '=Åsa' })
  await chief.post(`/staff/people/${one.id}`, { name: 'Åsa Väst', role: 'coordinator' })
  await chief.post('/staff/account', { name: 'Kim Annan' })
  const page = (await one.get('/staff/account')).body
  expect(page).toContain('Det som sparas om dig')
  expect(page).toContain('Gjort med ditt konto: Ändrade ett konto')
  const file = await one.get('/staff/account/copy')
  expect(file.headers['content-disposition']).toContain('account.csv')
  expect(file.headers['cache-control']).toBe('no-store')
  for (const known of ['Åsa Väst', one.email, '"Du";"Ändrade sitt konto', '"Gjort med ditt konto";"Ändrade ett konto'])
    expect(file.body).toContain(known)
  expect(file.body.match(/Ändrade sitt konto/g)).toHaveLength(1)
  expect(file.body).not.toContain('argon2')
  expect(file.body.split('\n').filter((line) => line.includes('Kim Annan'))).toEqual([
    expect.stringContaining('"Gjort med ditt konto";"Ändrade ett konto'),
  ])
})
