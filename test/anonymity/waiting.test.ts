import { afterEach, beforeEach, expect, test } from 'vitest'
import { openMark } from '../../src/paper/waiting-mark.ts'
import { type Clerk, seatClerk } from '../paper/clerk.ts'
import { browse, drawCodes } from '../support/service.ts'

/**
 * Whoever may enter paper lays a form with another person's code beside the urn, and has a copy of the database: a backup of that night.
 * What waits must not be found again among the marks of used codes, nor among the codes that were issued.
 */
let clerk: Clerk
beforeEach(async () => {
  clerk = await seatClerk()
})
afterEach(() => clerk.service.close())

type Row = Record<string, unknown>
const all = (table: string) => clerk.service.db.$client.prepare(`select * from ${table}`).all() as Row[]
const blobs = (rows: Row[]) => rows.flatMap((row) => Object.values(row)).filter((value) => Buffer.isBuffer(value))

test('what waits of a form with a code lies nowhere else in the database, and is as long as that of one without', async () => {
  const codes = await drawCodes(clerk.service, clerk.round, { group: 'economic_assistance', count: 12 })
  for (const code of codes.slice(0, 6)) {
    const browser = browse(clerk.service.app)
    await browser.post('/entry', { code })
    expect((await browser.post('/response', { views: 'yes' })).headers.location).toBe('/thanks')
  }
  const { url } = await clerk.startBundle(26, { codes: '1' })
  for (const code of [...codes, ...codes, '', ''])
    expect((await clerk.type(url, { digits: '11111111', code })).statusCode).toBe(303)

  const waiting = all('waiting_forms')
  expect(waiting).toHaveLength(26)
  expect(all('spent')).toHaveLength(6)
  const elsewhere = new Set(['spent', 'invitations', 'urn'].flatMap((table) => blobs(all(table)).map(String)))
  expect(blobs(waiting).filter((blob) => elsewhere.has(String(blob)))).toEqual([])

  const marks = waiting.map(({ sealed_mark }) => sealed_mark as Buffer)
  expect(new Set(marks.map(String)).size).toBe(26)
  expect(new Set(marks.map(({ length }) => length))).toEqual(new Set([72]))
})

test('forms that waited before marks were sealed count as they would have', async () => {
  const codes = await drawCodes(clerk.service, clerk.round, { group: 'economic_assistance', count: 11 })
  const { db, keys } = clerk.service
  const { id, url } = await clerk.startBundle(12, { codes: '1' })
  for (const code of [...codes, '']) await clerk.type(url, { digits: '11111111', code })
  const asBefore = db.$client.prepare('update waiting_forms set sealed_mark = ? where ballot_id = ?')
  for (const { ballot_id, sealed_mark } of all('waiting_forms'))
    asBefore.run(openMark(keys.spentPepper, sealed_mark as Buffer) ?? null, ballot_id)
  expect((await clerk.staff.post(`/staff/paper/bundles/${id}/finish`)).statusCode).toBe(303)
  expect([all('urn').length, all('spent').length, all('waiting_forms').length]).toEqual([12, 11, 0])
})
