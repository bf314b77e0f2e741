import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { type Door, type Newcomer, watchDoor } from '../../src/web/door.ts'
import { browse, drawCodes, openRound, type Service, startService } from '../support/service.ts'

/** A clock and turns of an event loop that end when they are told to; and how many were let in, or sent away. */
function madeUp() {
  const state = { now: 0 }
  const met = { code: [0, 0], start: [0, 0] }
  let ends: (() => void)[] = []
  const door = watchDoor({ now: () => state.now, atEndOfTurn: (work) => ends.push(work) })
  /** So many come; each is told sooner or later. */
  function come(people: number, who: Newcomer = 'start') {
    for (let person = 0; person < people; person++) void door.enter(who).then((isLetIn) => met[who][isLetIn ? 0 : 1]!++)
  }
  async function turn(ms = 1) {
    state.now += ms
    const work = ends
    ends = []
    for (const end of work) end()
    await new Promise(setImmediate)
  }
  async function turns(number: number, ms = 1, people = 0) {
    for (let count = 0; count < number; count++) {
      come(people)
      await turn(ms)
    }
  }
  /** Something that waits for the database until it is told to be done. */
  function work() {
    let done = () => {}
    const ended = door.follow(() => new Promise<void>((resolve) => (done = resolve)))()
    return async () => {
      done()
      await ended
    }
  }
  return { state, met, door, come, turn, turns, work }
}

describe('the door', () => {
  test('lets somebody in at once where nobody else comes', async () => {
    const { door, turn } = madeUp()
    for (let person = 0; person < 5; person++) {
      expect(await door.enter('start')).toBe(true)
      await turn()
    }
  })

  test('lets a crowd in that comes at once, also after a pause of the machine: one in each turn, with a code first', async () => {
    const { met, come, turns } = madeUp()
    await turns(3, 5_000)
    come(150)
    come(50, 'code')
    await turns(51)
    expect(met).toEqual({ code: [50, 0], start: [2, 0] })
    await turns(148)
    expect(met).toEqual({ code: [50, 0], start: [150, 0] })
  })

  test('keeps the queue short where more come than can be let in, and takes a crowd again afterwards', async () => {
    const { met, come, turns } = madeUp()
    await turns(200, 10, 10)
    const [letIn, away] = met.start as [number, number]
    expect([letIn, letIn + away]).toEqual([201, 2000 - 3])
    await turns(4)
    expect(met.start).toEqual([204, away])
    come(100)
    await turns(100)
    expect(met.start).toEqual([304, away])
  })

  test('lets nobody in while much waits for the database, and goes on when some of it is done', async () => {
    const { met, come, turns, work } = madeUp()
    const works = Array.from({ length: 7 }, work)
    come(3)
    await turns(5)
    expect(met.start).toEqual([0, 0])
    await works.pop()!()
    await turns(5)
    expect(met.start).toEqual([0, 0])
    await works.pop()!()
    await turns(1)
    expect(met.start).toEqual([2, 0])
    for (const done of works) await done()
    await turns(1)
    expect(met.start).toEqual([3, 0])
  })

  test('sends everybody away while something has waited for the database for a second, and nobody afterwards', async () => {
    const { met, come, turns, work } = madeUp()
    const done = work()
    come(5)
    await turns(2, 600)
    come(5, 'code')
    await turns(1)
    expect(met).toEqual({ code: [0, 5], start: [2, 3] })
    await done()
    come(5)
    await turns(5)
    expect(met.start).toEqual([7, 3])
  })

  test('goes on where the work came to nothing', async () => {
    const { door, turn } = madeUp()
    const fail = door.follow(() => Promise.reject(new Error('no')))
    for (let times = 0; times < 40; times++) await expect(fail()).rejects.toThrow('no')
    expect(await door.enter('start')).toBe(true)
    await turn()
  })
})

describe('while it is full', () => {
  const full = { start: true, code: true }
  const door: Door = { enter: async (who) => !full[who], follow: (work) => work }
  const languages = loadLanguages()
  let service: Service
  let url: string
  beforeEach(async () => {
    Object.assign(full, { start: true, code: false })
    service = await startService({ door })
    url = await service.app.listen({ host: '127.0.0.1', port: 0 })
  })
  afterEach(() => service.close())

  test('the start page says so in its language, or the reader’s, with 503 and when to come again', async () => {
    for (const { code, name } of languages.all) {
      for (const [path, headers] of [
        [`/${code}`, {}],
        [`/${code}?utm_source=letter`, {}],
        ['/', { 'accept-language': code }],
        ['/?x', { 'accept-language': code }],
      ] as const) {
        const reply = await fetch(url + path, { headers })
        expect([reply.status, reply.headers.get('retry-after')], name).toEqual([503, '30'])
        const page = await reply.text()
        expect(page).toContain(`<html lang="${code}"`)
        expect(page).toContain(languages.text(languages.find(code)!, 'web.unavailable.title'))
      }
    }
  })

  /** What stands in a field of a page: the last one of its name. */
  const fieldValue = (page: string, name: string) => {
    const [, value] = [...page.matchAll(new RegExp(`name="${name}"[^>]*?value="([^"]*)"`, 'g'))].at(-1) ?? []
    return value?.replace(/&#(\d+);/g, (_, sign) => String.fromCharCode(sign))
  }

  test('nobody gets past it by a request for the head of the page', async () => {
    const asked = { method: 'HEAD' }
    expect((await fetch(`${url}/sv?x=1`, asked)).status).toBe(503)
    expect((await fetch(`${url}/svx`, asked)).status).toBe(404)
  })

  test('a code comes back in its field, in the language of its page, and is good afterwards', async () => {
    const [code] = await drawCodes(service, await openRound(service.db))
    for (const language of languages.all) {
      full.code = true
      const browser = browse(service.app)
      const refused = await browser.post('/entry', { code: ` ${code}\n`, language: language.code })
      expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '30'])
      expect(refused.body).toContain(`<html lang="${language.code}"`)
      expect(refused.body).toContain(languages.text(language, 'web.unavailable.text'))
      expect(refused.body).not.toContain('aria-invalid')
      expect(JSON.stringify(refused.headers).replace(/\D/g, '')).not.toContain(code)
      full.code = false
      const again = await browser.post('/entry', { code: fieldValue(refused.body, 'code')!, language: language.code })
      expect(again.headers.location).toBe('/questions')
    }
  })

  test('what was typed comes back as text, whatever it is, also beside answers that are kept', async () => {
    full.code = true
    const typed = '"><script>$& \ue001\ue002 &amp;'
    const page = await browse(service.app).post('/entry', { code: typed, language: 'sv' })
    expect(page.body).not.toContain('<script>')
    expect(fieldValue(page.body, 'code')).toBe(typed)
    const kept = await browse(service.app).post('/entry', { code: typed, language: 'sv', kept: 'sealed<' })
    expect([fieldValue(kept.body, 'code'), fieldValue(kept.body, 'kept')]).toEqual([typed, 'sealed<'])
  })

  test('those who are in go on, and health, readiness, tablets, staff and notices answer', async () => {
    const [code] = await drawCodes(service, await openRound(service.db))
    const browser = browse(service.app)
    await browser.post('/entry', { code: code! })
    full.code = true
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
    expect(await delivery.json()).toMatchObject({ state: 'gone' }) // its key is nobody's
  })
})
