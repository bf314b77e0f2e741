import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Database } from '../../src/database/connection.ts'
import { runIn } from '../support/rows.ts'
import { type Clerk, seatClerk } from './clerk.ts'

let clerk: Clerk
beforeEach(async () => {
  clerk = await seatClerk()
})
afterEach(() => clerk.service.close())

type Deed = (db: Database) => unknown

const troubles: [string, { spoil: Deed; mend: Deed }][] = [
  [
    'a disk that may only be read',
    { spoil: (db) => db.$client.pragma('query_only = 1'), mend: (db) => db.$client.pragma('query_only = 0') },
  ],
  [
    'a defect',
    {
      spoil: (db) =>
        runIn(db, "create temp trigger defect before insert on waiting_forms begin select raise(abort, 'no'); end"),
      mend: (db) => runIn(db, 'drop trigger defect'),
    },
  ],
]

test.each(troubles)(
  'a form that meets %s stays on the page with its digits, and is counted once when it is sent again',
  async (_, { spoil, mend }) => {
    const { service, staff, startBundle, type, bundle, urn, ticketOf, actionOf, fields } = clerk
    const { id, url } = await startBundle(5)
    await spoil(service.db)
    const refused = await type(url, { digits: '12121212' })
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '30'])
    expect(refused.body).toContain('We cannot save this right now')
    expect([...refused.body.matchAll(/<input[^>]* value="(\d)"/g)].map(([, digit]) => digit).join('')).toBe('12121212')
    await mend(service.db)

    const form = { ticket: ticketOf(refused.body), ...fields('12121212') }
    for (let times = 0; times < 2; times++)
      expect((await staff.post(actionOf(refused.body), form)).headers.location).toContain('saved=1')
    expect((await bundle(id)).entered).toBe(1)
    expect(await urn()).toHaveLength(1)
  },
)
