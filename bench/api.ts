import autocannon from 'autocannon'
import type { Server } from './stage.ts'

/** Another one each time: whoever asks much from one network is told to wait, which is not what is measured. */
let asked = 0
const from = () => {
  asked = (asked + 1) % 60_000
  return { 'x-forwarded-for': `198.${18 + (asked >> 15)}.${(asked >> 7) & 255}.${100 + (asked & 127)}` }
}

const year = 2027
const onePage = `/v3/data/kpi/U30447,U30448,U30449,U30450,U30451,U30453,U30452,U30900,U30901,U31500,U31501,U31502,U31503,U31504,U31506,U31505,U31902,U31903,U33575,U33576/year/${year}?per_page=5000`

const load = (server: Server, path: string, connections: number, seconds: number) =>
  autocannon({
    ...{ url: server.url, connections, duration: seconds, timeout: 30 },
    requests: [{ path, setupRequest: (request) => ({ ...request, headers: from() }) }],
  })

/** How many answers of one figure come in a second, on 32 connections. Their length is known only at their end. */
export async function figuresPerSecond(server: Server, seconds: number): Promise<number> {
  const run = await load(server, `/v3/data/kpi/U30447/municipality/1489/year/${year}`, 32, seconds)
  return run['2xx'] / run.duration
}

/** Pages of 5 000 rows, four at once: how many values come in a second, and how long the slowest of a hundred takes, in milliseconds. */
export async function pagesOfRows(server: Server, seconds: number): Promise<{ values: number; p99: number }> {
  const first = await fetch(server.url + onePage)
  const { values: rows } = (await first.json()) as { values: { values: unknown[] }[] }
  if (rows.length !== 5_000) throw new Error(`a page has ${rows.length} rows`)
  const values = rows.reduce((sum, { values }) => sum + values.length, 0)
  const run = await load(server, onePage, 4, seconds)
  if (run.non2xx > 0 || run.errors > 0) throw new Error('a page was not served')
  return { values: (values * run['2xx']) / run.duration, p99: run.latency.p99 }
}
