import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { licenceUrl } from '../../src/catalogue/licence.ts'
import { parseConfig } from '../../src/config.ts'
import { loadLanguages } from '../../src/language/languages.ts'
import { type TargetGroup, targetGroups } from '../../src/questionnaire/target-groups.ts'
import { browse, drawCodes, openRound, type Service, startService, type TestRound } from '../support/service.ts'

const languages = loadLanguages().all.map(({ code }) => code)

let folder: string
let file: string
let service: Service
let round: TestRound

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-pages-'))
  file = join(folder, 'brukarsvar.sqlite')
  mkdirSync(join(folder, 'audio', 'sv', 'youth'), { recursive: true })
  writeFileSync(join(folder, 'audio', 'sv', 'youth', 'contact.mp3'), 'sound')
  service = await startService({ file, settings: { AUDIO_DIR: join(folder, 'audio') } })
  round = await openRound(service.db)
})
afterEach(async () => {
  await service.close()
  rmSync(folder, { recursive: true })
})

/** Every address the service has, with its methods, as the router knows them. */
function routes(): { address: string; methods: string[] }[] {
  const branch: string[] = []
  return service.app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const found = /^([│ ]*)[├└]── (\S*)(?: \((.+)\))?$/.exec(line)
      if (!found) return []
      const [, indent, part, methods] = found
      branch.splice(indent!.length / 4, branch.length, part!)
      return methods ? [{ address: branch.join(''), methods: methods.split(', ') }] : []
    })
}

const addressesOf = (method: string) =>
  routes()
    .filter(({ methods }) => methods.includes(method))
    .map(({ address }) => address)

interface Step {
  address: string
  next?: string
  title?: string
  links: string[]
  body: string
}

/** All that a person sees on the way from the start page to the thank-you, with every detour. */
async function walk(group: TargetGroup, language: string): Promise<{ code: string; steps: Step[] }> {
  const [code] = await drawCodes(service, round, { group })
  const browser = browse(service.app, { 'accept-language': language })
  const steps: Step[] = []
  const meet = (address: string, { headers, body }: Awaited<ReturnType<typeof browser.get>>) =>
    steps.push({
      address,
      next: headers.location,
      title: /<title>(.*?)<\/title>/.exec(body)?.[1],
      links: [...body.matchAll(/(?:href|src|action|formaction|data-audio)="(.*?)"/g)].map(([, link]) => link!).sort(),
      body,
    })
  const get = async (address: string) => meet(address, await browser.get(address))
  const post = async (address: string, form: Record<string, string>) => meet(address, await browser.post(address, form))

  await get('/')
  await get(`/${language}`)
  await post('/entry', { code: '1234', language })
  await get(`/${language}`)
  await post('/entry', { code: code!, language })
  await get('/questions')
  await post('/response', {})
  await get('/questions')
  await post('/language', { language, views: 'yes' })
  await get('/questions')
  await post('/response', { views: 'yes' })
  await get('/thanks')
  return { code: code!, steps }
}

describe('over the shoulder', () => {
  test.each(languages)('addresses and titles are the same for all target groups in %s', async (language) => {
    const walks = await Promise.all(targetGroups.map((group) => walk(group, language)))
    const seen = walks.map(({ steps }) => steps.map(({ address, next, title }) => ({ address, next, title })))
    for (const other of seen) expect(other).toEqual(seen[0])
    const pages = seen[0]!.filter(({ next }) => next === undefined)
    expect(pages).toHaveLength(8)
    for (const { address, title } of pages) expect(title, address).toMatch(/\S/)
  })

  test('addresses, titles and links hold no code, no group, no stratum and no ballot', async () => {
    for (const group of targetGroups) {
      const { code, steps } = await walk(group, 'sv')
      const shown = steps.flatMap(({ address, next, title, links }) => [address, next, title, ...links])
      for (const secret of [code, ...Object.values(round.strata), ...targetGroups])
        expect(shown.join('\n')).not.toContain(secret)
      const withoutHashes = shown.join('\n').replace(/^\/(assets|audio)\/\S+$/gm, '')
      expect(withoutHashes).not.toContain(round.id) // four digits, which a hash may hold
      expect(withoutHashes).not.toMatch(/[?&=]|\d{5}/)
    }
  })

  test('a page never says the code again, but for one that was mistyped', async () => {
    for (const group of targetGroups) {
      const { code, steps } = await walk(group, 'sv')
      const inAnyForm = new RegExp([...code].join('[\\s\\u00a0-]*'))
      for (const { address, body } of steps) expect(body, address).not.toMatch(inAnyForm)
    }
  })
})

