import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseConfig } from '../../src/config.ts'
import { ballotsOf } from '../../src/results/store.ts'
import { moveRound } from '../../src/round/store.ts'
import { openUrnOf } from '../support/open-urn.ts'
import { formIn } from '../support/page-form.ts'
import { browse, drawCodes, openRound, type Service, startService, type TestRound } from '../support/service.ts'

let service: Service
let round: TestRound

beforeEach(async () => {
  service = await startService()
  round = await openRound(service.db)
})
afterEach(() => service.close())

const opened = () => openUrnOf(ballotsOf(service.db, round.id), round.key)
const answerOf = async (question: string) =>
  (await opened()).counts.find((count) => count.question === question)?.option

async function enter(code: string, language = 'sv') {
  const browser = browse(service.app)
  const entry = await browser.post('/entry', { code, language })
  return { browser, entry }
}

describe('a person with a code', () => {
  test('answers, is thanked, and the answer is in the urn', async () => {
    const [code] = await drawCodes(service, round)
    const { browser, entry } = await enter(code!)
    expect(entry.statusCode).toBe(303)
    expect(entry.headers.location).toBe('/questions')
    expect((await browser.get('/questions')).body).toContain('Fråga 1 av 8')

    const sent = await browser.post('/response', { contact: 'very_easy', gender: 'woman' })

    expect(sent.statusCode).toBe(303)
    expect(sent.headers.location).toBe('/thanks')
    expect((await browser.get('/thanks')).body).toContain('Tack för dina svar!')
    expect((await opened()).counts).toEqual([
      {
        stratumId: round.strata.economic_assistance,
        gender: 'woman',
        question: 'contact',
        option: 'very_easy',
        number: 1,
      },
      { stratumId: round.strata.economic_assistance, gender: 'woman', question: 'gender', option: 'woman', number: 1 },
    ])
    expect([...(await opened()).languages]).toEqual([['sv', 1]])
  })

  test('presses twice, comes back, refreshes: one ballot, and thanks each time', async () => {
    const [code] = await drawCodes(service, round)
    const { browser } = await enter(code!)
    const before = new Map(browser.jar)
    await browser.post('/response', { overall: 'very_satisfied' })
    const again = await browser.post('/response', { overall: 'very_dissatisfied' })
    expect(again.headers.location).toBe('/thanks')

    for (const [name, value] of before) browser.jar.set(name, value) // the same POST, as if the first answer to it was lost
    const repeated = await browser.post('/response', { overall: 'fairly_satisfied' })

    expect(repeated.headers.location).toBe('/thanks')
    expect((await browser.get('/questions')).headers.location).toBe('/thanks')
    expect((await opened()).ballots).toBe(1)
    expect(await answerOf('overall')).toBe('very_satisfied')
  })

  test('uses the code again: met the same, thanked the same, counted once', async () => {
    const [code] = await drawCodes(service, round)
    for (const option of ['very_easy', 'very_hard']) {
      const { browser, entry } = await enter(code!)
      expect(entry.headers.location).toBe('/questions')
      expect((await browser.post('/response', { contact: option })).headers.location).toBe('/thanks')
    }
    expect((await opened()).ballots).toBe(1)
    expect(await answerOf('contact')).toBe('very_easy')
  })

  test('changes language and keeps what is chosen', async () => {
    const [code] = await drawCodes(service, round)
    const { browser } = await enter(code!)
    const changed = await browser.post('/language', { language: 'ar', contact: 'fairly_hard' })
    expect(changed.headers.location).toBe('/questions')

    const page = (await browser.get('/questions')).body

    expect(page).toContain('<html lang="ar" dir="rtl">')
    expect(page).toContain('value="fairly_hard" checked')
    expect(page.match(/ checked/g)).toHaveLength(1)
  })

  test('who sends nothing is asked for one answer', async () => {
    const [code] = await drawCodes(service, round)
    const { browser } = await enter(code!)
    expect((await browser.post('/response', {})).headers.location).toBe('/questions')
    expect((await browser.get('/questions')).body).toContain('Svara på minst en fråga')
    expect((await opened()).ballots).toBe(0)
  })

  test('who took too long types the code again and finds the answers where they were', async () => {
    const [code] = await drawCodes(service, round)
    const { browser } = await enter(code!, 'en')
    service.clock.now = new Date('2026-09-15T12:00:00Z')
    const late = await browser.post('/response', { views: 'yes' })
    expect(late.statusCode).toBe(400)
    expect(late.body).toContain('still here')

    await browser.post('/entry', { ...formIn(late.body, '/entry'), code: code! })

    expect((await browser.get('/questions')).body).toContain('value="yes" checked')
    expect((await opened()).ballots).toBe(0)
  })

  test('whose round closes while they answer is told so, and nothing is stored', async () => {
    const [code] = await drawCodes(service, round)
    const { browser } = await enter(code!)
    await moveRound(service.db, round.id, ['collecting'], 'closed')
    expect((await browser.post('/response', { views: 'yes' })).headers.location).toBe('/sv/closed')
    expect((await opened()).ballots).toBe(0)
  })
})

