import { setTimeout as pass } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { publishDraft, saveDraft, showPublished } from '../../src/own-texts/store.ts'
import type { Answers } from '../../src/questionnaire/answers.ts'
import { withdraw } from '../../src/results/release-steps-store.ts'
import { hasChromium, launchChromium } from '../support/chromium.ts'
import { hasPdftotext, textOf } from '../support/pdf.ts'
import { expectRoom, expectRoomForLargeLetters } from '../support/room.ts'
import { type Service, startService } from '../support/service.ts'
import { expectAccessible } from '../support/story.ts'
import { type Answered, letSee, openedRound, publishedRound } from './published.ts'

const { all: languages } = loadLanguages()

/** Alingsås, by how its people answered; of Borås there are too few. */
const answered: Answered[] = [
  { municipality: '1489', unit: 'Vuxna', people: 70, positive: 60 },
  { municipality: '1489', unit: 'Unga', people: 30, positive: 20, answers: { influence: 'not_at_all' } },
  { municipality: '1489', unit: 'Fler', people: 21, positive: 12, answers: { views: 'yes' } },
  { municipality: '1480', unit: 'Norr', people: 400, positive: 330 },
  { municipality: '1490', unit: 'Vuxna', people: 5, positive: 3 },
]
const positiveOnes: Answers = {
  ...{ contact: 'very_easy', information: 'fairly_easy', understanding: 'very_much', views: 'yes' },
  ...{ influence: 'very_much', situation: 'improved_a_lot', overall: 'very_satisfied' },
}

/** How many of ten people of a municipality answered a question positively, counted from what they answered. */
function tenthsOf(municipality: string, question: keyof Answers): number {
  const own = answered.filter((one) => one.municipality === municipality)
  const people = own.reduce((sum, one) => sum + one.people, 0)
  const positive = own.reduce((sum, one) => {
    const said = one.answers?.[question]
    return sum + (said === undefined ? one.positive : said === positiveOnes[question] ? one.people : 0)
  }, 0)
  return Math.round((10 * positive) / people)
}

const written = 'Vi ska fråga dig först.\n\nVi börjar i mars:\n- fler tider & svar <snart>'

async function writeNext({ db, clock: { now } }: Service, area: string, language = 'sv', text = written) {
  const key = { roundId: '2026', area, kind: 'next' as const, language }
  await saveDraft(db, key, { text, version: 0, now })
  await publishDraft(db, key, { version: 1, release: 1, now })
  return key
}

