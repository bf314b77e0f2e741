import { afterEach, beforeEach, expect, test } from 'vitest'
import { openMark } from '../../src/paper/waiting-mark.ts'
import { type Clerk, seatClerk } from '../paper/clerk.ts'
import { rowsIn, runIn } from '../support/rows.ts'
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
const all = (table: string) => rowsIn<Row>(clerk.service.db, `select * from ${table}`)
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

  const waiting = await all('waiting_forms')
  expect(waiting).toHaveLength(26)
  expect(await all('spent')).toHaveLength(6)
  const others = await Promise.all(['spent', 'invitations', 'urn'].map(all))
  const elsewhere = new Set(blobs(others.flat()).map(String))
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
  const asBefore = 'update waiting_forms set sealed_mark = ? where ballot_id = ?'
  for (const { ballot_id, sealed_mark } of await all('waiting_forms'))
    await runIn(db, asBefore, openMark(keys.spentPepper, sealed_mark as Buffer) ?? null, ballot_id)
  expect((await clerk.staff.post(`/staff/paper/bundles/${id}/finish`)).statusCode).toBe(303)
  expect([(await all('urn')).length, (await all('spent')).length, (await all('waiting_forms')).length]).toEqual([
    12, 11, 0,
  ])
})
