import { TOTP } from 'otpauth'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formToken } from '../../src/crypto/secrets.ts'
import { setPassword } from '../../src/people/account-store.ts'
import { hashPassword } from '../../src/people/password.ts'
import { rowsIn, valueIn } from '../support/rows.ts'
import { browse, type Service, startService } from '../support/service.ts'
import { newStaff, staffBrowser } from '../support/staff.ts'

const password = 'fyra gröna hästar springer'
const passwordHash = await hashPassword(password, 'a test')

let service: Service
afterEach(() => service.close())

async function signedIn(role: 'coordinator' | 'caseworker' = 'coordinator', prefix = '') {
  const { id, email } = await newStaff(service, { role })
  await setPassword(service.db, id, passwordHash)
  const browser = browse(service.app)
  const token = () => browser.jar.get(`${prefix}staff`)!
  const signIn = () => browser.post('/staff/sign-in', { email, password })
  const post = (url: string, form = {}) => browser.post(url, { form: formToken(token()), ...form })
  async function setUpFactor(more = {}) {
    const { body } = await browser.get('/staff/second-factor/set-up')
    const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(body)![1]!.replaceAll(' ', '')
    const sealed = /name="secret" value="([^"]+)"/.exec(body)![1]!
    const number = () => new TOTP({ secret }).generate({ timestamp: service.clock.now.getTime() })
    return { number, page: await post('/staff/second-factor/set-up', { secret: sealed, number: number(), ...more }) }
  }
  return { id, email, browser, token, signIn, post, setUpFactor }
}

/** What a browser is told that brings somebody's token of before. */
async function withToken(token: string) {
  const other = browse(service.app)
  other.jar.set('staff', token)
  return (await other.get('/staff')).headers.location
}

describe('a session has a new token, and the old one is worth nothing,', () => {
  beforeEach(async () => {
    service = await startService()
  })

  test('after the second factor, after setting one up and after a new password', async () => {
    const { browser, token, signIn, post, setUpFactor } = await signedIn()
    await signIn()
    const tokens = [token()]
    const { number, page } = await setUpFactor({ password })
    tokens.push(token())
    expect(/name="form" value="([^"]+)"/.exec(page.body)![1]).toBe(formToken(token()))

    service.clock.now = new Date(service.clock.now.getTime() + 120_000)
    await signIn()
    tokens.push(token())
    expect((await post('/staff/second-factor', { number: number() })).statusCode).toBe(303)
    tokens.push(token())
    const change = { old: password, password: 'ett helt nytt lösenord' }
    expect((await post('/staff/account/password', change)).statusCode).toBe(303)
    tokens.push(token())

    expect(new Set(tokens).size).toBe(5)
    for (const old of tokens.slice(0, -1)) expect(await withToken(old)).toMatch(/^\/staff\/sign-in/)
    expect((await browser.get('/staff')).statusCode).toBe(200)
  })
})

describe('behind an https address', () => {
  const settings = { PUBLIC_URL: 'https://svar.example.se', OWNER_NAME: 'A', OWNER_CONTACT: 'B', DPO_CONTACT: 'C' }
  beforeEach(async () => {
    service = await startService({ settings })
  })

  test('a coordinator cannot go on without a second factor, nor remove it, and a caseworker can', async () => {
    const { browser, signIn, post, setUpFactor } = await signedIn('coordinator', '__Host-')
    expect((await signIn()).headers.location).toBe('/staff/second-factor')
    expect((await browser.get('/staff')).headers.location).toBe('/staff/second-factor')
    expect((await setUpFactor()).page.statusCode).toBe(200)
    expect((await browser.get('/staff')).statusCode).toBe(200)
    expect((await browser.get('/staff/account')).body).not.toContain('second-factor/removal')
    expect((await post('/staff/account/second-factor/removal', { current: password })).statusCode).toBe(400)
    const caseworker = await signedIn('caseworker', '__Host-')
    expect((await caseworker.signIn()).headers.location).toBe('/staff')
  })

  test('whoever is made a coordinator is signed out where they had no second factor, and who stays what they were is not', async () => {
    const admin = await newStaff(service, { role: 'national' })
    const { post, jar } = browse(service.app)
    jar.set('__Host-staff', admin.token)
    for (const [role, goesTo] of [
      ['viewer', undefined],
      ['coordinator', '/staff/sign-in'],
    ] as const) {
      const { id, token } = await newStaff(service, { role: 'viewer' })
      const change = { form: formToken(admin.token), name: 'Kim', role }
      expect((await post(`/staff/people/${id}`, change)).headers.location).toBe('/staff/people?done=people.changed')
      const theirs = browse(service.app)
      theirs.jar.set('__Host-staff', token)
      expect((await theirs.get('/staff')).headers.location?.replace(/\?.*/, '')).toBe(goesTo)
    }
  })

  test('every kind of answer says that there is only https', async () => {
    const answers = await Promise.all(
      ['/', '/sv', '/staff/sign-in', '/staff', '/nowhere', '/health', '/sv/about'].map((url) =>
        service.app.inject({ url }),
      ),
    )
    answers.push(await service.app.inject({ method: 'POST', url: '/entry', payload: 'code=1' }))
    for (const { headers } of answers) expect(headers['strict-transport-security']).toBe('max-age=31536000')
  })
})

test('on a machine of one’s own nothing asks for https, and a coordinator may do without a second factor', async () => {
  service = await startService()
  expect((await service.app.inject({ url: '/' })).headers['strict-transport-security']).toBeUndefined()
  const { signIn } = await signedIn()
  expect((await signIn()).headers.location).toBe('/staff')
})

test('ending a session that is none, or another’s, is no deed', async () => {
  service = await startService()
  const one = await staffBrowser(service, { role: 'coordinator' })
  const other = await staffBrowser(service, { role: 'coordinator' })
  const theirs = await valueIn<Buffer>(service.db, 'select tag from sessions where staff_id = ?', other.id)
  await one.post('/staff/account/sessions/ending', { session: 'a'.repeat(64) })
  await one.post('/staff/account/sessions/ending', { session: theirs.toString('hex') })
  await one.post('/staff/account/sessions/ending', { session: 'others' })
  expect((await other.get('/staff')).statusCode).toBe(200)
  expect(await rowsIn(service.db, 'select action from audit')).toEqual([])
})
