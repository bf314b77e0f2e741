import { randomBytes } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { afterEach, describe, expect, test } from 'vitest'
import { SQLite } from '../../src/database/sqlite.ts'
import { inFours } from '../../src/invitation/survey-code.ts'
import { loadLanguages } from '../../src/language/languages.ts'
import { makeLog } from '../../src/log/log.ts'
import { newFile } from '../support/new-file.ts'
import { formIn } from '../support/page-form.ts'
import { runIn } from '../support/rows.ts'
import { browse, drawCodes, newKeys, openRound, type Service, startService } from '../support/service.ts'

const languages = loadLanguages()
const answers = { contact: 'fairly_hard', views: 'yes', overall: 'very_satisfied' }

let service: Service
let said = ''
afterEach(() => service.close())

/** Somebody with the questions before them, in a service that fails where the answer is stored. */
async function meet(error: Error, language: string) {
  const stream = new PassThrough()
  said = ''
  stream.on('data', (chunk) => (said += chunk))
  const fail = async () => {
    throw error
  }
  service = await startService({ recordResponse: fail, log: makeLog('info', stream) })
  const [code] = await drawCodes(service, await openRound(service.db))
  const browser = browse(service.app)
  await browser.post('/entry', { code: code!, language })
  return browser
}

const damaged = new SQLite.SqliteError('database disk image is malformed', 'SQLITE_CORRUPT')
const newer = new SQLite.SqliteError('NOT NULL constraint failed: urn.x', 'SQLITE_CONSTRAINT_NOTNULL')
const full = new SQLite.SqliteError('database or disk is full', 'SQLITE_FULL')

describe('whatever goes wrong where an answer is stored', () => {
  test.each([
    ['a damaged page', damaged, 'web.unexpected.title'],
    ['a table of another version', newer, 'web.unexpected.title'],
    ['a defect', new TypeError('not a function'), 'web.unexpected.title'],
    ['a full disk', full, 'web.unavailable.title'],
  ])('%s: the form comes back with every choice, and says so in the language', async (_, error, heading) => {
    for (const language of languages.all) {
      const browser = await meet(error, language.code)
      const reply = await browser.post('/response', answers)
      expect([reply.statusCode, reply.headers['retry-after']]).toEqual([503, '30'])
      expect(reply.body).toContain(`<html lang="${language.code}"`)
      expect(reply.body).toContain(languages.text(language, heading))
      expect(reply.body).toContain(languages.text(language, 'response.form.adult.unavailable'))
      for (const [question, option] of Object.entries(answers))
        expect(reply.body).toContain(`name="${question}" value="${option}" checked`)
      expect(reply.body.match(/ checked/g)).toHaveLength(3)
      await service.close()
    }
  })

  test('the log says afterwards how often and where, and nothing at the moment itself', async () => {
    const browser = await meet(damaged, 'sv')
    for (let times = 0; times < 3; times++) await browser.post('/response', answers)
    expect(said).toBe('')
    await service.close()
    const lines = said.trim().split('\n')
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0]!)).toMatchObject({ code: 'SQLITE_CORRUPT', times: 3, stack: expect.any(Array) })
  })
})

describe('a code that cannot be looked up', () => {
  test('comes back typed, in the language, and stands in no log, address or cookie', async () => {
    const stream = new PassThrough()
    said = ''
    stream.on('data', (chunk) => (said += chunk))
    service = await startService({ log: makeLog('trace', stream) })
    const [code] = await drawCodes(service, await openRound(service.db))
    await runIn(service.db, 'ALTER TABLE invitations RENAME TO elsewhere')
    for (const language of languages.all) {
      const reply = await browse(service.app).post('/entry', { code: code!, language: language.code })
      expect([reply.statusCode, reply.headers['retry-after']]).toEqual([500, undefined]) // nobody knows that it passes
      expect(reply.body).toContain(languages.text(language, 'web.unexpected.title'))
      expect(reply.body).toContain(`value="${inFours(code!)}"`)
      expect(JSON.stringify(reply.headers).replace(/\D/g, '')).not.toContain(code)
      expect(reply.headers['set-cookie']).toBeUndefined()
    }
    await runIn(service.db, 'ALTER TABLE elsewhere RENAME TO invitations')
    const again = await browse(service.app).post('/entry', { code: code!, language: 'sv' })
    expect(again.headers.location).toBe('/questions')
    await service.close()
    expect(said).toContain('a defect')
    expect(said.replace(/\D/g, '')).not.toContain(code)
  })
})

test('a key of the cookies that was made anew during a visit: the code is asked for again, and works', async () => {
  const file = newFile()
  const keys = newKeys()
  service = await startService({ file, keys })
  const [code] = await drawCodes(service, await openRound(service.db))
  const browser = browse(service.app)
  await browser.post('/entry', { code: code!, language: 'sv' })
  const cookies = new Map(browser.jar)
  await service.close()

  service = await startService({ file, keys: { ...keys, visitKey: randomBytes(32) } })
  const later = browse(service.app)
  for (const [name, value] of cookies) later.jar.set(name, value)
  const asked = await later.post('/response', answers)
  await later.post('/entry', { ...formIn(asked.body, '/entry'), code: code! })
  expect((await later.post('/response', answers)).headers.location).toBe('/thanks')
})
