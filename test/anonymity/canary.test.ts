import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backupDatabase } from '../../src/database/backup.ts'
import { openDatabase } from '../../src/database/connection.ts'
import { bindKeys, loadKeys } from '../../src/database/key-folder.ts'
import { SQLite } from '../../src/database/sqlite.ts'
import { drawCode } from '../../src/invitation/draw-code.ts'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import { inFours } from '../../src/invitation/survey-code.ts'
import { makeLog } from '../../src/log/log.ts'
import { optionNumbers } from '../../src/questionnaire/answers.ts'
import { ballotsOf } from '../../src/results/store.ts'
import { freePort } from '../support/free-port.ts'
import { openUrnOf } from '../support/open-urn.ts'
import { browse, drawCodes, openRound, startService, type TestRound } from '../support/service.ts'
import { inVisit, outOfVisit } from '../support/visit.ts'
import { type Canaries, canaryAnswers, filesBelow, tracesOf } from './traces.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))

const answers = canaryAnswers

const ids = Object.values(answers)

/** The pattern of answers in every form a program might write it in. */
const answerCanaries: Canaries = {
  'the numbers of the options as bytes': Buffer.from(optionNumbers(answers)),
  'the numbers of the options': optionNumbers(answers).join(),
  'the options as a form': new URLSearchParams(answers).toString(),
  'the options as JSON': JSON.stringify(answers),
  ...Object.fromEntries([',', ', ', ' ', '|', ';', '","'].map((by) => [`the options by ${by}`, ids.join(by)])),
  ...Object.fromEntries(ids.filter((id) => id.length > 5).map((id) => [`the option ${id}`, id])),
}

/** Nobody in the world has any of these. */
const word = () => randomBytes(9).toString('hex')
const person = {
  agent: `Canary/${word()}`,
  referer: `https://${word()}.example/${word()}`,
  languages: `ti;q=0.9${randomInt(1e2, 1e3)}, so;q=0.8${randomInt(1e2, 1e3)}, uk-UA;q=0.7${randomInt(1e2, 1e3)}`,
  addressBytes: Buffer.concat([Buffer.from('20010db8', 'hex'), randomBytes(12)]),
}
const address = person.addressBytes
  .toString('hex')
  .match(/.{4}/g)!
  .map((group) => group.replace(/^0+(?=.)/, ''))
  .join(':')
const headers = {
  'user-agent': person.agent,
  referer: person.referer,
  'accept-language': person.languages,
  'x-forwarded-for': address,
}

let folder: string
let service: ChildProcess
let port: number
let round: TestRound
let code: string
const strangers = [drawCode(), drawCode()]
const cookies: string[] = []

const dataDir = () => join(folder, 'data')
const database = () => join(dataDir(), 'brukarsvar.sqlite')
const logs = () => join(folder, 'logs')

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-canary-'))
  for (const name of [dataDir(), logs(), join(folder, 'backups')]) mkdirSync(name)
  const keys = loadKeys(join(dataDir(), 'keys'), { create: true })
  const db = openDatabase(database())
  await bindKeys(db, keys)
  round = await openRound(db)
  const issued = { stratumId: round.strata.economic_assistance, channel: 'handout', count: 1, drawn: true } as const
  code = (await issueCodes(db, keys.codePepper, issued)).codes[0]!
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
  const [out, err] = ['out.log', 'err.log'].map((name) => openSync(join(logs(), name), 'a'))
  const settings = { DATA_DIR: dataDir(), PORT: String(port), HOST: '127.0.0.1', TRUSTED_PROXIES: '127.0.0.1' }
  service = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: project,
    env: { ...process.env, ...settings, LOG_LEVEL: 'info' },
    stdio: ['ignore', out!, err!],
  })
  while ((await send('GET', '/health').catch(() => undefined))?.status !== 200) {
    if (service.exitCode !== null) throw new Error(readFileSync(join(logs(), 'err.log'), 'utf8'))
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

interface Sent {
  status: number
  location?: string
  cookie?: string
}

/** One request with all that tells the person; a form is sent as browsers send it, anything else as it is. */
function send(method: string, path: string, body?: Record<string, string> | string, more: Record<string, string> = {}) {
  const payload = typeof body === 'object' ? new URLSearchParams(body).toString() : (body ?? '')
  const type = 'application/x-www-form-urlencoded'
  return new Promise<Sent>((resolve, reject) => {
    const sending = request({
      port,
      host: '127.0.0.1',
      method,
      path: inVisit(path, more.cookie),
      headers: { ...headers, 'content-type': type, ...more },
    })
    sending.on('error', reject).on('response', (response) => {
      const cookie = response.headers['set-cookie']?.[0]?.split(';')[0]
      const sealed = cookie?.split('=')[1]
      if (sealed) cookies.push(sealed)
      response
        .resume()
        .on('end', () =>
          resolve({ status: response.statusCode!, location: outOfVisit(response.headers.location), cookie }),
        )
    })
    sending.end(payload)
  })
}

/** Bytes that need not be HTTP. */
async function sendBytes(bytes: string): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {}).end(bytes)
  socket.resume()
  await once(socket, 'close')
}

