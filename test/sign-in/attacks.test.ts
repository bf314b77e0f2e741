import { TOTP } from 'otpauth'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sealFor } from '../../src/crypto/sealing.ts'
import { formToken, keyFor } from '../../src/crypto/secrets.ts'
import { makeLog } from '../../src/log/log.ts'
import { addUnit } from '../../src/organisation/store.ts'
import { setPassword, setSecondFactor } from '../../src/people/account-store.ts'
import { hashPassword } from '../../src/people/password.ts'
import type { Role } from '../../src/people/roles.ts'
import { newTotpSecret, recoveryTag } from '../../src/people/second-factor.ts'
import { rowsIn, runIn, valueIn } from '../support/rows.ts'
import { browse, type Service, startService } from '../support/service.ts'
import { newStaff, staffBrowser } from '../support/staff.ts'

let service: Service
let lines: string[]
beforeEach(async () => {
  lines = []
  service = await startService({
    log: makeLog('info', { write: (line) => void lines.push(line) }),
  })
})
afterEach(() => service.close())

const password = 'fyra gröna hästar springer'
const passwordHash = await hashPassword(password, 'a test')
const recoveryCode = 'k7mq2-x9dpr'

/** Somebody with a password and, where asked for, an authenticator. */
async function withPassword(role: Role = 'coordinator', { factor = false } = {}) {
  const { id, email } = await newStaff(service, { role })
  await setPassword(service.db, id, passwordHash)
  const secret = newTotpSecret()
  const key = keyFor(service.keys.staffKey, 'second factor')
  const recoveryTags = [recoveryTag(key, id, recoveryCode)]
  if (factor)
    await setSecondFactor(service.db, id, {
      totpSealed: sealFor(key, id, Buffer.from(secret)),
      totpStep: 0,
      recoveryTags,
    })
  const number = () => new TOTP({ secret }).generate({ timestamp: service.clock.now.getTime() })
  const browser = browse(service.app)
  const signIn = () => browser.post('/staff/sign-in', { email, password })
  const post = (url: string, form = {}) =>
    browser.post(url, { form: formToken(browser.jar.get('staff') ?? ''), ...form })
  return { id, email, number, browser, signIn, post }
}

const statusesOf = (responses: { statusCode: number }[]) => responses.map(({ statusCode }) => statusCode)
const later = (seconds: number) => {
  service.clock.now = new Date(service.clock.now.getTime() + seconds * 1000)
}
const deeds = () =>
  rowsIn<{ action: string; staff: string }>(service.db, 'select action, staff_id as staff from audit order by at')
const sessionsOf = (id: string) => valueIn(service.db, 'select count(*) from sessions where staff_id = ?', id)

