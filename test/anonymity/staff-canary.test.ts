import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backupDatabase } from '../../src/database/backup.ts'
import { openDatabase } from '../../src/database/connection.ts'
import { bindKeys, loadKeys } from '../../src/database/key-folder.ts'
import { SQLite } from '../../src/database/sqlite.ts'
import { drawCode } from '../../src/invitation/draw-code.ts'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import { inFours } from '../../src/invitation/survey-code.ts'
import { freePort } from '../support/free-port.ts'
import { openRound } from '../support/service.ts'
import { type Canaries, filesBelow, tracesOf } from './traces.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))

/** Nobody in the world has any of these. */
const word = () => randomBytes(9).toString('hex')
const agent = `Canary/${word()} Firefox/1`
const passwords = { first: `blåa ${word()}`, second: `röda ${word()}`, third: `gula ${word()}`, wrong: `fel ${word()}` }

let folder: string
let service: ChildProcess
let port: number
let codes: string[]
const strange = drawCode()
/** All that was secret in what the service sent, by what it is called. */
const seen: Canaries = {}

const dataDir = () => join(folder, 'data')
const database = () => join(dataDir(), 'brukarsvar.sqlite')
const log = () => join(folder, 'logs', 'out.log')

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-staff-canary-'))
  for (const name of ['data', 'logs', 'backups']) mkdirSync(join(folder, name))
  const keys = loadKeys(join(dataDir(), 'keys'), { create: true })
  const db = openDatabase(database())
  await bindKeys(db, keys)
  const { strata } = await openRound(db)
  const issued = { stratumId: strata.addiction, channel: 'handout', count: 3, drawn: true } as const
  codes = (await issueCodes(db, keys.codePepper, issued)).codes
  db.$client.close()
  await listen()
})

afterAll(async () => {
  if (service.exitCode === null) {
    service.kill('SIGTERM')
    await once(service, 'exit')
  }
  rmSync(folder, { recursive: true, force: true })
})

/** The service as operators run it, as talkative as it can be made, its output in files. */
async function listen(): Promise<void> {
  port = await freePort()
  const [out, err] = ['out.log', 'err.log'].map((name) => openSync(join(folder, 'logs', name), 'a'))
  const settings = {
    DATA_DIR: dataDir(),
    PORT: String(port),
    HOST: '127.0.0.1',
    LOG_LEVEL: 'info',
    BUSY_SECONDS: '1',
  }
  service = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: project,
    env: { ...process.env, ...settings },
    stdio: ['ignore', out!, err!],
  })
  const stranger = browser('stranger')
  while ((await stranger.get('/health').catch(() => undefined))?.status !== 200) {
    if (service.exitCode !== null) throw new Error(readFileSync(join(folder, 'logs', 'err.log'), 'utf8'))
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

interface Sent {
  status: number
  location: string
  body: string
}

let sent = 0

/** A browser of somebody, which keeps cookies and the token of forms; both are secrets. */
function browser(whose: string) {
  const jar = new Map<string, string>()
  let form = ''

  function send(method: string, path: string, payload = '', more: Record<string, string> = {}) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const type = 'application/x-www-form-urlencoded'
    const headers = { 'user-agent': agent, 'content-type': type, ...(cookie && { cookie }), ...more }
    return new Promise<Sent>((resolve, reject) => {
      const sending = request({ port, host: '127.0.0.1', method, path, headers })
      sending.on('error', reject).on('response', (response) => {
        for (const [, name, value] of (response.headers['set-cookie'] ?? []).map(
          (line) => /^(\w+)=([^;]*)/.exec(line)!,
        )) {
          if (value) seen[`cookie ${name} of ${whose}, ${++sent}`] = value
          if (value) jar.set(name!, value)
          else jar.delete(name!)
        }
        let body = ''
        response.setEncoding('utf8').on('data', (piece) => (body += piece))
        response.on('end', () => {
          const token = /name="form" value="([^"]+)"/.exec(body)?.[1]
          if (token) seen[`form of ${whose}, ${token}`] = form = token
          resolve({ status: response.statusCode!, location: response.headers.location ?? '', body })
        })
      })
      sending.end(payload)
    })
  }
  return {
    jar,
    send,
    get: (path: string) => send('GET', path),
    post: (path: string, data: Record<string, string> = {}) =>
      send('POST', path, new URLSearchParams({ form, ...data }).toString()),
  }
}

