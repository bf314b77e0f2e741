import { setTimeout as pass } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { keptPages } from '../../src/pages/results/kept-pages.ts'
import { withdraw } from '../../src/results/release-steps-store.ts'
import { releasedIndicators } from '../../src/results/tables.ts'
import { readyFile } from '../../src/web/page.ts'
import { pixelsOf } from '../support/png.ts'
import { type Service, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { letSee, openedRound, publishedRound } from './published.ts'

const answered = [
  { municipality: '1489', unit: 'Vuxna', people: 200, positive: 120 },
  { municipality: '1490', unit: 'Vuxna', people: 300, positive: 270 },
  { municipality: '1490', unit: 'Unga', group: 'youth' as const, people: 9, positive: 4 },
]
/** So that one question goes less together with the whole than the others do. */
const hardToReach = { municipality: '1489', unit: 'Andra', people: 60, positive: 40, answers: { contact: 'very_hard' } }
const picture = '/sv/results/2026/1489/pictures/questions'
const linksIn = (html: string) =>
  [...html.matchAll(/<a href="([^"]+)" aria-label="([^"]+)">(PNG|SVG)</g)].map(([, href, label, kind]) => ({
    href: href!.replaceAll('&amp;', '&'),
    label: label!,
    kind: kind!,
  }))
const nameIn = ({ headers }: { headers: Record<string, unknown> }) =>
  /filename="([^"]+)"/.exec(String(headers['content-disposition']))?.[1]
const wordsIn = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text).join(' ')

async function withService(work: (service: Service) => Promise<void>, settings: Record<string, string> = {}) {
  const service = await startService({ settings })
  try {
    await work(service)
  } finally {
    await service.close()
  }
}

describe('the charts of a page', () => {
  test.each([
    ['', ['nation-questions', 'nation-groups', 'nation-municipalities', 'nation-priority']],
    ['/1489', ['alingsas-questions', 'alingsas-priority', 'alingsas-groups']],
    ['/questions/overall', ['overall-groups', 'overall-distribution', 'overall-municipalities']],
    [
      '/questions/situation?municipality=1489',
      ['situation-groups', 'situation-distribution', 'situation-municipalities'],
    ],
    ['/groups/economic_assistance', ['economic-assistance-questions', 'economic-assistance-priority']],
    ['/compare?m=1489&m=1490&county=14', ['alingsas-boras-vastra-gotalands-lan-compared']],
    ['/municipalities?county=14', ['overall-vastra-gotalands-lan-municipalities']],
  ])('of %s are saved from it, each as two files', async (path, names) => {
    await withService(async (service) => {
      await publishedRound(service, [...answered.slice(0, 2), hardToReach])
      const { get } = await staffBrowser(service, { role: 'viewer', language: 'en' })
      for (const base of ['/sv/results', '/en/results', '/staff/results']) {
        const links = linksIn((await get(`${base}/2026${path}`)).body)
        const files = await Promise.all(links.map(({ href }) => get(href)))
        expect(files.map(({ statusCode }) => statusCode)).toEqual(links.map(() => 200))
        expect(files.map(nameIn)).toEqual(
          names.flatMap((name) => ['png', 'svg'].map((kind) => `brukarsvar-2026-${name}.${kind}`)),
        )
        expect(new Set(links.map(({ label }) => label)).size).toBe(links.length)
        for (const { kind, label } of links) expect(label).toMatch(new RegExp(`^${kind}, `))
        for (const { rawPayload, headers } of files.filter((_, at) => links[at]!.kind === 'PNG')) {
          expect(headers['content-type']).toBe('image/png')
          expect(pixelsOf(rawPayload).width).toBe(1440)
        }
      }
    })
  })

  test('say what is seen in them, of whom, and from which release', () =>
    withService(async (service) => {
      await publishedRound(service, answered.slice(0, 2))
      const { body, headers } = await service.app.inject(`${picture}.svg`)
      expect(headers['content-type']).toBe('image/svg+xml; charset=utf-8')
      expect(/ aria-label="([^"]+)/.exec(body)?.[1]).toBe('Alingsås 2026. Lägre än landet: alla sju frågor.')
      expect(wordsIn(body)).toMatch(/ 60\s% 200 svar /)
      expect(wordsIn(body)).toMatch(/Källa: .* 2026, utgåva 1, /)
      expect(wordsIn(body)).not.toContain('Övningssiffror')
      expect((await service.app.inject('/en/results/2026/1489/pictures/questions.svg')).body).toContain('>Getting in')
    }))

  test('are of the release that the page is of', () =>
    withService(async (service) => {
      await publishedRound(service, answered)
      const pinned = await service.app.inject('/sv/results/2026/compare?m=1489&release=1')
      const { href } = linksIn(pinned.body)[0]!
      expect(href).toBe('/sv/results/2026/compare/pictures/compared.png?m=1489&release=1')
      expect((await service.app.inject(href)).statusCode).toBe(200)
      expect((await service.app.inject(href.replace('release=1', 'release=2'))).statusCode).toBe(404)
    }))

  test('say of figures that are made up, or not published, that they are', () =>
    withService(
      async (service) => {
        await openedRound(service, answered)
        await letSee(service, 'release')
        const { get } = await staffBrowser(service, { role: 'viewer' })
        const { body, headers } = await get('/staff/results/2026/1489/pictures/questions.svg')
        expect(wordsIn(body)).toContain('Övningssiffror: svaren är påhittade. Resultatet är inte publicerat än.')
        expect(headers['cache-control']).toBe('no-store')
      },
      { KEEP_ROUND_KEY: 'true' },
    ))

  test('tell nothing that is withheld', () =>
    withService(async (service) => {
      await publishedRound(service, answered)
      const { body } = await service.app.inject('/sv/results/2026/1490/pictures/groups.svg')
      expect(wordsIn(body)).toContain('färre än tio svar')
      expect(wordsIn(body)).not.toMatch(/\b(9 svar|44 %|4 svar)/)
    }))
})