describe('at the door', () => {
  test('a code is read however it is typed', async () => {
    const [code] = await drawCodes(service, round)
    const arabic = [...code!].map((digit) => String.fromCharCode(0x660 + Number(digit))).join('')
    const persian = [...code!].map((digit) => String.fromCharCode(0x6f0 + Number(digit))).join('')
    for (const typed of [
      code!,
      code!.replace(/(.{4})/g, '$1 '),
      code!.replace(/(.{4})/g, '$1-'),
      arabic,
      ` ${persian} `,
      `\u2066${code}\u2069`,
      `http://x/#${code}`,
    ]) {
      expect((await enter(typed)).entry.headers.location, typed).toBe('/questions')
    }
  })

  test.each([
    ['', 'Skriv koden som du har fått.'],
    ['1234', 'Du har skrivit 4 siffror.'],
    ['12345678901234567', 'Du har skrivit för många.'],
    ['1234567890123456', 'Någon siffra är fel.'],
  ])('%j is answered with what to do, and comes back in the field', async (typed, message) => {
    const { browser, entry } = await enter(typed)
    expect(entry.statusCode).toBe(400)
    expect(entry.body).toContain(message)
    expect(entry.body).toContain(`value="${typed.replace(/(.{4})(?=.)/g, '$1 ')}"`)
    expect((await browser.get('/sv')).body).not.toContain('id="problem"')
  })

  test('a code that was never issued has a page of its own', async () => {
    const [code] = await drawCodes(service, round)
    const stranger = await startService()
    const browser = browse(stranger.app)
    expect((await browser.post('/entry', { code: code!, language: 'so' })).headers.location).toBe('/so/cannot-use')
    expect((await browser.get('/so/cannot-use')).statusCode).toBe(200)
    await stranger.close()
  })

  test('a closed round is said to be closed, and one that is not open yet too', async () => {
    const [code] = await drawCodes(service, round)
    await moveRound(service.db, round.id, ['collecting'], 'closed')
    expect((await enter(code!)).entry.headers.location).toBe('/sv/closed')
    await moveRound(service.db, round.id, ['closed'], 'draft')
    expect((await enter(code!)).entry.headers.location).toBe('/sv/not-open')
  })

  test('somebody who guesses is slowed down, and nobody else is', async () => {
    const guarded = await startService({ settings: { WRONG_CODES_PER_HOUR: '10' } })
    const guess = () => browse(guarded.app).post('/entry', { code: '0000000000000000', language: 'sv' })
    for (let i = 0; i < 10; i++) expect((await guess()).headers.location).toBe('/sv/cannot-use')
    const refused = await guess()
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '3600'])
    expect(refused.body).toContain('För många försök')
    expect(refused.body).toContain('Försök igen om 60 minuter.')
    expect(refused.body).toContain('value="0000 0000 0000 0000"')
    expect([refused.headers.location, refused.headers['set-cookie']]).toEqual([undefined, undefined])
    const elsewhere = await guarded.app.inject({
      method: 'POST',
      url: '/entry',
      remoteAddress: '192.0.2.7',
      payload: 'code=0000000000000000',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(elsewhere.statusCode).toBe(303)
    await guarded.close()
  })

  test.each(['127.0.0.1:5000', '127.0.0.1', '::ffff:127.0.0.1', '[::1]:443'])(
    'visitors behind two proxies of ours are told apart, however the inner one writes the outer: %s',
    async (outer) => {
      const settings = { TRUSTED_PROXIES: '127.0.0.0/8,::1', WRONG_CODES_PER_HOUR: '10' }
      const guarded = await startService({ settings })
      for (let visitor = 1; visitor <= 25; visitor++) {
        const from = browse(guarded.app, { 'x-forwarded-for': `192.0.3.${visitor}, ${outer}` })
        expect((await from.post('/entry', { code: '0000000000000000' })).statusCode).toBe(303)
      }
      await guarded.close()
    },
  )

  test('a form that another site sends is refused', async () => {
    const [code] = await drawCodes(service, round)
    const foreign = browse(service.app, { 'sec-fetch-site': 'cross-site' })
    expect((await foreign.post('/entry', { code: code! })).statusCode).toBe(400)
  })

  test('so is one of a browser that only names where it comes from; its own goes through, behind a proxy too', async () => {
    const [code] = await drawCodes(service, round)
    const { publicUrl } = parseConfig({})
    const said = [
      [{ origin: 'https://evil.example' }, 400],
      [{ origin: 'null' }, 303],
      [{ origin: publicUrl, host: '10.0.0.7:3000' }, 303],
      [{ origin: 'http://10.0.0.7:3000', host: '10.0.0.7:3000' }, 303],
      [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, 303],
    ] as [Record<string, string>, number][]
    for (const [headers, status] of said)
      expect((await browse(service.app, headers).post('/entry', { code: code! })).statusCode).toBe(status)
  })
})
