import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listDeeds } from '../../src/audit/store.ts'
import type { InvitationChannel } from '../../src/invitation/disposition.ts'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import { readScannedCodes } from '../../src/invitation/scanned-codes.ts'
import { completeCode, inFours } from '../../src/invitation/survey-code.ts'
import { addStrata, addUnit, listStrata } from '../../src/organisation/store.ts'
import { questions } from '../../src/questionnaire/questions.ts'
import { moveRound } from '../../src/round/store.ts'
import { addUp, dispositionsOf, listChannelRecords, rateLine } from '../support/exact-ledger.ts'
import { beforeNextTransaction } from '../support/in-between.ts'
import { rowsIn } from '../support/rows.ts'
import { browse, drawCodes, openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

let service: Service
let round: TestRound
beforeEach(async () => {
  service = await startService()
  round = await openRound(service.db)
})
afterEach(() => service.close())

const coordinator = () => staffBrowser(service, { role: 'coordinator' })

function print(channel: InvitationChannel, count: number, stratumId = round.strata.addiction) {
  const batch = { stratumId, channel, count, drawn: false, issuedOn: '2026-09-10' }
  return issueCodes(service.db, service.keys.codePepper, batch)
}

async function counted() {
  return addUp((await listChannelRecords(service.db, round.id)).map(dispositionsOf))
}

const hiddenBatches = (html: string) => [...html.matchAll(/name="batch" value="([^"]+)"/g)].map(([, value]) => value!)

describe('results that are released while somebody counts', () => {
  const release = () => moveRound(service.db, round.id, ['collecting'], 'released')
  const left = () => rowsIn(service.db, 'select leftover, undeliverable from batches')

  test('leave a batch as it was', async () => {
    const browser = await coordinator()
    const { batchId } = await print('handout', 20)
    beforeNextTransaction(service.db, release)
    expect((await browser.post(`/staff/leftovers/${batchId}`, { number: '5' })).statusCode).toBe(409)
    expect(await left()).toEqual([{ leftover: null, undeliverable: 0 }])
  })

  test('leave letters as they were', async () => {
    const browser = await coordinator()
    const { codes } = await print('letter', 2)
    beforeNextTransaction(service.db, release)
    const sent = await browser.post('/staff/leftovers/undeliverable', { undeliverable: codes.join('\n') })
    expect(sent.statusCode).toBe(409)
    expect(await left()).toEqual([{ leftover: null, undeliverable: 0 }])
  })

  test('stop the counting of many batches, and those before are told and written down', async () => {
    const browser = await coordinator()
    const [first, second] = [await print('handout', 20), await print('handout', 10)]
    beforeNextTransaction(service.db, () => beforeNextTransaction(service.db, release))
    const batch = [`${first.batchId}:5`, `${second.batchId}:3`]
    const counted = await browser.post('/staff/leftovers/counted', { batch })
    expect(counted.headers.location).toBe('/staff/leftovers?done=leftovers.counted&notice=web.notAll')
    const [deed] = await listDeeds(service.db, {}, { limit: 1 })
    expect(deed).toMatchObject({ action: 'leftovers.counted', subject: 'Enheten', number: 5 })
  })
})

describe('the page that counts what was left over', () => {
  test('has a field for each print, named by what it is, and saves all that are typed', async () => {
    const browser = await coordinator()
    const [slips, letters, later] = [await print('handout', 20), await print('letter', 8), await print('letter', 5)]
    const { body } = await browser.get('/staff/leftovers')
    expect(body).toContain('<h1>Räkna överblivna</h1>')
    expect(body.match(/name="number\.[0-9a-f]{8}"/g)).toHaveLength(3)
    expect(body).toContain('aria-label="Antal som blev över: 20 lappar, 10 sep. 2026, ')
    expect(body, 'what stands on a slip is said to stand there').toContain(`På lapparna står ${slips.batchId}`)
    expect(body).not.toContain(`${letters.batchId}<`)
    const numbers = (some: Record<string, string>) => browser.post('/staff/leftovers/counted', some)
    const [a, b, c] = [slips, letters, later].map(({ batchId }) => `number.${batchId}`) as [string, string, string]
    const refused = await numbers({ [a]: '3', [b]: '9', [c]: 'x' })
    expect(refused.statusCode).toBe(400)
    expect(refused.body).toContain('Högst 8 är möjligt')
    expect(refused.body).toContain('value="3"')
    expect(await counted(), 'all of it or nothing').toMatchObject({ offered: 0 })
    expect((await numbers({ [a]: '', [b]: '' })).body).toContain('Skriv ett antal för minst en utskrift.')
    const saved = await numbers({ [a]: '3', [b]: '0', [c]: '' })
    expect(saved.headers.location).toBe('/staff/leftovers?done=leftovers.counted')
    expect(await counted()).toMatchObject({ offered: 17 + 8 })
    expect((await browser.get('/staff/leftovers')).body.match(/name="number\./g)).toHaveLength(1)
  })
})

describe('a coordinator with printed slips', () => {
  test('sees them with their day, and says that all went out', async () => {
    const browser = await coordinator()
    const { batchId } = await print('handout', 20)
    const page = await browser.get('/staff/print')
    expect(page.body).toContain('skrevs ut 10 september 2026. Är alla utdelade?')
    expect((await browser.get('/staff/print?state=all')).body).toContain('Överblivna är inte räknade än')
    expect(await counted()).toMatchObject({ offered: 0 })
    const posted = await browser.post(`/staff/leftovers/${batchId}/posted`)
    expect(posted.headers.location).toBe('/staff/print?done=leftovers.posted')
    expect(await counted()).toMatchObject({ offered: 20 })
  })

  test('counts what is left over by number, and counts again', async () => {
    const browser = await coordinator()
    const { batchId } = await print('handout', 20)
    await browser.post(`/staff/leftovers/${batchId}`, { number: '5' })
    expect(await counted()).toMatchObject({ offered: 15 })
    await browser.post(`/staff/leftovers/${batchId}`, { number: '7' })
    expect(await counted()).toMatchObject({ offered: 13 })
    const tooMany = await browser.post(`/staff/leftovers/${batchId}`, { number: '21' })
    expect(tooMany.statusCode).toBe(400)
    expect(tooMany.body).toContain('Högst 20 är möjligt')
    expect(await counted()).toMatchObject({ offered: 13 })
  })

  test('scans what is left over of several batches, and each is settled by its distinct codes', async () => {
    const browser = await coordinator()
    const slips = await print('handout', 10)
    const letters = await print('letter', 6, round.strata.youth)
    const [drawn] = await drawCodes(service, round)
    const lines = [
      slips.codes[0]!,
      `http://localhost:3000/#${slips.codes[1]}`,
      inFours(slips.codes[2]!),
      slips.codes[0]!, // scanned twice
      '',
      letters.codes[0]!,
      drawn!,
      '1234',
      '1111 1111 1111 1111',
    ]
    const page = await browser.post('/staff/leftovers/scan', { leftover: lines.join('\r\n') })
    expect(page.statusCode).toBe(200)
    const batches = hiddenBatches(page.body)
    expect(batches.sort()).toEqual([`${slips.batchId}:3`, `${letters.batchId}:1`].sort())
    for (const reason of ['Den räknas en gång', 'togs fram för en person', 'för få siffror', 'Någon siffra är fel'])
      expect(page.body).toContain(reason)
    expect(await counted()).toMatchObject({ offered: 1 }) // nothing is counted before they say so

    const saved = await browser.post('/staff/leftovers/counted', { batch: batches })
    expect(saved.headers.location).toBe('/staff/leftovers?done=leftovers.counted')
    expect(await counted()).toMatchObject({ offered: 1 + 7 + 5 })
  })

  test('pastes them from a spreadsheet: what it ate is said with its lines, and nothing is guessed', async () => {
    const browser = await coordinator()
    const { codes } = await print('handout', 400)
    const zero = codes.find((code) => /^0[1-9]/.test(code))!
    const whole = codes.find((code) => /^[1-9].*[1-9]$/.test(code))!
    const lines = ['1,23457E+15', '1,23457E+15', `${whole.slice(0, -1)}0`, zero.slice(1), `${whole}.0`, zero.slice(2)]
    for (const [field, path] of [
      ['leftover', 'scan'],
      ['undeliverable', 'undeliverable'],
    ] as const) {
      const { body } = await browser.post(`/staff/leftovers/${path}`, { [field]: lines.join('\n') })
      expect(body).toContain(
        'På 3 rader saknas de sista siffrorna i koden, eller så är de nollor som inte stämmer: rad 1–3.',
      )
      if (field === 'leftover') expect(hiddenBatches(body)[0]).toMatch(/:2$/)
    }
  })

  test('finds no code of another municipality, and counts none of it', async () => {
    const browser = await coordinator()
    await print('handout', 3)
    const unit = await addUnit(service.db, { municipalityCode: '1480', name: 'Centrum' })
    await addStrata(service.db, round.id, unit.id, ['youth'])
    const [stratum] = await listStrata(service.db, round.id, { municipalityCode: '1480' })
    const foreign = await print('letter', 3, stratum!.id)
    const page = await browser.post('/staff/leftovers/scan', { leftover: foreign.codes[0]! })
    expect(page.body).toContain('finns inte bland era')
    expect(hiddenBatches(page.body)).toEqual([])
    const returned = await browser.post('/staff/leftovers/undeliverable', { undeliverable: foreign.codes[0]! })
    expect(returned.body).toContain('finns inte bland era')
    const forged = await browser.post('/staff/leftovers/counted', { batch: `${foreign.batchId}:1` })
    expect(forged.statusCode).toBe(404)
    expect((await browser.get(`/staff/leftovers/${foreign.batchId}`)).statusCode).toBe(404)
  })
})

describe('letters that come back', () => {
  test('are counted once, however often they are scanned, and the rate is right', async () => {
    const browser = await coordinator()
    const { batchId, codes } = await print('letter', 10)
    await browser.post(`/staff/leftovers/${batchId}`, { number: '2' })
    const slip = await print('handout', 1)
    const undeliverable = [codes[0], codes[1], codes[1], slip.codes[0]].join('\n')
    const first = await browser.post('/staff/leftovers/undeliverable', { undeliverable })
    expect(first.body).toMatch(/<dd>2<\/dd>/)
    expect(first.body).toContain('inte till ett brev')
    const second = await browser.post('/staff/leftovers/undeliverable', { undeliverable })
    expect(second.body).toMatch(/<dd>0<\/dd>[\s\S]*<dd>2<\/dd>/)
    expect(await counted()).toMatchObject({ offered: 6, undeliverable: 2 })
    const tooMany = await browser.post(`/staff/leftovers/${batchId}`, { number: '9' })
    expect([tooMany.statusCode, tooMany.body.match(/Högst \d+/)?.[0]]).toEqual([400, 'Högst 8'])
  })

  test('leave no code in the database, the audit trail or an address', async () => {
    const browser = await coordinator()
    const { codes } = await print('letter', 2)
    await browser.post('/staff/leftovers/undeliverable', { undeliverable: codes.join('\n') })
    const bytes = service.db.$client.serialize()
    for (const code of codes) expect(bytes.includes(Buffer.from(code))).toBe(false)
    const deeds = await rowsIn(service.db, "select subject, number from audit where action like 'leftovers.%'")
    expect(deeds).toEqual([{ subject: '', number: 2 }])
  })
})

test('what was counted stands once the results are released', async () => {
  const browser = await coordinator()
  const { batchId, codes } = await print('letter', 2)
  await moveRound(service.db, round.id, ['collecting'], 'released')
  expect((await browser.get('/staff/leftovers')).body).toContain('Resultaten är publicerade för kommunerna')
  expect((await browser.post(`/staff/leftovers/${batchId}`, { number: '1' })).statusCode).toBe(409)
  expect((await browser.post('/staff/leftovers/undeliverable', { undeliverable: codes[0]! })).statusCode).toBe(409)
})

test('the rate is right to the person after all that can become of an offer', async () => {
  const browser = await coordinator()
  const stratum = round.strata.addiction
  const [drawn] = await drawCodes(service, round, { group: 'addiction', count: 3 })
  const declined = { once: 'a-number-of-a-form', kind: 'withCode' }
  await browser.post(`/staff/offer/${stratum}/declined`, declined)
  await browser.post(`/staff/offer/${stratum}/declined`, { once: 'another-number', kind: 'handout' })
  await browser.post(`/staff/offer/${stratum}/declined`, { once: 'a-third-number', kind: 'tablet' })
  const slips = await print('handout', 20)
  await browser.post(`/staff/leftovers/${slips.batchId}`, { number: '8' })
  const letters = await print('letter', 10)
  await browser.post(`/staff/leftovers/${letters.batchId}/posted`)
  await browser.post('/staff/leftovers/undeliverable', { undeliverable: letters.codes.slice(0, 2).join('\n') })
  await print('letter', 5) // still in stock

  const person = browse(service.app)
  await person.post('/entry', { code: drawn!, language: 'sv' })
  const answered = await person.post('/response', { [questions[0]!.id]: questions[0]!.options[0]! })
  expect(answered.headers.location).toBe('/thanks')

  const { missingTallies, ...line } = rateLine(await listChannelRecords(service.db, round.id))
  // 3 drawn and 1 who declined, 20 - 8 slips, 10 - 2 letters, 1 who declined at the tablet
  expect(line).toMatchObject({ offered: 3 + 1 + 12 + 8 + 1, declined: 3, undeliverable: 2, responded: 1 })
  expect(line.unsettledBatches).toBe(1)
  expect(missingTallies).toEqual([])
})

describe('what a scanner types', () => {
  const code = '1234567890123458'
  test.each([
    [`https://svar24.example.se/#${code}`],
    [`httpsÖ--svar24.example.se-${code}`],
    [inFours(code, '-')],
    [`\t${code} `],
  ])('is read from %s', (line) => {
    expect(readScannedCodes(line)[0]!.digits).toBe(code)
  })

  const [first, second] = ['123456789012345', '987654321098765'].map(completeCode) as [string, string]
  test.each([
    `${first} ${second}`,
    `${first}, ${second};`,
    `${inFours(first)}\t${inFours(second)}`,
    `${inFours(first)} ${inFours(second)}`,
    `${first}${second}`,
    `https://svar.example.se/#${first} https://svar.example.se/#${second}`,
    `https://svar.example.se/#${first}https://svar.example.se/#${second}`,
  ])('may be several codes on one line: %s', (line) => {
    expect(readScannedCodes(`\n${line}`)).toMatchObject([
      { number: 2, digits: first },
      { number: 2, digits: second },
    ])
  })

  test('leaves no code of a line out: a wrong one beside a right one is told, and one that comes twice', () => {
    const wrong = `${second.slice(0, -1)}3`
    expect(readScannedCodes(`${first} ${wrong}`)).toMatchObject([{ digits: first }, { text: wrong, problem: 'check' }])
    expect(readScannedCodes(`${first} ${second} ${first}`).map(({ problem }) => problem)).toEqual([
      undefined,
      undefined,
      'repeated',
    ])
    expect(readScannedCodes(`https://svar.example.se/?id=1234567890123451#${first}`)).toMatchObject([{ digits: first }])
  })

  test('is numbered as the field shows it, with empty lines', () => {
    expect(readScannedCodes('\n12\n\r\n34').map(({ number }) => number)).toEqual([2, 4])
  })
})