const national = browser('the national administrator')
const coordinator = browser('the coordinator')
let totp: TOTP
let recoveryCodes: string[]

/** Steps ahead, so that no number is given twice. */
const number = (steps = 0) => totp.generate({ timestamp: Date.now() + steps * 30_000 })

function backUp(name: string): void {
  const db = openDatabase(database())
  backupDatabase(db, join(folder, 'backups', name))
  db.$client.close()
}

const canaries = (): Canaries => ({
  ...Object.fromEntries(Object.entries(passwords).map(([name, password]) => [`the ${name} password`, password])),
  ...Object.fromEntries(codes.map((code, n) => [`code ${n}`, code])),
  'a code that was never issued': strange,
  'the user agent': agent,
  ...seen,
})

describe('of what staff know and respondents hold', () => {
  test('the first administrator makes an account and gives an authenticator', async () => {
    const link = new URL(/http\S+\/staff\/set-up\/\S+/.exec(readFileSync(log(), 'utf8'))![0]).pathname
    const person = { name: 'Maj', email: 'maj@example.se' }
    expect((await national.post(link, { ...person, password: 'kort' })).status).toBe(400)
    expect((await national.post(link, { ...person, password: passwords.first })).location).toBe('/staff/second-factor')

    const { body } = await national.get('/staff/second-factor/set-up')
    const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(body)![1]!.replaceAll(' ', '')
    const sealed = /name="secret" value="([^"]+)"/.exec(body)![1]!
    totp = new TOTP({ secret })
    Object.assign(seen, { 'the secret': secret, 'its bytes': Buffer.from(Secret.fromBase32(secret).buffer), sealed })
    const done = await national.post('/staff/second-factor/set-up', { secret: sealed, number: number() })
    recoveryCodes = [...done.body.matchAll(/<li><code>([a-z0-9-]{11})<\/code>/g)].map(([, code]) => code!)
    expect(recoveryCodes).toHaveLength(10)
    for (const code of recoveryCodes) {
      seen[`recovery code ${code}`] = code
      seen[`recovery code ${code} without its line`] = code.replace('-', '')
    }
  })

  test('signs in with a number and with a recovery code, and invites', async () => {
    for (const given of [number(1), recoveryCodes[0]!]) {
      await national.post('/staff/sign-out')
      await national.get('/staff/sign-in')
      await national.post('/staff/sign-in', { email: 'maj@example.se', password: passwords.first })
      await national.get('/staff/second-factor')
      expect((await national.post('/staff/second-factor', { number: given })).location).toBe('/staff')
    }
    await national.get('/staff/people/new')
    const person = { name: 'Åsa', email: 'asa@example.se', role: 'coordinator', municipality: '1489' }
    const { body } = await national.post('/staff/people', person)
    const link = new URL(/value="(http[^"]+invitations[^"]+)"/.exec(body)![1]!).pathname
    seen['the invitation'] = link.split('/').at(-1)!
    expect((await coordinator.get(link)).status).toBe(200)
    expect((await coordinator.post(link, { password: passwords.second })).location).toBe('/staff')
    await coordinator.get('/staff/account')
    const change = { old: passwords.second, password: passwords.third }
    expect((await coordinator.post('/staff/account/password', change)).status).toBe(303)
    expect((await coordinator.get('/staff/people')).status).toBe(200)
  })

  test('everything goes wrong that can', async () => {
    const guesser = browser('a guesser')
    const own = { email: 'asa@example.se', password: passwords.wrong }
    const [code] = codes
    const statuses: Record<string, Promise<Sent>> = {
      'a wrong password': guesser.post('/staff/sign-in', own),
      'a password where the address belongs': guesser.post('/staff/sign-in', { email: passwords.third }),
      'a used link': guesser.post(`/staff/invitations/${String(seen['the invitation'])}`, {
        password: passwords.first,
      }),
      'a code in an address': coordinator.get(`/staff/${code}?code=${strange}`),
      'a code as somebody': national.get(`/staff/audit?who=${code}&municipalityCode=${code!.slice(0, 4)}`),
      'a code as a filter that cannot be': national.get(`/staff/audit?from=${code}`),
      'a code as an id': national.get(`/staff/people/${code}`),
      'an address that cannot be read': coordinator.get(`/staff/%zz${code}`),
      'an unknown method': coordinator.send('PATCH', `/staff/people/${code}`),
      'a body of another type': coordinator.send('POST', '/staff/account', JSON.stringify({ ...own, code }), {
        'content-type': 'application/json',
      }),
      'a form that breaks off': coordinator.send('POST', '/staff/account', `--x\r\n${code} ${passwords.third}`, {
        'content-type': 'multipart/form-data; boundary=x',
      }),
      'a body that is too big': coordinator.post('/staff/account', { name: inFours(code!).repeat(2_000) }),
      'a form of another site': coordinator.send('POST', '/staff/account', `name=${code}`, {
        'sec-fetch-site': 'cross-site',
      }),
      'a form without its token': coordinator.send('POST', '/staff/account', `name=${code}`),
      'a cookie of nobody': guesser.send('GET', '/staff', '', { cookie: `staff=${code}; device=${passwords.third}` }),
      'a wrong old password': coordinator.post('/staff/account/password', { old: passwords.wrong, password: strange }),
    }
    const met = await Promise.all(Object.entries(statuses).map(async ([what, came]) => [what, (await came).status]))
    expect(Object.fromEntries(met)).toEqual({
      'a wrong password': 400,
      'a password where the address belongs': 400,
      'a used link': 404,
      'a code in an address': 404,
      'a code as somebody': 200,
      'a code as a filter that cannot be': 400,
      'a code as an id': 404,
      'an address that cannot be read': 400,
      'an unknown method': 404,
      'a body of another type': 400,
      'a form that breaks off': 400,
      'a body that is too big': 413,
      'a form of another site': 400,
      'a form without its token': 303,
      'a cookie of nobody': 303,
      'a wrong old password': 400,
    })
  })

  test('the database is locked for a while, and has a defect for another', async () => {
    const other = new SQLite(database())
    other.exec('begin exclusive')
    const own = { email: 'asa@example.se', password: passwords.third }
    expect((await browser('a late one').post('/staff/sign-in', own)).status).toBe(503)
    other.exec('rollback')
    other.exec(`create trigger defect before update on staff begin select raise(abort, '${word()}'); end`)
    expect((await coordinator.post('/staff/account', { name: codes[1]! })).status).toBe(500)
    other.exec('drop trigger defect')
    other.close()
    expect((await coordinator.get('/staff')).status).toBe(200)
  })

  test('there is no trace in any file, log or backup while the service runs', () => {
    backUp('at-the-end.sqlite')
    expect(Object.keys(seen).length).toBeGreaterThan(30)
    expect(filesBelow(folder).length).toBeGreaterThanOrEqual(7)
    const lines = readFileSync(log(), 'utf8').replaceAll(/\/set-up\/\S+/g, '') // a token is any letters
    expect(tracesOf(canaries(), folder)).toEqual([])
    expect(lines).not.toMatch(/127\.0\.0\.1|example\.se|"(req|url|body)"|Maj|Åsa/)
  })

  test('nor after it has stopped', async () => {
    service.kill('SIGTERM')
    expect((await once(service, 'exit'))[0]).toBe(0)
    const lines = readFileSync(log(), 'utf8')
    expect(lines).toContain('a defect')
    expect(lines).toContain('the database could not be reached')
    expect(tracesOf(canaries(), folder)).toEqual([])
  })

  test('and a trace would be found', () => {
    const place = mkdtempSync(join(tmpdir(), 'brukarsvar-trace-'))
    const db = new SQLite(join(place, 'naive.sqlite'))
    db.exec('create table naive (what)')
    const [session] = Object.entries(seen).find(([name]) => name.startsWith('cookie staff'))!
    for (const what of [seen[session], seen['its bytes'], recoveryCodes[3]])
      db.prepare('insert into naive values (?)').run(what)
    db.close()
    writeFileSync(
      join(place, 'log'),
      `{"password":"${passwords.wrong}","url":"/staff/invitations/${seen['the invitation']}"}`,
    )
    const found = tracesOf(canaries(), place).map(({ canary }) => canary)
    rmSync(place, { recursive: true })
    const wanted = [session, 'its bytes', `recovery code ${recoveryCodes[3]}`, 'the wrong password', 'the invitation']
    expect(found).toEqual(expect.arrayContaining(wanted))
  })
})
