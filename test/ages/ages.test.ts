import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { agesInDays } from '../../src/ages/ages.ts'
import { forgetOld, forgetOldMail } from '../../src/ages/store.ts'
import { addStaffMail } from '../../src/mail/store.ts'
import { type Service, startService } from '../support/service.ts'
import { newStaff, staffBrowser } from '../support/staff.ts'
import { newWorld } from '../support/staff-world.ts'

let service: Service
beforeEach(async () => {
  service = await startService({ now: '2026-09-15T09:00:00Z' })
})
afterEach(() => service.close())

const later = (days: number) => new Date(service.clock.now.getTime() + days * 24 * 3_600_000)
const count = (table: string) => service.db.$client.prepare(`select count(*) from ${table}`).pluck().get()
const forget = (days: number) => forgetOld(service.db, later(days))

describe('what is kept of staff goes when it has reached its age, and not before:', () => {
  test('deeds, by the moment and by the hour', async () => {
    const one = await staffBrowser(service, { role: 'coordinator' })
    await one.post('/staff/account', { name: 'Nytt Namn' })
    service.db.$client.exec("insert into audit select '2026-09-15T09', 'x', staff_id, action, '', null, 3 from audit")
    expect((await forget(agesInDays.deeds - 1)).deeds).toBe(0)
    expect((await forget(agesInDays.deeds + 1)).deeds).toBe(2)
    expect(count('audit')).toBe(0)
  })

  test('sessions and links', async () => {
    await newStaff(service, { role: 'viewer' })
    expect(await forget(1)).toMatchObject({ sessions: 0, links: 0 })
    expect(await forget(2)).toMatchObject({ sessions: 1, links: 1 })
    expect(count('staff where invitation_tag is not null')).toBe(0)
  })

  test('accounts that were closed, with their units; others stay, however old', async () => {
    const { own, beside } = await newWorld(service)
    const national = await staffBrowser(service, { role: 'national' })
    const chief = await staffBrowser(service, { role: 'coordinator', municipalityCode: own.municipalityCode })
    await chief.post(`/staff/people/${own.staffId}/ending`)
    await national.post(`/staff/people/${beside.coordinatorId}/ending`)
    const before = count('staff') as number
    expect((await forget(agesInDays.endedAccounts)).accounts).toBe(0)
    expect((await forget(agesInDays.endedAccounts + 2)).accounts).toBe(2)
    expect(count('staff')).toBe(before - 1)
    // Whoever began a bundle of forms is named by it: the row stays, and says nothing of anybody.
    const left = service.db.$client.prepare('select name, email from staff where ended_on is not null').all()
    expect(left).toEqual([{ name: '', email: '' }])
    expect((await forget(agesInDays.endedAccounts + 3)).accounts).toBe(0)
    expect(service.db.$client.pragma('foreign_key_check')).toEqual([])
  })

  test('fingerprints of imported files, when their round is over', async () => {
    await newWorld(service)
    service.db.$client.exec("insert into paper_imports values (x'00', '2026', '1489', 7)")
    expect((await forget(365)).imports).toBe(0)
    service.db.$client.exec("update rounds set state = 'closed'")
    expect((await forget(46)).imports).toBe(0)
    expect((await forget(46 + 32)).imports).toBe(1)
  })

  test('mails to staff that were given up, and no others', async () => {
    for (const id of ['waits', 'lost'])
      await addStaffMail(service.mailDb, { id, sealed: Buffer.alloc(1) }, service.clock.now)
    service.mailDb.$client.exec("update outbox set state = 'given_up' where id = 'lost'")
    expect(await forgetOldMail(service.mailDb, later(agesInDays.givenUpMails - 1))).toBe(0)
    expect(await forgetOldMail(service.mailDb, later(agesInDays.givenUpMails + 1))).toBe(1)
    expect(service.mailDb.$client.prepare('select id from outbox').pluck().all()).toEqual(['waits'])
  })
})

test('docs/privacy.md says the same ages', () => {
  const text = readFileSync('docs/privacy.md', 'utf8')
  expect(text).toContain(`(the audit trail) | ${agesInDays.deeds} days`)
  expect(text).toContain(`account that was closed | ${agesInDays.endedAccounts} days`)
  expect(text).toContain(`not be delivered | ${agesInDays.givenUpMails} days`)
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
  expect(file.body).not.toMatch(/argon2|Kim Annan/)
})