describe('looking', () => {
  test('GET and HEAD on every address, with any cookie, leave the database as it is, to the byte', async () => {
    const [code, other] = await drawCodes(service, round, { count: 2 })
    const jars = { nobody: '', entering: '', answering: '', thanked: '' }
    const browser = browse(service.app)
    await browser.post('/entry', { code: '0000000000000000' }) // never issued
    jars.entering = `visit=${browser.jar.get('visit')}`
    await browser.post('/entry', { code: code! })
    await browser.post('/response', { views: 'yes' })
    jars.thanked = browser.cookie()
    await browser.post('/entry', { code: other! })
    await browser.post('/language', { language: 'so', views: 'no' })
    jars.answering = browser.cookie()

    const before = print()
    const addresses = new Set([...addressesOf('GET'), ...addressesOf('POST'), '/nowhere', `/${other}`])
    expect(addresses.size).toBeGreaterThan(60)
    for (const cookie of Object.values(jars)) {
      for (const url of addresses) {
        for (const method of ['GET', 'HEAD', 'OPTIONS'] as const) {
          const { statusCode } = await service.app.inject({ method, url, headers: { cookie } })
          expect(statusCode, `${method} ${url}`).toBeLessThan(500)
        }
      }
    }
    expect(print()).toEqual(before)

    await browser.post('/response', { views: 'yes' }) // a form does change it
    expect(print()).not.toEqual(before)
  })

  function print() {
    const names = readdirSync(folder).filter((name) => /^(brukarsvar|mail)\.sqlite/.test(name))
    return names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ])
  }
})

