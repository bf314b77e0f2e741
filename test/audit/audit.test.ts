import { afterEach, beforeEach, expect, test } from 'vitest'
import { listDeeds, recordDeeds } from '../../src/audit/store.ts'
import { readTable } from '../../src/table/table-file.ts'
import { swedishMidnight } from '../../src/time/swedish-instant.ts'
import { rowsIn } from '../support/rows.ts'
import { type Service, startService } from '../support/service.ts'
import { newStaff, staffBrowser } from '../support/staff.ts'

let service: Service
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

const everything = { limit: 10_000 }

test.each([
  ['2026-09-15', '2026-09-14T22'],
  ['2026-12-01', '2026-11-30T23'],
  ['2026-03-29', '2026-03-28T23'], // the clocks go forward
  ['2026-03-30', '2026-03-29T22'],
  ['2026-10-25', '2026-10-24T22'], // and back
  ['2026-10-26', '2026-10-25T23'],
])('%s begins in Sweden at %s UTC', (day, hour) => {
  expect(swedishMidnight(day)).toBe(hour)
})

test('a day is a day in Sweden, for moments and for hours', async () => {
  const { id: staffId } = await newStaff(service, { role: 'coordinator' })
  for (const at of ['2026-09-14T21:59:59Z', '2026-09-14T22:00:00Z', '2026-09-15T21:59:59Z', '2026-09-15T22:00:00Z'])
    for (const byTheHour of [false, true])
      await recordDeeds(service.db, [{ staffId, action: 'account.changed', byTheHour, now: new Date(at) }])
  const found = await listDeeds(service.db, { from: '2026-09-15', until: '2026-09-15' }, everything)
  expect(found.map(({ at }) => at)).toEqual([
    '2026-09-15T21:59:59.000Z',
    '2026-09-15T21',
    '2026-09-14T22:00:00.000Z',
    '2026-09-14T22',
  ])
})

test('names are found in capitals or not, with their marks, and a percent sign is a percent sign', async () => {
  for (const name of ['Åsa Öst', 'Per 100% Ek', 'Eva_Ek'])
    await recordDeeds(service.db, [
      {
        staffId: (await newStaff(service, { role: 'viewer', name })).id,
        action: 'account.changed',
        now: service.clock.now,
      },
    ])
  const found = async (who: string) => (await listDeeds(service.db, { who }, everything)).map(({ who }) => who)
  expect(await found('åsa ö')).toEqual(['Åsa Öst'])
  expect(await found('0%')).toEqual(['Per 100% Ek'])
  expect(await found('_')).toEqual(['Eva_Ek'])
  expect(await found('nobody')).toEqual([])
})

test('every deed of one moment is on one page, and on one only', async () => {
  const { id: staffId } = await newStaff(service, { role: 'coordinator' })
  for (let subject = 0; subject < 250; subject++)
    await recordDeeds(service.db, [
      {
        staffId,
        action: 'account.changed',
        subject: `nummer ${subject}.`,
        now: service.clock.now,
      },
    ])
  const { get } = await staffBrowser(service, { role: 'national' })
  const seen: string[] = []
  let address: string | undefined = '/staff/audit?action=account.changed'
  for (let pages = 0; address; pages++) {
    expect(pages).toBeLessThan(4)
    const { body } = await get(address)
    seen.push(...(body.match(/nummer \d+\./g) ?? []))
    address = /href="(\/staff\/audit\?[^"]*at=[^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
  }
  expect(seen).toHaveLength(250)
  expect(new Set(seen).size).toBe(250)
})

test('the export has every deed, is written down itself, and no spreadsheet calculates with it', async () => {
  const name = '=HYPERLINK("http://evil.example")'
  const { id: staffId } = await newStaff(service, { role: 'coordinator', name })
  for (let n = 0; n < 1200; n++)
    await recordDeeds(service.db, [{ staffId, action: 'account.changed', subject: `+${n}`, now: service.clock.now }])
  const { get, jar } = await staffBrowser(service, { role: 'national' })
  const { body, headers } = await get('/staff/audit/export')
  const lines = body.trim().split('\n')
  expect(body.startsWith('\uFEFFNär;')).toBe(true)
  expect(lines).toHaveLength(1 + 1200 + 1)
  expect(lines.filter((line) => line.includes('Hämtade händelseloggen'))).toHaveLength(1)
  expect(body).not.toMatch(/(^|;|")[=+]/m)
  expect(headers['cache-control']).toBe('no-store')

  const sent = await service.app.inject({
    url: '/staff/audit/export?format=xlsx&action=account.changed',
    headers: { cookie: `staff=${jar.get('staff')}` },
  })
  expect(sent.headers['content-disposition']).toContain('audit.xlsx')
  const { header, rows } = await readTable(sent.rawPayload, 'audit.xlsx')
  expect(header).toEqual(['När', 'Vem', 'E-postadress', 'Vad', 'Gäller', 'Kommun', 'Antal'])
  expect(rows.map(({ cells }) => cells[4]).sort()).toEqual(Array.from({ length: 1200 }, (_, n) => `+${n}`).sort())
  expect((await get('/staff/audit?action=account.changed')).body).toContain(
    'href="/staff/audit/export?action=account.changed&amp;format=xlsx"',
  )
})

test('what is done with a respondent at hand has no moment, however it is asked for', async () => {
  const { id: staffId } = await newStaff(service, { role: 'caseworker' })
  for (const minute of ['01', '17', '59']) {
    const now = new Date(`2026-09-15T09:${minute}:13.123Z`)
    await recordDeeds(service.db, [{ staffId, action: 'account.changed', subject: 'enheten', byTheHour: true, now }])
  }
  const rows = await rowsIn(service.db, 'select at, number from audit')
  expect(rows).toEqual([{ at: '2026-09-15T09', number: 3 }])
})
