import { setTimeout as pass } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { atomFeed } from '../../src/pages/results/feed.ts'
import { proposeStep, withdraw } from '../../src/results/release-steps-store.ts'
import { hasChromium, launchChromium } from '../support/chromium.ts'
import { type Service, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { correct, letSee, openedRound, publishedRound } from './published.ts'

const answered = [{ municipality: '1489', unit: 'Vuxna', people: 40, positive: 30 }]
const settings = { PUBLIC_URL: 'https://svar.example.se', OWNER_NAME: 'SKR' }
const start = (more = {}) => startService({ now: '2026-12-15T08:00:00Z', settings: { ...settings, ...more } })

/** Staff sign in there with a cookie that a test may hold. */
const overHttp = { PUBLIC_URL: '' }

/** Reads it as a program does that follows it: what was read a second ago is told no more. */
async function feedOf({ app }: Service, language = 'sv', headers = {}) {
  await pass(1_100)
  return app.inject({ url: `/${language}/results/feed.xml`, headers })
}

const reason = 'Två enheter, "Öst" & <Väst>, hade blandats ihop.'

describe.skipIf(!hasChromium)('the feed of publications', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser.close())

  /** What a parser of XML makes of it, which refuses what is none. */
  async function parsed(xml: string) {
    const page = await browser.newPage()
    const found = await page.evaluate((xml) => {
      const doc = new DOMParser().parseFromString(xml, 'application/xml')
      const atom = 'http://www.w3.org/2005/Atom'
      const own = (of: Element, name: string) => [...of.children].find((child) => child.localName === name)
      const read = (of: Element) => ({
        id: own(of, 'id')?.textContent ?? '',
        title: own(of, 'title')?.textContent ?? '',
        updated: own(of, 'updated')?.textContent ?? '',
        summary: own(of, 'summary')?.textContent ?? '',
        links: [...of.children]
          .filter(({ localName }) => localName === 'link')
          .map((link) => `${link.getAttribute('rel')} ${link.getAttribute('href')}`),
      })
      const feed = doc.documentElement
      return {
        error: doc.querySelector('parsererror')?.textContent,
        isAtom: feed.namespaceURI === atom && feed.localName === 'feed',
        language: feed.getAttribute('xml:lang'),
        author: own(feed, 'author')?.textContent,
        ...read(feed),
        entries: [...doc.getElementsByTagNameNS(atom, 'entry')].map(read),
      }
    }, xml)
    await page.close()
    return found
  }

  test('is there before anything was published, and tells of nothing that participants see alone', async () => {
    const service = await start()
    const empty = await parsed((await feedOf(service)).body)
    expect(empty).toMatchObject({ error: undefined, isAtom: true, language: 'sv', entries: [] })
    expect(empty.id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(Date.parse(empty.updated)).not.toBeNaN()
    await openedRound(service, answered)
    await letSee(service, 'release')
    await withdraw(service.db, { roundId: '2026', number: 1, by: 'one', now: service.clock.now }, reason)
    expect((await parsed((await feedOf(service)).body)).entries).toEqual([])
    await service.close()
  })

  test('tells what was published, corrected and withdrawn, newest first, in both languages', async () => {
    const service = await start()
    await publishedRound(service, answered)
    service.clock.now = new Date('2027-01-11T10:00:00Z')
    await correct(service, reason)
    service.clock.now = new Date('2027-01-12T10:00:00Z')
    await withdraw(service.db, { roundId: '2026', number: 2, by: 'one', now: service.clock.now }, 'Fel enhet \x07.')
    const response = await feedOf(service)
    expect(response.headers['content-type']).toBe('application/atom+xml; charset=utf-8')
    const feed = await parsed(response.body)
    expect(feed.error).toBeUndefined()
    expect(feed).toMatchObject({ updated: '2027-01-12T10:00:00.000Z', author: 'Undersökning om socialtjänsten' })
    expect(feed.links).toEqual([
      'self https://svar.example.se/sv/results/feed.xml',
      'alternate https://svar.example.se/sv/results',
    ])
    expect(feed.entries.map(({ title, updated }) => [title, updated.slice(0, 10)])).toEqual([
      ['Resultatet för 2026 är tillbakadraget', '2027-01-12'],
      ['Resultatet för 2026 är rättat', '2027-01-11'],
      ['Resultatet för 2026 är publicerat', '2026-12-15'],
    ])
    const [withdrawn, corrected, published] = feed.entries
    expect(withdrawn!.summary).toBe('Utgåva 2 drogs tillbaka 12 januari 2027 kl. 11:00: Fel enhet \ufffd.')
    expect(corrected!.summary).toContain(reason)
    expect(published!.links).toEqual(['alternate https://svar.example.se/sv/results/2026?release=1'])
    const other = await parsed((await feedOf(service, 'en')).body)
    expect(other.entries.map(({ title }) => title)[2]).toBe('The results for 2026 have been published')
    const ids = [...feed.entries, ...other.entries, feed, other].map(({ id }) => id)
    expect(new Set(ids).size).toBe(8)
    expect((await parsed((await feedOf(service)).body)).entries.map(({ id }) => id)).toEqual(ids.slice(0, 3))
    await service.close()
  })

  test('says of made-up figures that they are', async () => {
    const service = await start({ KEEP_ROUND_KEY: 'true' })
    await publishedRound(service, answered)
    const { entries } = await parsed((await feedOf(service)).body)
    expect(entries.map(({ title, summary }) => [title, summary])).toEqual([
      ['Resultatet för 2026 är publicerat (övningssiffror)', expect.stringMatching(/^Övningssiffror:/)],
    ])
    await service.close()
  })
})

