import { afterEach, beforeEach, expect, test } from 'vitest'
import { addStrata, addUnit, listStrata } from '../../src/organisation/store.ts'
import { moveRound } from '../../src/round/store.ts'
import { openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

let service: Service
let round: TestRound
beforeEach(async () => {
  service = await startService()
  round = await openRound(service.db)
})
afterEach(() => service.close())

test('a caseworker sees how it goes before the first code: at their unit, or at all of theirs together', async () => {
  const { unitId } = (await listStrata(service.db, round.id))[0]!
  const other = await addUnit(service.db, { municipalityCode: '1489', name: 'Norr' })
  await addStrata(service.db, round.id, other.id, ['youth', 'guardian'])
  const home = async (unitIds: string[]) =>
    (await (await staffBrowser(service, { role: 'caseworker', unitIds })).get('/staff/offer')).body
  expect(await home([unitId])).toContain('<h2>Svarsfrekvens: Enheten</h2>')
  expect(await home([unitId, other.id])).toContain('<h2>Svarsfrekvens: dina enheter</h2>')
  expect(await home([]), 'without a unit there is nothing to tell').not.toContain('<h2>Svarsfrekvens')
})

test('the line of the round says where today is on it', async () => {
  const browser = await staffBrowser(service, { role: 'coordinator' })
  const today = async () =>
    /<text x="([\d.]+)%"[^>]* text-anchor="(\w+)">i dag<\/text>/.exec((await browser.get('/staff')).body)
  expect((await today())?.slice(1), 'day 15 of 61').toEqual(['24.6', 'middle'])
  service.clock.now = new Date('2026-09-15T09:30:00Z')
  expect((await browser.get('/staff')).body.match(/>i dag</g)).toHaveLength(1)
})

test('the menu changes the language, and comes back to the page', async () => {
  const browser = await staffBrowser(service, { role: 'coordinator' })
  const { body } = await browser.get('/staff/units')
  expect(body).toMatch(/<nav id="menu".*?action="\/staff\/account\/language".*?value="\/staff\/units".*?<\/nav>/s)
  const sent = await browser.post('/staff/account/language', { back: '/staff/units' })
  expect(sent.headers.location).toBe('/staff/units')
  expect((await browser.get('/staff/units')).body).toContain('lang="en"')
})

test('results say when they come where there are none yet, and lead to no page that is not there', async () => {
  for (const role of ['viewer', 'national'] as const) {
    const { statusCode, body } = await (await staffBrowser(service, { role })).get('/staff/results')
    expect(statusCode).toBe(200)
    expect(body).toContain('december eller januari')
    expect(body).toContain('Så snart det går att läsa finns det här.')
    expect(body).not.toMatch(/href="\/staff\/results\/\d/)
  }
  await service.close()
  service = await startService()
  const { body } = await (await staffBrowser(service, { role: 'national' })).get('/staff/results')
  expect(body).toContain('<h1>Inget resultat är klart än</h1>')
})

test('the first page of the nation names what is missing, and no longer than data is collected', async () => {
  const admin = await staffBrowser(service, { role: 'national' })
  const missing = async () => (await admin.get('/staff')).body.includes('Kommuner där något saknas')
  expect(await missing()).toBe(true)
  await moveRound(service.db, round.id, ['collecting'], 'closed')
  service.clock.now = new Date(service.clock.now.getTime() + 2 * 3_600_000)
  expect(await missing()).toBe(false)
})
