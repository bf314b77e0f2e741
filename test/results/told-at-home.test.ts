import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRound } from '../../src/round/store.ts'
import { runIn } from '../support/rows.ts'
import { type Service, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { openedRound } from './published.ts'

type Browser = Awaited<ReturnType<typeof staffBrowser>>

const answered = [{ municipality: '1489', unit: 'Vuxna', people: 40, positive: 30 }]
const results = '/staff/rounds/2026/results'

let service: Service
let [ada, bo]: Browser[] = []
beforeEach(async () => {
  service = await startService({ now: '2027-01-10T10:00:00Z' })
  await openedRound(service, answered)
  ada = await administrator('Ada Ek')
  bo = await administrator('Bo Dal')
})
afterEach(() => service.close())

async function administrator(name: string) {
  const browser = await staffBrowser(service, { role: 'national', name })
  await runIn(service.db, "update staff set password_hash = 'set' where id = ?", browser.id)
  return browser
}

const at = (instant: string) => {
  service.clock.now = new Date(instant)
}
/** Sessions end: whoever comes back later signs in anew. */
const reader = (role: 'coordinator' | 'viewer' | 'caseworker' | 'host', municipalityCode = '1489') =>
  staffBrowser(service, { role, municipalityCode })

/** What is to be done by somebody, with where it is done. */
async function todos({ get }: Browser, url = '/staff') {
  const { body } = await get(url)
  const [list = ''] = body.match(/<ul class="todo">.*?<\/ul>/s) ?? []
  return [...list.matchAll(/<p>(.*?)<\/p>(?:.*?href="([^"]+)")?/gs)].map(([, text, href]) =>
    [text, href].filter(Boolean).join(' > '),
  )
}

test('administrators are told what waits for them, from the counting to the publication', async () => {
  expect(await todos(ada!)).toEqual([
    `Svaren för 2026 är räknade. Se igenom resultatet och föreslå när deltagande kommuner ska få läsa det. > ${results}?release=1`,
  ])
  await ada!.post(`${results}/proposal`, { when: 'now' })
  expect(await todos(ada!)).toEqual([expect.stringContaining('väntar på att en annan administratör godkänner det')])
  const home = (await bo!.get('/staff')).body
  expect(home).toContain('Ett förslag väntar på ditt godkännande: deltagande kommuner ska få läsa resultatet för 2026.')
  expect(home).toMatch(/href="\/staff\/rounds"[^>]*>Omgångar.{0,60}\b1\b/s)
  await bo!.post(`${results}/approval`)
  expect(await todos(bo!)).toEqual([expect.stringContaining('Föreslå vilken dag det ska publiceras.')])
  await bo!.post(`${results}/proposal`, { when: 'day', day: '2027-01-20' })
  expect(await todos(ada!)).toEqual([expect.stringContaining('ska publiceras 20 januari 2027 kl. 09:00.')])
  await ada!.post(`${results}/approval`)
  expect(await todos(ada!)).toEqual([
    `Resultatet för 2026 publiceras 20 januari 2027 kl. 09:00. Det sker av sig självt. > ${results}?release=1`,
  ])
  at('2027-01-20T08:00:00Z')
  const later = await administrator('Cia By')
  expect(await todos(later)).toEqual([expect.stringContaining('Det finns ingen')]) // the next round
  await later.post(`${results}/withdrawal`, { reason: 'Två enheter hade blandats ihop.' })
  expect(await todos(later)).toEqual([
    expect.stringContaining(
      'drogs tillbaka 20 januari 2027 kl. 09:00: Två enheter hade blandats ihop. Rätta det eller föreslå',
    ),
  ])
})

test('participants are told what they can read, what comes, and what they must not use any more, for thirty days', async () => {
  const viewer = await reader('viewer')
  const waits = ['Insamlingen är stängd. Resultatet finns under Resultat när det är klart.']
  expect(await todos(viewer)).toEqual(waits)
  await ada!.post(`${results}/proposal`, { when: 'now' })
  await bo!.post(`${results}/approval`)
  await ada!.post(`${results}/proposal`, { when: 'day', day: '2027-01-20' })
  await bo!.post(`${results}/approval`)
  const page = '/staff/results/2026/1489'
  const released = `Ni kan läsa resultatet för 2026 sedan 10 januari 2027 kl. 11:00. Det är inte publicerat än. > ${page}`
  const write = expect.stringMatching(/under ”Det här händer nu”. > \/staff\/texts\?year=2026$/)
  expect(await todos(await reader('coordinator'))).toEqual([released, write])
  expect(await todos(await reader('viewer'))).toEqual([released])
  for (const role of ['caseworker', 'host'] as const)
    expect(await todos(await reader(role), '/staff/offer')).toEqual([released])
  expect((await viewer.get('/staff')).body).toContain('<h1>Omgång 2026 är räknad')
  expect((await viewer.get(page)).statusCode).toBe(200)
  for (const role of ['coordinator', 'viewer'] as const)
    expect((await todos(await reader(role, '1480'))).join()).not.toContain('Ni kan läsa')

  at('2027-01-19T08:00:00Z')
  expect(await todos(await reader('coordinator'))).toEqual([
    released,
    expect.stringMatching(/^Resultatet för 2026 publiceras 20 januari 2027 kl. 09:00. Då kan alla läsa det, men inte/),
  ])
  at('2027-01-20T08:00:00Z')
  expect(await todos(await reader('coordinator'))).toEqual([
    `Resultatet för 2026 är publicerat sedan 20 januari 2027 kl. 09:00. Alla kan läsa det, men inte resultat för enheter. > ${page}`,
    write,
  ])
  const cia = await administrator('Cia By')
  for (const staff of [cia, await reader('viewer')])
    expect((await staff.get('/staff')).body).toContain('<h1>Omgång 2026 är publicerad')
  await cia.post(`${results}/withdrawal`, { reason: 'Fel <enhet>.' })
  expect(await todos(await reader('host'), '/staff/offer')).toEqual([
    'Resultatet för 2026 drogs tillbaka 20 januari 2027 kl. 09:00: Fel &lt;enhet&gt;. Använd det inte mer.',
  ])
  at('2027-02-20T08:00:00Z')
  expect(await todos(await reader('viewer'))).toEqual(waits)
})

test('a round that was closed and never opened is not forgotten when the next one begins', async () => {
  const days = { opensOn: '2027-09-01', closesOn: '2027-10-31' }
  await runIn(service.db, 'delete from released_indicators')
  for (const table of ['released_areas', 'releases', 'openings']) await runIn(service.db, `delete from ${table}`)
  await createRound(service.db, {
    id: '2027',
    year: 2027,
    ...days,
    publicKey: Buffer.alloc(32),
    targetGroups: ['youth'],
  })
  expect(await todos(ada!)).toEqual([
    expect.stringMatching(/^Insamlingen i omgång 2026 är stängd\..* > \/staff\/rounds\/2026$/),
    expect.anything(),
    expect.stringContaining('Omgång 2027 är ett utkast'),
  ])
})
