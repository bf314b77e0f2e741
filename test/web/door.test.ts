import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Door, watchDoor } from '../../src/web/door.ts'
import { loadLanguages } from '../../src/web/languages.ts'
import { browse, drawCodes, openRound, type Service, startService } from '../support/service.ts'

/** A clock and an event loop that is at work for a share of the time. */
function madeUp() {
  const state = { now: 0, active: 0, share: 0 }
  const door = watchDoor({
    now: () => state.now,
    utilization(before) {
      const [active, all] = [
        state.active - (before?.active ?? 0),
        state.now - ((before?.active ?? 0) + (before?.idle ?? 0)),
      ]
      return {
        active: before ? active : state.active,
        idle: before ? all - active : state.now - state.active,
        utilization: active / all,
      }
    },
  })
  /** So many come within a tenth of a second; how many of them are let in. */
  function look(people: number): number {
    let letIn = 0
    for (let person = 0; person < people; person++) letIn += Number(!door.isFull())
    state.now += 100
    state.active += 100 * state.share
    return letIn
  }
  return { state, door, look }
}

describe('the door', () => {
  test('is open while the loop rests now and then, however many come', () => {
    const { state, look } = madeUp()
    state.share = 0.89
    for (let looks = 0; looks < 50; looks++) expect(look(1000)).toBe(1000)
  })

  test('stays open when the loop is at work without rest for a moment only', () => {
    const { state, look } = madeUp()
    for (const share of [0.2, 1, 1, 0.2, 1, 1, 0.2]) {
      state.share = share
      expect(look(1000)).toBe(1000)
    }
  })

  test('lets in fewer and fewer while the loop has no rest, never none, and all again when it has', () => {
    const { state, look } = madeUp()
    state.share = 1
    const letIn = Array.from({ length: 60 }, () => look(1000))
    expect(letIn.slice(0, 3)).toEqual([1000, 1000, 1000])
    expect(letIn[10]).toBeLessThan(300)
    expect(letIn.at(-1)).toBe(5)

    state.share = 0.5
    const after = Array.from({ length: 60 }, () => look(1000))
    expect(after.every((number, index) => index === 0 || number >= after[index - 1]!)).toBe(true)
    look(0)
    look(0)
    expect(look(1000)).toBe(1000)
  })

  test('has room for those who bring a code when it has none for others', () => {
    const { state, door, look } = madeUp()
    state.share = 1
    for (let looks = 0; looks < 60; looks++) look(1000)
    expect(look(1000)).toBe(5)
    expect(Array.from({ length: 20 }, () => door.isFullForCodes()).filter((isFull) => !isFull)).toHaveLength(10)
  })
})

describe('while it is full', () => {
  const full = { start: true, codes: true }
  const door: Door = { isFull: () => full.start, isFullForCodes: () => full.codes }
  const languages = loadLanguages()
  let service: Service
  let url: string
  beforeEach(async () => {
    Object.assign(full, { start: true, codes: false })
    service = await startService({ door })
    url = await service.app.listen({ host: '127.0.0.1', port: 0 })
  })
  afterEach(() => service.close())

  test('the start page says so in its language, or the reader’s, with 503 and when to come again', async () => {
    for (const { code, name } of languages.all) {
      for (const [path, headers] of [
        [`/${code}`, {}],
        ['/', { 'accept-language': code }],
      ] as const) {
        const reply = await fetch(url + path, { headers })
        expect([reply.status, reply.headers.get('retry-after')], name).toEqual([503, '30'])
        const page = await reply.text()
        expect(page).toContain(`<html lang="${code}"`)
        expect(page).toContain(languages.text(languages.find(code)!, 'web.unavailable.title'))
      }
    }
  })

  test('a code is told so in the language of its page, and is good afterwards', async () => {
    const [code] = await drawCodes(service, await openRound(service.db))
    full.codes = true
    const browser = browse(service.app)
    const refused = await browser.post('/entry', { code: code!, language: 'ti' })
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '30'])
    expect(refused.body).toContain('<html lang="ti"')
    full.codes = false
    expect((await browser.post('/entry', { code: code!, language: 'ti' })).headers.location).toBe('/questions')
  })

  test('those who are in go on, and health, readiness, tablets, staff and notices answer', async () => {
    const [code] = await drawCodes(service, await openRound(service.db))
    const browser = browse(service.app)
    await browser.post('/entry', { code: code! })
    full.codes = true
    const visit = `${url}/visit/${browser.mark()}`
    const headers = { cookie: browser.cookie() }
    expect((await fetch(`${visit}/questions`, { headers })).status).toBe(200)
    const body = new URLSearchParams({ overall: 'very_satisfied' })
    const sent = await fetch(`${visit}/response`, { method: 'POST', headers, body, redirect: 'manual' })
    expect(sent.headers.get('location')).toMatch(/\/thanks$/)
    for (const path of ['/health', '/ready', '/sv/about', '/tablet/', '/staff/sign-in', '/sv/accessibility'])
      expect([path, (await fetch(url + path)).status]).toEqual([path, 200])
    const delivery = await fetch(`${url}/tablet/delivery`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    })
    expect(delivery.status).toBe(400)
  })
})
