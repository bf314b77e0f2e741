import { TOTP } from 'otpauth'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { parseConfig } from '../../src/config.ts'
import { newToken } from '../../src/crypto/secrets.ts'
import { openDatabase } from '../../src/database/connection.ts'
import { hasNoStaff } from '../../src/people/store.ts'
import { runIn } from '../support/rows.ts'
import { browse, newKeys, type Service, startService } from '../support/service.ts'
import { newStaff, staffBrowser } from '../support/staff.ts'

let service: Service
beforeEach(async () => {
  service = await startService()
})
afterEach(() => service.close())

const password = 'fyra gröna hästar springer'
const formOf = (body: string) => /name="form" value="([^"]+)"/.exec(body)![1]!

async function invite(role: 'coordinator' | 'caseworker' = 'coordinator') {
  const inviter = await staffBrowser(service, { role: role === 'coordinator' ? 'national' : 'coordinator' })
  const form = { name: 'Åsa Öst', email: 'Asa.Ost@example.se', role, municipality: '1489' }
  const shown = await inviter.post('/staff/people', form)
  expect(shown.statusCode).toBe(200)
  return new URL(/value="(http[^"]+invitations[^"]+)"/.exec(shown.body)![1]!).pathname
}

describe('the first start', () => {
  test('has a link that makes the first national administrator, once, who then sets up an authenticator', async () => {
    const db = openDatabase(':memory:')
    const setUpToken = newToken()
    const now = new Date('2026-09-15T09:00:00Z')
    const app = await buildApp({ config: parseConfig({}), db, keys: newKeys(), setUpToken, clock: () => now })
    const { get, post } = browse(app)
    expect((await get('/staff/set-up/wrong')).statusCode).toBe(404)
    for (const cut of [`/staff/set-up/${setUpToken.slice(1)}`, '/staff/invitations/abc'])
      expect((await get(cut)).body, cut).toContain('Länken är inte hel')
    expect((await get(`/staff/set-up/${'x'.repeat(43)}`)).body).toContain('startats om')
    expect((await get(`/staff/invitations/${'x'.repeat(43)}`)).body).toContain('Den har redan använts')
    expect((await get(`/staff/set-up/${setUpToken}`)).body).toContain('Det första kontot')

    const person = { name: 'Maj', email: 'maj@example.se' }
    const short = await post(`/staff/set-up/${setUpToken}`, { ...person, password: 'kort' })
    expect(short.statusCode).toBe(400)
    expect(short.body).toContain('för kort')
    expect(short.body).toContain('value="maj@example.se"')

    const made = await post(`/staff/set-up/${setUpToken}`, { ...person, password })
    expect(made.headers.location).toBe('/staff/second-factor')
    expect(await hasNoStaff(db)).toBe(false)
    expect((await get(`/staff/set-up/${setUpToken}`)).statusCode).toBe(404)

    expect((await get('/staff')).headers.location).toBe('/staff/second-factor')
    const setUp = await get('/staff/second-factor/set-up')
    const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(setUp.body)![1]!.replaceAll(' ', '')
    const sealed = /name="secret" value="([^"]+)"/.exec(setUp.body)![1]!
    const number = new TOTP({ secret }).generate({ timestamp: now.getTime() })
    const wrong = await post('/staff/second-factor/set-up', {
      form: formOf(setUp.body),
      secret: sealed,
      number: '000000',
    })
    expect(wrong.statusCode).toBe(400)
    const done = await post('/staff/second-factor/set-up', { form: formOf(setUp.body), secret: sealed, number })
    expect(done.body.match(/<li><code>[a-z0-9]{5}-[a-z0-9]{5}<\/code>/g)).toHaveLength(10)
    expect((await get('/staff')).statusCode).toBe(200)

    const file = db.$client.serialize()
    expect(file.includes(secret)).toBe(false)
    expect(file.includes(password)).toBe(false)
    await app.close()
  })
})

describe('an invitation', () => {
  test('sets a password once, and signs in', async () => {
    const address = await invite()
    const invited = browse(service.app)
    expect((await invited.get(address)).body).toContain('Åsa Öst')
    expect((await invited.post(address, { password: 'lösenord1234' })).body).toContain('lätt att gissa')
    const set = await invited.post(address, { password })
    expect(set.headers.location).toBe('/staff')
    expect((await invited.get('/staff')).statusCode).toBe(200)
    expect((await browse(service.app).get(address)).statusCode).toBe(404)
    expect((await browse(service.app).post(address, { password })).statusCode).toBe(404)
  })

  test('is too old after a week', async () => {
    const address = await invite()
    service.clock.now = new Date('2026-09-23T09:00:00Z')
    expect((await browse(service.app).get(address)).statusCode).toBe(404)
  })
})

