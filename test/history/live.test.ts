import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { importHistory } from '../../src/history/import-history.ts'
import { type LiveLimits, liveLimits } from '../../src/history/live-limits.ts'
import { listHistoryOf, listImportedYears } from '../../src/history/store.ts'
import { publishedRound } from '../results/published.ts'
import { type Service, startService } from '../support/service.ts'

const overall = 'U31505'
const limits: LiveLimits = { ...liveLimits, restMs: 0, pageSeconds: 5, seconds: 30 }

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

let service: Service
let servers: { close: () => unknown }[]
beforeEach(async () => {
  service = await startService({ now: '2026-12-15T08:00:00Z' })
  servers = []
})
afterEach(async () => {
  for (const server of servers) await server.close()
  await service.close()
})

function fetched(address: string, changed: Partial<LiveLimits> = {}) {
  const from = { kind: 'live' as const, address, limits: { ...limits, ...changed } }
  return importHistory(service.db, { from, isPreview: false, by: 'operator', now: service.clock.now, source: address })
}

describe('another service of ours', () => {
  /** One that has published a round, and is asked over the network. */
  async function another(settings: Record<string, string> = {}): Promise<string> {
    const other = await startService({ now: '2026-12-15T08:00:00Z', settings })
    servers.push(other)
    await publishedRound(other, [
      { municipality: '1489', unit: 'Vuxna Öst', people: 40, positive: 30 },
      { municipality: '1480', unit: 'Vuxna Öst', people: 60, positive: 30 },
      { municipality: '0180', unit: 'Vuxna Öst', people: 6, positive: 3 },
    ])
    return other.app.listen({ port: 0, host: '127.0.0.1' })
  }

  test.each(['v3', 'v2'])('gives all that it has published, in the form of %s', async (version) => {
    const address = `${await another()}/${version}`
    const outcome = await fetched(address)
    expect(outcome.counts.added).toBeGreaterThan(20)
    expect(Object.keys(outcome.rejected)).toEqual(['none']) // what is withheld has no value
    const kept = await listHistoryOf(service.db, '1489')
    expect(kept).toContainEqual({ area: '1489', kpi: overall, year: 2026, gender: 'T', value: 75 })
    expect((await listHistoryOf(service.db, '0180')).map(({ kpi }) => kpi)).not.toContain(overall)
    expect((await fetched(address)).counts).toMatchObject({ added: 0, changed: 0 })
  })

  test('gives page after page, and one question alone', async () => {
    const address = `${await another()}/v3/data/municipality/1489,1480/year/2026?per_page=3`
    const { counts, read } = await fetched(address)
    expect(counts.added).toBeGreaterThan(10)
    expect(read).toBeGreaterThan(10)
  })

  test('gives nothing of what it made up', async () => {
    const address = `${await another({ KEEP_ROUND_KEY: 'true' })}/v3`
    await expect(fetched(address)).rejects.toMatchObject({ messageKey: 'staff.history.problem.practice' })
    expect(await listImportedYears(service.db)).toEqual([])
  })
})

const row = (year: number) => ({
  ...{ kpi: overall, municipality: '1489', period: year },
  values: [{ gender: 'T', count: 1, status: '', value: 50 }],
})
const page = (year: number, next: unknown = null) => JSON.stringify({ values: [row(year)], count: 1, next_url: next })

function send(reply: ServerResponse, body: string, type = 'application/json', status = 200, headers = {}) {
  reply.writeHead(status, { 'content-type': type, ...headers }).end(body)
}

