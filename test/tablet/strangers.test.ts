import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { closeDatabase, openDatabase } from '../../src/database/connection.ts'
import { newEnrolmentToken } from '../../src/tablet/secrets.ts'
import type { RecordResponse } from '../../src/urn/sealed-ballot.ts'
import { setUpDevice } from '../support/device.ts'
import { runIn } from '../support/rows.ts'
import { openRound, type Service, startService, type TestRound } from '../support/service.ts'

let folder: string
let service: Service
let round: TestRound
let recordResponse: RecordResponse | undefined
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-'))
  recordResponse = undefined
  service = await startService({
    file: join(folder, 'survey.db'),
    recordResponse: async (ballot) => (recordResponse ? recordResponse(ballot) : 'recorded'),
  })
  round = await openRound(service.db)
})
afterEach(async () => {
  await service.close()
  rmSync(folder, { recursive: true })
})

const newKey = () => randomBytes(32).toString('base64url')

/** A delivery with a key that nobody has. Its body is none: whoever reads it says so. */
const strange = (remoteAddress: string) =>
  service.app.inject({
    ...{ method: 'POST', url: '/tablet/delivery', remoteAddress, payload: '{' },
    headers: { authorization: `Bearer ${newKey()}`, 'content-type': 'application/json' },
  })
const strangeLink = (remoteAddress: string) =>
  service.app.inject({
    ...{ method: 'POST', url: '/tablet/enrolment', remoteAddress },
    payload: { token: newEnrolmentToken(), key: newKey() },
  })

test('a key that nobody has is answered before its delivery is read, also while another process writes', async () => {
  const other = openDatabase(join(folder, 'survey.db'))
  await runIn(other, 'begin immediate')
  const { statusCode, body } = await strange('192.0.2.1')
  await runIn(other, 'rollback')
  closeDatabase(other)
  expect([statusCode, JSON.parse(body)]).toMatchObject([200, { stored: [], refused: [], state: 'gone' }])
})

test('many keys and links that nobody has are refused where they come from, and a tablet beside them never is', async () => {
  const tablet = await setUpDevice(service, round) // from 127.0.0.1, as all that it sends
  for (let times = 0; times < 30; times++) {
    expect((await strange('127.0.0.1')).statusCode).toBe(200)
    expect((await strangeLink('127.0.0.1')).statusCode).toBe(404)
  }
  const refused = await strange('127.0.0.1')
  expect([refused.statusCode, refused.headers['retry-after'], refused.headers.connection]).toEqual([429, '60', 'close'])
  expect((await strangeLink('127.0.0.1')).statusCode).toBe(429)
  expect((await strange('192.0.2.1')).statusCode).toBe(200)

  const ballot = tablet.seal()
  expect(await tablet.deliver([ballot])).toMatchObject({ stored: [ballot.id], state: 'active' })
  await setUpDevice(service, round, { name: 'Upstairs' }) // by a link that is ours
})

test('those from one wider network are refused together, and so are those from everywhere', async () => {
  const letIn = async (address: (n: number) => string) => {
    let n = 0
    while ((await strange(address(n))).statusCode === 200) n++
    return n
  }
  expect(await letIn((n) => `198.51.100.${n % 200}`)).toBe(240)
  expect(await letIn((n) => `2001:db8:${n.toString(16)}::1`)).toBe(1000 - 240)
  const tablet = await setUpDevice(service, round)
  expect((await tablet.deliver([])).state).toBe('active')
})

test('few deliveries are taken in at once; the others are told to come again, and lose nothing', async () => {
  const tablet = await setUpDevice(service, round)
  let finish = () => {}
  const isFinished = new Promise<void>((resolve) => {
    finish = resolve
  })
  recordResponse = async () => {
    await isFinished
    return 'recorded'
  }
  const brought = Array.from({ length: 36 }, () => tablet.seal())
  const refused: typeof brought = []
  const all = brought.map((ballot) =>
    tablet.deliver([ballot]).catch((error: Error) => {
      expect(error.message).toMatch(/^503 /)
      if (refused.push(ballot) === 6) finish()
    }),
  )
  await Promise.all(all)
  expect(refused).toHaveLength(6)
  expect((await tablet.deliver(refused)).stored).toEqual(refused.map(({ id }) => id))
})
