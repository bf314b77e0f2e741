import { randomBytes, randomInt } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LightMyRequestResponse } from 'fastify'
import { describe, expect, test } from 'vitest'
import { prepareCommit, prepareRecordResponse } from '../../src/actions/record-response.ts'
import { onSQLite } from '../../src/database/connection.ts'
import type { RecordResponse } from '../../src/urn/sealed-ballot.ts'
import { rowIn, valueIn } from '../support/rows.ts'
import { browse, drawCodes, openRound, type Service, startService } from '../support/service.ts'

async function answer(service: Service, code: string) {
  const browser = browse(service.app)
  const entry = await browser.post('/entry', { code, language: 'sv' })
  const questions = await browser.get('/questions')
  const response = await browser.post('/response', { contact: 'very_easy', gender: 'woman' })
  const thanks = await browser.get('/thanks')
  return { entry, questions, response, thanks }
}

/** All a client gets, byte for byte; only the date, and the cookie's random value but not its length, are left out. */
function asReceived({ statusCode, headers, rawPayload }: LightMyRequestResponse) {
  const mark = /(?<=visit-)[a-z]{10}(?==)/
  const cookie = /(?<=visit-mark=)[^;]*/
  const masked = Object.entries({ ...headers, date: 'masked' }).map(([name, value]) => [
    name,
    name === 'set-cookie'
      ? String(value)
          .replace(mark, 'mark')
          .replace(cookie, (sealed) => `${sealed.length} characters`)
      : value,
  ])
  return { statusCode, headers: masked, body: rawPayload.toString('latin1') }
}

describe('a used code', () => {
  test.each([{}, { PUBLIC_URL: 'https://svar.example.se' }])(
    'is met byte for byte like an unused one, from the door to the thanks %j',
    async (settings) => {
      const service = await startService({ settings: settings as Record<string, string> })
      const round = await openRound(service.db)
      const [used, unused] = await drawCodes(service, round, { count: 2 })
      const name = Object.keys(settings).length > 0 ? '__Host-visit-' : 'visit-'
      const first = await answer(service, used!)
      expect(first.entry.headers['set-cookie']).toContain(name)

      const again = await answer(service, used!)
      const fresh = await answer(service, unused!)

      for (const step of ['entry', 'questions', 'response', 'thanks'] as const) {
        expect(asReceived(again[step]), step).toEqual(asReceived(fresh[step]))
        expect(asReceived(again[step]), step).toEqual(asReceived(first[step]))
      }
      expect(asReceived(again.entry).headers).toContainEqual([
        'set-cookie',
        expect.stringMatching(/visit-mark=\d{3} characters; .*HttpOnly/),
      ])
      expect(again.thanks.body).toContain('Tack')
      expect(await rowIn(service.db, 'select count(*) as ballots from urn')).toEqual({ ballots: 2 })
      await service.close()
    },
  )
})

describe('on the disk', () => {
  test('a used code has as many pages written as an unused one', async () => {
    await onDisk(async ({ db }) => {
      const { id: roundId, strata } = await openRound(db)
      const commit = prepareCommit(db)
      const { name: file } = db.$client
      const pagesWritten = (spentTag: Buffer) => {
        const ballot = { ballotId: randomBytes(16), stratumId: strata.youth, channel: 'letter' as const, roundId }
        return onSQLite(db).transaction(() => {
          commit([{ ...ballot, sealed: randomBytes(112), spentTag }])
          return statSync(`${file}-journal`).size // what every page was before it was written
        })
      }
      const tag = randomBytes(32)
      pagesWritten(tag)
      const [used, unused] = [pagesWritten(tag), pagesWritten(randomBytes(32))]
      expect(used).toBe(unused)
      expect(used).toBeGreaterThan(3 * 4096) // the urn, the mark and the count
    })
  })
})