const canaries = (): Canaries => ({
  'the code': code,
  'a code that was never issued': strangers[0]!,
  'another one': strangers[1]!,
  'the address': address,
  'the bytes of the address': person.addressBytes,
  'the user agent': person.agent,
  'the referer': person.referer,
  'the languages': person.languages,
  ...Object.fromEntries(cookies.map((cookie, index) => [`cookie ${index}`, cookie.slice(0, 60)])),
  ...answerCanaries,
})

const everywhere = () => [dataDir(), logs(), join(folder, 'backups')]

function backUp(name: string): void {
  const db = openDatabase(database())
  backupDatabase(db, join(folder, 'backups', name))
  db.$client.close()
}

describe('of a person who answers', () => {
  test('the answer is in the urn', async () => {
    const { cookie } = await send('POST', '/entry', { code: inFours(code), language: 'ti' })
    expect((await send('GET', '/questions', undefined, { cookie: cookie! })).status).toBe(200)
    const changed = await send('POST', '/language', { language: 'uk', ...answers }, { cookie: cookie! })
    const sent = await send('POST', '/response', answers, { cookie: changed.cookie! })
    expect(sent.location).toBe('/thanks')
    expect((await send('GET', '/thanks', undefined, { cookie: sent.cookie! })).status).toBe(200)

    const db = openDatabase(database())
    expect((await openUrnOf(ballotsOf(db, round.id), round.key)).ballots).toBe(1)
    db.$client.close()
    backUp('after-the-answer.sqlite')
  })

  test('everything goes wrong that can', async () => {
    const cookie = (await send('POST', '/entry', { code, language: 'sv' })).cookie!
    const statuses = {
      'a code that was never issued': await send('POST', '/entry', { code: strangers[0]! }),
      'a mistyped code': await send('POST', '/entry', { code: `${code.slice(0, 15)}${(Number(code[15]) + 1) % 10}` }),
      'a code in an address': await send('GET', `/${code}?code=${strangers[1]}`),
      'an address that cannot be read': await send('GET', `/%zz${code}`),
      'an unknown method': await send('PATCH', `/entry/${code}`, { code }),
      'a body of another type': await send('POST', '/entry', JSON.stringify({ code }), {
        'content-type': 'application/json',
      }),
      'a body that is too big': await send('POST', '/entry', { code: code.repeat(2_000) }),
      'an option that is none': await send('POST', '/response', { ...answers, contact: code }, { cookie }),
      'a field twice': await send('POST', '/entry', `code=${code}&code=${strangers[1]}`),
      'a cookie of nobody': await send('GET', '/questions', undefined, { cookie: `visit-nobodysone=${code}` }),
      'a form of another site': await send('POST', '/entry', { code }, { 'sec-fetch-site': 'cross-site' }),
      'headers that are too big': await send('GET', '/', undefined, { 'x-more': code.repeat(2_000) }),
    }
    const met = Object.fromEntries(Object.entries(statuses).map(([what, { status }]) => [what, status]))
    expect(met).toEqual({
      'a code that was never issued': 303,
      'a mistyped code': 400,
      'a code in an address': 303,
      'an address that cannot be read': 400,
      'an unknown method': 404,
      'a body of another type': 415,
      'a body that is too big': 413,
      'an option that is none': 400,
      'a field twice': 400,
      'a cookie of nobody': 400,
      'a form of another site': 400,
      'headers that are too big': 431,
    })
    for (const bytes of [
      `${code}\r\n\r\n`,
      `GET /${code} HTTP/9.9\r\n\r\n`,
      `POST /entry HTTP/1.1\r\nContent-Length: 99\r\n\r\ncode=${code}`,
    ])
      await sendBytes(bytes)
  })

  test('the database is locked for a while, and then not', async () => {
    const { cookie } = await send('POST', '/entry', { code, language: 'sv' })
    const other = new SQLite(database())
    other.exec('begin immediate') // nobody else may write
    expect((await send('POST', '/response', answers, { cookie: cookie! })).status).toBe(503)
    other.exec('rollback; begin exclusive') // nor read
    expect((await send('POST', '/entry', { code })).status).toBe(503)
    other.close()
    expect((await send('POST', '/response', answers, { cookie: cookie! })).location).toBe('/thanks')
  })

  test('there is no trace in any file, log or backup while the service runs', () => {
    backUp('at-the-end.sqlite')
    expect(filesBelow(folder).length).toBeGreaterThanOrEqual(9)
    expect(tracesOf(canaries(), ...everywhere())).toEqual([])
    expect(readFileSync(join(logs(), 'out.log'), 'utf8')).not.toMatch(/127\.0\.0\.1|\/entry|\/response|\/questions/)
  })

  test('nor after it has stopped', async () => {
    service.kill('SIGTERM')
    expect((await once(service, 'exit'))[0]).toBe(0)
    expect(readFileSync(join(logs(), 'out.log'), 'utf8')).toContain('answers could not be stored')
    expect(tracesOf(canaries(), ...everywhere())).toEqual([])
  })
})

