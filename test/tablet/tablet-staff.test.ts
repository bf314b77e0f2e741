import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tellRound } from '../../src/fieldwork/tell.ts'
import { addStrata, addUnit, listStrata } from '../../src/organisation/store.ts'
import { rowIn, runIn, valueIn } from '../support/rows.ts'
import { openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

let service: Service
let round: TestRound
let unitId: string
beforeEach(async () => {
  service = await startService()
  round = await openRound(service.db)
  unitId = (await listStrata(service.db, round.id))[0]!.unitId
})
afterEach(() => service.close())

const coordinator = () => staffBrowser(service, { role: 'coordinator' })
const linkIn = (html: string) => /value="([^"]*\/tablet\/#([\w-]+))"/.exec(html)!
const tabletId = () => valueIn<string>(service.db, 'select id from tablets')
const stateOf = () => rowIn(service.db, 'select name, state from tablets')
const count = (what: string) => valueIn(service.db, `select count(*) from ${what}`)
/** One answer more of the tablet is held. */
const hold = async () =>
  runIn(
    service.db,
    "insert into held_ballots values (?, ?, ?, 'held', ?)",
    ...[randomBytes(16), await tabletId(), round.strata.youth, randomBytes(112)],
  )

async function enrol(browser: Awaited<ReturnType<typeof coordinator>>, pin = '482915') {
  return browser.post('/staff/tablets', { unit: unitId, strata: [round.strata.youth], name: 'Receptionen', pin })
}

function device(token: string) {
  const key = randomBytes(32).toString('base64url')
  return service.app.inject({ method: 'POST', url: '/tablet/enrolment', payload: { token, key } })
}