/**
 * How well a clock tells used codes from unused ones: the chance that a used code takes longer than an unused one
 * (area under the ROC curve; Mann and Whitney's U over the number of pairs). 0.5 is a coin, 0 and 1 are certainty.
 */
function distinguishability(used: number[], unused: number[]): number {
  const all = [...used.map((time) => ({ time, isUsed: true })), ...unused.map((time) => ({ time, isUsed: false }))]
  all.sort((a, b) => a.time - b.time)
  const rankSum = all.reduce((sum, { isUsed }, index) => sum + (isUsed ? index + 1 : 0), 0)
  return (rankSum - (used.length * (used.length + 1)) / 2) / (used.length * unused.length)
}

function shuffle<T>(items: T[]): T[] {
  for (let last = items.length - 1; last > 0; last--) {
    const other = randomInt(last + 1)
    ;[items[last], items[other]] = [items[other]!, items[last]!]
  }
  return items
}

/** The time of entry and answer together, in milliseconds, of as many used codes as unused ones, in random order. */
async function timings(service: Service, tries: number) {
  const round = await openRound(service.db)
  const codes = await drawCodes(service, round, { count: tries })
  const used = codes.slice(0, tries / 2)
  await Promise.all(used.map((code) => answer(service, code))) // together: they share their transactions
  for (const code of await drawCodes(service, round, { count: 50 })) await answer(service, code) // a warm start for both

  const times = { used: [] as number[], unused: [] as number[] }
  const order = shuffle(codes.map((code, index) => ({ code, kind: index < tries / 2 ? 'used' : 'unused' }) as const))
  for (const { code, kind } of order) {
    const browser = browse(service.app)
    const start = performance.now()
    await browser.post('/entry', { code, language: 'sv' })
    await browser.post('/response', { contact: 'very_easy', gender: 'woman' })
    times[kind].push(performance.now() - start)
  }
  return times
}

/** The service on a database file, where an answer costs what it costs in life. */
async function onDisk<T>(run: (service: Service) => Promise<T>, hasty?: (service: Service) => RecordResponse) {
  const folder = mkdtempSync(join(tmpdir(), 'used-code-'))
  let record: RecordResponse | undefined
  const service: Service = await startService({
    file: join(folder, 'brukarsvar.sqlite'),
    recordResponse: hasty && ((ballot) => record!(ballot)),
  })
  record = hasty?.(service)
  try {
    return await run(service)
  } finally {
    await service.close()
    rmSync(folder, { recursive: true })
  }
}

/** What the service would be without its care: a code that was used before is thanked at once, and nothing is written. */
function hastyWithUsedCodes({ db }: Service): RecordResponse {
  const record = prepareRecordResponse(db)
  const isUsed = (tag: Buffer | undefined) => valueIn(db, 'select 1 from spent where tag = ?', tag)
  return async (ballot) => ((await isUsed(ballot.spentTag)) ? 'recorded' : record(ballot))
}

/**
 * Where the clock tells nothing, every order of the two kinds is as likely as any other, however busy the machine is, for
 * they come in random order. The statistic then has mean 0.5 and standard deviation sqrt((n + m + 1) / 12nm): 0.0129 for
 * 1 000 against 1 000. The bound of 0.06 is 4.6 of those: a false alarm once in 300 000 runs (p = 3e-6).
 */
const bound = 0.06

describe('by the clock', () => {
  test('a used code cannot be told from an unused one, over 2 000 tries', async () => {
    const { used, unused } = await onDisk((service) => timings(service, 2000))
    const figure = distinguishability(used, unused)
    expect(Math.abs(figure - 0.5)).toBeLessThan(bound)
  })

  test('it could be told if the service spared itself the writing: the measurement bites', {
    timeout: 180_000,
  }, async () => {
    const { used, unused } = await onDisk((service) => timings(service, 200), hastyWithUsedCodes)
    const figure = distinguishability(used, unused)
    expect(figure).toBeLessThan(0.5 - bound * 3)
  })
})