describe('a trace would be found', () => {
  const found = (name: string, content: string | Buffer) => {
    const place = mkdtempSync(join(tmpdir(), 'brukarsvar-trace-'))
    writeFileSync(join(place, name), content)
    const traces = tracesOf(canaries(), place)
    rmSync(place, { recursive: true })
    return traces.map(({ canary }) => canary)
  }
  const shifted = (text: string, by: number) => Buffer.from('x'.repeat(by) + text)

  test.each<[string, () => string | Buffer]>([
    ['as it is', () => `{"url":"/#${code}"}`],
    ['in fours', () => inFours(code)],
    ['in hexadecimal', () => Buffer.from(code).toString('hex').toUpperCase()],
    ['as bytes in JSON', () => JSON.stringify(Buffer.from(code))],
    ['in base64', () => shifted(code, 0).toString('base64')],
    ['in base64, one byte later', () => shifted(`${code}!`, 1).toString('base64')],
    ['in base64url, two bytes later', () => shifted(`${code}!`, 2).toString('base64url')],
    [
      'as a number',
      () => Buffer.concat([randomBytes(50), Buffer.from(BigInt(code).toString(16).padStart(16, '0'), 'hex')]),
    ],
    ['in Arabic digits', () => [...code].map((digit) => String.fromCharCode(0x660 + Number(digit))).join('')],
    ['without its check digit', () => `code ${code.slice(0, 15)} was used`],
  ])('of a code %s', (_form, write) => {
    expect(found('log', write())).toContain('the code')
  })

  test('of an address as bytes, a user agent in lower case, an answer as numbers', () => {
    expect(found('log', person.addressBytes)).toContain('the bytes of the address')
    expect(found('log', person.agent.toLowerCase())).toContain('the user agent')
    expect(found('log', `[${optionNumbers(answers).join(',')}]`)).toContain('the numbers of the options')
    expect(found('ballot', Buffer.from(optionNumbers(answers)))).toContain('the numbers of the options as bytes')
  })

  test('of a code in a row of a database', () => {
    const place = mkdtempSync(join(tmpdir(), 'brukarsvar-trace-'))
    const db = new SQLite(join(place, 'naive.sqlite'))
    db.exec('create table answers (code text, answers text)')
    db.prepare('insert into answers values (?, ?)').run(code, ids.join())
    db.close()
    const traces = tracesOf(canaries(), place).map(({ canary }) => canary)
    rmSync(place, { recursive: true })
    expect(traces).toEqual(expect.arrayContaining(['the code', 'the options by ,', 'the option fairly_hard']))
  })

  test('of a code that the real service would log with one line too many', async () => {
    const lines: string[] = []
    const stream = new Writable({
      write(line, _encoding, done) {
        lines.push(String(line))
        done()
      },
    })
    const log = makeLog('info', stream)
    const talkative = await startService({ log })
    talkative.app.addHook('preHandler', async ({ body }) => log.info({ body }))
    const [issued] = await drawCodes(talkative, await openRound(talkative.db))
    await browse(talkative.app).post('/entry', { code: issued! })
    await talkative.close()

    const place = mkdtempSync(join(tmpdir(), 'brukarsvar-trace-'))
    writeFileSync(join(place, 'log'), lines.join(''))
    expect(tracesOf({ 'the code': issued! }, place)).not.toEqual([])
    rmSync(place, { recursive: true })
  })
})
