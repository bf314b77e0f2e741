import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { inFours } from '../../src/invitation/survey-code.ts'
import { loadLanguages } from '../../src/language/languages.ts'
import { languagesOf, offeredLanguages } from '../../src/round/languages.ts'
import { changePlan, setPaused } from '../../src/round/plan-store.ts'
import { roundKeyFile } from '../../src/round/round-key.ts'
import { endCollection, moveRound } from '../../src/round/store.ts'
import { runIn } from '../support/rows.ts'
import { browse, drawCodes, openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

let service: Service
let round: TestRound
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  service = await startService()
  round = await openRound(service.db, { collecting: false })
  await changePlan(service.db, round.id, { languages: ['ar', 'sv', 'en'] })
})
afterEach(async () => {
  await service.close()
  vi.useRealTimers()
})

/** Opens the round as the national administrator does, with its key. */
async function openInTheService() {
  const admin = await staffBrowser(service, { role: 'national' })
  const keyText = roundKeyFile({ ...round.key, roundId: round.id })
  const opened = await admin.post(`/staff/rounds/${round.id}/beginning`, { keyText })
  expect(opened.headers.location).toContain('done=rounds.opened')
}

const menuOf = (page: string) => [...page.matchAll(/<a href="\/([a-z]+)[^"]*" lang="/g)].map(([, code]) => code)
const menuAt = async (url: string) => menuOf((await browse(service.app).get(url)).body)
const eight = ['sv', 'en', 'es', 'so', 'ti', 'uk', 'ar', 'fa']

describe('the languages that respondents meet', () => {
  test('are all while no round collects', async () => {
    expect((await menuAt('/')).sort()).toEqual([...eight].sort())
  })

  test('are those of the round from the moment it is opened, on every page and on the tablet', async () => {
    await openInTheService()

    for (const at of ['/', '/en', '/ar/about', '/sv/cannot-use', '/nowhere'])
      expect(await menuAt(at), at).toEqual(['sv', 'en', 'ar'])
    const wall = (await service.app.inject('/tablet/')).body
    expect([...wall.matchAll(/data-language="([a-z]+)"/g)].map(([, code]) => code)).toEqual(['sv', 'en', 'ar'])
    const worker = (await service.app.inject('/tablet/worker.js')).body
    expect([...worker.matchAll(/"\/tablet\/session\/([a-z]+)"/g)].map(([, code]) => code)).toEqual(['sv', 'en', 'ar'])
  })

  test('begin with the one the browser prefers among them, also behind the link of another', async () => {
    await openInTheService()
    const { get, post } = browse(service.app, { 'accept-language': 'uk, ar;q=0.8' })
    expect((await get('/')).body).toContain('<html lang="ar"')
    const led = await get('/uk')
    expect([led.statusCode, led.headers.location]).toEqual([303, '/ar'])
    expect((await post('/entry', { code: '1234', language: 'uk' })).body).toContain('<html lang="ar"')
    expect((await get('/nowhere')).body).toContain('<html lang="ar"')
  })

  test('follow what the command line changed within half a minute', async () => {
    const { db } = service
    await moveRound(db, round.id, ['draft'], 'collecting')
    expect(await menuAt('/sv')).toHaveLength(8)

    await vi.advanceTimersByTimeAsync(30_000)
    await expect.poll(() => menuAt('/sv')).toEqual(['sv', 'en', 'ar'])

    await setPaused(db, round.id, true)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await menuAt('/sv')).toEqual(['sv', 'en', 'ar'])
    await endCollection(db, round.id, null)
    await vi.advanceTimersByTimeAsync(30_000)
    await expect.poll(() => menuAt('/sv')).toHaveLength(8)
  })

  test('do not take the language from somebody who is in the middle of it', async () => {
    const other = await openRound(service.db, { id: '2026-2', unit: 'Den andra' })
    const [code] = await drawCodes(service, other)
    const { get, post } = browse(service.app)
    await post('/entry', { code: code!, language: 'uk' })
    await moveRound(service.db, round.id, ['draft'], 'collecting')
    await runIn(service.db, `insert into round_languages values ('2026-2', 'sv')`)
    await vi.advanceTimersByTimeAsync(30_000)
    await expect.poll(() => menuAt('/sv')).toEqual(['sv', 'en', 'ar'])

    const questions = (await get('/questions')).body
    expect(questions).toContain('<html lang="uk"')
    expect([...questions.matchAll(/name="language" value="([a-z]+)"/g)].map(([, its]) => its)).toEqual([
      'sv',
      'en',
      'ar',
    ])
    expect((await get('/uk/about')).statusCode).toBe(200)
    await post('/response')
    expect((await get('/questions')).body).toContain('<html lang="uk"')
    await post('/language', { language: 'fa' })
    expect((await get('/questions')).body).toContain('<html lang="uk"')
    expect((await post('/response', { views: 'yes' })).headers.location).toBe('/thanks')
    expect((await get('/thanks')).body).toContain('<html lang="uk"')
    expect((await service.app.inject('/tablet/session/uk')).statusCode).toBe(200)
  })

  test('leave the questionnaire the same bytes for everybody with one language and group', async () => {
    await openInTheService()
    const codes = await drawCodes(service, round, { count: 2 })
    const seen = []
    for (const code of codes) {
      const { get, post } = browse(service.app)
      await post('/entry', { code: inFours(code), language: 'ar' })
      seen.push((await get('/questions')).body)
    }
    expect(seen[1]).toBe(seen[0])
  })
})