test('a publication comes into the feed by itself, and whoever has it is told when it is still the same', async () => {
  const service = await start()
  await openedRound(service, answered)
  await letSee(service, 'release')
  const saying = { roundId: '2026', number: 1, now: service.clock.now }
  const day = { kind: 'publish', takesEffect: new Date('2026-12-20T08:00:00Z') } as const
  await proposeStep(service.db, { ...saying, by: 'one' }, day)
  const before = await feedOf(service)
  expect(before.body).not.toContain('<entry>')
  const same = await feedOf(service, 'sv', { 'if-none-match': `"other", W/${before.headers.etag}` })
  expect([same.statusCode, same.body, same.headers.etag]).toEqual([304, '', before.headers.etag])
  service.clock.now = new Date('2026-12-20T08:00:00Z')
  const after = await feedOf(service, 'sv', { 'if-none-match': before.headers.etag })
  expect([after.statusCode, after.body.split('<entry>').length]).toEqual([200, 2])
  await service.close()
})

test('a publication that was called off never comes, neither into the feed nor into the history', async () => {
  const service = await start(overHttp)
  await publishedRound(service, answered, 2025)
  await openedRound(service, answered)
  await letSee(service, 'release')
  const saying = { roundId: '2026', number: 1, by: 'one', now: service.clock.now }
  await proposeStep(service.db, saying, { kind: 'publish', takesEffect: new Date('2026-12-20T08:00:00Z') })
  await withdraw(service.db, saying, reason)
  service.clock.now = new Date('2026-12-21T08:00:00Z')
  await letSee(service, 'release')
  expect((await feedOf(service)).body.match(/<title>Resultatet för 20\d\d/g)).toEqual(['<title>Resultatet för 2025'])
  const { get } = await staffBrowser(service, { role: 'viewer' })
  const { body } = await get('/staff/results/2026/about')
  expect(body).toContain('Utgåva 1')
  expect(body).not.toContain('Publicerad ')
  await service.close()
})

test('the pages of the public lead to the feed, before publication too; those of staff name it where figures are explained', async () => {
  const service = await start(overHttp)
  const link =
    '<link rel="alternate" type="application/atom+xml" title="Publicerade resultat" href="/sv/results/feed.xml">'
  expect((await service.app.inject('/sv/results')).body).toContain(link)
  await publishedRound(service, answered)
  await pass(1_100)
  expect((await service.app.inject('/sv/results/2026')).body).toContain(link)
  expect((await service.app.inject('/en/results/2026/about')).body).toContain('<a href="/en/results/feed.xml"')
  const { get } = await staffBrowser(service, { role: 'viewer' })
  const about = (await get('/staff/results/2026/about')).body
  expect(about).not.toContain('rel="alternate" type="application/atom+xml"')
  expect(about).toContain('<a href="/sv/results/feed.xml"')
  await service.close()
})

test('a feed is XML whatever stands in its texts', () => {
  const text = `]]><a & "b" 'c' \x00\x0b\ud800\ufffe å 😀`
  const entry = { is: 'x', title: text, summary: text, href: 'https://a.example/?b&c', at: '2026-12-15T08:00:00.000Z' }
  const feed = { is: 'f', title: text, subtitle: text, author: text, language: 'sv', self: '/', home: '/' }
  const xml = atomFeed({ ...feed, entries: [entry] })
  expect(xml).not.toMatch(/&(?!#\d+;)|[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u)
  expect(
    xml
      .match(/<[^>]*>/g)!
      .every((tag) =>
        /^<(\?xml |\/?(feed|id|title|subtitle|updated|author|name|link|entry|published|summary)\b)/.test(tag),
      ),
  ).toBe(true)
  expect(xml).toContain('å 😀')
})
