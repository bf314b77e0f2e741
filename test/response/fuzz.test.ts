import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { questions } from '../../src/questionnaire/questions.ts'
import { rowIn } from '../support/rows.ts'
import { browse, drawCodes, openRound, type Service, startService } from '../support/service.ts'

const form = 'application/x-www-form-urlencoded'

let service: Service
let code: string
let cookies: Record<'entering' | 'answering' | 'thanked', string>

beforeAll(async () => {
  service = await startService({ settings: { WRONG_CODES_PER_HOUR: '1000000' } })
  code = (await drawCodes(service, await openRound(service.db)))[0]!
})
afterAll(() => service.close())

beforeEach(async () => {
  const browser = browse(service.app)
  await browser.post('/entry', { code: '0000000000000000', language: 'sv' }) // never issued
  const entering = `visit=${browser.jar.get('visit')}`
  await browser.post('/entry', { code, language: 'sv' })
  const answering = browser.cookie()
  await browser.post('/response', { contact: 'very_easy' })
  cookies = { entering, answering, thanked: browser.cookie() }
})

/** Every address that takes a POST, as the router has them. */
function postRoutes(): string[] {
  const path: string[] = []
  const routes: string[] = []
  for (const line of service.app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, branch, part, methods = ''] = /^([│ ]*[├└]── )(\S*)(?: \((.*)\))?$/.exec(line) ?? []
    if (branch === undefined) continue
    path.length = branch.length / 4 - 1
    path.push(part!)
    if (methods.split(', ').includes('POST')) routes.push(path.join(''))
  }
  return routes
}

async function post(url: string, payload: string | Buffer, headers: Record<string, string>) {
  return service.app.inject({ method: 'POST', url, payload, headers })
}

/** What the program of the tablet sends, whose key is looked for before anything of it is read: it reads no page. */
const isOfTablet = (url: string) => url.startsWith('/tablet/')

