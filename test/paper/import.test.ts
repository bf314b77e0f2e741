import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { endCollection } from '../../src/actions/close-round.ts'
import { formToken } from '../../src/crypto/secrets.ts'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import { completeCode } from '../../src/invitation/survey-code.ts'
import { loadLanguages } from '../../src/language/languages.ts'
import { type Question, questions } from '../../src/questionnaire/questions.ts'
import { writeXlsx } from '../../src/table/table-file.ts'
import { unevenStrata, wrongCounts } from '../../src/urn/store.ts'
import { rowsIn, runIn, valuesIn } from '../support/rows.ts'
import { drawCodes } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { makeXlsx, number, row, text } from '../table/make-xlsx.ts'
import { type Clerk, seatClerk } from './clerk.ts'

const languages = loadLanguages()
let clerk: Clerk
afterEach(() => clerk.service.close())

const head = 'Kontakt;Information;Förståelse;Synpunkter;Påverkan;Situation;Helhet;Kön'
const oneRow = `${head}\n1;2;3;1;2;3;4;1\n`

/** The address of the import that was begun last. */
let at = ''

/** Sends a file in, as a browser does. */
async function upload(file: Buffer | string, name = 'svar.csv') {
  const token = formToken(clerk.staff.jar.get('staff')!)
  const edge = 'a-boundary-of-a-test'
  const before = `--${edge}\r\ncontent-disposition: form-data; name="form"\r\n\r\n${token}\r\n--${edge}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n`
  const sent = await clerk.service.app.inject({
    method: 'POST',
    url: '/staff/paper/import',
    headers: {
      cookie: `staff=${clerk.staff.jar.get('staff')}`,
      'content-type': `multipart/form-data; boundary=${edge}`,
    },
    payload: Buffer.concat([Buffer.from(before), Buffer.from(file), Buffer.from(`\r\n--${edge}--\r\n`)]),
  })
  at = sent.headers.location?.replace(/\/columns$/, '') ?? at
  return sent
}

const readable = (text: string) =>
  text
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')

/** What a page's form would send as it is shown. */
function formOf(body: string): Record<string, string> {
  const form: Record<string, string> = {}
  for (const [, name, options] of body.matchAll(/<select id="[^"]*" name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)) {
    const chosen = /<option value="([^"]*)"[^>]* selected/.exec(options!) ?? /<option value="([^"]*)"/.exec(options!)
    form[name!] = readable(chosen?.[1] ?? '')
  }
  return form
}

const page = async (name: string) => (await clerk.staff.get(`${at}/${name}`)).body

/** Goes on with what the pages guess, to the dry run. */
async function dryRun(choice: Record<string, string> = {}) {
  const columns = { ...formOf(await page('columns')), stratum: clerk.round.strata.addiction, ...choice }
  const chosen = await clerk.staff.post(`${at}/columns`, columns)
  if (chosen.statusCode !== 303) return chosen.body
  await clerk.staff.post(`${at}/values`, formOf(await page('values')))
  return page('check')
}

const confirm = async (more: Record<string, string> = {}) =>
  clerk.staff.post(`${at}/confirmation`, { ...formOf(await page('check')), ...more })

/** Issued codes, one of them with a zero before it; and one that Excel would change the last digit of. */
async function codesBeginningWithZero(stratumId: string) {
  const { service } = clerk
  const batch = { stratumId, channel: 'handout' as const, count: 400, drawn: true, issuedOn: '2026-09-10' }
  const { codes } = await issueCodes(service.db, service.keys.codePepper, batch)
  const zero = codes.find((code) => code.startsWith('0'))!
  const ending = codes.find((code) => /^[1-9].*[1-9]$/.test(code))!
  return { zero, ending, other: codes.find((code) => /^[1-9]/.test(code) && code !== ending)! }
}

const imports = () => rowsIn(clerk.service.db, 'select forms from paper_imports')

