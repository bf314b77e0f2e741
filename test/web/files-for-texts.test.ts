import { afterEach, beforeEach, expect, test } from 'vitest'
import { formToken } from '../../src/crypto/secrets.ts'
import { openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

let service: Service
let round: TestRound
beforeEach(async () => {
  service = await startService({ settings: { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'a@b.se' } })
  round = await openRound(service.db)
})
afterEach(() => service.close())

/** Sends a form in which every text is a file, as no page of ours does; or several. */
async function sendFiles(token: string, url: string, names: string[], times: number) {
  const part = (name: string, more: string, content: string) =>
    `--edge\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n`
  const file = '; filename="a.csv"\r\nContent-Type: text/csv'
  const files = names.map((name) => part(name, file, 'å;ä').repeat(times))
  return service.app.inject({
    method: 'POST',
    url,
    headers: { cookie: `staff=${token}`, 'content-type': 'multipart/form-data; boundary=edge' },
    payload: `${part('form', '', formToken(token))}${files.join('')}--edge--\r\n`,
  })
}

test('a file in place of a text is refused, and shown as nothing that was typed', async () => {
  const coordinator = await staffBrowser(service, { role: 'coordinator' })
  const national = await staffBrowser(service, { role: 'national' })
  const stratum = round.strata.youth
  const forms: [typeof coordinator, string, string[]][] = [
    [coordinator, '/staff/people', ['name', 'email', 'role', 'unit']],
    [national, '/staff/people', ['name', 'email', 'role', 'municipality']],
    [coordinator, '/staff/units', ['name']],
    [coordinator, '/staff/account', ['name']],
    [coordinator, '/staff/account/password', ['old', 'password']],
    [coordinator, `/staff/email/${stratum}/new`, ['addresses', 'language']],
    [coordinator, '/staff/paper/bundles', ['id', 'stratum', 'forms', 'language', 'codes', 'sample']],
    [coordinator, '/staff/print', ['stratum', 'kind', 'language', 'number', 'contact']],
    [coordinator, '/staff/tablets', ['name', 'unit', 'group', 'quota', 'pin']],
    [national, '/staff/rounds', ['id', 'year', 'opensOn', 'closesOn', 'targetGroups', 'languages']],
    [national, `/staff/rounds/${round.id}`, ['opensOn', 'closesOn', 'registrationOpensOn', 'targetGroups']],
  ]
  for (const [{ jar }, url, names] of forms) {
    for (const times of [1, 2]) {
      const { statusCode, body } = await sendFiles(jar.get('staff')!, url, names, times)
      expect([url, statusCode]).toEqual([url, expect.toSatisfy((status) => status >= 400 && status < 500)])
      expect([url, /\[object|undefined/.exec(body)?.[0]]).toEqual([url, undefined])
    }
  }
})