describe('every answer of the service', () => {
  const asked = {
    'content-security-policy': /default-src 'none'.*form-action 'self'.*base-uri 'none'.*frame-ancestors 'none'/,
    'referrer-policy': /^no-referrer$/,
    'x-content-type-options': /^nosniff$/,
  }

  /** One answer of every kind: all addresses, and everything that can go wrong with them. */
  async function answersOfEveryKind() {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const post = (url: string, payload: string, headers: Record<string, string> = form) => ({
      method: 'POST' as const,
      url,
      payload,
      headers,
    })
    const [code] = await drawCodes(service, round)
    const kinds = [
      ...addressesOf('GET')
        .filter((url) => !url.startsWith('/audio/'))
        .flatMap((url) => (['GET', 'HEAD'] as const).map((method) => ({ method, url }))),
      ...addressesOf('POST').map((url) => post(url, 'language=sv&views=yes')),
      post('/entry', `code=${code}`),
      post('/entry', 'code=0000000000000000'),
      post('/entry', `code=${'1'.repeat(20_000)}`),
      post('/entry', '{}', { 'content-type': 'application/json' }),
      post('/entry', 'code=1', { ...form, 'sec-fetch-site': 'cross-site' }),
      post('/response', 'views=perhaps'),
      post('/sv/stop/x', 'List-Unsubscribe=One-Click'),
      post('/sv/stop/x', '{}', { 'content-type': 'application/json' }),
      post('/nowhere', ''),
      { method: 'GET' as const, url: '/nowhere' },
      { method: 'GET' as const, url: '/assets/nothing.js' },
      { method: 'GET' as const, url: '/assets/../../package.json' },
      { method: 'PUT' as const, url: '/response' },
      { method: 'OPTIONS' as const, url: '/' },
    ]
    const answers = []
    for (const kind of kinds) {
      const { statusCode, headers, body } = await service.app.inject(kind)
      answers.push({ what: `${kind.method} ${kind.url}`, statusCode, headers, body })
    }
    return answers
  }

  test('forbids foreign content, referrers and guessing of types', async () => {
    const answers = await answersOfEveryKind()
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 303, 400, 404, 413, 415]))
    for (const { what, headers } of answers) {
      for (const [name, value] of Object.entries(asked))
        expect(String(headers[name]), `${name} of ${what}`).toMatch(value)
      expect(headers['content-security-policy'], what).not.toMatch(/unsafe|https?:|\*/)
      expect(headers.server ?? headers['x-powered-by'], what).toBeUndefined()
    }
  })

  test('is kept by no browser and no proxy, but for what is the same for everybody', async () => {
    const answers = await answersOfEveryKind()
    const stored = answers.filter(({ headers }) => !/^no-store\b/.test(String(headers['cache-control'])))
    for (const { what, statusCode } of stored) {
      expect(what).toMatch(
        /^(GET|HEAD) \/(assets\/|(sv|en)\/results\/feed\.xml$|v3\/openapi\.json$|catalog\.(rdf|ttl)$|open-data\.csv$)/,
      )
      expect(statusCode).toBe(200)
    }
  })

  test('keeps a recorded question nowhere either: it would tell which target group was asked', async () => {
    const recordings = addressesOf('GET').filter((url) => url.startsWith('/audio/'))
    expect(recordings).toHaveLength(1)
    const { headers } = await service.app.inject({ url: recordings[0]! })
    expect(headers['cache-control']).toBe('no-store')
    for (const [name, value] of Object.entries(asked)) expect(String(headers[name]), name).toMatch(value)
  })

  test('says no more than others where an address cannot be read, and does not repeat it', async () => {
    const { headers, body, statusCode } = await service.app.inject({ url: '/%zz1234567890123456' })
    expect(statusCode).toBe(400)
    expect(body).not.toContain('1234567890123456')
    expect(headers['cache-control']).toBe('no-store')
    for (const [name, value] of Object.entries(asked)) expect(String(headers[name]), name).toMatch(value)
  })

  /** What the sign-in page of staff finds out whether a browser keeps cookies by: the same for everybody. */
  const asksForCookies = 'kept=yes; Path=/; HttpOnly; SameSite=Lax'

  test('sends at most one cookie, which no script can read and no other site can send', async () => {
    const cookies = (await answersOfEveryKind()).flatMap(({ headers }) => headers['set-cookie'] ?? [])
    expect(cookies.length).toBeGreaterThan(0)
    for (const cookie of cookies.filter((one) => one !== asksForCookies))
      expect(cookie).toMatch(/^visit(?:-[a-z]{10})?=[\w-]*; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/)
  })

  test('leads nowhere else but to the authority that supervises and the licence of figures: no address of a third party in any page', async () => {
    const names = ['http://www.w3.org/2000/svg', 'http://www.w3.org/2005/Atom', 'https://schema.org']
    const { publicUrl, notice } = parseConfig({})
    const led = [notice.supervisor.address, licenceUrl['CC0-1.0']]
    const walks = await Promise.all(targetGroups.flatMap((group) => languages.map((language) => walk(group, language))))
    // The words of a description of data are written as addresses: nobody is led there, and it is no page.
    // Letters, pictures and what is packed are no text: by chance their bytes may read as anything.
    const isText = ({ 'content-type': type = '' }: Record<string, unknown>) =>
      !/^(font|image\/png|application\/gzip)/.test(String(type))
    const pages = (await answersOfEveryKind()).filter(
      ({ what, headers }) => !/ \/catalog\.(rdf|ttl)$/.test(what) && isText(headers),
    )
    const bodies = [...pages, ...walks.flatMap(({ steps }) => steps)].map(({ body }) => body)
    expect(bodies.length).toBeGreaterThan(400)
    for (const body of new Set(bodies)) {
      const addresses = body.match(/(?:https?:)?\/\/[a-z0-9-]+\.[a-z0-9.-]+[^\s"'<>)]*/gi) ?? []
      expect(addresses.filter((address) => ![...names, ...led].includes(address))).toEqual([])
      for (const [, link] of body.matchAll(/\s(?:href|src|action|formaction)="(.*?)"/g))
        if (!led.includes(link!) && !link!.startsWith(`${publicUrl}/`))
          expect(link).toMatch(/^(?:[/#]|(?:language|response|about)$)/)
    }
  })
})
