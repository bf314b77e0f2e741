import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formToken } from '../../src/crypto/secrets.ts'
import { makeLog } from '../../src/log/log.ts'
import { limitWrongCodes } from '../../src/pages/respondent/wrong-codes.ts'
import { slowDown } from '../../src/pages/staff/slow-down.ts'
import { setPassword } from '../../src/people/account-store.ts'
import { hashPassword, isPassword } from '../../src/people/password.ts'
import { networksOf } from '../../src/web/network.ts'
import { browse, openRound, type Service, startService } from '../support/service.ts'
import { newStaff, staffBrowser } from '../support/staff.ts'

const password = 'fyra gröna hästar springer'
const passwordHash = await hashPassword(password, 'a test')

let service: Service
let lines: string[]
beforeEach(async () => {
  lines = []
  service = await startService({
    settings: { TRUSTED_PROXIES: '127.0.0.1' },
    log: makeLog('info', { write: (line) => void lines.push(line) }),
  })
})
afterEach(() => service.close())

async function withPassword() {
  const { id, email } = await newStaff(service, { role: 'caseworker' })
  await setPassword(service.db, id, passwordHash)
  const browser = browse(service.app)
  const signIn = () => browser.post('/staff/sign-in', { email, password })
  return { id, email, browser, signIn }
}
const from = (address: string) => browse(service.app, { 'x-forwarded-for': address })
const guess = (address: string, email: string) =>
  from(address).post('/staff/sign-in', { email, password: 'fel ord här' })

describe('a flood of sign-ins', () => {
  test('from everywhere keeps nobody out who has signed in with that browser before', async () => {
    const { browser, signIn, email } = await withPassword()
    expect((await signIn()).statusCode).toBe(303)
    browser.jar.delete('staff')
    const flood = Array.from({ length: 120 }, (_, n) => guess(`10.${n}.0.1`, `nobody${n}@example.se`))
    const known = Array.from({ length: 2 }, () => browse(service.app))
    for (const one of known) one.jar.set('device', browser.jar.get('device')!)
    const own = known.map((one) => one.post('/staff/sign-in', { email, password }))
    expect((await Promise.all(own)).map(({ statusCode }) => statusCode)).toEqual([303, 303])
    const statuses = (await Promise.all(flood)).map(({ statusCode }) => statusCode)
    expect(statuses).toContain(429)
  })

  test('from one wide network leaves places for other strangers', async () => {
    const { email } = await withPassword()
    const flood = Array.from({ length: 60 }, (_, n) =>
      guess(`2001:db8:7:${n.toString(16)}::1`, `nobody${n}@example.se`),
    )
    const stranger = await from('192.0.2.1').post('/staff/sign-in', { email, password })
    expect(stranger.statusCode).toBe(303)
    await Promise.all(flood)
  })

  test('from everywhere takes no more than its places', async () => {
    const all = Array.from({ length: 40 }, (_, n) => isPassword(null, password, { network: `network ${n}` }))
    const came = await Promise.allSettled(all)
    const refused = came.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect(refused).toEqual(Array.from({ length: 15 }, () => 'too-many')) // one is at work, 24 wait
  })
})

describe('a flood of one who is signed in keeps no colleague out', () => {
  /** How a colleague in a browser that is known fared, again and again, while sixty connections went on and on. */
  async function meanwhile(ask: () => Promise<{ statusCode: number }>) {
    const colleague = await withPassword()
    await colleague.signIn()
    let isOver = false
    let answered = 0
    const goOn = async () => {
      while (!isOver) {
        await ask()
        answered++
        await new Promise(setImmediate)
      }
    }
    const flood = Array.from({ length: 60 }, goOn)
    const statuses: number[] = []
    while (statuses.length < 8) {
      const before = answered
      while (answered < before + 60) await new Promise(setImmediate)
      colleague.browser.jar.delete('staff')
      statuses.push((await colleague.signIn()).statusCode)
    }
    isOver = true
    await Promise.all(flood)
    return [...new Set(statuses)]
  }

  test('with the right password in a browser that is known', async () => {
    const { browser, signIn, email } = await withPassword()
    await signIn()
    const ask = () => {
      const one = browse(service.app)
      one.jar.set('device', browser.jar.get('device')!)
      return one.post('/staff/sign-in', { email, password })
    }
    expect(await meanwhile(ask)).toEqual([303])
  })

  test('with a new password that will not do', async () => {
    const { browser, signIn } = await withPassword()
    await signIn()
    const form = { form: formToken(browser.jar.get('staff')!), old: password, password: 'kort' }
    expect(await meanwhile(() => browser.post('/staff/account/password', form))).toEqual([303])
  })

  test('however often one account asks at once', async () => {
    const ask = () =>
      hashPassword(password, 'one account').then(
        () => 'done',
        ({ code }) => code,
      )
    const came = await Promise.all([
      ...Array.from({ length: 6 }, ask),
      isPassword(passwordHash, password, { account: 'other' }),
    ])
    expect(came).toEqual(['done', 'done', 'too-many', 'too-many', 'too-many', 'too-many', true])
  })
})