describe('the languages that staff draw and print in', () => {
  test('are those of the round', async () => {
    await openInTheService()
    const staff = await staffBrowser(service, { role: 'coordinator' })
    const drawing = `/staff/offer/${round.strata.youth}`
    const inDrawing = [...(await staff.get(drawing)).body.matchAll(/name="language" value="([a-z]+)"/g)]
    expect([...new Set(inDrawing.map(([, code]) => code))].sort()).toEqual(['ar', 'en', 'sv'])
    for (const at of ['/staff/print/new', '/staff/print/one', '/staff/paper/print']) {
      const { body } = await staff.get(at)
      expect(body, at).toContain('<option value="ar"')
      expect(body, at).not.toContain('<option value="uk"')
    }
    const once = '0123456789ab'
    expect((await staff.post(`${drawing}/code`, { once, language: 'uk' })).statusCode).toBe(400)
    expect((await staff.post(`${drawing}/code`, { once, language: 'ar' })).statusCode).toBe(200)
    const order = { stratum: round.strata.youth, kind: 'slips', number: '10', once, language: 'uk' }
    expect((await staff.post('/staff/print', order)).statusCode).toBe(400)
  })
})

describe('what is offered', () => {
  const languages = loadLanguages()
  const codes = (rounds: Parameters<typeof offeredLanguages>[1]) =>
    offeredLanguages(languages, rounds).all.map(({ code }) => code)

  test('is what any collecting round asks in, and Swedish always', () => {
    const [a, b] = [
      { state: 'collecting' as const, languages: ['ar'] },
      { state: 'collecting' as const, languages: ['en'] },
    ]
    expect(codes([a, b])).toEqual(['sv', 'en', 'ar'])
    expect(codes([a, { ...b, state: 'closed' }])).toEqual(['sv', 'ar'])
    expect(codes([a, { ...b, languages: [] }])).toHaveLength(8)
    expect(codes([{ ...a, state: 'enrolling' }])).toHaveLength(8)
  })

  test('does not find a language that a round does not ask in', () => {
    expect(languagesOf(languages, { languages: ['ar'] }).find('uk')).toBeUndefined()
    expect(languagesOf(languages, { languages: [] }).find('uk')?.code).toBe('uk')
  })
})