describe('a coordinator', () => {
  test('enrols a tablet: the link, its QR code and the PIN are shown once, and kept nowhere', async () => {
    const browser = await coordinator()
    const shown = await enrol(browser)
    expect(shown.statusCode).toBe(200)
    expect(shown.body).toContain('482915')
    expect(shown.body).toContain('<svg')
    const [, , token] = linkIn(shown.body)
    const list = await browser.get('/staff/tablets')
    expect(list.body).toContain('länken är inte använd')
    for (const page of [list, await browser.get(`/staff/tablets/${await tabletId()}`)]) {
      expect(page.body).not.toContain(token)
      expect(page.body).not.toContain('482915')
    }
    const bytes = service.db.$client.serialize()
    expect(bytes.includes(Buffer.from(token!))).toBe(false)
    expect(bytes.includes(Buffer.from('482915'))).toBe(false)
    expect((await device(token!)).statusCode).toBeLessThan(300)
    expect((await browser.get('/staff/tablets')).body).toContain('ansluten')
  })

  test('gets a PIN made at random, and is told what a chosen one must be', async () => {
    const browser = await coordinator()
    expect((await enrol(browser, '12')).statusCode).toBe(400)
    expect((await enrol(browser, '')).body).toMatch(/<strong class="number">\d{6}<\/strong>/)
  })

  test('renames it, changes its PIN and reports it stolen', async () => {
    const browser = await coordinator()
    await enrol(browser)
    const url = `/staff/tablets/${await tabletId()}`
    await browser.post(`${url}/name`, { name: 'Väntrummet' })
    expect((await browser.post(`${url}/pin`, { pin: '7777' })).body).toContain('7777')
    for (const spaced of ['47 29 16', '٤٧ ٢٩١٦', '4729\u00a016'])
      expect((await browser.post(`${url}/pin`, { pin: spaced })).body).toContain('472916')
    expect((await browser.get(`${url}/ending`)).body).toContain('går förlorade')
    expect((await browser.post(`${url}/ending`)).statusCode).toBe(400)
    expect(await stateOf()).toEqual({ name: 'Väntrummet', state: 'invited' })
    await browser.post(`${url}/ending`, { how: 'stolen' })
    expect(await stateOf()).toEqual({ name: 'Väntrummet', state: 'stolen' })
    expect((await browser.post(`${url}/ending`, { how: 'revoked' })).statusCode).toBe(409)
  })

  test('decides about answers that are held', async () => {
    const browser = await coordinator()
    await enrol(browser)
    const url = `/staff/tablets/${await tabletId()}`
    for (let times = 0; times < 7; times++) await hold()
    expect((await browser.get('/staff/tablets')).body).not.toContain('ditt beslut')
    await tellRound(service.db, { roundId: round.id, day: '2026-09-14' })
    expect((await browser.get('/staff/tablets')).body).toContain('väntade 5–9 svar på ditt beslut')
    expect((await browser.get(url)).body).toContain('Svar som väntade på beslut i natt: 5–9')
    await browser.post(`${url}/held`, { how: 'accept' })
    expect(await count('urn')).toBe(7)
    await hold()
    await browser.post(`${url}/held`, { how: 'accept' }) // nobody was told of it: nothing to decide, and the trail is silent
    expect(await count("audit where action = 'tablets.heldSettled'")).toBe(1)
    for (let times = 0; times < 6; times++) await hold()
    await tellRound(service.db, { roundId: round.id, day: '2026-09-15' })
    await browser.post(`${url}/held`, { how: 'discard' })
    expect(await count('urn')).toBe(7)
    expect(await count("held_ballots where state = 'held'")).toBe(0)
  })

  test('sees how many answers are held as a step that was told last night, in the list and on the tablet’s page', async () => {
    const browser = await coordinator()
    await enrol(browser)
    const pages = async () => {
      const [list, own] = [await browser.get('/staff/tablets'), await browser.get(`/staff/tablets/${await tabletId()}`)]
      return { list: list.body, own: own.body }
    }
    const cell = ({ list }: { list: string }) => /<td[^>]*data-label="Väntar på beslut">(.*?)<\/td>/.exec(list)?.[1]
    let before = 'under 5' // also where there are none
    for (let number = 1; number <= 11; number++) {
      await hold()
      expect([number, cell(await pages())]).toEqual([number, before]) // nothing of today
      await tellRound(service.db, { roundId: round.id, day: `2026-09-${14 + number}` })
      const seen = await pages()
      const step = number < 6 ? 'under 5' : number < 11 ? '5–9' : '10–14'
      expect([number, cell(seen)]).toEqual([number, step])
      const isTold = step !== 'under 5'
      expect(seen.list.includes(`väntade ${step} svar på ditt beslut`)).toBe(isTold)
      expect(seen.own.includes(`Svar som väntade på beslut i natt: ${step}<`)).toBe(isTold)
      before = step
    }
  })

  test('has nothing to do with the tablets or units of another municipality', async () => {
    await enrol(await coordinator())
    const other = await staffBrowser(service, { role: 'coordinator', municipalityCode: '1480' })
    expect((await other.get('/staff/tablets')).body).not.toContain('Receptionen')
    expect((await other.post(`/staff/tablets/${await tabletId()}/ending`, { how: 'stolen' })).statusCode).toBe(404)
    expect((await enrol(other)).statusCode).toBe(404)
    expect(await count('tablets')).toBe(1)
  })

  test('is told of a tablet that may forget, in the list and on its own page', async () => {
    const browser = await coordinator()
    const [, , token] = linkIn((await enrol(browser)).body)
    const key = randomBytes(32).toString('base64url')
    const post = (url: string, payload: object) =>
      service.app.inject({ method: 'POST', url, payload, headers: { authorization: `Bearer ${key}` } })
    await post('/tablet/enrolment', { token, key })
    expect((await browser.get('/staff/tablets')).body).not.toContain('fungerar bara med internet')
    const keeping = { worksOffline: false, isPromised: false }
    await post('/tablet/delivery', { sequence: 0, declined: {}, ballots: [], keeping })
    const list = (await browser.get('/staff/tablets')).body
    expect(list).toContain('ansluten, fungerar bara med internet, kan tappa svar som väntar')
    const own = (await browser.get(`/staff/tablets/${await tabletId()}`)).body
    expect(own).toContain('Webbläsaren har inte lovat')
    expect(own).toContain('privat fönster')
  })

  test('cannot put a tablet at one unit with a group of another', async () => {
    const beside = await addUnit(service.db, { municipalityCode: '1489', name: 'Bredvid' })
    await addStrata(service.db, round.id, beside.id, ['youth'])
    const browser = await coordinator()
    const form = { unit: beside.id, strata: [round.strata.youth], name: 'Receptionen', pin: '' }
    expect((await browser.post('/staff/tablets', form)).statusCode).toBe(400)
    expect(await count('tablets')).toBe(0)
  })
})

test.each(['caseworker', 'host'] as const)(
  'a %s sees the tablets of their units, and changes nothing',
  async (role) => {
    await enrol(await coordinator())
    const browser = await staffBrowser(service, { role, unitIds: [unitId] })
    const list = await browser.get('/staff/tablets')
    expect(list.body).toContain('Receptionen')
    expect(list.body).not.toContain(`/staff/tablets/${await tabletId()}`)
    expect((await browser.get(`/staff/tablets/${await tabletId()}`)).statusCode).toBe(403)
    const elsewhere = await addUnit(service.db, { municipalityCode: '1489', name: 'Bredvid' })
    const beside = await staffBrowser(service, { role, unitIds: [elsewhere.id] })
    expect((await beside.get('/staff/tablets')).body).not.toContain('Receptionen')
  },
)