async function hostile(answer: RequestListener): Promise<string> {
  const server: Server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servers.push({
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('a server that misbehaves', () => {
  const pageOf = (url: string | undefined) => Number(new URL(url!, 'http://a').searchParams.get('page'))

  const cases: [string, string, RequestListener, Partial<LiveLimits>?][] = [
    ['endless', 'never ends', (request, reply) => send(reply, page(2019, `/${pageOf(request.url)}`)), { pages: 5 }],
    ['html', 'shows a page of errors', (_, reply) => send(reply, '<html>Oj</html>', 'text/html')],
    ['html', 'calls a page of errors JSON', (_, reply) => send(reply, '<html>Oj</html>')],
    ['notJson', 'sends something else', (_, reply) => send(reply, 'kpi;municipality', 'text/csv')],
    ['status', 'fails', (_, reply) => send(reply, '{"detail":"no"}', 'application/json', 500)],
    ['status', 'has moved out', (_, reply) => send(reply, '<h1>gone', 'text/html', 404)],
    ['noValues', 'answers something else', (_, reply) => send(reply, '{"detail":"x"}')],
    ['wrongType', 'has a number for an address', (_, reply) => send(reply, page(2019, 2))],
    [
      'practice',
      'says that it is made up',
      (_, reply) => send(reply, `${page(2019).slice(0, -1)},"note":"Övningssiffror"}`),
    ],
    ['redirects', 'sends on and on', (_, reply) => reply.writeHead(302, { location: '/v3/data/x' }).end()],
    ['otherHost', 'sends elsewhere', (_, reply) => reply.writeHead(302, { location: 'http://localhost:1/' }).end()],
    ['otherHost', 'sends to a file', (_, reply) => reply.writeHead(302, { location: 'file:///etc/passwd' }).end()],
    [
      'busy',
      'wants to be left alone',
      (_, reply) => send(reply, '{}', 'application/json', 429, { 'retry-after': '99999' }),
    ],
    [
      'busy',
      'wants to be left alone again and again',
      (_, reply) => send(reply, '{}', 'application/json', 429, { 'retry-after': '0' }),
      { waits: 1 },
    ],
    ['slow', 'says nothing', () => {}, { pageSeconds: 0.3 }],
    [
      'slow',
      'drips',
      (_, reply) => {
        reply.writeHead(200, { 'content-type': 'application/json' }).write('{"values":[')
        const drip = setInterval(() => {
          reply.write(' ')
          collectGarbage() // once the limit went with what was collected
        }, 20)
        reply.on('close', () => clearInterval(drip))
      },
      { pageSeconds: 0.3, seconds: 3_600 },
    ],
    [
      'slow',
      'is slow all in all',
      (request, reply) => void setTimeout(() => send(reply, page(2019, `/${pageOf(request.url)}`)), 60),
      { seconds: 0.3 },
    ],
    [
      'tooLarge',
      'sends too much at once',
      (_, reply) => send(reply, ' '.repeat(5_000) + page(2019)),
      { pageBytes: 4_000 },
    ],
    ['tooLarge', 'sends too much in all', (_, reply) => send(reply, page(2019, '/2')), { bytes: 400 }],
    ['broken', 'breaks off its text', (_, reply) => send(reply, '{"values":[{"kpi":')],
    [
      'unreachable',
      'breaks off the connection',
      (_, reply) => {
        reply.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' }).write('{"values":[')
        setTimeout(() => reply.destroy(), 20)
      },
    ],
    [
      'broken',
      'sends half a page after a whole one',
      (request, reply) => send(reply, pageOf(request.url) === 1 ? page(2019, '/2') : '{"val'),
    ],
  ]

  test.each(cases)('%s: one that %s', async (problem, _, answer, changed = {}) => {
    const address = await hostile(answer)
    await expect(fetched(`${address}/v3/data/kpi/${overall}/year/2019`, changed)).rejects.toMatchObject({
      name: 'DomainError',
      messageKey: `staff.history.problem.${problem}`,
    })
    expect(await listImportedYears(service.db)).toEqual([])
  })

  test('is never followed to an address in its answer', async () => {
    const asked: string[] = []
    const address = await hostile((request, reply) => {
      asked.push(request.url!)
      send(reply, pageOf(request.url) === 1 ? page(2019, 'http://169.254.169.254/latest') : page(2020))
    })
    expect((await fetched(`${address}/v3/data/kpi/${overall}/year/2019,2020`)).counts.added).toBe(2)
    expect(asked.map((url) => pageOf(url))).toEqual([1, 2])
  })

  test('is waited for when it asks for a moment, and followed to where it sends on itself', async () => {
    let asked = 0
    const address = await hostile((request, reply) => {
      asked++
      if (asked === 1) send(reply, '{}', 'application/json', 429, { 'retry-after': '1' })
      else if (asked === 2) reply.writeHead(307, { location: `/other${request.url}` }).end()
      else send(reply, page(2019))
    })
    expect((await fetched(`${address}/v3/data/kpi/${overall}/year/2019`)).counts.added).toBe(1)
  })

  test.each([
    ['address', 'not an address'],
    ['address', 'https://api.kolada.se/'],
    ['scheme', 'ftp://api.kolada.se/v3'],
    ['scheme', 'file:///v3/data/x'],
    ['unreachable', 'http://127.0.0.1:1/v3'],
  ])('%s: %s', async (problem, address) => {
    await expect(fetched(address)).rejects.toMatchObject({ messageKey: `staff.history.problem.${problem}` })
  })
})