describe('a file of answers', () => {
  test('is read, mapped, shown and imported, all at once', async () => {
    clerk = await seatClerk()
    const file = [
      head,
      '1;2;3;1;2;3;4;1',
      'Mycket lätt;Vet inte;Mycket stor förståelse;Ja;Inte alls;Ingen förändring;Ganska nöjd;Kvinna',
      'Very easy;Don’t know;4;No;;;;Tjej',
      ';;;;;;;',
      ' ;;;;;;;0',
      '9;1;1;1;1;1;1;1',
      '=1+1;1;1;1;1;1;1;1',
    ]
    expect((await upload(file.join('\n'))).headers.location).toMatch(/^\/staff\/paper\/imports\/[0-9a-f]{16}\/columns$/)
    const check = await dryRun({ language: 'so' })
    expect(check).toContain('Import 3 responses')
    expect(check).toMatch(/rows without answers<\/dt><dd>1</)
    expect(check).toMatch(/<\/span> 8<\/th><td [^>]*>Kontakt<\/td>/)
    expect(await clerk.urn()).toEqual([])

    expect((await confirm()).headers.location).toBe(`${at}/done`)
    expect(await page('done')).toContain('3 responses have been locked')
    expect(await clerk.urn()).toEqual(
      ['12312341 so paper', '15114321 so paper', '15420001 so paper'].map((each) => each).sort(),
    )
    const deeds = await rowsIn(clerk.service.db, `select number from audit where action = 'paper.imported'`)
    expect(deeds).toEqual([{ number: 3 }])
  })

  test.each(
    ['sv', 'en'].flatMap((language) =>
      ['staff.paper.questions', 'questionnaire.groups.addiction', 'questionnaire.groups.youth'].map((texts) => [
        language,
        texts,
      ]),
    ),
  )('finds each question under its own words: %s %s', async (language, texts) => {
    clerk = await seatClerk()
    const wordsOf = ({ id }: Question) => `"${languages.text(languages.find(language!)!, `${texts}.${id}`)}"`
    await upload([[...questions].reverse().map(wordsOf).join(';'), '1;2;3;1;2;3;4;1'].join('\n'))
    await dryRun()
    await confirm()
    expect(await clerk.urn()).toEqual(['14321321 sv paper'])
  })

  test('asks what an error of Excel means instead of counting it as skipped', async () => {
    clerk = await seatClerk()
    for (const error of ['#N/A', '#SAKNAS!', '#REF!']) {
      await upload(`Svar hösten 2026;;\nKontakt;Information\n${error};1\n2;1\n;1\n`)
      expect(await page('columns')).toContain('The headings are in row 2')
      const check = await dryRun()
      expect(check, error).toMatch(/<dd>2<\/dd>[\s\S]*<dd>0<\/dd>[\s\S]*<dd>1<\/dd>/)
      for (const said of ['(one row)', 'One row has an empty cell', `${error} `])
        expect(readable(await page('values'))).toContain(said)
    }
  })

  test('can be a workbook, and say in columns where its rows belong', async () => {
    clerk = await seatClerk()
    const rows = [
      ['enheten', 'Missbruks- och beroendevård', '1', '2'],
      ['Enheten', 'youth', '2', '1'],
      ['En annan', 'youth', '2', '1'],
    ]
    const group = /"addiction": "(.*)"/.exec(
      (await import('node:fs')).readFileSync('locales/sv/staff/words.json', 'utf8'),
    )![1]!
    rows[0]![1] = group
    await upload(await writeXlsx(['Enhet', 'Målgrupp', 'Kontakt', 'Information'], rows, { sheet: 'Svar' }), 'svar.xlsx')
    const check = await dryRun({ stratum: '' })
    expect(check).toContain('Import 2 responses')
    expect(check).toContain('This unit and target group are not in the round.')
    await confirm()
    const strata = await valuesIn(clerk.service.db, 'select stratum_id from urn')
    expect(strata.sort()).toEqual([clerk.round.strata.addiction, clerk.round.strata.youth].sort())
  })

  test('says which codes a spreadsheet has eaten and how to mend it, and takes those that only lost their zeros', async () => {
    clerk = await seatClerk()
    const stratumId = clerk.round.strata.addiction
    const codes = await codesBeginningWithZero(stratumId)
    const eaten = Array.from({ length: 30 }, (_, at) => `"${(4.1e15 + at * 1e13).toExponential(5).replace('.', ',')}"`)
    const file = [
      `${head};Kod`,
      `1;2;3;1;2;3;4;1;${codes.zero.replace(/^0+/, '')}`,
      ...eaten.map((code) => `1;2;3;1;2;3;4;1;${code.replace('e', 'E')}`),
      `1;2;3;1;2;3;4;1;${codes.other}.0`,
      `1;2;3;1;2;3;4;1;${codes.ending.slice(0, -1)}0`,
      `1;2;3;1;2;3;4;1;${completeCode('012345678901234').slice(1)}`,
    ]
    await upload(file.join('\n'))
    const check = await dryRun()
    expect(check).toContain('Import 2 responses')
    expect(readable(check)).toContain('In 31 rows, the last digits of the code are missing')
    expect(readable(check)).toContain('do not fit: rows 3–32, 34.')
    expect(readable(check)).toContain('format the column as Text')
    expect(check).toMatch(/<\/span> 35<\/th><td [^>]*>Kod<\/td><td [^>]*>[^<]*16 digits/)
    await confirm()
    expect(await clerk.urn()).toEqual(['12312341 sv handout', '12312341 sv handout'])
  })

  test('is imported once when the button is pressed twice, and once more only when that is wished', async () => {
    clerk = await seatClerk()
    await upload(oneRow)
    await dryRun()
    const form = formOf(await page('check'))
    const press = () => clerk.staff.post(`${at}/confirmation`, form)
    const both = [...(await Promise.all([press(), press()])), await press()]
    expect(both.map(({ headers }) => headers.location)).toEqual(Array(3).fill(`${at}/done`))
    expect(await clerk.urn()).toHaveLength(1)

    await upload(oneRow)
    expect(await dryRun()).toContain('This file has already been imported once.')
    expect((await confirm()).statusCode).toBe(409)
    expect(await clerk.urn()).toHaveLength(1)
    expect((await confirm({ again: '1' })).statusCode).toBe(303)
    expect(await clerk.urn()).toHaveLength(2)
    expect(await imports()).toEqual([{ forms: 2 }])
  })

  test('spends the codes in it, and tells nothing of those that were used', async () => {
    clerk = await seatClerk()
    const [used, fresh] = await drawCodes(clerk.service, clerk.round, {
      group: 'addiction',
      channel: 'letter',
      count: 2,
    })
    const { url } = await clerk.startBundle(1, { codes: '1' })
    await clerk.type(url, { digits: '11111111', code: used })
    const rows = [used, fresh, fresh, '1234', '0000000000000000', ''].map((code) => `2;2;2;2;2;2;2;2;${code}`)
    await upload(`${head};Kod\n${rows.join('\n')}\n`)
    const check = await dryRun()
    expect(check).toContain('Import 3 responses')
    for (const text of ['Row 3', 'You have entered too few', 'We do not recognise this code'].slice(1))
      expect(check).toContain(text)
    await confirm()
    expect(await clerk.urn()).toEqual([
      '11111111 sv letter',
      ...Array(2).fill('22222222 sv letter'),
      '22222222 sv paper',
    ])
    await endCollection(clerk.service.db, clerk.round.id, {
      ...{ lateUntil: null, now: new Date('2026-11-01T12:00:00Z') },
      spentPepper: clerk.service.keys.spentPepper,
    })
    expect(await clerk.urn()).toHaveLength(3)
    expect(await unevenStrata(clerk.service.db)).toEqual([])
  })

  test('is not mixed with another in a second tab: each page is of the file in its address', async () => {
    clerk = await seatClerk()
    await upload(`${head}\n1;1;1;1;1;1;1;1\n`, 'vår.csv')
    const first = at
    await upload(`${head}\n2;2;2;2;2;2;2;2\n2;2;2;2;2;2;2;1\n`, 'höst.csv')
    const second = at
    expect(second).not.toBe(first)
    const seen = async (address: string) => (await clerk.staff.get(`${address}/columns`)).body
    expect([await seen(first), await seen(second)]).toEqual([
      expect.stringContaining('vår.csv'),
      expect.stringContaining('höst.csv'),
    ])
    at = second
    await dryRun()
    at = first
    expect(await dryRun()).toContain('Import one response')
    await confirm()
    expect(await clerk.urn()).toEqual(['11111111 sv paper'])
    at = second
    expect(await page('check')).toContain('Import 2 responses')
    at = first
    for (const step of ['columns', 'values', 'check', 'rejected'])
      expect((await clerk.staff.get(`${first}/${step}`)).headers.location, step).toBe(`${first}/done`)
    expect(await page('done')).toContain('One response has been locked')
    at = second
    await confirm()
    expect(await clerk.urn()).toHaveLength(3)
  })

  test('comes back to its page when it cannot be read in the way that was chosen, as it was', async () => {
    clerk = await seatClerk()
    const rows =
      row(1, [text('A1', 'Kontakt'), text('B1', 'Information')]) + row(2, [number('A2', '1'), number('B2', '2')])
    const empty = { 'xl/worksheets/other0.xml': '<worksheet><sheetData></sheetData></worksheet>' }
    await upload(makeXlsx({ rows, others: 2, parts: empty }), 'svar.xlsx')
    const refused = await clerk.staff.post(`${at}/way`, { way: 'sheet-1' })
    expect(refused.statusCode).toBe(400)
    const said = readable(refused.body)
    for (const part of [
      'The sheet other0 is empty. Choose another sheet.',
      'href="#way"',
      'svar.xlsx',
      '>Information<',
    ])
      expect(said).toContain(part)
    expect(refused.body).toMatch(/<details open>[\s\S]*<option value="sheet-1" selected>other0/)
    const headingsOnly = await clerk.staff.post(`${at}/way`, { way: 'sheet-2' })
    expect([headingsOnly.statusCode, headingsOnly.body]).toEqual([400, expect.stringContaining('no rows')])
    expect(await dryRun()).toContain('Import one response')
  })

  test('is nothing to another session, and is gone after half an hour', async () => {
    clerk = await seatClerk()
    await upload(oneRow)
    await dryRun()
    const other = await staffBrowser(clerk.service, { role: 'coordinator' })
    for (const page of ['columns', 'values', 'check', 'rejected', 'done'])
      expect((await other.get(`${at}/${page}`)).headers.location, page).toBe('/staff/paper/import?gone=1')
    for (const step of ['way', 'columns', 'values'])
      expect((await other.post(`${at}/${step}`)).headers.location, step).toBe('/staff/paper/import?gone=1')
    expect((await other.post(`${at}/confirmation`)).statusCode).toBe(404)

    clerk.service.clock.now = new Date(clerk.service.clock.now.getTime() + 31 * 60_000)
    const gone = await clerk.staff.get(`${at}/check`)
    expect(gone.headers.location).toBe('/staff/paper/import?gone=1')
    expect((await clerk.staff.get('/staff/paper/import?gone=1')).body).toContain('The file is no longer here')
    const late = await clerk.staff.post(`${at}/confirmation`)
    expect([late.statusCode, late.body]).toEqual([404, expect.stringContaining('The file is no longer here')])
    expect(await clerk.urn()).toEqual([])
  })

  test('leaves nothing when the round has closed meanwhile', async () => {
    clerk = await seatClerk()
    await upload(oneRow)
    await dryRun()
    await runIn(clerk.service.db, `update rounds set state = 'closed'`)
    const refused = await confirm()
    expect([refused.statusCode, refused.body]).toEqual([
      409,
      expect.stringContaining('Data collection is not open now'),
    ])
    expect([await clerk.urn(), await imports()]).toEqual([[], []])
  })

  test('of a hundred thousand rows is refused with what to do', async () => {
    clerk = await seatClerk()
    const refused = await upload(head + '\n1;1;1;1;1;1;1;1'.repeat(100_000))
    expect([refused.statusCode, refused.body]).toEqual([400, expect.stringContaining('20,000')])
  })
})

