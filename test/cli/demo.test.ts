import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { answer, answering, ended, newOperator, stopped } from './operator.ts'

const operator = newOperator()
afterAll(() => operator.leave())

const demoFile = () => JSON.parse(readFileSync(join(operator.dataDir, 'demo.json'), 'utf8'))

test('the demo serves, continues, tops up, starts over, and stops when it is told to', async () => {
  const port = String(await freePort('localhost'))
  const url = `http://localhost:${port}`
  const run = async (args: string[], signal: NodeJS.Signals, meanwhile: () => Promise<void> = async () => {}) => {
    const demo = operator.start('demo.js', { PORT: port }, args)
    await answering(demo, url)
    await meanwhile()
    expect(await stopped(demo, signal)).toBe(0)
    return demoFile()
  }

  const first = await run([], 'SIGTERM', async () => {
    const before = (await operator.json('rates')).total
    expect(before.offered.low).toBeGreaterThan(400)
    expect(before.responded.low).toBeGreaterThan(100)
    await answer(url, demoFile().codes[0].code, { overall: 'very_satisfied' })
    expect((await operator.json('rates')).total).toEqual(before)
    const second = await ended(operator.start('demo.js', { PORT: port, DATA_DIR: operator.path('other') }))
    expect(second).toMatchObject({
      exitCode: 4,
      err: `Port ${port} is in use: PORT=${Number(port) + 1} npm run demo\n`,
    })
    const fresh = await ended(operator.start('demo.js', { PORT: port }, ['--fresh']))
    expect(fresh).toMatchObject({
      exitCode: 4,
      err: expect.stringMatching(/^Another service runs on .*brukarsvar\.sqlite already/),
    })
  })
  expect(Object.keys(first)).toEqual(['url', 'codes', 'tabletEnrolment', 'roundKeyFile', 'staff'])
  expect(first.url).toBe(url)
  expect(first.codes).toHaveLength(240)
  expect(Object.keys(first.codes[0])).toEqual(['code', 'stratum', 'targetGroup', 'unit'])
  expect(new Set(first.codes.map(({ targetGroup }: { targetGroup: string }) => targetGroup)).size).toBe(5)
  expect(first.staff.map(({ role }: { role: string }) => role)).toEqual([
    'national',
    'coordinator',
    'caseworker',
    'host',
    'viewer',
  ])

  expect(first.tabletEnrolment).toHaveLength(6)
  for (const link of first.tabletEnrolment) {
    expect(link).toEqual({
      url: expect.stringMatching(new RegExp(`^${url}/tablet/#[\\w-]{22}$`)),
      stratum: expect.stringMatching(/^[0-9a-f]{16}$/),
      pin: expect.stringMatching(/^\d{6}$/),
    })
  }

  const more = await run(['--codes', '1000'], 'SIGINT', async () => {
    const token = first.tabletEnrolment[2].url.split('#')[1]
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ token, key: 'k'.repeat(43) })
    expect((await fetch(`${url}/tablet/enrolment`, { method: 'POST', headers, body })).status).toBe(200)
  })
  expect(more.tabletEnrolment).toEqual(first.tabletEnrolment)
  expect(more.staff).toEqual(first.staff)
  expect(more.codes.slice(0, 240)).toEqual(first.codes)
  expect(more.codes).toHaveLength(1000)
  expect(readFileSync(more.roundKeyFile, 'utf8')).toContain('the private key of a round')

  const used = (await run([], 'SIGTERM')).tabletEnrolment
  expect(
    used.filter(({ url }: { url: string }, index: number) => url !== first.tabletEnrolment[index].url),
  ).toHaveLength(1)

  const again = await run(['--fresh'], 'SIGTERM')
  expect(again.codes).toHaveLength(240)
  expect(again.codes).not.toContainEqual(first.codes[0])
})

test('a database that is no demo is left alone, also by --fresh', async () => {
  const DATA_DIR = operator.path('production')
  await operator.run(['init'], { env: { DATA_DIR } })
  const said = await ended(operator.start('demo.js', { DATA_DIR }, ['--fresh']))
  expect(said).toMatchObject({ exitCode: 4, out: '' })
  expect(said.err).toContain('contains a database that is not a demo')
  expect((await operator.run(['round', 'status'], { env: { DATA_DIR } })).exitCode).toBe(0)
})
