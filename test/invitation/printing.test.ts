import { unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { formToken } from '../../src/crypto/secrets.ts'
import { makeLog } from '../../src/log/log.ts'
import { listStrata } from '../../src/organisation/store.ts'
import { readAddresses } from '../../src/print/print-addresses.ts'
import { printJobs } from '../../src/print/print-jobs.ts'
import { addressesOf } from '../../src/print/print-order.ts'
import { moveRound } from '../../src/round/store.ts'
import { readTable } from '../../src/table/table-file.ts'
import { addUp, dispositionsOf, listChannelRecords } from '../support/exact-ledger.ts'
import { rowsIn, valuesIn } from '../support/rows.ts'
import { browse, openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

let service: Service
let round: TestRound
let log: string[]
beforeEach(async () => {
  log = []
  const stream = { write: (line: string) => void log.push(line) }
  service = await startService({ log: makeLog('trace', stream) })
  round = await openRound(service.db)
})
afterEach(() => service.close())

type Browser = Awaited<ReturnType<typeof staffBrowser>>

const coordinator = () => staffBrowser(service, { role: 'coordinator' })
const onceIn = (html: string) => /name="once" value="([\w-]+)"/.exec(html)![1]!

async function order(browser: Browser, form: Record<string, string>) {
  const once = form.once ?? onceIn((await browser.get('/staff/print/one')).body)
  return browser.post('/staff/print', { once, stratum: round.strata.youth, language: 'sv', contact: '', ...form })
}

/** The page of the job once it has come to an end. */
async function ended(browser: Browser, url: string) {
  return vi.waitFor(
    async () => {
      const page = await browser.get(url)
      expect(page.body).not.toContain('http-equiv="refresh"')
      return page
    },
    { timeout: 60_000, interval: 100 },
  )
}

async function counted() {
  return addUp((await listChannelRecords(service.db, round.id)).map(dispositionsOf))
}

const batches = () => rowsIn<{ id: string }>(service.db, 'select id, channel, issued, leftover, issued_on from batches')

describe('a coordinator prints', () => {
  test('an Excel file of codes and links, fetches it once, and finds the batch in stock', async () => {
    const browser = await coordinator()
    const ordered = await order(browser, { kind: 'xlsx', number: '12' })
    const job = ordered.headers.location as string
    expect(job).toMatch(/^\/staff\/print\/jobs\/[0-9a-f]{32}$/)
    expect((await ended(browser, job)).body).toContain('Filen är klar')

    const file = await browser.post(`${job}/file`)
    expect(file.headers['content-disposition']).toMatch(/^attachment; filename="xlsx-[0-9a-f]{8}\.xlsx"$/)
    expect(file.headers['cache-control']).toBe('no-store')
    const sheet = Buffer.from(unzipSync(file.rawPayload)['xl/worksheets/sheet1.xml']!).toString()
    const cells = sheet.match(/<c [^>]*>/g)!
    expect(cells.filter((cell) => !/ t="(?:s|inlineStr)"/.test(cell))).toEqual([]) // no number that Excel could round
    const { header, rows } = await readTable(file.rawPayload, 'codes.xlsx')
    expect(header).toEqual(['Kod', 'Länk'])
    expect(rows).toHaveLength(12)
    const [code, link] = rows[0]!.cells
    expect(link).toBe(`http://localhost:3000/#${code!.replaceAll(' ', '')}`)
    const entered = await browse(service.app).post('/entry', { code: code!, language: 'sv' })
    expect(entered.headers.location).toBe('/questions')

    expect((await browser.get(job)).body).toContain('Filen är hämtad')
    expect((await browser.post(`${job}/file`)).statusCode).toBe(409)
    const [batch] = await batches()
    expect(batch).toMatchObject({ channel: 'letter', issued: 12, leftover: null, issued_on: '2026-09-15' })
    const list = await browser.get('/staff/print')
    expect(list.body).toMatch(/12 brev till [^<]+ skrevs ut 15 september 2026/)
    expect(await counted()).toMatchObject({ offered: 0 })
    await browser.post(`/staff/leftovers/${batch!.id}`, { number: '2' })
    expect(await counted()).toMatchObject({ offered: 10 })

    const bytes = service.db.$client.serialize()
    for (const { cells } of rows) {
      const digits = cells[0]!.replaceAll(' ', '')
      expect(bytes.includes(Buffer.from(digits))).toBe(false)
      expect(log.join('')).not.toContain(digits)
    }
  })

  test('slips as a PDF', async () => {
    const browser = await coordinator()
    const job = (await order(browser, { kind: 'slips', number: '3', language: 'ar' })).headers.location as string
    expect((await ended(browser, job)).body).toContain('Annars kan nästa persons kod hamna på baksidan')
    const file = await browser.post(`${job}/file`)
    expect(file.headers['content-type']).toBe('application/pdf')
    expect(file.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    expect(await batches()).toMatchObject([{ channel: 'handout', issued: 3 }])
  })

  test('letters with empty backs, where the printer prints on both sides whatever it is told', async () => {
    const browser = await coordinator()
    const form = { kind: 'letters', number: '3', emptyBacks: '1' }
    const job = (await order(browser, form)).headers.location as string
    const ready = (await ended(browser, job)).body
    expect(ready).toContain('Skriv ut på papperets båda sidor')
    expect(ready).not.toContain('nästa persons kod')
    const pdf = (await browser.post(`${job}/file`)).rawPayload.toString('latin1')
    expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(5) // nothing need follow the last
    expect(pdf).toContain('/Duplex /DuplexFlipLongEdge')
  })

  test('no question marks: letters that no font has are named, and what was typed stays', async () => {
    const browser = await coordinator()
    const refused = await order(browser, { kind: 'letters', number: '2', contact: 'Kim 漢字\nTel 1' })
    expect(refused.statusCode).toBe(400)
    expect(refused.body).toContain('De här tecknen går inte att skriva ut: 漢 字')
    expect(refused.body).toContain('Kim 漢字\nTel 1</textarea>')
    expect(await batches()).toEqual([])
    const table = await order(browser, { kind: 'csv', number: '2', contact: 'Kim 漢字' })
    expect(table.statusCode).toBe(303)
  })

  test('no line left out without a word: more than there is room for is refused, and what was typed stays', async () => {
    const browser = await coordinator()
    const contact = 'Kim\nTel 1\nMåndag\nTisdag'
    const refused = await order(browser, { kind: 'letters', number: '2', contact })
    expect(refused.statusCode).toBe(400)
    expect(refused.body).toContain('Högst 3 rader får plats i brevet.')
    expect(refused.body).toContain(`${contact}</textarea>`)
    expect(await batches()).toEqual([])

    const read = (parts: number) => {
      const cells = (word: string) => Array.from({ length: parts }, (_, at) => `${word} ${at}`).join(';')
      const bytes = Buffer.from(`${cells('Rubrik')}\nKim\n${cells('Del')}\n`)
      return readAddresses({ kind: 'letters', addresses: { name: 'adresser.csv', bytes } }, {})
    }
    expect(await read(6)).toMatchObject({ lines: [['Kim'], { length: 6 }] })
    expect(await read(7)).toEqual({ problem: 'staff.print.addressLines', values: { row: 3, most: 6 } })
  })

  test('letters to the addresses of a file, which is kept nowhere', async () => {
    const browser = await coordinator()
    const once = onceIn((await browser.get('/staff/print/one')).body)
    const rows =
      'Namn;Gata;Postnr;Ort\r\nKim Kvarnberg;Storgatan 1;441 30;Alingsås\r\nBo Bergdahl;Lillgatan 2;441 31;Alingsås\r\n'
    const payload = new FormData()
    payload.set('form', formToken(browser.jar.get('staff')!))
    for (const [name, value] of Object.entries({
      once,
      stratum: round.strata.youth,
      kind: 'letters',
      language: 'so',
      number: '',
      contact: 'Kim\nTel 1',
    }))
      payload.set(name, value)
    payload.set('addresses', new Blob([rows], { type: 'text/csv' }), 'adresser.csv')
    const request = new Request('http://localhost', { method: 'POST', body: payload })
    const ordered = await service.app.inject({
      method: 'POST',
      url: '/staff/print',
      headers: { 'content-type': request.headers.get('content-type')!, cookie: `staff=${browser.jar.get('staff')}` },
      payload: Buffer.from(await request.arrayBuffer()),
    })
    expect(ordered.statusCode, ordered.body).toBe(303)
    const job = ordered.headers.location as string
    expect((await ended(browser, job)).body).toContain('Filen är klar')
    expect((await browser.post(`${job}/file`)).rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    expect(await batches()).toMatchObject([{ channel: 'letter', issued: 2 }])
    for (const text of ['Kvarnberg', 'Storgatan', 'adresser.csv']) {
      expect(service.db.$client.serialize().includes(Buffer.from(text))).toBe(false)
      expect(log.join('')).not.toContain(text)
    }
  })

  test('nothing twice with the same form, and nothing that is not in order', async () => {
    const browser = await coordinator()
    const once = onceIn((await browser.get('/staff/print/one')).body)
    expect((await order(browser, { once, kind: 'csv', number: '2' })).statusCode).toBe(303)
    expect((await order(browser, { once, kind: 'csv', number: '2' })).statusCode).toBe(409)
    for (const form of [{ number: '0' }, { number: '2001' }, { number: '' }, { number: '1001', kind: 'slips' }])
      expect((await order(browser, { kind: 'csv', ...form })).statusCode).toBe(400)
    expect(await batches()).toHaveLength(1)
    await moveRound(service.db, round.id, ['collecting'], 'closed')
    expect((await order(browser, { once: 'a-number-of-a-form', kind: 'csv', number: '2' })).statusCode).toBe(409)
  })
})

describe('slips and letters for several target groups at once', () => {
  const numberOf = async (group: string) =>
    (await listStrata(service.db, round.id)).flatMap((one) =>
      one.targetGroup === group ? `number.${one.unitId}.${one.targetGroup}` : [],
    )[0]!
  async function form(browser: Browser, more: Record<string, string>) {
    const once = onceIn((await browser.get('/staff/print/new')).body)
    return { once, language: 'sv', [await numberOf('youth')]: '3', [await numberOf('addiction')]: ' 2 ', ...more }
  }
  const send = async (browser: Browser, more: Record<string, string>) =>
    browser.post('/staff/print/orders', await form(browser, more))

  test.each([
    ['slips', 'handout', 4],
    ['letters', 'letter', 7],
  ])('are %s in one file, each group a batch of its own behind its cover', async (kind, channel, pages) => {
    const browser = await coordinator()
    const ordered = await send(browser, { kind, [await numberOf('guardian')]: '' })
    const job = ordered.headers.location as string
    expect((await ended(browser, job)).body).toContain('Antal koder i filen: 5.')
    const pdf = (await browser.post(`${job}/file`)).rawPayload.toString('latin1')
    expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(pages)
    const issued = await rowsIn<{ issued: number; channel: string }>(
      service.db,
      'select issued, channel from batches order by issued',
    )
    expect(issued).toEqual([
      { issued: 2, channel },
      { issued: 3, channel },
    ])
    const deeds = await rowsIn(service.db, 'select action, number from audit order by action, number')
    expect(deeds.map(Object.values)).toEqual([
      ['print.fetched', 1],
      ['print.fetched', 1],
      ['print.issued', 2],
      ['print.issued', 3],
    ])
  })

  test('with empty backs have one behind the covers too', async () => {
    const browser = await coordinator()
    const job = (await send(browser, { kind: 'slips', emptyBacks: '1' })).headers.location as string
    await ended(browser, job)
    const pdf = (await browser.post(`${job}/file`)).rawPayload.toString('latin1')
    expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(7)
  })

  test('say what is wrong at its field, and keep what was typed', async () => {
    const browser = await coordinator()
    const [youth, addiction] = [await numberOf('youth'), await numberOf('addiction')]
    const wrong: [Record<string, string>, string][] = [
      [{ [youth]: 'tre' }, `id="${youth}-problem"`],
      [{ [youth]: '999', [addiction]: '2' }, 'Det är för många på en gång.'],
      [{ [youth]: '', [addiction]: '0' }, 'Skriv ett antal för minst en målgrupp.'],
      [{ contact: 'Kim 漢字' }, 'De här tecknen går inte att skriva ut: 漢 字'],
      [{ contact: 'Kim\nTel 1\nMåndag\nTisdag' }, 'Högst 3 rader får plats i brevet.'],
      [{ language: 'xx' }, 'id="language"'],
    ]
    for (const [more, said] of wrong) {
      const { statusCode, body } = await send(browser, { kind: 'letters', ...more })
      expect([statusCode, said]).toEqual([400, said])
      expect(body).toContain(said)
      for (const typed of Object.values(more)) expect(body).toContain(typed === 'xx' ? '' : typed)
    }
    expect(await batches()).toEqual([])
  })

  test('are all made or none: with no room the numbers stay, and the same form is good again', async () => {
    const browser = await coordinator()
    const youth = await numberOf('youth')
    const large = await form(browser, { kind: 'letters', [youth]: '900' })
    const waiting = (await browser.post('/staff/print/orders', large)).headers.location as string
    const more = await form(browser, { kind: 'letters', [youth]: '400' })
    const refused = await browser.post('/staff/print/orders', more)
    expect(refused.statusCode).toBe(429)
    expect(refused.body).toContain('value="400"')
    await ended(browser, waiting)
    expect(await batches()).toHaveLength(2)
    await browser.post(`${waiting}/file`)
    const taken = await browser.post('/staff/print/orders', more)
    expect(taken.statusCode).toBe(303)
    expect((await browser.post('/staff/print/orders', more)).statusCode).toBe(409)
    await ended(browser, taken.headers.location as string)
  }, 300_000)

  test('are of the own units only', async () => {
    const caseworker = await staffBrowser(service, { role: 'caseworker', unitIds: [] })
    const order = await form(await coordinator(), { kind: 'slips' })
    expect((await caseworker.post('/staff/print/orders', order)).statusCode).toBe(400)
    await moveRound(service.db, round.id, ['collecting'], 'closed')
    expect((await (await coordinator()).post('/staff/print/orders', order)).statusCode).toBe(409)
    expect(await batches()).toEqual([])
  })
})

test('a file is found by nobody else, and forgotten after a quarter of an hour', async () => {
  const browser = await coordinator()
  const job = (await order(browser, { kind: 'csv', number: '2' })).headers.location as string
  await ended(browser, job)
  const other = await coordinator()
  expect((await other.get(job)).statusCode).toBe(404)
  expect((await other.post(`${job}/file`)).statusCode).toBe(404)
  service.clock.now = new Date(service.clock.now.getTime() + 15 * 60_000)
  expect((await browser.post(`${job}/file`)).statusCode).toBe(404)
  const { body } = await browser.get(job) // the same as after a restart
  expect(body).toContain('Räkna alla i den utskriften som överblivna')
  expect(body).toContain('class="primary" href="/staff/print"')
})

test('of a print that fails nothing is kept but that it failed', async () => {
  const jobs = printJobs(() => new Date('2026-09-15T09:00:00Z'))
  const job = jobs.start({ owner: 'me', session: 'me' }, { total: 2, expectedBytes: 10 }, () =>
    Promise.reject(new Error('Kim Kvarnberg')),
  )
  await new Promise((resolve) => setImmediate(resolve))
  expect(jobs.find('me', job.id).state).toBe('failed')
  expect(JSON.stringify(jobs.find('me', job.id))).not.toContain('Kvarnberg')
})

describe('files that wait', () => {
  const megabyte = 1024 * 1024
  const bytesOf = { largest: 14_000_000, list: 200 }

  /** Orders a file, and finds it made or refused with the name of a message. */
  function orders() {
    const jobs = printJobs(() => new Date('2026-09-15T09:00:00Z'))
    const order = async (owner: string, size: keyof typeof bytesOf, made = 12 * megabyte) => {
      try {
        const file = { name: 'letters.pdf', bytes: Buffer.allocUnsafe(size === 'list' ? 100 : made) }
        return jobs.start({ owner, session: owner }, { total: 1000, expectedBytes: bytesOf[size] }, async () => file)
      } catch (error) {
        return (error as { messageKey: string }).messageKey
      } finally {
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    return { jobs, order }
  }

  test('of one person have a bound in bytes, also while they are made, and there is room again when one is fetched', async () => {
    const { jobs, order } = orders()
    const first = await order('Mallory', 'largest')
    expect(await Promise.all([order('Mallory', 'largest'), order('Mallory', 'largest')])).toEqual(
      Array(2).fill('printOwnLarge'),
    )
    const [one, two] = await Promise.all([order('Åsa', 'largest'), order('Åsa', 'largest')])
    expect([typeof one, two]).toEqual(['object', 'printOwnLarge'])
    jobs.fetched(first as never)
    expect(typeof (await order('Mallory', 'largest'))).toBe('object')
  })

  test('of six municipalities find room at once, and lists of codes when large files have none', async () => {
    const { order } = orders()
    const six = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((owner) => order(owner, 'largest')))
    expect(six.map((job) => typeof job)).toEqual(Array(6).fill('object'))
    const more = [await order('g', 'largest', 14 * megabyte), await order('h', 'largest'), await order('i', 'largest')]
    expect(more.at(-1)).toBe('printBusy')
    expect(typeof (await order('caseworker', 'list'))).toBe('object')
  })
})

test('an address has its postcode and town on one line, and no empty lines', () => {
  const table = {
    header: ['Namn', 'c/o', 'Gatuadress', 'Postnummer', 'Ort'],
    rows: [{ number: 2, cells: ['Kim Kvarnberg', '', 'Storgatan 1', '441 30', 'Alingsås'] }],
  }
  expect(addressesOf(table)).toEqual([['Kim Kvarnberg', 'Storgatan 1', '441 30 Alingsås']])
})

describe('nobody prints for the country', () => {
  const job = (response: { headers: Record<string, unknown> }) => response.headers.location as string

  test('files that were fetched do not count, five that wait are enough, and the refused form can be sent again', async () => {
    const browser = await coordinator()
    const make = () => order(browser, { kind: 'csv', number: '1' })
    for (let times = 0; times < 40; times++) {
      const made = job(await make())
      await ended(browser, made)
      expect((await browser.post(`${made}/file`)).statusCode).toBe(200)
    }
    const waiting = await Promise.all([make(), make(), make(), make(), make()])
    expect(waiting.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303, 303, 303])
    const once = onceIn((await browser.get('/staff/print/one')).body)
    const refused = await order(browser, { kind: 'csv', number: '17', once })
    expect(refused.statusCode).toBe(429)
    expect(refused.body).toContain('Fem filer')
    expect(refused.body).toContain('value="17"')
    expect((await order(await coordinator(), { kind: 'csv', number: '1' })).statusCode).toBe(303)

    await ended(browser, job(waiting[0]!))
    await browser.post(`${job(waiting[0]!)}/file`)
    expect((await order(browser, { kind: 'csv', number: '17', once })).statusCode).toBe(303)
    expect((await order(browser, { kind: 'csv', number: '17', once })).statusCode).toBe(409)
    for (const one of waiting.slice(1)) await ended(browser, job(one))
  })

  test('a host who asks for forms again and again waits for their own, and the coordinator for one of theirs at most', async () => {
    const units = await valuesIn<string>(service.db, 'select id from units')
    const host = await staffBrowser(service, { role: 'host', unitIds: units })
    const forms = '/staff/paper/forms.pdf?group=youth&language=sv&copies=100'
    const asked = Array.from({ length: 8 }, () => host.get(forms))
    const own = await (await coordinator()).get(forms.replace('100', '1'))
    expect(own.statusCode).toBe(200)
    const statuses = (await Promise.all(asked)).map(({ statusCode }) => statusCode)
    expect(statuses.sort()).toEqual([200, 429, 429, 429, 429, 429, 429, 429])
  })
})