describe('tries are counted', () => {
  const clock = { now: new Date('2026-09-15T09:00:00Z') }
  const wrong = async () => false

  /** How many of some tries of one password on many accounts were looked at before the first had to wait. */
  async function looked(addresses: string[]) {
    const { attempt } = slowDown(() => clock.now)
    let count = 0
    for (const [n, address] of addresses.entries())
      if ((await attempt({ who: `${n}`, networks: networksOf(address) }, wrong)).waitSeconds === 0) count++
    return count
  }
  const many = (count: number, address: (n: number) => string) => Array.from({ length: count }, (_, n) => address(n))

  test('for the household, the wider network and all', async () => {
    expect(await looked(many(100, (n) => `2001:db8::${n.toString(16)}:0:0:1`))).toBe(60)
    expect(await looked(many(100, (n) => `192.0.2.1:${1000 + n}`))).toBe(60)
    expect(await looked(many(100, (n) => `::ffff:192.0.2.${n % 2}`))).toBe(100)
    expect(await looked(many(400, (n) => `192.0.2.${n % 200}`))).toBe(240)
    expect(await looked(many(400, (n) => `2001:db8:7:${n.toString(16)}::1`))).toBe(240)
    const everywhere = many(3000, (n) => `10.${n % 250}.${Math.floor(n / 250) % 3}.1`)
    expect(await looked(everywhere)).toBe(2000)
    expect(await looked([...everywhere, '198.51.100.7'])).toBe(2001)
  })

  test('also of wrong codes, and a flood from everywhere shuts out only those who take part in it', async () => {
    const codes = limitWrongCodes(10, () => clock.now)
    const isLetIn = (address: string) => codes.minutesToWait(address).then((minutes) => minutes === 0)
    for (let n = 0; n < 12; n++) await codes.count(`2001:db8:1::${n}:0:0:1`)
    expect(await isLetIn('2001:db8:1::ffff')).toBe(false)
    for (let n = 0; n < 100; n++) await codes.count(`2001:db8:2:${n.toString(16)}::1`)
    expect([await isLetIn('2001:db8:2:ffff::1'), await isLetIn('2001:db8:3::1')]).toEqual([false, true])
    for (let n = 0; n < 400; n++) await codes.count(`10.${n % 200}.0.1`)
    expect([await isLetIn('10.7.0.1'), await isLetIn('198.51.100.7')]).toEqual([false, true])
  })
})