describe('what was heard, for those who answered', () => {
  let service: Service
  const read = (url: string, headers: Record<string, string> = {}) => service.app.inject({ url, headers })

  beforeAll(async () => {
    service = await startService({ now: '2026-12-15T08:00:00Z' })
    await publishedRound(service, [{ municipality: '1489', unit: 'Vuxna', people: 90, positive: 80 }], 2025)
    await publishedRound(service, answered)
    for (const area of ['1489', '1490', '0000']) await writeNext(service, area)
  })
  afterAll(() => service.close())

  test.each(languages)('is told in $code by the figures that a count of the answers gives', async (language) => {
    const { body, statusCode } = await read(`/${language.code}/heard/2026/1489`)
    expect(statusCode).toBe(200)
    const drawn = [...body.matchAll(/class="filled" d="([^"]*)"/g)].map(([, path]) => path!.match(/ 8a/g)!.length)
    const expected = (['views', 'influence', 'overall'] as const).map((question) => tenthsOf('1489', question))
    expect(drawn).toEqual(expected)
    const number = new Intl.NumberFormat(language.intl)
    const sentences = [...body.matchAll(/<p class="big">(.*?)<\/p>/g)].map(([, text]) => text!)
    for (const [nth, sentence] of sentences.entries()) {
      const numbers = sentence.match(/\p{Nd}+/gu)!.filter((digits) => !digits.endsWith(number.format(10)))
      expect(numbers, sentence).toEqual(expected[nth] === 10 ? [] : [number.format(expected[nth]!)])
    }
    expect(body).toContain(number.format(121))
    expect(body).toContain(`<html lang="${language.code}" dir="${language.dir}">`)
    expect(body).toContain('<bdi lang="sv" dir="ltr">Alingsås</bdi>')
    expect(body).not.toMatch(/heard\.|undefined|\{\{|<script/)
    const inSwedish = /<div lang="sv" dir="ltr">\s*<p>Vi ska fråga dig först\.<\/p>.*?<\/div>/s.exec(body)![0]
    expect(inSwedish).toContain('<li>fler tider &amp; svar &lt;snart&gt;</li>')
    expect(/<bdi lang="sv" dir="ltr">Svenska<\/bdi>/.test(body)).toBe(language.code !== 'sv')
  })

  test('is filled from the right where that is where reading begins', async () => {
    const first = async (code: string) =>
      /class="filled" d="M([\d.]+) /.exec((await read(`/${code}/heard/2026`)).body)![1]
    expect([await first('sv'), await first('ar'), await first('fa')]).toEqual(['7', '250', '250'])
  })

  test('is sent whole and small, to be kept for a minute, without cookies', async () => {
    const headers = { 'accept-encoding': 'br' }
    for (const { code } of languages) {
      const page = await read(`/${code}/heard/2026/1489`, headers)
      expect(page.headers['set-cookie']).toBeUndefined()
      expect(page.headers['cache-control']).toBe('public, no-cache')
      const style = /href="([^"]*heard[^"]*\.css)"/.exec((await read(`/${code}/heard/2026/1489`)).body)![1]!
      const bytes = page.rawPayload.length + (await read(style, headers)).rawPayload.length
      expect(bytes, code).toBeLessThan(10_000)
      const again = await read(`/${code}/heard/2026/1489?x=1`, { 'if-none-match': page.headers.etag as string })
      expect([again.statusCode, again.body]).toEqual([304, ''])
    }
  })

  test('says kindly that few answered, tells nothing of them, and still what is done now', async () => {
    for (const { code } of languages) {
      const { body, statusCode } = await read(`/${code}/heard/2026/1490`)
      expect(statusCode).toBe(200)
      expect(body).not.toMatch(/class="people"|class="big"/)
      expect(body).toContain('Vi ska fråga dig först.')
      expect(body).toContain(`href="/${code}/heard/2026/1490/poster.pdf"`)
    }
    const { body } = await read('/sv/heard/2026/1490')
    expect(body).toContain('För få personer svarade.')
  })

  test('has a door for every language, and one that goes on in the reader’s own', async () => {
    const led = async (url: string, language = 'sv') => {
      const { statusCode, headers } = await read(url, { 'accept-language': language })
      return [statusCode, headers.location]
    }
    expect(await led('/heard/2026/1489', 'ti')).toEqual([303, '/ti/heard/2026/1489'])
    expect(await led('/heard', 'prs, en')).toEqual([303, '/fa/heard'])
    expect(await led('/sv/heard/1489')).toEqual([303, '/sv/heard/2026/1489'])
    expect((await read('/sv/heard')).body).toContain('href="/sv/heard/2026/1489"')
    expect((await read('/sv/heard/2026')).body).toContain('8 av 10 får frågan vad de själva tycker.')
    for (const gone of ['/sv/heard/2026/9999', '/sv/heard/2026/1489/no.pdf', '/sv/heard/9999'])
      expect((await read(gone)).statusCode, gone).toBe(404)
    const absent = await read('/sv/heard/2026/0180')
    expect([absent.statusCode, absent.body.includes('Stockholm var inte med')]).toEqual([404, true])
  })

  test.skipIf(!hasPdftotext)('says on a poster where the rest of a long text is', async () => {
    const paragraphs = Array.from(
      { length: 40 },
      (_, nth) => `Det här är löfte ${nth}, och vi håller det under hela året.`,
    )
    await writeNext(service, '1490', 'en', paragraphs.join('\n\n'))
    await pass(1_100)
    const text = textOf((await read('/en/heard/2026/1490/poster.pdf')).rawPayload)
    expect(text).not.toContain('löfte 39')
    expect(text).toMatch(/… \S*\/heard\/2026\/1490/)
    expect(textOf((await read('/sv/heard/2026/1490/poster.pdf')).rawPayload)).not.toMatch(/… \S*\/heard/)
  })

  test('is led to from the results', async () => {
    expect((await read('/sv/results/2026/1489')).body).toContain('href="/sv/heard/2026/1489"')
    expect((await read('/en/results/2026')).body).toContain('href="/en/heard/2026"')
    expect((await read('/sv/results/2026?release=1')).body).not.toContain('/sv/heard')
  })

  test.skipIf(!hasPdftotext).each(['sv', 'ar', 'ti'])(
    'is printed in %s, with the address that its code holds',
    async (code) => {
      for (const kind of ['poster', 'sheet']) {
        const print = await read(`/${code}/heard/2026/1489/${kind}.pdf`)
        expect([print.statusCode, print.headers['content-type']]).toEqual([200, 'application/pdf'])
        expect(print.headers['content-disposition']).toContain(`${kind}-2026-alingsas-${code}.pdf`)
        const text = textOf(print.rawPayload)
        expect(text).toContain('/heard/2026/1489')
        expect(text).toContain('Vi ska fråga dig först.')
        expect(text).toContain('fler tider')
        if (code === 'sv') expect(text).toContain('6 av 10 har kunnat påverka vilken hjälp de får.')
      }
    },
  )

  test('changes at once when another text is published or taken back, also in a language of its own', async () => {
    const own = await writeNext(service, '1480', 'ar', 'سنرد أسرع.')
    await pass(1_100)
    const { body } = await read('/ar/heard/2026/1480')
    expect(body).toContain('<div lang="ar" dir="rtl">\n<p>سنرد أسرع.</p>')
    expect(body).not.toMatch(/<bdi lang="ar"/)
    expect((await read('/sv/heard/2026/1480')).body).toContain('<bdi lang="ar" dir="rtl">العربية</bdi>')
    await showPublished(service.db, own, false)
    await pass(1_100)
    expect((await read('/ar/heard/2026/1480')).body).not.toContain('سنرد')
  })
})

test('before publication it says when that will be, afterwards it is there, and withdrawn it is gone', async () => {
  const service = await startService({ now: '2026-12-01T08:00:00Z' })
  const read = (url: string) => service.app.inject(url)
  const nothing = await read('/sv/heard')
  expect([nothing.statusCode, nothing.headers['cache-control']]).toEqual([200, 'no-store'])
  expect(nothing.body).toContain('Vi är inte klara än')
  await openedRound(service, answered)
  await letSee(service, 'release')
  await letSee(service, 'publish', '2026', new Date('2026-12-15T08:00:00Z'))
  await writeNext(service, '1489')
  await pass(1_100)
  for (const url of ['/sv/heard/2026/1489', '/sv/heard/2026', '/sv/heard/2026/1489/poster.pdf']) {
    const before = await read(url)
    expect([before.statusCode, before.headers['cache-control']]).toEqual([404, 'no-store'])
    expect(before.body).toContain('den 15 december 2026.')
    expect(before.body).not.toMatch(/fråga dig först|av 10/)
  }
  service.clock.now = new Date('2026-12-15T08:00:00Z')
  await pass(1_100)
  expect((await read('/sv/heard/2026/1489')).body).toContain('Vi ska fråga dig först.')
  await withdraw(service.db, { roundId: '2026', number: 1, by: 'one', now: service.clock.now }, 'Fel enhet.')
  await pass(1_100)
  const gone = await read('/sv/heard/2026/1489')
  expect([gone.statusCode, gone.body.includes('Vi kontrollerar siffrorna')]).toEqual([410, true])
  expect(gone.body).not.toMatch(/fråga dig först|av 10|Fel enhet/)
  await service.close()
})

test('made-up figures are marked, on the page and in print, and not found by search engines', async () => {
  const service = await startService({ now: '2026-12-15T08:00:00Z', settings: { KEEP_ROUND_KEY: 'true' } })
  await publishedRound(service, answered)
  const { body } = await service.app.inject('/sv/heard/2026/1489')
  expect(body).toContain('<p class="practice">Det här är en övning.')
  expect(body).toContain('<meta name="robots" content="noindex">')
  const poster = await service.app.inject('/sv/heard/2026/1489/poster.pdf')
  if (hasPdftotext) expect(textOf(poster.rawPayload)).toContain('Siffrorna är påhittade.')
  await service.close()
})

describe.skipIf(!hasChromium)('in a browser', () => {
  let service: Service
  let browser: Browser
  beforeAll(async () => {
    service = await startService({ now: '2026-12-15T08:00:00Z' })
    await publishedRound(service, answered)
    await writeNext(service, '1489')
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
    await service.close()
  })

  test('it has room on the smallest phone, with large letters and in the dark, and no violation', async () => {
    const origin = await service.app.listen({ port: 0, host: '127.0.0.1' })
    for (const [code, colorScheme] of [
      ['sv', 'dark'],
      ['ar', 'light'],
      ['ti', 'light'],
      ['uk', 'light'],
    ] as const) {
      const page = await browser.newPage({
        colorScheme,
        viewport: { width: 320, height: 700 },
        javaScriptEnabled: true,
      })
      for (const path of ['/heard/2026/1489', '/heard/2026', '/heard/2026/0180']) {
        await page.goto(`${origin}/${code}${path}`)
        await expectAccessible(page, `${code} ${path}`)
        await expectRoom(page, `${code} ${path}`, 44)
        await expectRoomForLargeLetters(page, `${code} ${path}`)
      }
      await page.close()
    }
  })
})