describe('guessing', () => {
  test('many passwords at once is no faster than one after the other', async () => {
    const { email } = await withPassword()
    const guess = () => browse(service.app).post('/staff/sign-in', { email, password: 'fel lösenord' })
    const statuses = statusesOf(await Promise.all(Array.from({ length: 12 }, guess)))
    expect(statuses.filter((status) => status === 400)).toHaveLength(4)
    expect(statuses.filter((status) => status === 429)).toHaveLength(8)
  })

  test('many numbers at once is no faster either', async () => {
    const { signIn, post } = await withPassword('coordinator', { factor: true })
    await signIn()
    const guess = (_: unknown, n: number) => post('/staff/second-factor', { number: String(100_000 + n) })
    const statuses = statusesOf(await Promise.all(Array.from({ length: 12 }, guess)))
    expect(statuses.filter((status) => status === 429)).toHaveLength(8)
  })

  test('the old password of a session that was left open is slowed down', async () => {
    const { post, signIn } = await withPassword()
    await signIn()
    const guess = () => post('/staff/account/password', { old: 'fel', password: 'ett helt nytt lösenord' })
    const pages: string[] = []
    for (let n = 0; n < 6; n++) pages.push((await guess()).body)
    expect(pages.filter((body) => body.includes('Det blev fel flera gånger'))).toHaveLength(2)
  })

  test('a wrong password at any form of one’s own account counts as at sign-in: slowed down, counted, and shown', async () => {
    const { browser, post, signIn } = await withPassword()
    await signIn()
    const shown = (await browser.get('/staff/second-factor/set-up')).body
    const secret = /name="secret" value="([^"]+)"/.exec(shown)![1]!
    const key = /<code[^>]*>([^<]+)</.exec(shown)![1]!.replaceAll(/\s/g, '')
    const number = new TOTP({ secret: key }).generate({ timestamp: service.clock.now.getTime() })
    const guesses = [
      () => post('/staff/account/password', { old: 'fel', password: 'ett helt nytt lösenord' }),
      () => post('/staff/account/second-factor/removal', { current: 'fel' }),
      () => post('/staff/second-factor/set-up', { secret, number, password: 'fel' }),
    ]
    const came = []
    for (let n = 0; n < 6; n++) came.push(await guesses[n % 3]!())
    expect(statusesOf(came)).toEqual([400, 400, 400, 400, 429, 429])
    expect(came.map(({ headers }) => headers['retry-after'] !== undefined)).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
    ])
    expect((await browser.get('/staff/account')).body).toContain('fel lösenord eller engångskod 6 gånger')
    await service.close()
    const counted = lines.map((line) => JSON.parse(line)).filter(({ msg }) => /refused on the staff/.test(msg))
    expect(counted.map(({ code, times }) => [code, times])).toEqual([
      ['password', 4],
      ['limit', 2],
    ])
    service = await startService()
  })

  test('of the old password there is none while the new one will not do', async () => {
    const { post, signIn } = await withPassword()
    await signIn()
    for (let n = 0; n < 6; n++) {
      const { body } = await post('/staff/account/password', { old: 'fel', password: 'kort' })
      expect(body).toContain('minst 12 tecken')
      expect(body).not.toMatch(/Det blev fel flera gånger|stämmer inte/)
    }
  })

  test('one password on very many accounts makes the network wait, but no browser that is known', async () => {
    const owner = await withPassword()
    await owner.signIn()
    const spray = (n: number) =>
      browse(service.app).post('/staff/sign-in', { email: `n${n}@example.se`, password: 'sommar' })
    let waits = 0
    for (let n = 0; n < 62; n++) waits += Number((await spray(n)).statusCode === 429)
    expect(waits).toBe(2)
    owner.browser.jar.delete('staff')
    expect((await owner.signIn()).statusCode).toBe(303)
    later(2)
    expect((await spray(99)).statusCode).toBe(400)
  })
})

describe('the second factor', () => {
  test('takes a number once, and a recovery code once, however fast they come', async () => {
    const { email, number, signIn, post, browser } = await withPassword('coordinator', { factor: true })
    for (const given of [number(), recoveryCode]) {
      await signIn()
      const first = { ...Object.fromEntries(browser.jar) }
      const elsewhere = async () => {
        const { jar, post } = browse(service.app)
        await post('/staff/sign-in', { email, password })
        return () => post('/staff/second-factor', { number: given, form: formToken(jar.get('staff')!) })
      }
      const [second, third] = [await elsewhere(), await elsewhere()]
      const came = await Promise.all([post('/staff/second-factor', { number: given }), second()])
      expect(statusesOf(came).sort(), given).toEqual([303, 400])
      expect((await third()).statusCode, `${given}, once it was taken`).toBe(400)
      expect(first.staff).toBeDefined()
      later(120)
    }
  })

  test('leads on to the page that was asked for', async () => {
    const { email, number, browser, post } = await withPassword('coordinator', { factor: true })
    const asked = await browser.get('/staff/people?a=1')
    const shown = await browser.get(asked.headers.location!)
    const next = /name="next" value="([^"]+)"/.exec(shown.body)![1]!
    const half = await browser.post('/staff/sign-in', { email, password, next })
    const numberPage = await browser.get(half.headers.location!)
    const kept = /name="next" value="([^"]+)"/.exec(numberPage.body)![1]!
    expect((await post('/staff/second-factor', { number: number(), next: kept })).headers.location).toBe(
      '/staff/people?a=1',
    )
  })

  test('cannot be replaced or removed by a stranger at a screen that was left open', async () => {
    const { browser, number, signIn, post, id } = await withPassword('coordinator', { factor: true })
    await signIn()
    await post('/staff/second-factor', { number: number() })
    const shown = (await browser.get('/staff/second-factor/set-up')).body
    const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(shown)![1]!.replaceAll(' ', '')
    const sealed = /name="secret" value="([^"]+)"/.exec(shown)![1]!
    const fresh = new TOTP({ secret }).generate({ timestamp: service.clock.now.getTime() })
    const before = await valueIn(service.db, 'select totp_sealed from staff where id = ?', id)
    const factor = () => valueIn(service.db, 'select totp_sealed from staff where id = ?', id)

    expect((await post('/staff/second-factor/set-up', { secret: sealed, number: fresh })).statusCode).toBe(400)
    expect((await post('/staff/account/second-factor/removal')).statusCode).toBe(400)
    expect(await factor()).toEqual(before)
    expect((await deeds()).map(({ action }) => action)).not.toContain('signIn.factorSetUp')
    expect((await post('/staff/second-factor/set-up', { secret: sealed, number: fresh, password })).statusCode).toBe(
      200,
    )
    expect(await factor()).not.toEqual(before)
    expect((await post('/staff/account/second-factor/removal', { current: password })).statusCode).toBe(303)
    expect(await factor()).toBe(null)
  })

  test('of a national administrator that is removed by another ends their sessions, and none removes their own', async () => {
    const one = await staffBrowser(service, { role: 'national' })
    const other = await staffBrowser(service, { role: 'national' })
    await runIn(service.db, 'update staff set totp_sealed = ? where id = ?', Buffer.alloc(60), other.id)
    expect((await one.post(`/staff/people/${one.id}/second-factor-removal`)).statusCode).toBe(409)
    expect((await one.post(`/staff/people/${one.id}/invitation`)).statusCode).toBe(409)
    expect((await one.post('/staff/account/second-factor/removal')).statusCode).toBe(400)
    expect((await one.post(`/staff/people/${other.id}/second-factor-removal`)).statusCode).toBe(303)
    expect((await other.get('/staff')).headers.location).toBe('/staff/sign-in?over=page')
  })
})

