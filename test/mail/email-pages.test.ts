import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { formToken } from '../../src/crypto/secrets.ts'
import { makeLog } from '../../src/log/log.ts'
import { deliveryRounds } from '../../src/mail/delivery-round.ts'
import { countRecipients } from '../../src/mail/recipient-store.ts'
import { setPaused } from '../../src/round/plan-store.ts'
import { delimiters } from '../../src/table/table.ts'
import { tracesOf } from '../anonymity/traces.ts'
import { rowsIn } from '../support/rows.ts'
import { staffBrowser } from '../support/staff.ts'
import { makeXlsx, row, text } from '../table/make-xlsx.ts'
import { countOutbox } from './count-outbox.ts'
import { codeIn, openPostOffice, type PostOffice, people } from './post-office.ts'

const settings = { SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM: 'Undersökningen <svar@kommun.example>' }
let folder: string
let log: string[]
let post: PostOffice
let stratumId: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-email-'))
  log = []
  const stream = { write: (line: string) => void log.push(line) }
  const file = join(folder, 'brukarsvar.sqlite')
  post = await openPostOffice({ settings, file, log: makeLog('trace', stream) })
  stratumId = post.round.strata.economic_assistance
})
afterEach(async () => {
  await post.close()
  rmSync(folder, { recursive: true })
})

type Browser = Awaited<ReturnType<typeof staffBrowser>>
const coordinator = () => staffBrowser(post.service, { role: 'coordinator' })

