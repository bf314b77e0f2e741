import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { inProject } from '../../src/project-folder.ts'
import type { Door } from '../../src/web/door.ts'
import { hasNginx, startNginx } from '../support/nginx.ts'
import { drawCodes, openRound, type Service, startService } from '../support/service.ts'

const languages = loadLanguages()
if (!hasNginx)
  console.warn(
    'SKIPPED: the proxy of docs/nginx.conf is not tried, for there is no nginx here (apt-get install nginx-light)',
  )

test('the pages of the proxy say what the service says while it is full, without a script', async () => {
  const service = await startService({ door: { enter: async () => false, follow: (work) => work } })
  const url = await service.app.listen({ host: '127.0.0.1', port: 0 })
  for (const { code } of languages.all) {
    const own = await (await fetch(`${url}/${code}`)).text()
    const built = readFileSync(inProject(`dist/busy/${code}.html`), 'utf8')
    expect(built).not.toContain('<script')
    expect(built).toBe(own.replace(/<script.*<\/script>\n/, ''))
  }
  await service.close()
})

describe.skipIf(!hasNginx)('behind nginx', () => {
  let service: Service
  let proxy: Awaited<ReturnType<typeof startNginx>>
  let waiting: ((isLetIn: boolean) => void)[]
  /** Everybody waits to be let in until they are told. */
  const door: Door = {
    enter: (who) => (who === 'code' ? Promise.resolve(true) : new Promise((resolve) => waiting.push(resolve))),
    follow: (work) => work,
  }
  beforeEach(async () => {
    waiting = []
    service = await startService({ door, settings: { TRUSTED_PROXIES: '127.0.0.1' } })
    const { port } = new URL(await service.app.listen({ host: '127.0.0.1', port: 0 }))
    proxy = await startNginx(Number(port))
  })
  afterEach(async () => {
    for (const letIn of waiting) letIn(true)
    await proxy.stop()
    await service.close()
  })

  /** Asks for so many start pages at once, more than nginx lets through, and waits until it has turned the others away. */
  async function crowd() {
    const asked = Array.from({ length: 12 }, () => fetch(`${proxy.url}/sv`))
    const statuses = Promise.all(asked.map((reply) => reply.then(({ status }) => status)))
    let turnedAway = 0
    await new Promise<void>((resolve) => {
      for (const reply of asked) reply.then(() => ++turnedAway === 9 && resolve())
    })
    return { statuses }
  }

  test('newcomers beyond a few are told to come again by nginx itself, in their language, and the others are let in', async () => {
    const { statuses } = await crowd()
    for (const { code } of languages.all) {
      for (const [path, headers] of [
        [`/${code}?utm_source=letter`, {}],
        ['/', { 'accept-language': `${code}-XX,en;q=0.5` }],
      ] as const) {
        const reply = await fetch(proxy.url + path, { headers })
        expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '30'])
        expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8')
        expect(await reply.text()).toContain(`<html lang="${code}"`)
      }
    }
    for (const letIn of waiting) letIn(true)
    expect((await statuses).toSorted()).toEqual([...Array(3).fill(200), ...Array(9).fill(503)])
  })

  test('codes, those who are in, health, readiness, tablets and staff never meet the bound', async () => {
    const [code] = await drawCodes(service, await openRound(service.db))
    const { statuses } = await crowd()
    const body = new URLSearchParams({ code: code!, language: 'sv' })
    const entered = await fetch(`${proxy.url}/entry`, { method: 'POST', body, redirect: 'manual' })
    expect(entered.headers.get('location')).toMatch(/\/questions$/)
    const cookie = entered.headers.getSetCookie()[0]!.split(';')[0]!
    const visit = proxy.url + entered.headers.get('location')!
    expect((await fetch(visit, { headers: { cookie } })).status).toBe(200)
    const answer = new URLSearchParams({ overall: 'very_satisfied' })
    const address = visit.replace(/questions$/, 'response')
    const sent = await fetch(address, { method: 'POST', headers: { cookie }, body: answer, redirect: 'manual' })
    expect(sent.headers.get('location')).toMatch(/\/thanks$/)
    for (const path of ['/health', '/ready', '/sv/about', '/tablet/', '/staff/sign-in'])
      expect([path, (await fetch(proxy.url + path)).status]).toEqual([path, 200])
    for (const letIn of waiting) letIn(true)
    await statuses
  })
})
