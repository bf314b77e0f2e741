import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { silentLog } from '../../src/log/log.ts'
import { mostMailsOfDay } from '../../src/pages/staff/people/handing-over.ts'
import { tellingOwners } from '../../src/people/telling-owners.ts'
import { runIn, valueIn } from '../support/rows.ts'
import { openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { people } from './post-office.ts'

const settings = { SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM: 'svar@kommun.example', MAIL_PER_DAY: '5' }
let service: Service
let round: TestRound
let mails: { to: string }[]
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

  test('in links to accounts is bounded; one for a new account is shown then, and nobody else is held up', async () => {
    const one = await staffBrowser(service, { role: 'coordinator' })
    const account = (email: string) => ({ name: 'Ny', email, role: 'coordinator' })
    await runIn(
      service.db,
      "insert into audit values ('2026-09-15T08:00:00.000Z', 'x', ?, 'people.invited', '', '1489', ?)",
      ...[one.id, mostMailsOfDay - 1],
    )
    await one.post('/staff/people', account('sista@alingsas.se'))
    expect(mails.map(({ to }) => to)).toEqual(['sista@alingsas.se'])
    const shown = await one.post('/staff/people', account('efter@alingsas.se'))
    expect(shown.body).toMatch(/\/staff\/invitations\/[\w-]{43}/)
    const national = await staffBrowser(service, { role: 'national' })
    await national.post('/staff/people', { ...account('annan@boras.se'), municipality: '1490' })
    expect(mails.map(({ to }) => to)).toEqual(['sista@alingsas.se', 'efter@alingsas.se', 'annan@boras.se'])
    expect(mails[1]).toMatchObject({ text: expect.not.stringContaining('/staff/invitations/') }) // only that one was made
  })

  test('in warnings to one owner is bounded by the hour', async () => {
    const clock = () => service.clock.now
    const sendMail = async (mail: { to: string }) => void mails.push(mail)
    const tell = tellingOwners({
      sendMail,
      languages: loadLanguages(),
      clock,
      log: silentLog,
      publicUrl: 'https://a.se',
    })
    const changed = { change: 'changed', role: 'host' } as const
    const owner = (email: string) => ({ email, name: 'Åsa', language: 'sv' })
    for (let time = 0; time < 100; time++) await tell(owner('asa@a.se'), changed, { who: 'Kim' })
    await tell(owner('eva@a.se'), changed, { who: 'Kim' })
    expect(mails.filter(({ to }) => to === 'asa@a.se')).toHaveLength(30)
    expect(mails.at(-1)!.to).toBe('eva@a.se')
    await tell(owner('asa@a.se'), { change: 'linkMade' }, { who: 'Kim' }) // of ways in each is told
    expect(mails.filter(({ to }) => to === 'asa@a.se')).toHaveLength(31)
    service.clock.now = new Date('2026-09-15T10:01:00Z')
    await tell(owner('asa@a.se'), changed, { who: 'Kim' })
    expect(mails.filter(({ to }) => to === 'asa@a.se')).toHaveLength(32)
    expect(mails.at(-1)!.to).toBe('asa@a.se')
  })
})