describe('a picture', () => {
  test('is seen by those who see its page, and as long as they do', () =>
    withService(async (service) => {
      const { id } = await openedRound(service, answered)
      const status = async (url = `${picture}.png`) => (await service.app.inject(url)).statusCode
      const [national, viewer] = [
        await staffBrowser(service, { role: 'national' }),
        await staffBrowser(service, { role: 'viewer' }),
      ]
      const staff = async () =>
        Promise.all([national, viewer].map(async ({ get }) => (await get(`/staff${picture.slice(3)}.png`)).statusCode))
      expect([await status(), await staff()]).toEqual([404, [200, 404]])
      await letSee(service, 'release')
      expect([await status(), await staff()]).toEqual([404, [200, 200]])
      expect(await status(`/staff${picture.slice(3)}.png`)).toBe(303)
      await letSee(service, 'publish')
      await pass(1_100)
      expect(await status()).toBe(200)
      await withdraw(service.db, { roundId: id, number: 1, by: 'one', now: service.clock.now }, 'Fel enhet.')
      await pass(1_100)
      expect([await status(), await staff()]).toEqual([410, [410, 410]])
    }))

  test('of units is nobody’s', () =>
    withService(async (service) => {
      await publishedRound(service, answered)
      const [own, foreign] = [
        await staffBrowser(service, { role: 'viewer' }),
        await staffBrowser(service, { role: 'viewer', municipalityCode: '1490' }),
      ]
      const address = '/staff/results/2026/1489/units/pictures/units.png'
      expect((await own.get(address)).statusCode).toBe(404)
      expect((await foreign.get(address)).statusCode).toBe(403)
    }))

  test.each(['no.png', 'questions', 'questions.gif', 'questions.png.svg', 'QUESTIONS.png', 'constructor.png', '.svg'])(
    'is refused for %s',
    (file) =>
      withService(async (service) => {
        await publishedRound(service, answered)
        expect((await service.app.inject(`/sv/results/2026/1489/pictures/${file}`)).statusCode).toBe(404)
      }),
  )

  test('of too many rows is none', () =>
    withService(async (service) => {
      await publishedRound(service, answered)
      const nobody = await service.app.inject('/sv/results/2026/municipalities?name=x')
      expect(linksIn(nobody.body)).toEqual([])
      expect(linksIn((await service.app.inject('/sv/results/2026/compare')).body)).toEqual([])
    }))

  test('is made once, and not sent again to whoever has it', () =>
    withService(async (service) => {
      await publishedRound(service, answered)
      const first = await service.app.inject({ url: `${picture}.png`, headers: { 'accept-encoding': 'br' } })
      expect(first.headers['cache-control']).toBe('public, no-cache')
      expect(first.headers['content-encoding']).toBeUndefined()
      await service.db.delete(releasedIndicators).run()
      const again = await service.app.inject(`${picture}.png`)
      expect(again.rawPayload.equals(first.rawPayload)).toBe(true)
      const known = { 'if-none-match': String(first.headers.etag) }
      const kept = await service.app.inject({ url: `${picture}.png`, headers: known })
      expect([kept.statusCode, kept.body]).toEqual([304, ''])
    }))

  test('takes its part of what all pages may take together', () => {
    const pages = keptPages(1_000_000)
    for (let nth = 0; nth < 100; nth++) {
      pages.find('now', `/${nth}.png`)
      pages.keep('now', `/${nth}.png`, readyFile('x.png', Buffer.alloc(100_000), { language: 'sv' }))
      expect(pages.size()).toBeLessThanOrEqual(1_000_000)
    }
    expect(pages.find('now', '/99.png')).toBeDefined()
    expect(pages.find('now', '/9.png')).toBeUndefined()
  })

  test('is sent over https with what every page has', () =>
    withService(
      async (service) => {
        await publishedRound(service, answered)
        const { headers } = await service.app.inject(`${picture}.png`)
        expect(headers['strict-transport-security']).toBe('max-age=31536000')
      },
      { PUBLIC_URL: 'https://svar.example.se' },
    ))
})