/** Whatever was sent: a page that can be read, or the way to one. Never a failure of the service. */
async function expectPage(response: Awaited<ReturnType<typeof post>>, url: string) {
  expect(response.statusCode, response.body).toBeLessThan(500)
  if (isOfTablet(url) && /json/.test(String(response.headers['content-type']))) {
    expect(response.statusCode).toBeLessThan(430)
    return
  }
  if (response.statusCode === 303) {
    const next = await service.app.inject({ url: response.headers.location as string })
    expect([200, 303]).toContain(next.statusCode)
    if (next.statusCode === 200) expect(next.headers['content-type']).toBe('text/html; charset=utf-8')
    return
  }
  expect(response.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(response.body).toMatch(/^<!doctype html>/i)
  expect(response.headers['content-security-policy']).toContain("default-src 'none'")
}

const names = [
  ...questions.map(({ id }) => id),
  'code',
  'language',
  'wanted',
  'kept',
  '__proto__',
  'constructor',
  'toString',
  '',
]
const values = [...new Set(questions.flatMap(({ options }) => options)), 'sv', 'ar', '0'.repeat(16), '']
const text = fc.oneof(
  fc.constantFrom(...names, ...values),
  fc.string({ unit: 'binary', maxLength: 40, size: 'max' }),
  fc.string({ unit: 'grapheme', maxLength: 40, size: 'max' }),
  fc.constantFrom(
    '%',
    '%E0%A4%A',
    '%00',
    '%zz',
    '\0',
    '\u202e',
    '\ud800',
    '💥'.repeat(100),
    '٣'.repeat(17),
    '-'.repeat(501),
  ),
)
const field = fc.tuple(fc.oneof(fc.constantFrom(...names), text), text)
const wellFormed = fc
  .array(field, { maxLength: 12, size: 'max' })
  .map((fields) => new URLSearchParams(fields).toString())
const broken = fc
  .array(field, { maxLength: 12, size: 'max' })
  .map((fields) => fields.map((pair) => pair.join('=')).join('&'))
const duplicated = wellFormed.map((fields) => `${fields}&${fields}&${fields}`)
const huge = fc.integer({ min: 1000, max: 20_000 }).map((length) => `code=${'1'.repeat(length)}`)
const many = fc.integer({ min: 100, max: 3000 }).map((number) => 'a=1&'.repeat(number))
const bytes = fc.uint8Array({ maxLength: 300, size: 'max' }).map((array) => Buffer.from(array))
const someBody = fc.oneof(wellFormed, wellFormed, broken, duplicated, huge, many, bytes, fc.json())

const someType = fc.oneof(
  { weight: 6, arbitrary: fc.constant(form) },
  fc.constantFrom(
    `${form}; charset=utf-8`,
    `${form}; charset=nonsense`,
    'application/json',
    'multipart/form-data; boundary=x',
    'multipart/form-data',
    'text/plain',
    'application/xml',
    'nonsense',
    ';',
    '',
  ),
)
const someCookie = fc.oneof(
  fc.constantFrom('entering', 'answering', 'thanked', 'none'),
  fc.constantFrom(
    'visit=',
    'visit',
    '=',
    ';;;',
    'visit=%',
    'visit=%E0%A4%A',
    'visit="',
    'visit=a; visit=b',
    '__proto__=1',
  ),
  fc.base64String().map((value) => `visit=${value}`),
  fc.stringMatching(/^[ -~]{0,60}$/, { size: 'max' }),
)
const cookieOf = (cookie: string) => cookies[cookie as keyof typeof cookies] ?? (cookie === 'none' ? '' : cookie)

describe('nonsense that is sent to', () => {
  test('is sent to every address that takes a form', () => {
    expect(postRoutes()).toEqual(
      expect.arrayContaining(['/entry', '/entry/language', '/visit/:mark/language', '/visit/:mark/response']),
    )
  })

  test('any of them is met with a page', async () => {
    const routes = postRoutes()
    const seen = new Set<number>()
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...routes), someBody, someType, someCookie, async (url, body, type, cookie) => {
        const headers = { 'content-type': type, cookie: cookieOf(cookie) }
        const response = await post(url, body, headers)
        seen.add(response.statusCode)
        await expectPage(response, url)
      }),
      { numRuns: 2000 },
    )
    expect([...seen].sort()).toEqual(expect.arrayContaining([303, 400, 413, 415])) // it reached all kinds of doors
  })

  test.each(['/entry', '/visit/:mark/language', '/visit/:mark/response'])(
    '%s, of each kind, by somebody who answers',
    async (url) => {
      for (const [body, status] of [
        ['', [303, 400]],
        ['contact=very_easy&contact=very_hard&code=1&code=2&language=sv&language=ar', [400]],
        [`contact=${'x'.repeat(17_000)}`, [413]],
        ['contact=%E0%A4%A&code=%E0%A4%A&language=%', [303, 400]],
        ['contact=improved_a_lot&code=%00&language=../../etc', [303, 400]],
        ['__proto__=1&constructor=2&toString=3&language=__proto__', [400]],
      ] as const) {
        const response = await post(url, body, { 'content-type': form, cookie: cookies.answering })
        await expectPage(response, url)
        expect(status, `${url} ${body.slice(0, 40)}`).toContain(response.statusCode)
      }
    },
  )

  test('any of them is met with a page when nothing at all is sent', async () => {
    for (const url of postRoutes()) {
      await expectPage(await service.app.inject({ method: 'POST', url }), url)
      await expectPage(await service.app.inject({ method: 'POST', url, headers: { cookie: cookies.answering } }), url)
    }
  })

  test('an address that takes no form, or does not exist, is met with a page', async () => {
    for (const url of [
      '/',
      '/sv',
      '/questions',
      '/thanks',
      '/nowhere',
      '/entry/',
      '/entry/1',
      `/${'x'.repeat(5000)}`,
      '/entry?code=1',
    ])
      await expectPage(await post(url, 'a=1', { 'content-type': form }), url)
  })
})

test('a failure of the service would be seen', async () => {
  const failing = await startService({
    recordResponse: async () => {
      throw new TypeError('a defect')
    },
  })
  const [good] = await drawCodes(failing, await openRound(failing.db))
  const browser = browse(failing.app)
  await browser.post('/entry', { code: good!, language: 'sv' })
  const response = await browser.post('/response', { contact: 'very_easy' })
  expect(response.statusCode).toBe(503)
  await expect(expectPage(response, '/')).rejects.toThrow()
  await failing.close()
})

test('nothing but the one answer is in the urn after all that', async () => {
  expect(await rowIn(service.db, 'select count(*) as ballots from urn')).toEqual({ ballots: 1 })
})
