import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { endCollection } from '../../src/actions/close-round.ts'
import { findSettling } from '../../src/actions/destroying-store.ts'
import { makeNights } from '../../src/actions/nights.ts'
import { openRoundUrn } from '../../src/actions/open-urn.ts'
import { mailFileOf } from '../../src/database/mail-file.ts'
import { doubtOf } from '../../src/fieldwork/clock-doubt.ts'
import { listMovingRounds } from '../../src/fieldwork/store.ts'
import { makeLog } from '../../src/log/log.ts'
import { settlingOf } from '../../src/results/settling.ts'
import { lastDayOf } from '../../src/round/round.ts'
import { createRoundKey } from '../../src/round/round-key.ts'
import { getRound } from '../../src/round/store.ts'
import { runIn, valueIn, valuesIn } from '../support/rows.ts'
import { openRound, type Service, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { letSee, openedRound } from './published.ts'

const address = '/staff/rounds/2026/results'
const sealed = randomBytes(112)
const mark = randomBytes(16)
const tag = randomBytes(16)

let folder: string
let service: Service
let admin: Awaited<ReturnType<typeof staffBrowser>>
const [file, keyCopy] = [() => join(folder, 'survey.db'), () => join(folder, 'keys', 'round-2026.key')]
const settings = () => ({ KEY_DIR: join(folder, 'keys') })

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-'))
  service = await startService({ file: file(), now: '2026-12-01T09:00:00Z', settings: settings() })
  await openedRound(service, [{ municipality: '1489', unit: 'Enheten', people: 40, positive: 20 }])
  await runIn(service.db, "insert into urn select ?, id, 'letter', ? from strata limit 1", randomBytes(16), sealed)
  await runIn(service.db, 'insert into spent select ?, id from strata limit 1', mark)
  await runIn(
    service.db,
    "insert into batches (id, stratum_id, channel, drawn, issued, leftover) select 'b', id, 'letter', 0, 40, 0 from strata limit 1",
  )
  await runIn(service.db, "insert into invitations values (?, 'b', 'handed_out')", tag)
  mkdirSync(join(folder, 'keys'), { recursive: true })
  writeFileSync(keyCopy(), 'a copy of the key')
  admin = await staffBrowser(service, { role: 'national', name: 'Ada Ek', language: 'en' })
})
afterEach(async () => {
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What a service does at a moment, as it would just after a start. */
async function nightOf(instant: string) {
  service.clock.now = new Date(instant)
  const said: string[] = []
  const clock = () => service.clock.now
  const nights = makeNights({
    ...{ db: service.db, mailFile: mailFileOf(service.mailDb), clock, elapsedMs: () => clock().getTime() },
    ...{ builtAt: new Date('2026-01-01T00:00:00Z'), patienceMs: 1_000 },
    log: makeLog('info', { write: (line: string) => void said.push(JSON.parse(line).msg) } as never),
    settles: { keyDir: join(folder, 'keys'), keptDays: 90 },
  })
  await nights.look()
  await nights.look()
  return said
}

const publish = async () => {
  await letSee(service, 'release')
  await letSee(service, 'publish')
}
const protocol = async () => JSON.parse(JSON.parse((await admin.get(`${address}/protocol`)).body).signed)
const decide = (number = 'SN 2027-0113', day = '2026-11-20') =>
  admin.post(`${address}/destruction/decision`, { number, day })
const destroyed = () => valuesIn<string>(service.db, "select staff_id from audit where action = 'releases.destroyed'")

/** What of the answers is left, in tables, files and the key folder. */
async function left() {
  const files = readdirSync(folder).filter((name) => name.startsWith('survey'))
  const counts = await valueIn<Buffer>(service.db, 'select sealed_counts from openings')
  const rows = await valueIn(
    service.db,
    'select (select count(*) from urn) + (select count(*) from spent) + (select count(*) from invitations)',
  )
  const lies = (bytes: Buffer) => files.some((name) => readFileSync(join(folder, name)).includes(bytes))
  return {
    rows,
    counts: counts!.length > 0,
    inFile: [sealed, mark, tag].some(lies),
    key: existsSync(keyCopy()),
  }
}
const all = { rows: 3, counts: true, inFile: true, key: true }
const nothing = { rows: 0, counts: false, inFile: false, key: false }

describe('the answers of a published round', () => {
  beforeEach(publish)

  test('are destroyed by somebody near their day, once the archive has decided', async () => {
    const counts = (await valueIn<Buffer>(service.db, 'select sealed_counts from openings'))!
    expect((await admin.get(address)).body).toContain('destroyed automatically on 1 March 2027')
    const { body } = await admin.get(`${address}/destruction`)
    expect(body).toContain('40 responses are destroyed')
    expect(body).toContain('The copy of the key on the server is destroyed')
    expect(body).toContain('This can be done on 30 January 2027 at the earliest')
    for (const form of [
      { number: ' ', day: '2026-11-20' },
      { number: 'x', day: '' },
      { number: 'x', day: '2026-12-02' },
    ])
      expect((await decide(form.number, form.day)).statusCode).toBe(400)
    await decide()
    expect((await admin.post(`${address}/destruction`, { year: '2026' })).statusCode).toBe(409) // too early
    expect(await left()).toEqual(all)

    service.clock.now = new Date('2027-01-30T09:00:00Z')
    admin = await staffBrowser(service, { role: 'national', name: 'Bo Dal', language: 'en' })
    expect((await admin.get(`${address}/destruction`)).body).toContain('SN 2027-0113, 2026-11-20')
    expect((await admin.post(`${address}/destruction`, { year: '2027' })).statusCode).toBe(400)
    expect(await left()).toEqual(all)
    await admin.post(`${address}/destruction`, { year: '2026' })
    expect(await left()).toEqual(nothing)
    expect(readFileSync(file()).includes(counts)).toBe(false)
    expect(await destroyed()).toEqual([admin.id])
    expect((await admin.get(address)).body).toContain(
      'destroyed on 30 January 2027 as the archive decided: SN 2027-0113, 2026-11-20. They cannot be counted again.',
    )
    expect((await protocol()).destroyed).toEqual({ on: '2027-01-30', decision: 'SN 2027-0113, 2026-11-20' })
  })

  test('are not destroyed by somebody without a decision', async () => {
    service.clock.now = new Date('2027-02-15T09:00:00Z')
    admin = await staffBrowser(service, { role: 'national', language: 'en' })
    expect((await admin.get(`${address}/destruction`)).body).toContain('Enter the decision of the archive first')
    expect((await admin.post(`${address}/destruction`, { year: '2026' })).statusCode).toBe(409)
    expect(await left()).toEqual(all)
  })

  test('go by themselves on their day, also after a restart, and the protocol says what the archive had decided', async () => {
    await decide()
    await nightOf('2027-02-28T22:59:00Z')
    expect(await left()).toEqual(all)
    await service.close()
    service = await startService({ file: file(), keys: service.keys, settings: settings() })
    expect(await nightOf('2027-02-28T23:00:00Z')).toContain(
      'the answers of a round have come to their day and were destroyed',
    )
    expect(await left()).toEqual(nothing)
    await nightOf('2027-03-02T09:00:00Z')
    expect(await destroyed()).toEqual(['service'])
    admin = await staffBrowser(service, { role: 'national', language: 'en' })
    expect((await protocol()).destroyed).toEqual({ on: '2027-03-01', decision: 'SN 2027-0113, 2026-11-20' })
  })

  test('are asked about at home for 30 days before, until the decision is entered', async () => {
    const asks = async (day: string) => {
      service.clock.now = new Date(`${day}T09:00:00Z`)
      const browser = await staffBrowser(service, { role: 'national', language: 'en' })
      return (await browser.get('/staff')).body.includes('are destroyed automatically on 1 March 2027')
    }
    expect([await asks('2027-01-29'), await asks('2027-01-30'), await asks('2027-02-28')]).toEqual([false, true, true])
    admin = await staffBrowser(service, { role: 'national', language: 'en' })
    await decide()
    expect(await asks('2027-02-28')).toBe(false)
  })

  test('go also where the archive has said nothing, and the protocol says so', async () => {
    expect((await admin.get(address)).body).toContain('The decision of the archive is missing')
    await nightOf('2027-03-05T09:00:00Z')
    expect(await left()).toEqual(nothing)
    admin = await staffBrowser(service, { role: 'national', language: 'en' })
    expect((await protocol()).destroyed).toEqual({ on: '2027-03-05', decision: null })
    expect((await admin.get(address)).body).toContain('The archive had given no decision when the time came')
  })

  test('can be counted no more once they are gone, and none are destroyed twice', async () => {
    await decide()
    await nightOf('2027-03-01T09:00:00Z')
    admin = await staffBrowser(service, { role: 'national', language: 'en' })
    const { body } = await admin.get(address)
    expect(body).not.toContain('Count the responses again')
    expect(body).not.toContain(`${address}/destruction`)
    for (const path of ['/staff/rounds/2026/closing?again', '/staff/rounds/2026/closing'])
      expect((await admin.get(path)).statusCode).toBe(409)
    expect((await admin.post(`${address}/destruction`, { year: '2026' })).statusCode).toBe(409)
    expect((await decide()).statusCode).toBe(409)
    const key = createRoundKey('2026')
    const round = { ...(await getRound(service.db, '2026')), publicKey: key.publicKey }
    const { spentPepper } = service.keys
    await expect(openRoundUrn(service.db, round, { key, spentPepper })).rejects.toThrow('were destroyed on 2027-03-01')
    expect(await destroyed()).toHaveLength(1)
  })

  test('stay whole where it is cut off in the middle, and go the next time', async () => {
    await runIn(
      service.db,
      "create trigger cut before insert on audit when new.action = 'releases.destroyed' begin select raise(abort, 'cut off'); end",
    )
    await nightOf('2027-03-01T09:00:00Z')
    expect(await left()).toEqual(all)
    expect(await valueIn(service.db, 'select destroyed_on from openings')).toBeNull()
    await runIn(service.db, 'drop trigger cut')
    await nightOf('2027-03-01T10:00:00Z')
    expect(await left()).toEqual(nothing)
  })

  test('leave no key behind where the cut came just before it', async () => {
    await nightOf('2027-03-01T09:00:00Z')
    writeFileSync(keyCopy(), 'a copy of the key')
    await nightOf('2027-03-02T09:00:00Z')
    expect(existsSync(keyCopy())).toBe(false)
  })
})

describe('a year after the close', () => {
  test('the answers of a round that was never published go', async () => {
    await letSee(service, 'release')
    await nightOf('2027-10-30T09:00:00Z')
    expect(await left()).toEqual(all)
    await nightOf('2027-10-31T09:00:00Z')
    expect(await left()).toEqual(nothing)
  })

  test('those of a round that was never counted go too', async () => {
    for (const table of ['released_indicators', 'released_areas', 'releases', 'openings'])
      await runIn(service.db, `delete from ${table}`)
    service.clock.now = new Date('2027-10-20T09:00:00Z')
    admin = await staffBrowser(service, { role: 'national', language: 'en' })
    expect((await admin.get('/staff')).body).toContain('The responses of 2026 have not been counted')
    await nightOf('2027-10-31T09:00:00Z')
    expect(await left()).toEqual(nothing)
    admin = await staffBrowser(service, { role: 'national', language: 'en' })
    for (const path of ['/staff', '/staff/rounds', '/staff/rounds/2026'])
      expect((await admin.get(path)).statusCode, path).toBe(200)
  })

  test('nothing goes of a round that collects', async () => {
    await runIn(service.db, "update rounds set state = 'collecting'")
    await nightOf('2028-01-01T09:00:00Z')
    expect(await left()).toEqual(all)
  })
})

describe('the day', () => {
  const at = (day: string) => `${day}T08:00:00.000Z`
  const said = { proposedBy: 'a', approvedBy: 'b', isAlone: false }
  const step = (nth: number, kind: 'release' | 'publish' | 'withdraw', day: string) => ({
    ...{ nth, kind, ...said, proposedAt: at(day), approvedAt: at(day), takesEffect: at(day) },
  })
  const dayOf = (steps: ReturnType<typeof step>[], keptDays = 90) =>
    settlingOf('2026-10-31', [{ steps }], { keptDays, now: new Date('2027-06-01T12:00:00Z') })
  const [release, publish] = [step(1, 'release', '2026-12-01'), step(2, 'publish', '2026-12-15')]

  test.each([
    ['never published', [release], 90, '2027-10-31', '2027-10-31'],
    ['published', [release, publish], 90, '2027-03-15', '2027-02-13'],
    ['published and kept for ten days', [release, publish], 10, '2026-12-25', '2026-12-15'],
    ['withdrawn', [release, publish, step(3, 'withdraw', '2027-01-10')], 90, '2027-03-15', '2027-03-15'],
    ['published late', [release, step(2, 'publish', '2027-05-31')], 90, '2027-08-29', '2027-07-30'],
    ['published on a day to come', [release, step(2, 'publish', '2027-07-01')], 10, '2027-10-31', '2027-10-31'],
  ])('of one that was %s', (_what, steps, keptDays, byItselfOn, byHandFrom) => {
    expect(dayOf(steps, keptDays)).toEqual({ byItselfOn, byHandFrom })
  })

  test('is a year after the close where it was published just before', () => {
    const late = { keptDays: 90, now: new Date('2027-10-20T12:00:00Z') }
    const steps = [release, step(2, 'publish', '2027-10-01')]
    expect(settlingOf('2026-10-31', [{ steps }], late).byItselfOn).toBe('2027-10-31')
  })
})

test('a round that collected long after its last day is kept from the day on which it was ended', async () => {
  const late = await startService({ now: '2028-01-10T09:00:00Z' })
  const { id } = await openRound(late.db)
  const days = async (now: string) => {
    const round = await getRound(late.db, id)
    const end = await findSettling(late.db, round, { keptDays: 90, now: new Date(now) })
    return [round.closesOn, round.closedOn, end?.byItselfOn]
  }
  const close = (now: string) =>
    endCollection(late.db, id, { lateUntil: null, now: new Date(now), spentPepper: late.keys.spentPepper })
  await close('2028-01-10T09:00:00Z')
  expect(await days('2028-01-10T09:00:00Z')).toEqual(['2026-10-31', '2028-01-10', '2029-01-09'])
  await close('2028-02-10T09:00:00Z')
  expect(await days('2028-02-10T09:00:00Z')).toEqual(['2026-10-31', '2028-01-10', '2029-01-09'])
  await late.close()
})

test.each([
  ['years ahead', '2031-01-10T09:00:00Z'],
  ['years behind', '2001-01-10T09:00:00Z'],
])('a round that is closed by a clock that stands %s is kept from its planned last day', async (_where, closed) => {
  const service = await startService({ now: '2026-11-02T09:00:00Z' })
  const { id } = await openRound(service.db)
  await endCollection(service.db, id, { lateUntil: null, now: new Date(closed), spentPepper: service.keys.spentPepper })
  const [now, round] = [service.clock.now, await getRound(service.db, id)]
  expect([round.closesOn, lastDayOf(round, '2026-11-02')]).toEqual(['2026-10-31', '2026-10-31'])
  expect((await findSettling(service.db, round, { keptDays: 90, now }))?.byItselfOn).toBe('2027-10-31')
  const rounds = await listMovingRounds(service.db, now)
  expect(rounds.map(({ id }) => id)).toEqual([id])
  expect(doubtOf(now, { builtAt: new Date('2026-01-01'), rounds })).toBeUndefined()
  await service.close()
})