describe('any file', () => {
  const cell = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 7 }).map(String) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('=cmd()', '<script>alert(1)</script>', '\u202e1', '"', 'Ja', 'Mycket lätt', ''),
    },
    { weight: 1, arbitrary: fc.string({ maxLength: 12, size: 'max' }) },
  )
  const quoted = (text: string) => (/[";\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const row = fc.array(cell, { minLength: 0, maxLength: 10 }).map((cells) => cells.map(quoted).join(';'))
  const rows = fc.array(row, { maxLength: 30, size: 'max' }).map((all) => `${head};Kod\n${all.join('\n')}`)
  const file = fc.oneof(
    { weight: 4, arbitrary: rows.map((text) => Buffer.from(text)) },
    { weight: 1, arbitrary: rows.map((text) => Buffer.from(text, 'latin1')) },
    { weight: 1, arbitrary: rows.map((text) => Buffer.from(text, 'utf16le')) },
    {
      weight: 1,
      arbitrary: fc.uint8Array({ minLength: 1, maxLength: 300, size: 'max' }).map((bytes) => Buffer.from(bytes)),
    },
  )

  test('gives a report or a refusal, and is imported as the report says or not at all', async () => {
    clerk = await seatClerk()
    await fc.assert(
      fc.asyncProperty(file, async (bytes) => {
        await runIn(
          clerk.service.db,
          'delete from urn; delete from urn_counts; delete from waiting_forms; delete from paper_imports',
        )
        const sent = await upload(bytes)
        expect([303, 400]).toContain(sent.statusCode)
        if (sent.statusCode === 400) return
        const check = await dryRun()
        expect(check).not.toContain('<script>alert')
        const wanted = Number(/Import (\d+|one) responses?/.exec(check)?.[1]?.replace('one', '1') ?? 0)
        const { statusCode } = await confirm()
        expect(statusCode).toBe(wanted > 0 ? 303 : statusCode)
        expect(statusCode).toBeLessThan(500)
        expect(await clerk.urn()).toHaveLength(wanted)
        expect(await wrongCounts(clerk.service.db)).toEqual([])
      }),
      { numRuns: 30 },
    )
  })
})

test('a large file is written on a thread, in one transaction', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-import-'))
  clerk = await seatClerk({ file: join(folder, 'x.sqlite') })
  const wanted = 3_000
  await upload(head + '\n1;2;3;1;2;3;4;1'.repeat(wanted))
  await dryRun()
  expect((await confirm()).statusCode).toBe(303)
  expect(await clerk.urn()).toHaveLength(wanted)
  expect(await wrongCounts(clerk.service.db)).toEqual([])
  rmSync(folder, { recursive: true })
})
