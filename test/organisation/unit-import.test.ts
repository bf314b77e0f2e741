import { describe, expect, test } from 'vitest'
import { formToken } from '../../src/crypto/secrets.ts'
import { makeLog } from '../../src/log/log.ts'
import { addUnit, listStrata, listUnits } from '../../src/organisation/store.ts'
import { openRound, type Service, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { makeXlsx, row, text } from '../table/make-xlsx.ts'

/** A coordinator of Alingsås who sends files. */
async function startImporting(service?: Service) {
  const its = service ?? (await startService())
  if (!service) await openRound(its.db)
  const browser = await staffBrowser(its, { role: 'coordinator' })
  const token = browser.jar.get('staff')!
  async function send(text: string | Buffer, name = 'enheter.csv') {
    const edge = 'edge-of-a-part'
    const part = (head: string, body: string | Buffer) =>
      Buffer.concat([
        Buffer.from(`--${edge}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`),
        Buffer.from(body),
        Buffer.from('\r\n'),
      ])
    return its.app.inject({
      method: 'POST',
      url: '/staff/units/imports',
      headers: { cookie: `staff=${token}`, 'content-type': `multipart/form-data; boundary=${edge}` },
      payload: Buffer.concat([
        part('name="form"', formToken(token)),
        part(`name="file"; filename="${name}"\r\ncontent-type: text/csv`, text),
        Buffer.from(`--${edge}--\r\n`),
      ]),
    })
  }
  const names = async () => (await listUnits(its.db, { municipalityCode: '1489' })).map(({ name }) => name)
  return { service: its, send, names, ...browser }
}

const list = [
  'Enhet;Målgrupper',
  'Vuxenenheten;Ekonomiskt bistånd, skadligt bruk och beroende',
  'enheten;',
  'Familj & <i>barn</i>;youth / Vårdnadshavare',
  'VUXENENHETEN;',
  ';Vårdnadshavare',
  'Stöd;Pensionärer',
  `${'x'.repeat(101)};`,
  '=cmd();',
].join('\r\n')

test('files of one person beyond two at once are refused as too many, and counted', async () => {
  const lines: { code?: string; times?: number; msg: string }[] = []
  const service = await startService({
    log: makeLog('warn', { write: (line: string) => void lines.push(JSON.parse(line)) } as never),
  })
  await openRound(service.db)
  const { send } = await startImporting(service)
  const sent = await Promise.all(Array.from({ length: 4 }, () => send(list)))
  expect(sent.map(({ statusCode }) => statusCode).sort()).toEqual([303, 303, 429, 429])
  await service.close()
  expect(lines).toMatchObject([{ code: 'limit', times: 2, msg: 'refused on the staff pages in an hour' }])
})

describe('units from a file', () => {
  test('are shown with the reason of each row that is left out, and added only after a yes', async () => {
    const { service, send, names, get, post } = await startImporting()
    const sent = await send(list)
    expect(sent.statusCode).toBe(303)
    expect(await names()).toEqual(['Enheten'])
    const { body } = await get(sent.headers.location!)
    expect(body).toContain('3 enheter kan läggas till')
    expect(body).toContain('5 rader läggs inte till')
    for (const text of ['Samma uppgift finns redan på rad 2.', 'finns redan en enhet', 'känns inte igen', 'för lång'])
      expect(body).toContain(text)
    expect(body).toContain('Familj &amp; &lt;i&gt;barn')
    const done = await post(sent.headers.location!)
    expect(done.headers.location).toBe('/staff/units?done=units.imported')
    expect((await names()).sort()).toEqual(['=cmd()', 'Enheten', 'Familj & <i>barn</i>', 'Vuxenenheten'])
    const strata = (await listStrata(service.db, '2026')).filter(({ unit }) => unit !== 'Enheten')
    expect(strata.map(({ unit, targetGroup }) => [unit, targetGroup])).toEqual([
      ['Familj & <i>barn</i>', 'guardian'],
      ['Familj & <i>barn</i>', 'youth'],
      ['Vuxenenheten', 'addiction'],
      ['Vuxenenheten', 'economic_assistance'],
    ])
    expect((await post(sent.headers.location!)).statusCode).toBe(404)
  })

  test('need no heading, and lose no first row for it', async () => {
    const { send, names, post } = await startImporting()
    const sent = await send('Enheten för barn och unga\nVuxen\n', 'lista.txt')
    await post(sent.headers.location!)
    expect(await names()).toEqual(['Enheten', 'Enheten för barn och unga', 'Vuxen'])
  })

  test('of a workbook leave out errors and hidden rows, and come from the sheet that is chosen', async () => {
    const { send, names, get, post } = await startImporting()
    const hidden = row(4, [text('A4', 'Dold')]).replace('<row', '<row hidden="1"')
    const error = row(3, ['<c r="A3" t="e"><v>#N/A</v></c>'])
    const rows = row(1, [text('A1', 'Enhet')]) + row(2, [text('A2', 'Norr')]) + error + hidden
    const at = (await send(makeXlsx({ rows, others: 1 }), 'enheter.xlsx')).headers.location!
    const { body } = await get(at)
    for (const said of ['ett fel från Excel', 'En dold rad är inte med', 'Bladet sheet1 har lästs', '#N/A', 'other0'])
      expect(body).toContain(said)
    expect(body).not.toContain('Dold<')
    await post(`${at}/way`, { way: 'sheet-1' })
    expect((await get(at)).body).toContain('Bladet other0 har lästs')
    await post(`${at}/way`, { way: 'sheet-0' })
    await post(at)
    expect(await names()).toEqual(['Enheten', 'Norr'])
  })

  test('are read as they are: one column, a title, groups under each other, another delimiter if wished', async () => {
    const { service, send, names, get, post } = await startImporting()
    await post((await send('Barn, unga och familj\nVuxen\n')).headers.location!)
    const titled = (await send('Enheter i Alingsås;;\nEnhet;Målgrupp\nNorr;"youth\nVårdnadshavare"\n')).headers
      .location!
    expect((await get(titled)).body).toContain('Rubrikerna står på rad 2')
    await post(titled)
    const bars = (await send('Syd,A\nÖst,B\n')).headers.location!
    await post(`${bars}/way`, { way: 'delimiter-4' })
    await post(bars)
    expect(await names()).toEqual(expect.arrayContaining(['Barn, unga och familj', 'Norr', 'Syd,A', 'Vuxen', 'Öst,B']))
    const norr = (await listStrata(service.db, '2026')).filter(({ unit }) => unit === 'Norr')
    expect(norr.map(({ targetGroup }) => targetGroup).sort()).toEqual(['guardian', 'youth'])
  })

  test('have their groups read under any heading, and columns that are not used are told', async () => {
    const { service, send, get, post } = await startImporting()
    const at = (await send('Enhet;Ort;Vilka ni möter\nNorra;Alingsås;youth\nSödra;Sollebrunn;\n')).headers.location!
    expect((await get(at)).body).toContain('En kolumn används inte: B Ort.')
    await post(at)
    const norra = (await listStrata(service.db, '2026')).filter(({ unit }) => unit === 'Norra')
    expect(norra.map(({ targetGroup }) => targetGroup)).toEqual(['youth'])
    const marks = (await send('Enhet;Ekonomiskt bistånd;Vårdnadshavare\nVästra;;x\n')).headers.location!
    expect((await get(marks)).body).toContain(
      '2 kolumner används inte: B Ekonomiskt bistånd, C Vårdnadshavare. Bara kolumner med kända rubriker läses.',
    )
    const whole = (await send('Enhet;Målgrupp\nÖstra;youth\n')).headers.location!
    expect((await get(whole)).body).not.toContain('används inte')
  })

  test('leave out all that the file marks as an error, also of programs to come', async () => {
    const { send, names, get, post } = await startImporting()
    const errors = ['#BLOCKED!', '#PYTHON!', '#Okänt', 'Fel']
    const cells = errors.map((error, at) => row(at + 3, [`<c r="A${at + 3}" t="e"><v>${error}</v></c>`]))
    const rows = row(1, [text('A1', 'Enhet')]) + row(2, [text('A2', 'Norr')]) + cells.join('')
    const at = (await send(makeXlsx({ rows }), 'enheter.xlsx')).headers.location!
    expect((await get(at)).body).toContain('4 rader läggs inte till')
    await post(at)
    await post((await send('Enhet\nErr:502\n#DIV/0\nSyd\n')).headers.location!)
    expect(await names()).toEqual(['Enheten', 'Norr', 'Syd'])
  })

  test('come back to their page where the chosen sheet is empty, as they were read before', async () => {
    const { send, names, get, post } = await startImporting()
    const rows = row(1, [text('A1', 'Enhet')]) + row(2, [text('A2', 'Norr')])
    const empty = { 'xl/worksheets/other0.xml': '<worksheet><sheetData></sheetData></worksheet>' }
    const at = (await send(makeXlsx({ rows, others: 1, parts: empty }), 'enheter.xlsx')).headers.location!
    const refused = await post(`${at}/way`, { way: 'sheet-1' })
    expect(refused.statusCode).toBe(400)
    for (const said of [
      'Bladet other0 är tomt. Välj ett annat blad.',
      'href="#way"',
      'Norr',
      '1 enhet kan läggas till',
    ])
      expect(refused.body).toContain(said)
    expect((await get(at)).body).toContain('Norr')
    await post(at)
    expect(await names()).toEqual(['Enheten', 'Norr'])
  })

  test('of two tabs are not mixed', async () => {
    const { send, names, get, post } = await startImporting()
    const [first, second] = [
      (await send('Enhet\nEtt\n')).headers.location!,
      (await send('Enhet\nTvå\n')).headers.location!,
    ]
    expect((await get(first)).body).toContain('Ett</th>')
    await post(first)
    expect(await names()).toEqual(['Enheten', 'Ett'])
    await post(second)
    expect(await names()).toEqual(['Enheten', 'Ett', 'Två'])
  })

  test('are all added or none', async () => {
    const { service, send, names, post } = await startImporting()
    const sent = await send('Enhet\nEtt\nTvå\n')
    await addUnit(service.db, { municipalityCode: '1489', name: 'två' })
    expect((await post(sent.headers.location!)).statusCode).toBe(409)
    expect(await names()).toEqual(['Enheten', 'två'])
  })

  test('wait half an hour, and for the one who sent them only', async () => {
    const { service, send, names, get, post } = await startImporting()
    const sent = await send('Enhet\nEtt\n')
    const other = await staffBrowser(service, { role: 'coordinator' })
    expect((await other.get(sent.headers.location!)).headers.location).toBe('/staff/units/import?gone=1')
    expect((await other.get('/staff/units/import?gone=1')).body).toContain('Filen finns inte kvar här')
    expect((await other.post(`${sent.headers.location}/way`)).headers.location).toBe('/staff/units/import?gone=1')
    expect((await other.post(sent.headers.location!)).statusCode).toBe(404)
    service.clock.now = new Date(service.clock.now.getTime() + 29 * 60_000)
    expect((await get(sent.headers.location!)).statusCode).toBe(200)
    service.clock.now = new Date(service.clock.now.getTime() + 60_000)
    const gone = await post(sent.headers.location!)
    expect([gone.statusCode, gone.body]).toEqual([404, expect.stringContaining('Välj filen igen')])
    expect(await names()).toEqual(['Enheten'])
  })

  test('are refused in words where the file cannot be read', async () => {
    const { send, names } = await startImporting()
    const rows = Array.from({ length: 2_002 }, (_, row) => `Enhet ${row}`).join('\n')
    for (const [bytes, text] of [
      [Buffer.alloc(0), 'Välj en fil'],
      ['%PDF-1.7', 'är en PDF'],
      [rows, 'fler än 2'],
      ['E-post\nanna@example.se\nbo@example.se\n', 'är en lista med e-postadresser'],
      ['Förnamn;Efternamn;E-post\nAnna;Berg;anna@example.se\nBo;Ek;bo@example.se\n', 'är en lista med e-postadresser'],
    ] as const) {
      const refused = await send(bytes)
      expect(refused.statusCode).toBe(400)
      expect(refused.body).toContain(text)
    }
    expect(await names()).toEqual(['Enheten'])
  })

  test('may have an address beside them, and are none themselves', async () => {
    const { send, get } = await startImporting()
    const sent = await send('Enhet;Kontakt\nVuxna;vuxna@example.se\nbarn@example.se;barn@example.se\n')
    const { body } = await get(sent.headers.location!)
    expect(body).toContain('1 enhet kan läggas till')
    expect(body).toContain('Det här är en e-postadress')
  })
})