describe('signing in', () => {
  async function withPassword() {
    await browse(service.app).post(await invite(), { password })
  }

  test('wants the right password, and says the same to those who have no account', async () => {
    await withPassword()
    const visitor = browse(service.app)
    const wrong = await visitor.post('/staff/sign-in', { email: 'asa.ost@example.se', password: 'fel lösenord här' })
    const nobody = await visitor.post('/staff/sign-in', { email: 'nobody.x@example.se', password: 'fel lösenord här' })
    expect(wrong.statusCode).toBe(400)
    expect(nobody.statusCode).toBe(400)
    expect(nobody.body.replace('nobody.x@', 'asa.ost@')).toBe(wrong.body)
    const right = await visitor.post('/staff/sign-in', {
      email: ' ASA.OST@example.se ',
      password,
      next: '/staff/account',
    })
    expect(right.headers.location).toBe('/staff/account')
    expect((await visitor.get('/staff/account')).body).toContain('asa.ost@example.se')
  })

  test.each(['https://evil.example', '//evil.example', '/staff/\\evil', 'javascript:alert(1)'])(
    'never leads to %s afterwards',
    async (next) => {
      await withPassword()
      const { headers } = await browse(service.app).post('/staff/sign-in', {
        email: 'asa.ost@example.se',
        password,
        next,
      })
      expect(headers.location).toBe('/staff')
    },
  )

  test('slows down guessing without locking the owner out of the browser they use', async () => {
    const owner = browse(service.app)
    await owner.post(await invite(), { password })
    const guesser = browse(service.app)
    const statuses: number[] = []
    for (let guess = 0; guess < 6; guess++)
      statuses.push(
        (await guesser.post('/staff/sign-in', { email: 'asa.ost@example.se', password: `gissning ${guess} hit` }))
          .statusCode,
      )
    expect(statuses).toEqual([400, 400, 400, 400, 429, 429])
    const device = owner.jar.get('device')!
    owner.jar.clear()
    owner.jar.set('device', device)
    expect((await owner.post('/staff/sign-in', { email: 'asa.ost@example.se', password })).statusCode).toBe(303)
    service.clock.now = new Date(service.clock.now.getTime() + 2_000)
    expect((await guesser.post('/staff/sign-in', { email: 'asa.ost@example.se', password })).statusCode).toBe(303)
  })
})

describe('a session', () => {
  test('ends with signing out, with resting, with its account, and when its owner ends it elsewhere', async () => {
    const one = await staffBrowser(service, { role: 'coordinator' })
    expect((await one.post('/staff/sign-out')).statusCode).toBe(303)
    expect((await one.get('/staff')).headers.location).toBe('/staff/sign-in')

    const resting = await staffBrowser(service, { role: 'coordinator' })
    service.clock.now = new Date(service.clock.now.getTime() + 4 * 3_600_000)
    expect((await resting.get('/staff')).headers.location).toBe('/staff/sign-in?over=page')

    const busy = await staffBrowser(service, { role: 'coordinator' })
    for (let hour = 2; hour < 12; hour += 2) {
      service.clock.now = new Date(service.clock.now.getTime() + 2 * 3_600_000)
      expect((await busy.get('/staff')).statusCode, `${hour} hours`).toBe(200)
    }
    service.clock.now = new Date(service.clock.now.getTime() + 2 * 3_600_000)
    expect((await busy.get('/staff')).headers.location).toBe('/staff/sign-in?over=page')

    const leaving = await staffBrowser(service, { role: 'caseworker' })
    const chief = await staffBrowser(service, { role: 'coordinator' })
    expect((await chief.post(`/staff/people/${leaving.id}/ending`)).statusCode).toBe(303)
    expect((await leaving.get('/staff')).headers.location).toBe('/staff/sign-in?over=page')

    const left = await staffBrowser(service, { role: 'viewer' }) // ended otherwise than by the service, its session with it
    await runIn(service.db, "update staff set ended_on = '2026-09-01' where id = ?", left.id)
    expect((await left.get('/staff')).headers.location).toBe('/staff/sign-in?over=page')
  })

  test('needs its own token in every form', async () => {
    const { jar } = await staffBrowser(service, { role: 'coordinator' })
    const other = await newStaff(service, { role: 'coordinator' })
    for (const form of ['', 'guess', other.token]) {
      const forged = browse(service.app)
      forged.jar.set('staff', jar.get('staff')!)
      const refused = await forged.post('/staff/account', { name: 'Mallory', form })
      expect(refused.statusCode).toBe(400)
      expect(refused.body).toContain('Sidan var för gammal')
    }
  })
})