describe('a session', () => {
  test('of before ends when somebody signs in again, and all others when the password changes', async () => {
    const { id, signIn, browser, post } = await withPassword()
    await signIn()
    const first = browser.jar.get('staff')
    await signIn()
    expect(browser.jar.get('staff')).not.toBe(first)
    expect(await sessionsOf(id)).toBe(1)
    const elsewhere = browse(service.app)
    const email = await valueIn<string>(service.db, 'select email from staff where id = ?', id)
    await elsewhere.post('/staff/sign-in', { email, password })
    await post('/staff/account/password', { old: password, password: 'ett helt nytt lösenord' })
    expect((await browser.get('/staff')).statusCode).toBe(200)
    expect((await elsewhere.get('/staff')).headers.location).toBe('/staff/sign-in?over=page')
  })

  test('follows a new role and new units at the next request', async () => {
    const { id: unitId } = await addUnit(service.db, { municipalityCode: '1489', name: 'Enheten' })
    const chief = await staffBrowser(service, { role: 'coordinator' })
    const other = await staffBrowser(service, { role: 'coordinator' })
    expect((await other.get('/staff/people')).statusCode).toBe(200)
    const change = { name: 'Kim', role: 'caseworker', units: [unitId, unitId] }
    expect((await chief.post(`/staff/people/${other.id}`, change)).statusCode).toBe(303)
    expect((await other.get('/staff/people')).statusCode).toBe(403)
  })
})