describe('an attack is seen', () => {
  test('in the log as counts in an hour, without a word of whom; and on the page of one’s own account', async () => {
    const { id, email, browser, signIn } = await withPassword()
    for (let times = 0; times < 6; times++) await guess('192.0.2.1', email)
    service.clock.now = new Date(service.clock.now.getTime() + 120_000)
    expect((await signIn()).statusCode).toBe(303)
    expect((await browser.get('/staff/account')).body).toContain('fel lösenord eller engångskod 6 gånger')
    const other = await staffBrowser(service, { role: 'host' })
    expect((await other.get('/staff/audit')).statusCode).toBe(403)
    await other.post('/staff/account', { form: 'wrong', name: 'x' })
    expect((await other.get('/staff/account')).body).not.toContain('fel lösenord')

    await service.close()
    const counted = lines.map((line) => JSON.parse(line)).filter(({ msg }) => /refused on the staff/.test(msg))
    expect(counted.map(({ code, times }) => [code, times])).toEqual([
      ['password', 4],
      ['limit', 2],
      ['forbidden', 1],
      ['form token', 1],
    ])
    expect(lines.join()).not.toContain(email)
    expect(lines.join()).not.toContain(id)
    service = await startService()
  })

  test('also in what a page refuses by itself, and in forms of another site', async () => {
    const { strata } = await openRound(service.db)
    const coordinator = await staffBrowser(service, { role: 'coordinator' })
    const order = { stratum: strata.addiction, kind: 'csv', language: 'sv', number: '1' }
    const statuses: number[] = []
    for (let number = 0; number < 7; number++)
      statuses.push((await coordinator.post('/staff/print', { ...order, once: `order-number-${number}` })).statusCode)
    expect(statuses).toEqual([303, 303, 303, 303, 303, 429, 429])
    const elsewhere = browse(service.app, { 'sec-fetch-site': 'cross-site' })
    expect((await elsewhere.post('/staff/sign-in', { email: 'a@example.se', password })).statusCode).toBe(400)
    await service.close()
    const counted = lines.map((line) => JSON.parse(line)).filter(({ msg }) => /refused on the staff/.test(msg))
    expect(counted.map(({ code, times }) => [code, times])).toEqual([
      ['limit', 2],
      ['foreign form', 1],
    ])
    service = await startService()
  })

  test('and nothing that respondents meet is counted', async () => {
    await browse(service.app).post('/entry', { code: '1234567890123456', language: 'sv' })
    await browse(service.app).get('/nowhere')
    await service.close()
    expect(lines.join()).not.toContain('refused')
    service = await startService()
  })
})

describe('a form of somebody who is not signed in', () => {
  test('is read only in a browser that somebody has signed in with, and not when it is long', async () => {
    const { browser, signIn } = await withPassword()
    const stranger = browse(service.app)
    stranger.jar.set('device', 'anything')
    expect((await stranger.post('/staff/units', { note: 'typed' })).headers.location).toBe('/staff/sign-in')
    await signIn()
    browser.jar.delete('staff')
    expect((await browser.post('/staff/units', { note: 'typed' })).headers.location).toMatch(/over=kept/)
    const long = { note: 'x'.repeat(300_000) }
    expect((await browser.post('/staff/units', long)).headers.location).toBe('/staff/sign-in')
    const device = browser.jar.get('device')!
    for (const forged of [
      device.slice(0, -1),
      device.replace(/^./, (sign) => (sign === '_' ? '-' : '_')),
      '.',
      `${device}å`,
    ]) {
      stranger.jar.set('device', forged)
      expect((await stranger.post('/staff/units', { note: 'typed' })).headers.location).toBe('/staff/sign-in')
    }
  })
})

describe('a connection', () => {
  test('is closed from our side after what is no request, and a request has to arrive in time', async () => {
    const { server } = service.app
    expect(server.requestTimeout).toBeGreaterThan(0)
    expect(server.requestTimeout).toBeLessThanOrEqual(120_000)
    await service.app.listen({ host: '127.0.0.1', port: 0 })
    const ended = new Promise((resolve) => server.once('connection', (socket) => socket.once('close', resolve)))
    const client = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true })
    client.on('error', () => {})
    client.write('no request\r\n\r\n')
    const [said] = await once(client, 'data')
    expect(String(said)).toMatch(/^HTTP\/1.1 400/)
    await ended // though the client never closes its half
    client.destroy()
  })

  test.each([
    [
      'a body',
      'POST /staff/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10000\r\n\r\nemail=',
    ],
    ['a header', 'GET /sv HTTP/1.1\r\nHost: localhost\r\nX-Slow: '],
  ])('with %s that never ends is closed when its time is up, though bytes go on coming', async (_, begun) => {
    const { server } = service.app
    // The same limit, in a moment of the two minutes and more.
    Object.assign(server, { requestTimeout: 300, headersTimeout: 300, connectionsCheckingInterval: 50 })
    await service.app.listen({ host: '127.0.0.1', port: 0 })
    const ended = new Promise((resolve) => server.once('connection', (socket) => socket.once('close', resolve)))
    const client = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true })
    client.on('error', () => {})
    client.write(begun)
    const dripping = setInterval(() => client.write('a'), 20)
    const [said] = await once(client, 'data')
    await ended
    clearInterval(dripping)
    client.destroy()
    expect(String(said)).toMatch(/^HTTP\/1.1 408/)
  })
})
