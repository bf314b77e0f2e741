import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { preferredEncoding, preferredLanguage } from '../../src/web/negotiation.ts'
import { type Service, startService } from '../support/service.ts'

const languages = loadLanguages()
const languageFor = (header?: string) => preferredLanguage({ 'accept-language': header }, languages).code

describe('the language of a first visit', () => {
  test.each([
    ['sv', 'sv'],
    ['so', 'so'],
    ['en-GB,en;q=0.9,sv;q=0.8', 'en'],
    ['uk-UA,uk;q=0.9,ru;q=0.8,en;q=0.7', 'uk'],
    ['es-419', 'es'],
    ['AR-sy', 'ar'],
    ['ti-ER,en;q=0.5', 'ti'],
  ])('is the one that the browser asks for: %s -> %s', (header, code) => {
    expect(languageFor(header)).toBe(code)
  })

  test.each([
    ['sv;q=0.2, ar;q=0.9, en;q=0.5', 'ar'],
    ['en;q=0.1, ti;q=0.11', 'ti'],
    ['ar;q=0.1, so;q=0.4, ar-SY;q=0.9', 'ar'],
    ['en;q=0, so;q=0.1', 'so'],
    ['en;q=0', 'sv'],
  ])('follows the weights, not the order, and zero means no: %s -> %s', (header, code) => {
    expect(languageFor(header)).toBe(code)
  })

  test.each([
    ['de-DE,de;q=0.9,es;q=0.1', 'es'],
    ['ps, ku;q=0.9, fa;q=0.8', 'fa'],
  ])('is the first of those there are: %s -> %s', (header, code) => {
    expect(languageFor(header)).toBe(code)
  })

  test.each([
    ['prs', 'fa'],
    ['prs-AF,en;q=0.9', 'fa'],
    ['fa-AF', 'fa'],
    ['nb-NO,en;q=0.9', 'sv'],
    ['nn,en;q=0.9', 'sv'],
    ['no,en;q=0.9', 'sv'],
    ['da-DK,en;q=0.9', 'sv'],
  ])('is the one that is read by the same people: %s -> %s', (header, code) => {
    expect(languageFor(header)).toBe(code)
  })

  test.each([[undefined], [''], ['*'], ['de, fi;q=0.5'], ['xx-Xxxx-XX']])('is Swedish for %s', (header) => {
    expect(languageFor(header)).toBe('sv')
  })

  test.each([
    [';;;q=,,', 'sv'],
    ['en;q=abc, so', 'so'],
    ['constructor, __proto__, en;q=0.5', 'en'],
    ['../../etc/passwd', 'sv'],
    ['ar'.repeat(4000), 'sv'],
    [`${'de,'.repeat(2000)}ar`, 'ar'],
  ])('is not upset by nonsense: %.30s -> %s', (header, code) => {
    expect(languageFor(header)).toBe(code)
  })

  test('is always one that there is', () => {
    const codes = languages.all.map(({ code }) => code)
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (header) => codes.includes(languageFor(header))))
  })
})

describe('the encoding of a page', () => {
  test.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br', 'br'],
    ['BR;q=0.8, GZIP', 'br'],
    ['gzip;q=1.0, br;q=0.5', 'br'],
    ['gzip;q=0.1, identity;q=0.5', 'gzip'],
    ['*', 'br'],
  ] as const)('is the smallest that the browser can read: %s -> %s', (header, encoding) => {
    expect(preferredEncoding(header)).toBe(encoding)
  })

  test.each([
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.000, gzip;q=0.001', 'gzip'],
    ['*, br;q=0', 'gzip'],
    ['br;q=0, gzip;q=0', 'identity'],
    ['*;q=0', 'identity'],
  ] as const)('is never one with weight zero: %s -> %s', (header, encoding) => {
    expect(preferredEncoding(header)).toBe(encoding)
  })

  test.each([
    [undefined],
    [''],
    ['identity'],
    ['deflate'],
    ['zstd, compress'],
    [';;q=,'],
    ['brotli, gz'],
    ['br'.repeat(4000)],
  ])('is none for %.30s', (header) => {
    expect(preferredEncoding(header)).toBe('identity')
  })

  test('is the same the second time, however many headers were seen in between', () => {
    const headers = Array.from({ length: 300 }, (_, index) => [
      `gzip;q=0.${index + 1}`,
      `x-${index}, br`,
      `x-${index}`,
    ]).flat()
    const first = headers.map(preferredEncoding)
    expect(first.slice(0, 3)).toEqual(['gzip', 'br', 'identity'])
    expect(new Set(first.slice(-3))).toEqual(new Set(['gzip', 'br', 'identity']))
    expect(headers.map(preferredEncoding)).toEqual(first)
  })

  test('never fails, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (header) =>
        ['br', 'gzip', 'identity'].includes(preferredEncoding(header)),
      ),
    )
  })
})

describe('a page', () => {
  let service: Service
  beforeAll(async () => {
    service = await startService()
  })
  afterAll(() => service.close())

  test('holds the same words in every encoding, and says which encoding and language it has', async () => {
    const ask = (encoding: string) =>
      service.app.inject({ url: '/', headers: { 'accept-language': 'prs', 'accept-encoding': encoding } })
    const [plain, gzip, br] = await Promise.all(['identity', 'gzip', 'br, gzip'].map(ask))

    expect(plain!.body).toContain('<html lang="fa" dir="rtl">')
    expect(plain!.headers).not.toHaveProperty('content-encoding')
    expect(gzip!.headers['content-encoding']).toBe('gzip')
    expect(br!.headers['content-encoding']).toBe('br')
    expect(gunzipSync(gzip!.rawPayload).toString()).toBe(plain!.body)
    expect(brotliDecompressSync(br!.rawPayload).toString()).toBe(plain!.body)
    for (const { headers } of [plain!, gzip!, br!]) {
      expect(headers['content-language']).toBe('fa')
    }
  })

  test('of an address in a language stays in it, whatever the browser asks for', async () => {
    const page = await service.app.inject({ url: '/so', headers: { 'accept-language': 'ar' } })
    expect(page.body).toContain('<html lang="so" dir="ltr">')
  })

  test('that does not exist says so in the language of the browser', async () => {
    const page = await service.app.inject({ url: '/nowhere', headers: { 'accept-language': 'de, es;q=0.5' } })
    expect(page.statusCode).toBe(404)
    expect(page.body).toContain('Esta página no existe')
  })

  test.each(['/so/nowhere', '/so/about/young/none', '/so/%ff?ar'])(
    '%s does not exist, and says so in its language',
    async (url) => {
      const page = await service.app.inject({ url, headers: { 'accept-language': 'ar' } })
      expect(page.statusCode).toBeGreaterThanOrEqual(400)
      expect(page.body).toContain('<html lang="so" dir="ltr">')
    },
  )
})