describe('accounts', () => {
  test('a coordinator makes nobody national, and reaches nobody and no unit of another municipality', async () => {
    const { id: foreignUnit } = await addUnit(service.db, { municipalityCode: '0180', name: 'Stockholm' })
    const chief = await staffBrowser(service, { role: 'coordinator' })
    const foreign = await newStaff(service, { role: 'caseworker', municipalityCode: '0180', unitIds: [foreignUnit] })
    const mine = await newStaff(service, { role: 'viewer' })
    const invite = { name: 'Eva', email: 'eva@example.se' }
    const statuses = {
      'self national': await chief.post(`/staff/people/${chief.id}`, { name: 'Kim', role: 'national' }),
      'another national': await chief.post(`/staff/people/${mine.id}`, { name: 'Kim', role: 'national' }),
      'a new national': await chief.post('/staff/people', { ...invite, role: 'national' }),
      'a foreign unit': await chief.post('/staff/people', { ...invite, role: 'caseworker', units: [foreignUnit] }),
      'a foreign unit later': await chief.post(`/staff/people/${mine.id}`, {
        name: 'Kim',
        role: 'host',
        units: foreignUnit,
      }),
      'somebody foreign': await chief.post(`/staff/people/${foreign.id}`, { name: 'Kim', role: 'viewer' }),
      'a link for somebody foreign': await chief.post(`/staff/people/${foreign.id}/invitation`),
      'the end of somebody foreign': await chief.post(`/staff/people/${foreign.id}/ending`),
    }
    expect(Object.values(statuses).map(({ statusCode }) => statusCode)).toEqual([
      400, 400, 400, 400, 400, 404, 404, 404,
    ])
    await chief.post('/staff/people', { ...invite, role: 'viewer', municipality: '0180' })
    const place = 'select municipality_code from staff where email = ?'
    expect(await valueIn(service.db, place, 'eva@example.se')).toBe('1489')
  })

  test('two national administrators who end each other at once leave one of them', async () => {
    const one = await staffBrowser(service, { role: 'national' })
    const other = await staffBrowser(service, { role: 'national' })
    const ending = [one.post(`/staff/people/${other.id}/ending`), other.post(`/staff/people/${one.id}/ending`)]
    expect(statusesOf(await Promise.all(ending)).sort()).toEqual([303, 409])
    const left = "select count(*) from staff where role = 'national' and ended_on is null"
    expect(await valueIn(service.db, left)).toBe(1)
  })

  test('a municipality that is none, and a unit named twice, are no defects', async () => {
    const { id: unitId } = await addUnit(service.db, { municipalityCode: '1489', name: 'Enheten' })
    const national = await staffBrowser(service, { role: 'national' })
    const chief = await staffBrowser(service, { role: 'coordinator' })
    const person = { name: 'Eva', email: 'eva@example.se' }
    const nowhere = await national.post('/staff/people', { ...person, role: 'coordinator', municipality: '9999' })
    expect(nowhere.statusCode).toBe(400)
    const twice = await chief.post('/staff/people', { ...person, role: 'caseworker', units: [unitId, unitId] })
    expect(twice.statusCode).toBe(200)
  })

  test('the set-up link pressed twice at once makes one administrator', async () => {
    const press = (n: number) =>
      browse(service.app).post(`/staff/set-up/${service.setUpToken}`, {
        name: 'Maj',
        email: `maj${n}@example.se`,
        password,
      })
    expect(statusesOf(await Promise.all([press(1), press(2)])).sort()).toEqual([303, 404])
    expect(await valueIn(service.db, 'select count(*) from staff')).toBe(1)
  })

  test('the first administrator is made in one write, so that none is left without a password', async () => {
    await runIn(service.db, "create trigger no_more before update on staff begin select raise(abort, 'no'); end")
    const form = { name: 'Maj', email: 'maj@example.se', password }
    expect((await browse(service.app).post(`/staff/set-up/${service.setUpToken}`, form)).statusCode).toBe(303)
    expect(await valueIn(service.db, 'select count(password_hash) from staff')).toBe(1)
  })
})