/** Sends the form with a file, as a browser does; the token first. */
async function sendFile(browser: Browser, name: string, content: string | Buffer) {
  const token = browser.jar.get('staff')!
  const edge = 'edge'
  const field = (name: string, value: string) =>
    `--${edge}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const file = `--${edge}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/csv\r\n\r\n`
  return post.service.app.inject({
    method: 'POST',
    url: `/staff/email/${stratumId}/new`,
    headers: { cookie: `staff=${token}`, 'content-type': `multipart/form-data; boundary=${edge}` },
    payload: Buffer.concat([
      Buffer.from(`${field('form', formToken(token))}${field('addresses', '')}${field('language', 'sv')}${file}`),
      Buffer.from(content as string),
      Buffer.from(`\r\n--${edge}--\r\n`),
    ]),
  })
}

const give = (browser: Browser, addresses: string, language = 'sv') =>
  browser.post(`/staff/email/${stratumId}/new`, { addresses, language })

/** From the check page to the end of the job. */
async function confirm(browser: Browser, list: string) {
  const { headers } = await browser.post(list)
  const job = headers.location!
  const page = await vi.waitFor(
    async () => {
      const page = await browser.get(job)
      expect(page.body).not.toContain('http-equiv="refresh"')
      return page.body
    },
    { timeout: 300_000 },
  )
  return { job, page }
}

const states = async () =>
  Object.fromEntries(
    (await countRecipients(post.office.mailDb, post.round.id)).map(({ state, number }) => [state, number]),
  )

describe('a coordinator', () => {
  test('pastes addresses, sees what is wrong with them, confirms, follows, and reminds once they have arrived', async () => {
    const browser = await coordinator()
    expect((await browser.get('/staff/email')).body).toContain('Välj en målgrupp och klistra in')
    const given = await give(browser, `${people(12).join('\n')}\nanna\nperson3@example.org`, 'en')
    const list = given.headers.location!
    expect(list).toMatch(/^\/staff\/email\/lists\/[0-9a-f]{16}$/)
    const check = (await browser.get(list)).body
    for (const said of ['12 personer bjuds in', 'English', '2 rader används inte', 'Det är ingen e-postadress.'])
      expect(check).toContain(said)
    expect(await states()).toEqual({})

    const { job, page } = await confirm(browser, list)
    expect(page).toContain('12 inbjudningar väntar på att skickas')
    expect((await browser.post(list)).headers.location).toBe(job) // pressed once more
    expect(await states()).toEqual({ queued: 12 })

    await post.deliver()
    expect(
      post.server.received
        .splice(0)
        .map(({ to }) => to)
        .sort(),
    ).toEqual(people(12).sort())
    expect((await browser.get('/staff/email')).body).toContain('Skicka en påminnelse efter ungefär en vecka')
    const reminder = (await browser.get(`/staff/email/${stratumId}/reminder`)).body
    for (const said of [
      '12 personer har fått sin inbjudan',
      'Påminnelsen går till alla, även dem som redan har svarat.',
    ])
      expect(reminder).toContain(said)
    const reminded = await browser.post(`/staff/email/${stratumId}/reminder`, { number: '1' })
    expect(reminded.headers.location).toBe(`/staff/email/${stratumId}?done=email.reminded`)
    expect((await browser.post(`/staff/email/${stratumId}/reminder`, { number: '1' })).statusCode).toBe(409)
    await post.deliver()
    expect(post.server.received).toHaveLength(12)
    expect((await browser.get('/staff/email')).body).toContain('1 av 2 skickade')
  })

  test('chooses a file, whose column is guessed and can be changed, with or without headings', async () => {
    const browser = await coordinator()
    const csv = 'Namn;Anhörig;E-post\nAnna;eva@example.org;anna@example.org\nBo;;bo@example.org\nCia;;inte\n'
    const list = (await sendFile(browser, 'lista.csv', csv)).headers.location!
    const check = (await browser.get(list)).body
    for (const said of ['2 personer bjuds in', 'E-post (kolumn C)', 'inte']) expect(check).toContain(said)
    expect(check).toContain('<td>Anna</td>') // as it was read, for a person to see
    await browser.post(`${list}/column`, { column: '0' })
    expect((await browser.get(list)).body).toContain('En person bjuds in')
    await browser.post(`${list}/column`, { column: '1' })
    await confirm(browser, list)
    expect(await states()).toEqual({ queued: 2 })

    const two = makeXlsx({
      rows: `${row(1, [text('A1', 'E-post')])}${row(2, [text('A2', 'fia@example.org')])}<row r="3" hidden="1">${text('A3', 'nej@example.org')}</row>`,
      others: 1,
      parts: {
        'xl/worksheets/other0.xml': `<worksheet><sheetData>${row(1, [text('A1', 'gun@example.org')])}</sheetData></worksheet>`,
      },
    })
    const sheets = (await sendFile(browser, 'blad.xlsx', two)).headers.location!
    const first = (await browser.get(sheets)).body
    for (const said of ['fia@example.org', 'En dold rad är inte med', 'De andra är inte med: other0', 'blad other0'])
      expect(first).toContain(said)
    expect(first).not.toContain('nej@example.org')
    await browser.post(`${sheets}/column`, { column: '1' })
    expect((await browser.get(sheets)).body).toContain('gun@example.org')
    const titled = 'Deltagare i enkäten, hösten 2026\nNamn;E-post\nAnna;hans@example.org\n'
    const under = (await browser.get((await sendFile(browser, 'titel.csv', titled)).headers.location!)).body
    for (const said of ['En person bjuds in', 'hans@example.org', 'Rubrikerna står på rad 2'])
      expect(under).toContain(said)
    expect(under).not.toContain('Det är ingen e-postadress')

    const commas = 'Namn, E-post\nAnna, ida@example.org\n'
    const parted = (await sendFile(browser, 'komma.csv', commas)).headers.location!
    const whole = (await browser.get(parted)).body
    for (const said of ['En person bjuds in', 'ida@example.org', 'E-post (kolumn B)']) expect(whole).toContain(said)
    expect(whole).not.toContain('Det är ingen e-postadress')
    await browser.post(`${parted}/way`, { way: `delimiter-${delimiters.indexOf('none')}` })
    expect((await browser.get(parted)).body).toContain('<td>Anna, ida@example.org</td>')
    expect((await browser.post(`${parted}/way`, { way: 'sheet-7' })).statusCode).toBe(303)

    const bare = (await sendFile(browser, 'lista.csv', 'dan@example.org\neva@example.org\nbo@example.org\n')).headers
      .location!
    const second = (await browser.get(bare)).body
    for (const said of ['2 personer bjuds in', 'Personen är redan inbjuden']) expect(second).toContain(said)
    expect((await sendFile(browser, 'namn.csv', 'Namn\nAnna\n')).body).toContain('ingen kolumn med e-postadresser')
  })

  test.each([
    ['Anna Berg <anna@example.org>; Bo Ek <bo@example.org>; Cia <cia@example.org>\n', ['anna', 'bo', 'cia']],
    [
      'anna@example.org;bo@example.org;cia@example.org\ndan@example.org;eva@example.org\n',
      ['anna', 'bo', 'cia', 'dan', 'eva'],
    ],
    ['anna@example.org\tbo@example.org\ncia@example.org\tdan@example.org\n', ['anna', 'bo', 'cia', 'dan']],
    ['anna@example.org,bo@example.org,cia@example.org\n', ['anna', 'bo', 'cia']],
  ])('invites all whose addresses stand side by side in a file: %j', async (content, names) => {
    const browser = await coordinator()
    const list = (await sendFile(browser, 'till.txt', content)).headers.location!
    const { body } = await browser.get(list)
    for (const said of names.map((name) => `<bdi>${name}@example.org</bdi>`)) expect(body).toContain(said)
    for (const said of [`${names.length} personer bjuds in`, 'Alla kolumner med adresser (A, B'])
      expect(body).toContain(said)
    expect(body).not.toContain('används inte')
    await confirm(browser, list)
    expect(await states()).toEqual({ queued: names.length })
  })

  test('is told of each address that stands in another column, and may take them all', async () => {
    const browser = await coordinator()
    const check = async (content: string) => {
      const list = (await sendFile(browser, 'lista.csv', content)).headers.location!
      return { list, body: (await browser.get(list)).body }
    }
    const two =
      'Namn;E-post 1;E-post 2\nAnna;;anna@example.org\nBo;bo@example.org;bo@example.com\nEva;eva@example.org;Eva@example.org\n'
    const { list, body } = await check(two)
    for (const said of [
      '2 personer bjuds in',
      '2 celler med adresser står i andra kolumner och används inte',
      '2 rader används inte',
      '<bdi>anna@example.org</bdi>',
      '<bdi>bo@example.com</bdi>',
      'Den står i en annan kolumn än den som används.',
    ])
      expect(body).toContain(said)
    await browser.post(`${list}/column`, { column: '2' })
    const all = (await browser.get(list)).body
    expect(all).toContain('4 personer bjuds in')
    expect(all).not.toContain('i andra kolumner')

    const short = await check('Namn;E-post\nAnna;anna@example.org\nbo@example.org\n')
    for (const said of ['En person bjuds in', 'En cell med adress står i en annan kolumn', '<bdi>bo@example.org</bdi>'])
      expect(short.body).toContain(said)
  })

  test('has the sheet with a heading for addresses read, not one that tells about the file', async () => {
    const browser = await coordinator()
    const book = makeXlsx({
      rows: row(1, [text('A1', 'Frågor? Skriv till info@example.org')]),
      others: 1,
      parts: {
        'xl/worksheets/other0.xml': `<worksheet><sheetData>${row(1, [text('A1', 'E-post')])}${row(2, [text('A2', 'gun@example.org')])}</sheetData></worksheet>`,
      },
    })
    const { body } = await browser.get((await sendFile(browser, 'bok.xlsx', book)).headers.location!)
    for (const said of ['En person bjuds in', 'gun@example.org', '<strong>E-post (kolumn A), blad other0</strong>'])
      expect(body).toContain(said)
    expect(body).not.toContain('<bdi>info@example.org</bdi>')
  })

  test('tries again what could not be sent in two days', async () => {
    const browser = await coordinator()
    await post.invite(people(2))
    post.server.says.toMail = () => [451, '4.3.0 Not now']
    for (let days = 0; days < 4; days++) for (let tries = 0; tries < 12; tries++, post.wait(2)) await post.deliver()
    expect(await countOutbox(post.office.mailDb)).toMatchObject([{ state: 'given_up', number: 2 }])
    const again = await coordinator() // days have gone by
    expect((await again.get(`/staff/email/${stratumId}`)).body).toContain('2 mejl har inte gått att skicka')
    post.server.says.toMail = () => undefined
    await again.post(`/staff/email/${stratumId}/retry`)
    await post.deliver()
    expect(await states()).toEqual({ accepted: 2 })
    expect(browser.id).toBeDefined()
  })

  test('reads what the mails say in each language, from right to left where it is written so', async () => {
    const browser = await coordinator()
    const { body } = await browser.get(`/staff/email/${stratumId}/preview?language=ar`)
    expect(body).toContain('class="letter" lang="ar" dir="rtl"')
    expect((await browser.get(`/staff/email/${stratumId}/preview`)).body).toContain('Svara gärna på åtta korta frågor')
  })
})

describe('nothing is queued', () => {
  test('while the service has no mail server: the page says so and who can change it', async () => {
    const bare = await openPostOffice()
    const browser = await staffBrowser(bare.service, { role: 'coordinator' })
    const { body } = await browser.get('/staff/email')
    for (const said of ['Tjänsten kan inte skicka mejl', 'Den som sköter driften']) expect(body).toContain(said)
    const url = `/staff/email/${bare.round.strata.youth}`
    expect((await browser.post(`${url}/new`, { addresses: 'anna@example.org', language: 'sv' })).statusCode).toBe(409)
    expect((await browser.post(`${url}/reminder`, { number: '1' })).statusCode).toBe(409)
    await bare.close()
  })

  test('in a pause, also of a list that was checked before it', async () => {
    const browser = await coordinator()
    const list = (await give(browser, 'anna@example.org')).headers.location!
    await setPaused(post.service.db, post.round.id, true)
    expect((await browser.post(list)).statusCode).toBe(409)
    expect((await give(browser, 'anna@example.org')).statusCode).toBe(409)
    expect((await browser.get(`/staff/email/${stratumId}`)).body).toContain('Insamlingen är pausad')
    expect(await states()).toEqual({})
  })

  test('from an empty form, an unknown language, or a list that was cut off', async () => {
    const browser = await coordinator()
    expect((await give(browser, ' ')).body).toContain('Klistra in adresser eller välj en fil.')
    expect((await give(browser, 'anna@example.org', 'xx')).statusCode).toBe(400)
    const token = browser.jar.get('staff')!
    const payload = `--e\r\nContent-Disposition: form-data; name="form"\r\n\r\n${formToken(token)}\r\n--e\r\nContent-Disposition: form-data; name="language"\r\n\r\nsv\r\n--e\r\nContent-Disposition: form-data; name="addresses"\r\n\r\n${people(5_000).join('\r\n')}\r\n--e--\r\n`
    const headers = { cookie: `staff=${token}`, 'content-type': 'multipart/form-data; boundary=e' }
    const url = `/staff/email/${stratumId}/new`
    const { statusCode, body } = await post.service.app.inject({ method: 'POST', url, headers, payload })
    expect(statusCode).toBe(400)
    expect(body).toContain('för lång att klistra in')
  })

  test('by another session, or after half an hour', async () => {
    const [browser, other] = [await coordinator(), await coordinator()]
    const list = (await give(browser, 'anna@example.org')).headers.location!
    expect((await other.get(list)).statusCode).toBe(404)
    expect((await other.post(list)).statusCode).toBe(404)
    post.wait(0.51)
    const late = await browser.post(list)
    expect(late.statusCode).toBe(404)
    expect(late.body).toContain('Listan finns inte kvar')
    expect(late.body).toContain('class="primary" href="/staff/email"')
    expect(await states()).toEqual({})
  })

  test('after a restart says where to look how it went, and what to do', async () => {
    const browser = await coordinator()
    const { statusCode, body } = await browser.get(`/staff/email/jobs/${'0'.repeat(32)}`)
    expect(statusCode).toBe(404)
    expect(body).toContain('Läs in samma lista en gång till.')
    expect(body).toContain('class="primary" href="/staff/email"')
  })
})

test('an address leaves no trace in the main database, the audit trail, a log, a URL or, in clear, the mail database', async () => {
  const word = randomBytes(8).toString('hex')
  const browser = await coordinator()
  const list = (await give(browser, `${word}@example.org\nno-${word}`)).headers.location!
  await browser.get(list)
  const { job } = await confirm(browser, list)
  await post.deliver()
  const code = codeIn(post.server.received[0]!.text)
  await browser.post(`/staff/email/${stratumId}/reminder`, { number: '1' })
  await post.deliver()
  expect(post.server.received).toHaveLength(2)
  expect(list + job).not.toContain(word)
  writeFileSync(join(folder, 'log'), log.join(''))
  expect(tracesOf({ word, code }, folder)).toEqual([])

  const deeds = await rowsIn(post.service.db, 'select action, number, subject from audit order by at, id')
  expect(deeds).toContainEqual({ action: 'email.invited', number: 1, subject: 'Enheten' })
  expect(deeds).toContainEqual({ action: 'email.reminded', number: 1, subject: 'Enheten' })
  expect(readFileSync(join(folder, 'mail.sqlite')).length).toBeGreaterThan(0)
})

test('says since when and why no mail is sent, and whom to tell, and not that any is being sent', async () => {
  const browser = await coordinator()
  const given = await give(browser, people(3).join('\n'))
  const { job } = await confirm(browser, given.headers.location!)
  expect((await browser.get('/staff/email')).body).toContain('Mejlen skickas några i taget.')
  expect((await browser.get(job)).body).toContain('mejl skickas i minuten')
  const news = { onTrouble: () => {}, onEnd: () => {} }
  const clock = () => post.service.clock.now
  const { office } = post
  const { server } = office
  await post.server.close()
  await deliveryRounds({ office, smtpUrl: post.server.url, clock, news })(10)
  expect(server.outage).toBeDefined()
  for (const path of ['/staff/email', `/staff/email/${stratumId}`, job]) {
    const { body } = await browser.get(path)
    expect(body).toContain('Inga mejl kommer iväg just nu. Felet märktes')
    expect(body).toContain('E-postservern svarar inte.')
    expect(body).toContain('Säg till den som sköter driften av Brukarsvar.')
    expect(body).not.toMatch(/Mejlen skickas|mejl skickas i minuten/)
  }
})
