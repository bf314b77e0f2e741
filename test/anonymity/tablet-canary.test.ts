import { randomBytes, randomInt } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { serialize } from 'node:v8'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareCommit, prepareRecordResponse } from '../../src/actions/record-response.ts'
import { backupDatabase } from '../../src/database/backup.ts'
import { openDatabase } from '../../src/database/connection.ts'
import { SQLite } from '../../src/database/sqlite.ts'
import { makeLog } from '../../src/log/log.ts'
import { type Answers, answersOf, optionNumbers } from '../../src/questionnaire/answers.ts'
import { questions } from '../../src/questionnaire/questions.ts'
import { openSealed } from '../../src/round/round-key.ts'
import { decodeBallot, encodeBallot } from '../../src/urn/ballot.ts'
import { ballotsIn } from '../support/ballots-counted.ts'
import { hasChromium, launchProfile } from '../support/chromium.ts'
import { answerOnTablet, enrol, openWaitingRoom, sendOnTablet, type WaitingRoom } from '../support/waiting-room.ts'
import { type Canaries, canaryAnswers, filesBelow, type Trace, tracesOf } from './traces.ts'

/** The person who is looked for. Nobody else at this tablet answers like this, or in Tigrinya. */
const answers = canaryAnswers
const language = 'ti'
const ids = Object.values(answers)

/** Nobody in the world has any of these. */
const word = () => randomBytes(9).toString('hex')
const device = {
  agent: `Canary/${word()}`,
  languages: `ti;q=0.9${randomInt(1e2, 1e3)}, so;q=0.8${randomInt(1e2, 1e3)}`,
  address: `2001:db8:${randomBytes(12).toString('hex').match(/.{4}/g)!.join(':').replace(/:0+/g, ':')}`,
  pin: String(randomInt(1e7, 1e8)),
}

let folder: string
let room: WaitingRoom
let recorder: Server
let tablet: BrowserContext
let page: Page
let token: string
/** The device's own key. */
let key: string
/** All that went from the tablet to the service. */
const wire: Buffer[] = []
/** What a waiting ballot is made of, by name and size, as the tablet's own page sees it. */
const kinds = new Set<string>()
/** What everybody answered, and the ids of their ballots, in the order in which they came. */
const cameInOrder: { answers: Answers; id: string }[] = []
let firstCame: number
let lastLeft: number

const profile = () => room.profileOf('tablet')
const serverFolder = () => join(folder, 'server')
const database = () => join(serverFolder(), 'brukarsvar.sqlite')
const logs = () => join(folder, 'logs')
const stratumId = () => room.round.strata.youth

/** The answers together, in every form a program might write them in. A page of the survey has none of these. */
const answersTogether = (): Canaries => {
  const ballot = Buffer.from(encodeBallot({ stratumId: stratumId(), language, answers }))
  return {
    'the ballot before it is sealed': ballot,
    'the language within a ballot': ballot.subarray(1, 17),
    'the numbers of the options as bytes': Buffer.from(optionNumbers(answers)),
    'the numbers of the options': optionNumbers(answers).join(),
    'the options as JSON': JSON.stringify(answers),
    'one option as JSON': `"contact":"${answers.contact}"`,
    'the options as a form': new URLSearchParams(answers).toString(),
    'one option as in a form': `situation=${answers.situation}`,
    'the options as the browser keeps objects': serialize(answers).subarray(2),
    'the options as the browser keeps lists': serialize(ids).subarray(2),
    'the form as the browser keeps it to restore a page': Buffer.from('form state', 'utf16le'),
    ...Object.fromEntries(
      ids.filter((id) => id.length > 5).map((id) => [`the option ${id} in UTF-16`, Buffer.from(id, 'utf16le')]),
    ),
    ...Object.fromEntries(
      [',', ', ', ' ', '|', ';', '","'].map((by) => [`two options by ${by}`, ids.slice(1, 3).join(by)]),
    ),
  }
}

/** What the service must not keep. It has no pages of the survey on its disk, so that one option would be too much. */
const nothingOnTheServer = (): Canaries => ({
  ...answersTogether(),
  ...Object.fromEntries(ids.filter((id) => id.length > 5).map((id) => [`the option ${id}`, id])),
  'the user agent': device.agent,
  'the languages': device.languages,
  'the address': device.address,
  'the PIN': device.pin,
  'the token of the link': token,
  'the key of the device': key,
})

const ballotIds = (): Canaries =>
  Object.fromEntries(cameInOrder.map(({ id }, index) => [`ballot ${index}`, Buffer.from(id, 'base64')]))