describe('odd requests', () => {
  const part = (name: string, value: string, more = '') =>
    `--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
  const multipart = (url: string, payload: string, headers: Record<string, string> = {}) =>
    service.app.inject({
      method: 'POST',
      url,
      payload: payload.includes('nonsense') ? payload : `${payload}--x--\r\n`,
      headers: { 'content-type': 'multipart/form-data; boundary=x', ...headers },
    })

  test('strangers cannot make the service hold files', async () => {
    const file = part('file', 'x'.repeat(4_000_000), '; filename="x"\r\nContent-Type: text/csv')
    const form = part('email', 'a@example.se') + part('password', 'x')
    const { statusCode, body } = await multipart('/staff/sign-in', form + file)
    expect(statusCode).toBe(400)
    expect(body).toContain('Det gick inte')
  })

  test('bodies of every kind are refused without a defect', async () => {
    const { token } = await newStaff(service, { role: 'coordinator' })
    const cookie = { cookie: `staff=${token}` }
    const json = '\r\nContent-Type: application/json'
    const form = part('form', formToken(token))
    const came = await Promise.all([
      multipart('/staff/account', part('form', '{"toString":1}', json), cookie),
      multipart('/staff/account', form + part('name', '{"toString":1}', json), cookie),
      multipart('/staff/account', form + part('__proto__', 'x'), cookie),
      multipart('/staff/account', form + form + part('name', 'x'), cookie),
      multipart('/staff/account', form + part('form', 'x', '; filename="x"') + part('name', 'x'), cookie),
      multipart('/staff/account', '', { ...cookie, 'content-type': 'multipart/form-data' }),
      multipart('/staff/account', '', { ...cookie, 'content-type': 'multipart/form-data; boundary=' }),
      multipart('/staff/account', `${form}--x\r\nnonsense`, cookie),
      multipart('/staff/account', `${form}${part('file', 'x', '; filename="x"').slice(0, -9)}`, {
        ...cookie,
        'content-type': 'multipart/form-data; boundary=x',
      }),
      multipart('/staff/account', '{"form":1}', { ...cookie, 'content-type': 'application/json' }),
      multipart('/staff/account', '', { ...cookie, 'content-type': '' }),
      service.app.inject({ method: 'POST', url: '/staff/account', headers: cookie }),
      service.app.inject({ method: 'POST', url: '/staff/sign-in' }),
      browse(service.app).post('/staff/sign-in', { email: ['a', 'b'], next: ['a', 'b'], password: '\0' }),
      service.app.inject({ url: '/staff/sign-in?next=a&next=b&__proto__=x' }),
      service.app.inject({ url: '/staff/%zz', headers: cookie }),
      service.app.inject({ method: 'PATCH', url: '/staff/sign-in' }),
      service.app.inject({ method: 'HEAD', url: '/staff/nowhere' }),
      multipart('/staff/nowhere', part('form', 'x')),
    ])
    expect(statusesOf(came)).toEqual([
      400, 400, 400, 400, 400, 400, 400, 400, 400, 400, 400, 400, 400, 400, 200, 400, 404, 404, 404,
    ])
    expect(await deeds()).toEqual([])
    expect(lines.join('')).toBe('')
  })

  test.each(['people.constructor', 'people.toString', 'constructor.x', '__proto__.x', 'web.x', 'people.changed.x'])(
    'a page says nothing for ?done=%s',
    async (done) => {
      const { get } = await staffBrowser(service, { role: 'coordinator' })
      const { statusCode, body } = await get(`/staff/account?done=${done}`)
      expect(statusCode).toBe(200)
      expect(body).not.toContain('class="done"')
    },
  )

  test('an address that is long or has a query is gone on to after signing in', async () => {
    const { email } = await withPassword()
    const next = '/staff/audit?who=%C3%85sa+%C3%96st&from=2026-09-01'
    const { headers } = await browse(service.app).post('/staff/sign-in', { email, password, next })
    expect(headers.location).toBe(next)
    const long = { email, password, next: `/staff/${'x'.repeat(3000)}` }
    expect((await browse(service.app).post('/staff/sign-in', long)).headers.location).toBe('/staff')
  })

  test('what somebody is called is text on every page', async () => {
    const name = '"><script>alert(1)</script>{{count}} $t(staff.web.save)'
    const chief = await staffBrowser(service, { role: 'coordinator', name })
    const { id } = await newStaff(service, { role: 'viewer', name })
    const national = await staffBrowser(service, { role: 'national', name })
    await chief.post('/staff/account', { name })
    const pages = await Promise.all([
      chief.get('/staff/account'),
      chief.get('/staff/people'),
      chief.get(`/staff/people/${id}`),
      chief.post(`/staff/people/${id}/invitation`),
      national.get(`/staff/audit?who=${encodeURIComponent(name)}`),
    ])
    for (const { body } of pages) {
      expect(body).toContain('{{count}} $t(staff.web.save)')
      expect(body).not.toContain('<script>alert')
    }
  })
})

describe('the audit trail', () => {
  test('has nothing that was refused halfway through signing in, nor what changed nothing', async () => {
    const half = await staffBrowser(service, { role: 'coordinator', isComplete: false })
    const national = await staffBrowser(service, { role: 'national' })
    await half.post('/staff/account', { name: 'Mallory' })
    await national.post('/staff/account/second-factor/removal')
    await national.post('/staff/second-factor/set-up', { secret: 'none' })
    expect(await deeds()).toEqual([])
  })

  test('that cannot be written is said, in a page and in the log, without a word of who', async () => {
    const chief = await staffBrowser(service, { role: 'coordinator' })
    await runIn(service.db, "create trigger t before insert on audit begin select raise(abort, 'no'); end")
    const { statusCode, headers, body } = await chief.post('/staff/account', { name: 'Nytt namn' })
    expect(statusCode).toBe(503)
    expect(headers.location).toBeUndefined()
    expect(body).toContain('kunde inte skrivas in i händelseloggen')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('"deed":"account.changed"')
    expect(lines[0]).not.toMatch(/Nytt namn|example\.se/)
  })
})
