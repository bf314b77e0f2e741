import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { silentLog } from '../../src/log/log.ts'
import { mostLinksOfDay, mostOfNational } from '../../src/pages/staff/links-left.ts'
import { findAccountByEmail } from '../../src/people/account-store.ts'
import { tellingOwners } from '../../src/people/telling-owners.ts'
import { runIn, valueIn } from '../support/rows.ts'
import { openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { newStaff, staffBrowser } from '../support/staff.ts'
import { people } from './post-office.ts'

const settings = { SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM: 'svar@kommun.example', MAIL_PER_DAY: '5' }
let service: Service
let round: TestRound
let mails: { to: string; text: string; growing?: { id: string } }[]
beforeEach(async () => {
  mails = []
  service = await startService({ settings, sendMail: async (mail) => void mails.push(mail) })
  round = await openRound(service.db)
})
afterEach(() => service.close())

type Browser = Awaited<ReturnType<typeof staffBrowser>>

/** Gives a list, says yes to it where the page lets one, and reads what that page says. */
async function invite(browser: Browser, addresses: string[], stratum = round.strata.economic_assistance) {
  const list = await browser.post(`/staff/email/${stratum}/new`, { addresses: addresses.join('\n'), language: 'sv' })
  const url = String(list.headers.location)
  const page = (await browser.get(url)).body
  const mayConfirm = page.includes(`action="${url}"`)
  const { statusCode, body } = await browser.post(url)
  expect(mayConfirm).toBe(statusCode === 303)
  return { statusCode, text: body.replace(/<[^>]+>|\s+/g, ' ') }
}

const invited = () => valueIn(service.mailDb, 'select count(*) from recipients')

describe('what one municipality can mail in a day', () => {
  test('to people is as much as the setting says, by all its staff, until midnight', async () => {
    const [one, another] = [
      await staffBrowser(service, { role: 'coordinator' }),
      await staffBrowser(service, { role: 'coordinator' }),
    ]
    expect((await invite(one, people(3))).statusCode).toBe(303)
    const tooMany = await invite(another, people(4, 'example.com'), round.strata.youth)
    expect(tooMany.statusCode).toBe(409)
    expect(tooMany.text).toContain('Listan har 4 personer som inte redan är inbjudna.')
    expect(tooMany.text).not.toContain('bjuds in:')
    expect(tooMany.text).toMatch(/högst 5 personer med e-post på en dag\. +I dag kan ni bjuda in 2 personer till/)
    expect((await invite(another, people(2, 'example.com'), round.strata.youth)).statusCode).toBe(303)
    await expect.poll(invited).toBe(5)
    expect((await invite(one, ['sent@example.se'])).text).toContain('I dag har ni redan bjudit in så många.')

    service.clock.now = new Date('2026-09-15T22:00:00Z') // midnight in Sweden
    const nextDay = await staffBrowser(service, { role: 'coordinator' })
    expect((await invite(nextDay, ['sent@example.se'])).statusCode).toBe(303)
  })

  const account = (email: string) => ({ name: 'Ny', email, role: 'coordinator' })
  const hasMade = (staffId: string, number: number) =>
    runIn(
      service.db,
      "insert into audit values ('2026-09-15T08:00:00.000Z', 'x', ?, 'people.invited', '', '1489', ?)",
      ...[staffId, number],
    )

  test('in links to accounts is bounded, shown or mailed, and nobody else is held up', async () => {
    const one = await staffBrowser(service, { role: 'coordinator' })
    const fresh = await newStaff(service, { role: 'viewer' })
    await hasMade(one.id, mostLinksOfDay - 1)
    await one.post('/staff/people', account('sista@alingsas.se'))
    const refused = [
      await one.post('/staff/people', account('efter@alingsas.se')),
      await one.post(`/staff/people/${fresh.id}/invitation`, { show: '1' }),
    ]
    expect(refused.map(({ statusCode, body }) => [statusCode, body.includes('Ingen länk har skapats')])).toEqual([
      [429, true],
      [429, true],
    ])
    const national = await staffBrowser(service, { role: 'national' })
    await national.post('/staff/people', { ...account('annan@boras.se'), municipality: '1490' })
    expect(mails.map(({ to }) => to)).toEqual(['sista@alingsas.se', 'annan@boras.se'])
    expect(await findAccountByEmail(service.db, 'efter@alingsas.se')).toBeUndefined()
  })

  test('in links of a national administrator is bounded too, for each of them and for all municipalities together', async () => {
    const [national, another] = [
      await staffBrowser(service, { role: 'national' }),
      await staffBrowser(service, { role: 'national' }),
    ]
    const make = (browser: Browser, email: string) =>
      browser.post('/staff/people', { ...account(email), municipality: '1490' })
    await runIn(
      service.db,
      "insert into audit values ('2026-09-15T08:00:00.000Z', 'x', ?, 'people.invited', '', '1440', ?)",
      ...[national.id, mostOfNational - 1],
    )
    expect((await make(national, 'sista@boras.se')).statusCode).toBe(200)
    const fresh = await newStaff(service, { role: 'coordinator', municipalityCode: '1480' })
    for (const refused of [
      await make(national, 'efter@boras.se'),
      await national.post('/staff/people', { ...account('nation@socialstyrelsen.se'), role: 'national' }),
      await national.post(`/staff/people/${fresh.id}/invitation`, { show: '1' }),
    ])
      expect([refused.statusCode, refused.body.includes('högst 600 länkar')]).toEqual([429, true])
    expect((await make(another, 'efter@boras.se')).statusCode).toBe(200)
    expect(mails.map(({ to }) => to)).toEqual(['sista@boras.se', 'efter@boras.se'])
  })

  test('in links is bounded also where many are made at once', async () => {
    const one = await staffBrowser(service, { role: 'coordinator' })
    await hasMade(one.id, mostLinksOfDay - 3)
    const make = (_: unknown, n: number) => one.post('/staff/people', account(`ny${n}@alingsas.se`))
    const statuses = (await Promise.all(Array.from({ length: 12 }, make))).map(({ statusCode }) => statusCode)
    expect(statuses.filter((status) => status === 200)).toHaveLength(3)
    expect(mails).toHaveLength(3)
  })

  test('to one mailbox is a few in an hour, by everybody together', async () => {
    const [one, another] = [
      await staffBrowser(service, { role: 'coordinator' }),
      await staffBrowser(service, { role: 'coordinator' }),
    ]
    const { id, email } = await newStaff(service, { role: 'viewer' })
    const statuses: number[] = []
    for (let n = 0; n < 12; n++) {
      const { statusCode } = await (n % 2 ? one : another).post(`/staff/people/${id}/invitation`)
      statuses.push(statusCode)
      await one.post(`/staff/people/${id}/invitation`, { show: '1' })
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(5)
    const link = '/staff/invitations/'
    const own = mails.filter(({ to, growing }) => to === email && !growing).map(({ text }) => text.includes(link))
    expect([own.filter(Boolean).length, own.length]).toEqual([5, 6]) // and once that links were shown; of the others together
    const { statusCode } = await one.post(`/staff/people/${id}/invitation`, { show: '1' })
    expect(statusCode).toBe(200)
  })

  test('in warnings to one owner is bounded by the hour', async () => {
    const clock = () => service.clock.now
    const sendMail = async (mail: (typeof mails)[number]) => void mails.push(mail)
    const tell = tellingOwners({
      sendMail,
      languages: loadLanguages(),
      clock,
      log: silentLog,
      publicUrl: 'https://a.se',
    })
    const changed = { change: 'changed', role: 'host' } as const
    const owner = (email: string) => ({ email, name: 'Åsa', language: 'sv' })
    const at = (email: string) => mails.filter(({ to, growing }) => to === email && !growing)
    for (let time = 0; time < 100; time++) await tell(owner('asa@a.se'), changed, { who: 'Kim' })
    await tell(owner('eva@a.se'), changed, { who: 'Kim' })
    expect(at('asa@a.se')).toHaveLength(5)
    expect(new Set(mails.flatMap(({ growing }) => growing?.id ?? [])).size).toBe(1) // and one of all the others
    expect(mails.at(-1)!.to).toBe('eva@a.se')
    await tell(owner('asa@a.se'), { change: 'linkMade' }, { who: 'Kim' }) // of ways in each is told
    expect(at('asa@a.se')).toHaveLength(6)
    service.clock.now = new Date('2026-09-15T10:01:00Z')
    await tell(owner('asa@a.se'), changed, { who: 'Kim' })
    expect(at('asa@a.se')).toHaveLength(7)
    expect(mails.at(-1)!.to).toBe('asa@a.se')
  })
})