const namesOf = (traces: Trace[]) => [...new Set(traces.map(({ canary }) => canary))]

async function switchOn(name = 'tablet'): Promise<BrowserContext> {
  const context = await launchProfile(room.profileOf(name), {
    viewport: { width: 600, height: 960 },
    hasTouch: true,
    userAgent: device.agent,
    extraHTTPHeaders: { 'accept-language': device.languages, 'x-forwarded-for': device.address },
  })
  page = context.pages()[0]!
  return context
}

/** Stands between the cable and the service, and hears everything the tablet says. */
async function recordTheWire(): Promise<void> {
  const { port } = room.service.app.server.address() as { port: number }
  recorder = createServer((near) => {
    const far = createConnection(port, '127.0.0.1')
    near.on('data', (bytes: Buffer) => wire.push(bytes))
    near.on('error', () => far.destroy()).on('close', () => far.destroy())
    far.on('error', () => near.destroy()).on('close', () => near.destroy())
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => recorder.listen(0, '127.0.0.1', resolve))
  room.cable.plugInto((recorder.address() as { port: number }).port)
  room.cable.pullOut()
  room.cable.putBack()
}

/** What the tablet's own page could read of its storage. */
const inStorage = () =>
  page.evaluate(
    () =>
      new Promise<{ key: string; ids: string[]; kinds: string[] }>((resolve) => {
        const request = indexedDB.open('brukarsvar-tablet')
        request.onsuccess = () => {
          const transaction = request.result.transaction(['own', 'ballots'])
          const own = transaction.objectStore('own').get('state')
          const ballots: IDBRequest<{ id: string }[]> = transaction.objectStore('ballots').getAll()
          transaction.oncomplete = () => {
            request.result.close()
            const ids = ballots.result.map(({ id }) => id)
            const kindOf = ([name, value]: [string, string | Uint8Array]) => `${name} ${value.length}`
            const kinds = ballots.result.map((ballot) => Object.entries(ballot).map(kindOf).join())
            resolve({ key: own.result.key, ids, kinds })
          }
        }
      }),
  )

async function answerAndSend(language: string, answers: Answers): Promise<void> {
  await answerOnTablet(page, language, answers as Record<string, string>)
  await sendOnTablet(page)
  const { ids, ...stored } = await inStorage()
  for (const kind of stored.kinds) kinds.add(kind)
  cameInOrder.push({ answers, id: ids.find((id) => cameInOrder.every((other) => other.id !== id))! })
  await page.reload()
}

describe.skipIf(!hasChromium)('of somebody who answers at a tablet with the network cable out', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'brukarsvar-tablet-canary-'))
    for (const name of [serverFolder(), logs()]) mkdirSync(name)
    const output = new Writable({
      write(line, _encoding, done) {
        writeFileSync(join(logs(), 'out.log'), line, { flag: 'a' })
        done()
      },
    })
    const log = makeLog('trace', output)
    log.info('so it is the right log')
    room = await openWaitingRoom({
      file: database(),
      log,
      settings: { TRUSTED_PROXIES: '127.0.0.1' },
      recordResponse: (ballot) => record(ballot),
    })
    const commit = prepareCommit(room.service.db)
    const record = prepareRecordResponse(room.service.db, 500, (batch) =>
      room.service.db.$client
        .transaction(() => {
          const outcomes = commit(batch)
          writeFileSync(join(serverFolder(), 'caught-journal'), readFileSync(`${database()}-journal`), { flag: 'a' })
          return outcomes
        })
        .immediate(),
    )
    await recordTheWire()

    const { url } = await room.invite(device.pin)
    token = url.split('#')[1]!
    tablet = await switchOn()
    await enrol(page, url)
    key = (await inStorage()).key
    room.cable.pullOut()

    firstCame = Date.now()
    await answerAndSend('sv', { contact: 'very_easy', gender: 'man' })
    await answerAndSend(language, answers)
    for (const language of ['ar', 'uk', 'en'])
      await answerAndSend(language, answersOf(questions.map(({ options }) => randomInt(1, options.length + 1))))
    // And somebody who begins and does not send.
    await answerOnTablet(page, language, answers)
    await page.evaluate(() => history.back())
    await page.waitForTimeout(4_000) // browsers write down what is open, in case they break off
    await page.reload()

    await page.locator('#wall .staff').tap()
    await page.locator('#pin').fill(device.pin)
    await page.locator('.locked [type=submit]').tap()
    await page.locator('[data-figure]').first().waitFor()
    lastLeft = Date.now()
    await tablet.close()
  })

  afterAll(async () => {
    await tablet?.close().catch(() => {})
    recorder?.close()
    await room?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('the tablet’s disk keeps five ballots and no trace of what is in them', () => {
    expect(filesBelow(profile()).length).toBeGreaterThan(50)
    expect(namesOf(tracesOf({ 'the key of the device': key }, profile()))).toEqual(['the key of the device']) // there it lives
    expect(heldOnDisk()).toHaveLength(5)
    expect([...kinds]).toEqual(['id 24,stratumId 16,sealed 112'])
    expect(tracesOf({ ...answersTogether(), 'the PIN': device.pin }, profile())).toEqual([])
  })

  test('neither a time nor a language lies beside a ballot', () => {
    expect(besideBallots().length).toBeGreaterThanOrEqual(5)
    expect(besideBallots().flatMap((bytes) => timesIn(bytes))).toEqual([])
    for (const language of ['sv', 'ti', 'ar', 'uk', 'en'])
      expect(besideBallots().filter((bytes) => bytes.includes(`"\x02${language}`))).toEqual([])
  })

  test('the answers come into the urn when the cable is back, and the wire has no trace of them either', async () => {
    tablet = await switchOn()
    await page.goto(`${room.cable.url}/tablet/`)
    room.cable.putBack()
    await expect.poll(async () => (await room.opened()).ballots).toBe(5)
    await expect.poll(async () => (await inStorage()).ids).toEqual([])
    await tablet.close()

    const ballots = (await ballotsIn(room.service.db, room.round.id)).map(({ sealed }) =>
      decodeBallot(openSealed(room.round.key, sealed)!),
    )
    expect(ballots).toContainEqual({ stratumId: stratumId(), language, answers })
    mkdirSync(join(folder, 'wire'))
    writeFileSync(join(folder, 'wire', 'wire'), Buffer.concat(wire))
    const sent = { agent: device.agent, languages: device.languages, address: device.address, token, key }
    expect(namesOf(tracesOf(sent, join(folder, 'wire')))).toEqual(Object.keys(sent)) // so the service has had all of these
    expect(tracesOf({ ...answersTogether(), 'the PIN': device.pin }, join(folder, 'wire'))).toEqual([])
  })

  test('the tablet’s disk has no trace of them after the delivery either', () => {
    expect(tracesOf({ ...answersTogether(), 'the PIN': device.pin }, profile())).toEqual([])
    expect(besideBallots().flatMap((bytes) => timesIn(bytes))).toEqual([])
  })

  test('everything goes wrong that can between the tablet and the service', async () => {
    const { app } = room.service
    const headers = {
      'user-agent': device.agent,
      'accept-language': device.languages,
      'x-forwarded-for': device.address,
      'content-type': 'application/json',
      authorization: `Bearer ${key}`,
    }
    const post = async (path: string, payload: string | object, more: Record<string, string> = {}) => {
      const body = typeof payload === 'string' ? payload : JSON.stringify(payload)
      return (await app.inject({ method: 'POST', url: path, headers: { ...headers, ...more }, payload: body }))
        .statusCode
    }
    const sealed = Buffer.alloc(112).toString('base64')
    const ballot = { id: cameInOrder[0]!.id, stratumId: stratumId(), sealed }
    const delivery = { sequence: 10_000, declined: {}, ballots: [ballot] }
    const other = new SQLite(database())
    other.exec('begin immediate') // nobody else may write
    const locked = await post('/tablet/delivery', delivery)
    other.exec('rollback')
    other.close()
    expect({
      'a database that is locked': locked,
      'a link that is used': await post('/tablet/enrolment', { token, key: randomBytes(32).toString('base64url') }),
      'a PIN in place of a token': await post('/tablet/enrolment', { token: device.pin, key: `${key.slice(1)}A` }),
      'the key of another link': await post('/tablet/enrolment', { token: token.split('').reverse().join(''), key }),
      'a key of another form': await post('/tablet/enrolment', { token, key: `${key}${device.pin}` }),
      'answers in place of a ballot': await post('/tablet/delivery', { ...delivery, ballots: [answers] }),
      'no JSON': await post('/tablet/delivery', `{"key":"${key}","answers":${JSON.stringify(answers)}`),
      'too much': await post('/tablet/delivery', { ...delivery, more: JSON.stringify(answers).repeat(1_000) }),
      'another type': await post('/tablet/delivery', JSON.stringify(answers), { 'content-type': 'text/plain' }),
      'a key in an address': await post(`/tablet/${key}?token=${token}`, {}),
      'a key that nobody has': await post('/tablet/delivery', delivery, { authorization: `Bearer ${token}` }),
      'the same ballot again': await post('/tablet/delivery', delivery),
    }).toEqual({
      'a database that is locked': 503,
      'a link that is used': 404,
      'a PIN in place of a token': 400,
      'the key of another link': 409,
      'a key of another form': 400,
      'answers in place of a ballot': 400,
      'no JSON': 400,
      'too much': 413,
      'another type': 415,
      'a key in an address': 404,
      'a key that nobody has': 200,
      'the same ballot again': 200,
    })
  })

  test('there is no trace in the database, its journal, a backup, or the log', () => {
    const thief = openDatabase(database())
    backupDatabase(thief, join(serverFolder(), 'backup.sqlite'))
    thief.$client.close()
    expect(filesBelow(serverFolder()).map((file) => file.slice(serverFolder().length + 1))).toEqual(
      expect.arrayContaining(['brukarsvar.sqlite', 'caught-journal', 'backup.sqlite']),
    )
    expect(namesOf(tracesOf(ballotIds(), serverFolder()))).toHaveLength(5) // so it is the right database
    expect(readFileSync(join(logs(), 'out.log'), 'utf8')).toContain('so it is the right log')
    expect(tracesOf(nothingOnTheServer(), serverFolder(), logs())).toEqual([])
    expect(tracesOf(ballotIds(), logs())).toEqual([])
    const log = readFileSync(join(logs(), 'out.log'), 'utf8')
    expect(log).not.toMatch(/\/tablet|delivery|enrolment|Reception|sequence|ballot"/)
  })

  describe('what is not protected, so that nobody believes it is', () => {
    test('the browser’s own files keep the order in which ballots came, also when they are delivered: with the key of the round it is told', () => {
      const order = heldOnDisk()
      expect(order.map(({ id }) => id)).toEqual(cameInOrder.map(({ id }) => id))
      const read = order.map(({ sealed }) => decodeBallot(openSealed(room.round.key, sealed)!).answers)
      expect(read).toEqual(cameInOrder.map(({ answers }) => answers))
    })

    test('beside a ballot those files keep no day, and nothing that grew with the contacts: at a known rhythm, it would be a time', () => {
      const held = heldOnDisk()
      expect(held).toHaveLength(5) // nobody declined meanwhile, and there were contacts between them
      const days = [firstCame, lastLeft].map((time) => new Date(time).toISOString().slice(0, 10))
      for (const { beside } of held)
        expect([...days, 'sequence', 'declined'].filter((word) => beside.includes(word))).toEqual([])
    })

    test('the browser’s history keeps the one-time link, which nobody can use again', async () => {
      expect(namesOf(tracesOf({ token }, profile()))).toEqual(['token'])
      const payload = { token, key: randomBytes(32).toString('base64url') }
      const again = await room.service.app.inject({ method: 'POST', url: '/tablet/enrolment', payload })
      expect(again.statusCode).toBe(404)
    })
  })

  describe('a trace would be found', () => {
    test('on the disk of a tablet that keeps answers in any of the places a browser has', async () => {
      tablet = await switchOn('naive')
      firstCame = Date.now()
      await page.goto(`${room.cable.url}/tablet/`)
      const { id } = cameInOrder[0]!
      const ballot = [...encodeBallot({ stratumId: stratumId(), language, answers })]
      await page.evaluate(
        ([answers, ballot, id]) => {
          localStorage.setItem('answers', JSON.stringify(answers))
          sessionStorage.setItem('answers', new URLSearchParams(answers).toString())
          document.body.innerHTML = '<form><input type="radio" name="contact" value="fairly_hard" checked></form>'
          const request = indexedDB.open('naive', 1)
          request.onupgradeneeded = () => request.result.createObjectStore('ballots', { keyPath: 'id' })
          return new Promise<void>((resolve) => {
            request.onsuccess = () => {
              const transaction = request.result.transaction('ballots', 'readwrite', { durability: 'strict' })
              const store = transaction.objectStore('ballots')
              store.add({ id: 'a', answers })
              store.add({ id: 'b', answers: Object.values(answers) })
              store.add({ id: 'c', answers: Uint8Array.from(ballot) })
              store.add({ id, at: new Date() })
              transaction.oncomplete = () => resolve()
            }
          })
        },
        [answers, ballot, id] as const,
      )
      await page.evaluate(() => history.pushState(null, ''))
      await page.waitForTimeout(4_000)
      await tablet.close()
      lastLeft = Date.now()
      const naive = room.profileOf('naive')
      const traces = tracesOf(answersTogether(), naive)
      expect(namesOf(traces)).toEqual(
        expect.arrayContaining([
          'the ballot before it is sealed',
          'the language within a ballot',
          'the numbers of the options as bytes',
          'the options as JSON',
          'one option as JSON',
          'the options as a form',
          'one option as in a form',
          'the options as the browser keeps objects',
          'the options as the browser keeps lists',
          'the form as the browser keeps it to restore a page',
        ]),
      )
      for (const place of ['IndexedDB', 'Local Storage', 'Session Storage', 'Sessions'])
        expect(traces.map(({ file }) => file).filter((file) => file.includes(place))).not.toEqual([])
      expect(besideBallots(naive).flatMap((bytes) => timesIn(bytes))).toContain('milliseconds as a fraction')
    })

    test('of times in other forms', () => {
      const now = BigInt(Math.round((firstCame + lastLeft) / 2))
      const bytes = Buffer.alloc(8)
      bytes.writeBigInt64LE(now)
      expect(timesIn(bytes)).toEqual(['milliseconds'])
      bytes.writeBigInt64BE((now + 11_644_473_600_000n) * 1000n)
      expect(timesIn(bytes)).toEqual(['microseconds since 1601, backwards'])
      expect(timesIn(Buffer.from(new Date(Number(now)).toISOString()))).toEqual(['text'])
    })

    test('in a log that says whose request it was', () => {
      const careless = join(folder, 'careless')
      mkdirSync(careless)
      const line = { headers: { ...device, authorization: `Bearer ${key}` }, body: { token, answers } }
      writeFileSync(join(careless, 'out.log'), JSON.stringify(line))
      expect(namesOf(tracesOf(nothingOnTheServer(), careless))).toEqual(
        expect.arrayContaining([
          'the user agent',
          'the languages',
          'the address',
          'the PIN',
          'the token of the link',
          'the key of the device',
          'the option worsened_a_little',
          'one option as JSON',
        ]),
      )
    })
  })
})

/** The files in which the browser keeps what pages store, one after the other. */
function storageFiles(where = profile()): Buffer[] {
  return filesBelow(where)
    .filter((file) => /IndexedDB/.test(file))
    .sort()
    .map((file) => readFileSync(file))
}

/** What lies on the tablet's disk of the ballots, delivered or not, in the order of the browser's files. */
function heldOnDisk(): { id: string; sealed: Buffer; beside: Buffer }[] {
  return storageFiles().flatMap((file) =>
    cameInOrder
      .map(({ id }) => ({ id, at: file.indexOf(`"${String.fromCharCode(id.length)}${id}`) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at)
      .flatMap(({ id, at }) => {
        const all = Array.from({ length: 300 }, (_, shift) => file.subarray(at + shift, at + shift + 112))
        const sealed = all.find((bytes) => openSealed(room.round.key, bytes))
        return sealed ? [{ id, sealed, beside: file.subarray(at, at + 900) }] : []
      }),
  )
}

/** What lies around each place where the id of a ballot is, as text and as the browser writes a key. */
function besideBallots(where = profile()): Buffer[] {
  return storageFiles(where).flatMap((file) =>
    cameInOrder.flatMap(({ id }) =>
      [Buffer.from(id), Buffer.from(id, 'utf16le').swap16()].flatMap((written) => {
        const places: number[] = []
        for (let at = file.indexOf(written); at >= 0; at = file.indexOf(written, at + 1)) places.push(at)
        return places.map((at) => file.subarray(Math.max(0, at - 200), at + 600))
      }),
    ),
  )
}

/** In which forms there is a time in some bytes at which somebody was at the tablet. */
function timesIn(bytes: Buffer): string[] {
  const [from, to] = [firstCame, lastLeft]
  const is = (milliseconds: number) => milliseconds >= from && milliseconds <= to
  const since1601 = 11_644_473_600_000
  const found = new Set<string>()
  for (let at = 0; at + 8 <= bytes.length; at++) {
    for (const [order, whole, fraction] of [
      ['', bytes.readBigInt64LE(at), bytes.readDoubleLE(at)],
      [', backwards', bytes.readBigInt64BE(at), bytes.readDoubleBE(at)],
    ] as const) {
      const number = Number(whole)
      if (is(number)) found.add(`milliseconds${order}`)
      if (is(number / 1000)) found.add(`microseconds${order}`)
      if (is(number / 1000 - since1601)) found.add(`microseconds since 1601${order}`)
      if (is(fraction)) found.add(`milliseconds as a fraction${order}`)
      if (is(fraction * 1000)) found.add(`seconds as a fraction${order}`)
    }
  }
  if (/\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d/.test(bytes.toString('latin1'))) found.add('text')
  return [...found]
}
