import autocannon from 'autocannon'
import { answersPerSecond, requestOf } from './client.ts'
import type { Server } from './stage.ts'

/** Another one each time: whoever asks much from one network is told to wait, which is not what is measured. */
let asked = 0
const from = () => {
  asked = (asked + 1) % 60_000
  return { 'x-forwarded-for': `198.${18 + (asked >> 15)}.${(asked >> 7) & 255}.${100 + (asked & 127)}` }
}

const year = 2027
const onePage = `/v3/data/kpi/U30447,U30448,U30449,U30450,U30451,U30452,U30453,U31501,U31502,U31503,U31504,U31505,U31506,U31507,U31508,U31509,U31510,U31511,U31512,U31513/year/${year}?per_page=5000`

/** How many answers of one figure come in a second, on 32 connections. */
export const figuresPerSecond = ({ url }: Server, seconds: number): Promise<number> =>
  answersPerSecond(
    {
      url,
      next: () => requestOf('GET', `/v3/data/kpi/U30447/municipality/1489/year/${year}`, from()),
      ...{ connections: 32, seconds, staysAwake: true },
    },
    200,
  )

/** Pages of 5 000 rows, four at once: how many values come in a second, and how long the slowest of a hundred takes, in milliseconds. */
export async function pagesOfRows(server: Server, seconds: number): Promise<{ values: number; p99: number }> {
  const first = await fetch(server.url + onePage)
  const { values: rows } = (await first.json()) as { values: { values: unknown[] }[] }
  if (rows.length !== 5_000) throw new Error(`a page has ${rows.length} rows`)
  const values = rows.reduce((sum, { values }) => sum + values.length, 0)
  const run = await autocannon({
    ...{ url: server.url, connections: 4, duration: seconds, timeout: 30 },
    requests: [{ path: onePage, setupRequest: (request) => ({ ...request, headers: from() }) }],
  })
  if (run.non2xx > 0 || run.errors > 0) throw new Error('a page was not served')
  return { values: (values * run['2xx']) / run.duration, p99: run.latency.p99 }
}
