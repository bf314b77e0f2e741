import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import { assetsFolder } from '../../src/web/assets.ts'
import { browse, drawCodes, openRound, type Service, startService, type TestRound } from '../support/service.ts'

/** Nearly what a new connection carries before it waits for an answer: ten packets of 1 460 bytes. */
const mostBytes = 14 * 1024

let service: Service
let round: TestRound
beforeAll(async () => {
  service = await startService()
  round = await openRound(service.db)
})
afterAll(() => service.close())

/** The bytes of an answer as it goes over the wire, its head included. */
async function bytesOf(url: string, encoding: string, cookie = ''): Promise<number> {
  const sent = await service.app.inject({ url, headers: { cookie, 'accept-encoding': encoding } })
  expect([url, sent.statusCode]).toEqual([url, 200])
  const lines = Object.entries(sent.headers).flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`))
  return ['HTTP/1.1 200 OK', ...lines, '', ''].join('\r\n').length + sent.rawPayload.length
}

/** A page with all that a browser fetches before it shows the words. Fonts come after: text stands there without them. */
async function visitOf(url: string, encoding: string, cookie = ''): Promise<number> {
  const { body } = await service.app.inject({ url, headers: { cookie, 'accept-encoding': 'identity' } })
  const assets = new Set([...body.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, address]) => address!))
  expect([...assets].map((address) => address.split('.').at(-1)).sort()).toEqual(['css', 'js', 'svg'])
  const sizes = await Promise.all([...assets].map((address) => bytesOf(address, encoding)))
  return sizes.reduce((sum, bytes) => sum + bytes, await bytesOf(url, encoding, cookie))
}

test.each(loadLanguages().all.flatMap(({ code }) => ['br', 'gzip'].map((encoding) => [code, encoding] as const)))(
  'the first visit in %s, packed as %s, fits fourteen kilobytes for every target group, page, style, script and icon together',
  async (language, encoding) => {
    expect(await visitOf(`/${language}`, encoding)).toBeLessThanOrEqual(mostBytes)
    for (const group of targetGroups) {
      const [code] = await drawCodes(service, round, { group })
      const browser = browse(service.app)
      await browser.post('/entry', { code: code!, language })
      const questions = `/visit/${browser.mark()}/questions`
      expect(await visitOf(questions, encoding, browser.cookie())).toBeLessThanOrEqual(mostBytes)
    }
  },
)

test('the letters that a language needs beside are few: at most two files of its own, which come after the words', () => {
  const fonts = readdirSync(assetsFolder).filter((file) => file.endsWith('.woff2'))
  const sizes = Object.fromEntries(
    fonts.map((file) => [file.split('-', 2).join('-'), statSync(join(assetsFolder, file)).size]),
  )
  const of = (name: string) =>
    Object.entries(sizes).reduce((sum, [file, size]) => sum + (file.startsWith(name) ? size : 0), 0)
  expect(fonts.length).toBe(5)
  expect(of('arabic')).toBeLessThanOrEqual(24_000)
  expect(of('ethiopic')).toBeLessThanOrEqual(32_000)
  expect(of('names')).toBeLessThanOrEqual(1_200)
})
