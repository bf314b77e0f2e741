import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Clerk, seatClerk } from './clerk.ts'

let clerk: Clerk
beforeEach(async () => {
  clerk = await seatClerk()
})
afterEach(() => clerk.service.close())

test.each([
  ['a disk that may only be read', 'pragma query_only = 1', 'pragma query_only = 0'],
  [
    'a defect',
    "create temp trigger defect before insert on waiting_forms begin select raise(abort, 'no'); end",
    'drop trigger defect',
  ],
])(
  'a form that meets %s stays on the page with its digits, and is counted once when it is sent again',
  async (_, spoil, mend) => {
    const { service, staff, startBundle, type, bundle, urn, ticketOf, actionOf, fields } = clerk
    const { id, url } = await startBundle(5)
    service.db.$client.exec(spoil)
    const refused = await type(url, { digits: '12121212' })
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '30'])
    expect(refused.body).toContain('We cannot save this right now')
    expect([...refused.body.matchAll(/<input[^>]* value="(\d)"/g)].map(([, digit]) => digit).join('')).toBe('12121212')
    service.db.$client.exec(mend)

    const form = { ticket: ticketOf(refused.body), ...fields('12121212') }
    for (let times = 0; times < 2; times++)
      expect((await staff.post(actionOf(refused.body), form)).headers.location).toContain('saved=1')
    expect(bundle(id).entered).toBe(1)
    expect(urn()).toHaveLength(1)
  },
)
