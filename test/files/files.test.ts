import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { strFromU8, unzipSync } from 'fflate'
import readExcel from 'read-excel-file/node'
import { afterAll, describe, expect, test } from 'vitest'
import { fileKinds } from '../../src/files/figure-report.ts'
import { makeArchive, makeFile } from '../../src/files/make-file.ts'
import { reportSheet } from '../../src/files/report-sheet.ts'
import { slidesOf } from '../../src/files/slides.ts'
import { workbookOf } from '../../src/files/workbook.ts'
import { printPdf } from '../../src/print/print-process.ts'
import { chartsOf, partsOf, valuesOf } from '../support/slides.ts'
import { oddNames, oddReport, someReport, someSection } from './some-report.ts'

const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const turn = { owner: 'somebody', signal: new AbortController().signal }
const office = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find(existsSync)

/** What LibreOffice makes of a file, in another form: every file that it wrote. */
function converted(name: string, bytes: Buffer, to: string): { name: string; bytes: Buffer }[] {
  const out = mkdtempSync(join(folder, 'out-'))
  const file = join(out, name)
  writeFileSync(file, bytes)
  const home = `-env:UserInstallation=file://${join(folder, 'office')}`
  execFileSync(office!, [home, '--headless', '--convert-to', to, '--outdir', out, file], { stdio: 'ignore' })
  return readdirSync(out)
    .filter((one) => one !== name)
    .sort()
    .map((one) => ({ name: one, bytes: readFileSync(join(out, one)) }))
}

const textIn = (xml: string) => [...xml.matchAll(/<a:t>([^<]*)<\/a:t>/g)].map(([, text]) => text!)

describe('an Excel file of figures', () => {
  test('has a cover, a sheet for each section, and what the figures mean', async () => {
    const sheets = await readExcel(await workbookOf(someReport()))
    expect(sheets.map(({ sheet }) => sheet)).toEqual([
      ...['Om filen', 'Ekonomiskt bistånd', 'Unga', 'Vad siffrorna betyder'],
    ])
    const rows = sheets[1]!.data
    const head = rows.findIndex(([first]) => first === 'Fråga')
    expect(rows.slice(head, head + 4)).toEqual([
      ['Fråga', 'Andel', 'Svar', 'Mot landet'],
      ['Få kontakt', 0.79, 121, 'högre'],
      ['Förståelse', '.. (för få)', null, null],
      ['Påverka hjälpen', 'minst 90 %', 1234, 'ingen säker skillnad'],
    ])
    for (const { data } of sheets.slice(0, 3)) expect(data.flat()).toContain('Övningssiffror')
  })

  test('keeps the head of each table in sight, and shares as per cents', async () => {
    const files = unzipSync(await workbookOf(someReport()))
    const sheet = strFromU8(files['xl/worksheets/sheet2.xml']!)
    const [, rows] = /<pane [^>]*ySplit="(\d+)"/.exec(sheet)!
    const head = /<row r="(\d+)"[^>]*>(?:(?!<\/row>).)*Fråga/.exec(sheet)?.[1]
    expect(head === undefined || Number(rows) === Number(head)).toBe(true)
    expect(strFromU8(files['xl/styles.xml']!)).toMatch(/numFmtId="9"|formatCode="0%"/)
  })

  test('takes no name for a formula, and no two sheets for one', async () => {
    const bytes = await workbookOf(oddReport())
    const sheets = await readExcel(bytes)
    expect(new Set(sheets.map(({ sheet }) => sheet.toLowerCase())).size).toBe(sheets.length)
    const cells = sheets.slice(1, -1).map(({ data }) => data.at(-3)?.[0] ?? data.at(-2)?.[0])
    for (const [nth, name] of oddNames.entries())
      expect(String(cells[nth]).replace(/\s+/g, ' ')).toBe(name.replace(/\s+/g, ' '))
    const xml = Object.values(unzipSync(bytes)).map((file) => strFromU8(file))
    expect(xml.filter((text) => /<f[ >]/.test(text))).toEqual([])
  })

  test('says what it is, and has a height for every row of broken text', async () => {
    const long = {
      name: 'Säker skillnad',
      text: 'En skillnad kallas säker om slumpen bara sällan skulle ge den. '.repeat(6),
    }
    const files = unzipSync(await workbookOf(someReport({ title: 'Alingsås & <2026>', meanings: [long] })))
    expect(strFromU8(files['docProps/core.xml']!)).toContain('<dc:title>Alingsås &amp; &lt;2026&gt;</dc:title>')
    expect(strFromU8(files['docProps/core.xml']!)).toContain('<dc:creator>Undersökning om socialtjänsten</dc:creator>')
    const [, height] = /<row r="3"[^>]* ht="(\d+)"/.exec(strFromU8(files['xl/worksheets/sheet4.xml']!))!
    expect(Number(height)).toBeGreaterThanOrEqual(4 * 15)
  })

  test.skipIf(!office && !process.env.CI)('is printed on a page for each sheet', async () => {
    const columns = Array.from({ length: 14 }, (_, nth) => `Enheten för vuxna ${nth}`)
    const table = { head: columns, rows: [columns.map(() => 'ingen säker skillnad')] }
    const [pdf] = converted('figures.xlsx', await workbookOf(someReport({ sections: [someSection({ table })] })), 'pdf')
    writeFileSync(join(folder, 'printed.pdf'), pdf!.bytes)
    const info = execFileSync('pdfinfo', [join(folder, 'printed.pdf')], { encoding: 'utf8' })
    expect(info).toMatch(/Pages:\s+3\n/)
    expect(info).toMatch(/Title:\s+Alingsås 2026/)
  })

  test.skipIf(!office && !process.env.CI)('opens in LibreOffice, with the same cells', async () => {
    const csv = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1'
    const sheets = converted('figures.xlsx', await workbookOf(someReport()), csv)
    expect(sheets).toHaveLength(4)
    const rows: string[][] = parse(sheets.find(({ name }) => name.includes('Ekonomiskt'))!.bytes, {
      relax_column_count: true,
    })
    expect(rows.filter(([first]) => first === 'Få kontakt')).toEqual([['Få kontakt', '79%', '121', 'högre']])
    expect(rows.filter(([first]) => first === 'Förståelse')[0]!.slice(0, 2)).toEqual(['Förståelse', '.. (för få)'])
  })
})

describe('slides of figures', () => {
  const slidesIn = (bytes: Buffer) => ({
    slides: partsOf(bytes, /^ppt\/slides\/slide\d+\.xml$/),
    charts: chartsOf(bytes),
    notes: partsOf(bytes, /^ppt\/notesSlides\/notesSlide\d+\.xml$/),
    workbooks: Object.keys(unzipSync(bytes)).filter((name) => /^ppt\/embeddings\/.*\.xlsx$/.test(name)),
  })

  test('have a title each, charts that can be changed, and notes that hold the source', async () => {
    const { slides, charts, notes, workbooks } = slidesIn(await slidesOf(someReport()))
    expect(slides.map((slide) => textIn(slide)[0])).toEqual([
      ...['Alingsås 2026', 'Ekonomiskt bistånd', 'Ekonomiskt bistånd', 'Unga 13 år och äldre', 'Unga 13 år och äldre'],
    ])
    for (const slide of slides) {
      expect(slide).toContain('type="title"')
      expect(textIn(slide).join(' ')).toContain('Övningssiffror')
    }
    expect([...slides, ...charts, ...notes].join('')).not.toContain('en-US')
    expect(charts).toHaveLength(2)
    expect(workbooks).toHaveLength(2)
    expect(notes).toHaveLength(slides.length)
    for (const note of notes) expect(textIn(note).join(' ')).toContain('Den nationella brukarundersökningen 2026')
  })

  test('have no table that is higher than they are', async () => {
    const rows = Array.from({ length: 8 }, (_, nth) => [`${nth} ${oddNames.at(-1)}`, { percent: 70 }, { percent: 60 }])
    const table = { head: ['Enhet', 'Få kontakt', 'Förståelse'], rows }
    const head = Array.from({ length: 9 }, (_, nth) => `Frågan ${nth}`)
    const wide = { head, rows: rows.map(([name]) => [name!, ...Array(8).fill({ percent: 70 })]) }
    for (const [one, most] of [
      [table, 8],
      [wide, 4],
    ] as const) {
      const { slides } = slidesIn(
        await slidesOf(someReport({ sections: [someSection({ chart: undefined, table: one })] })),
      )
      const counted = slides.slice(1).map((slide) => slide.match(/<a:tr /g)!.length - 1)
      expect(counted.reduce((sum, count) => sum + count, 0)).toBe(8)
      expect(Math.max(...counted)).toBeLessThanOrEqual(most)
    }
  })

  test('name in a chart what has room there, and in a table all of it, figures to the right', async () => {
    const name = oddNames.at(-1)!
    const table = { head: ['Enhet', 'Svar', 'Mot landet'], rows: [[name, { people: 20 }, 'ingen säker skillnad']] }
    const chart = { labels: ['Få kontakt'], series: ['a', 'b'].map((one) => ({ name: one + name, percents: [70] })) }
    const { slides, charts } = slidesIn(await slidesOf(someReport({ sections: [someSection({ table, chart })] })))
    for (const [, told] of charts[0]!.matchAll(/<c:tx>.*?<c:v>([^<]*)</gs)) expect(told!.length).toBeLessThanOrEqual(40)
    expect(textIn(slides.at(-1)!)).toContain(name)
    const alignOf = (text: string) =>
      new RegExp(`<a:pPr[^>]*algn="(\\w)"(?:(?!<a:pPr).)*<a:t>${text}</a:t>`, 's').exec(slides.at(-1)!)?.[1]
    expect([alignOf('Svar'), alignOf('20'), alignOf('ingen säker skillnad')]).toEqual(['r', 'r', 'l'])
    const widths = [...slides.at(-1)!.matchAll(/<a:gridCol w="(\d+)"/g)].map(([, width]) => Number(width))
    expect(widths[2]! / 914_400).toBeGreaterThan(1.9) // "ingen säker skillnad" in one line
  })

  test('are compressed: what they hold has a lot in common', async () => {
    const bytes = await slidesOf(someReport())
    const whole = Object.values(unzipSync(bytes)).reduce((sum, file) => sum + file.length, 0)
    expect(bytes.length).toBeLessThan(whole / 4)
  })

  test('leave out a series that is not told, and have a gap for a share that is not', async () => {
    const { charts } = slidesIn(await slidesOf(someReport()))
    const series = charts[0]!.split('<c:ser>').slice(1)
    expect(series.map((one) => /<c:tx>.*?<c:v>([^<]*)</s.exec(one)![1])).toEqual(['Alingsås 2026', 'landet'])
    expect(valuesOf(charts[0]!)[0]).toEqual(['0.79', '', ''])
    expect(charts[0]).toContain('<c:dispBlanksAs val="gap"/>')
    const others = { name: 'landet', percents: [70] }
    const untold = someSection({ chart: { labels: ['a'], series: [{ name: 'b', percents: [null] }, others] } })
    expect(slidesIn(await slidesOf(someReport({ sections: [untold] }))).charts).toEqual([])
  })

  test('hold odd names as they are, and a long table on several', async () => {
    const odd = slidesIn(await slidesOf(oddReport()))
    expect(odd.slides.length).toBeGreaterThan(oddNames.length)
    const rows = Array.from({ length: 30 }, (_, nth) => [`Kommun ${nth}`, { percent: nth }])
    const long = someSection({ chart: undefined, table: { head: ['Kommun', 'Andel'], rows } })
    const { slides } = slidesIn(await slidesOf(someReport({ sections: [long] })))
    expect(slides).toHaveLength(4)
    expect(textIn(slides[3]!).join(' ')).toContain('Kommun 29')
  })

  test.skipIf(!office && !process.env.CI)('open in LibreOffice', async () => {
    const [pdf] = converted('figures.pptx', await slidesOf(oddReport()), 'pdf')
    expect(pdf!.bytes.subarray(0, 5).toString()).toBe('%PDF-')
  })
})

describe('a report in print', () => {
  test('is tagged, in its language, with its title, its text and its tables', async () => {
    const file = join(folder, 'report.pdf')
    writeFileSync(file, await makeFile('pdf', someReport(), turn))
    const read = (...args: string[]) => execFileSync(args[0]!, args.slice(1), { encoding: 'utf8' })
    const info = read('pdfinfo', file)
    expect(info).toMatch(/Title:\s+Alingsås 2026/)
    expect(info).toMatch(/Tagged:\s+yes/)
    const structure = read('pdfinfo', '-struct-text', file)
    for (const tag of ['Table', 'TH', 'TD', 'H1', 'H2']) expect(structure).toContain(tag)
    const text = read('pdftotext', '-layout', file, '-')
    expect(text).toMatch(/Få kontakt\s+79\s*%\s+121\s+högre/)
    expect(text.match(/Övningssiffror/g)!.length).toBeGreaterThan(2)
    expect(text.indexOf('Ekonomiskt')).toBeLessThan(text.indexOf('Vad siffrorna betyder'))
    expect(readFileSync(file, 'latin1')).toMatch(/\/Lang\s*\(sv\)/)
  })

  test('has a chart where something is told, with its findings for who cannot see it', async () => {
    const heard = (pdf: Buffer) =>
      [...pdf.toString('latin1').matchAll(/\/Alt <FEFF([0-9A-F]+)>/g)]
        .map(([, text]) => Buffer.from(text!, 'hex').swap16().toString('utf16le'))
        .sort()
    expect(heard(await makeFile('pdf', someReport(), turn))).toEqual([
      ...['Ekonomiskt bistånd. Högst är få kontakt, 79 %.', 'Unga 13 år och äldre. Högst är få kontakt, 79 %.'],
    ])
    const series = [
      { name: 'Alingsås', percents: [null] },
      { name: 'landet', percents: [70] },
    ]
    const untold = someSection({ chart: { labels: ['Få kontakt'], series } })
    expect(heard(await makeFile('pdf', someReport({ sections: [untold] }), turn))).toEqual([])
  })

  test('has each section on a page, and what was found in all of them on its first', async () => {
    const head = [
      'Fråga',
      'Positivt svar',
      'Andel',
      'Svar',
      'Minst',
      'Högst',
      'Landet',
      'Skillnad mot landet',
      'Kvinnor',
      'Män',
    ]
    const row = ['Förstå informationen', 'mycket eller ganska lätt', ...Array(5).fill({ percent: 79 })]
    const labels = Array.from({ length: 7 }, (_, nth) => `Fråga ${nth}`)
    const rows = labels.map(() => [...row, 'ingen säker skillnad', '.. (för få)', '.. (skyddas)'])
    const series = ['Alingsås 2026', 'landet', '2025'].map((name) => ({ name, percents: labels.map(() => 70) }))
    const sections = Array.from({ length: 4 }, (_, nth) =>
      someSection({
        ...{ heading: `Grupp ${nth}`, table: { head, rows }, chart: { labels, series } },
        findings: Array(3).fill(`Så är det i grupp ${nth}.`),
        notes: Array(4).fill('Så mycket kan siffran ändras av att alla inte svarade.'),
      }),
    )
    const file = join(folder, 'pages.pdf')
    writeFileSync(file, await makeFile('pdf', someReport({ sections }), turn))
    expect(execFileSync('pdfinfo', [file], { encoding: 'utf8' })).toMatch(/Pages:\s+6\n/)
    const first = execFileSync('pdftotext', ['-layout', '-l', '1', file, '-'], { encoding: 'utf8' })
    expect(first).toContain('I korthet')
    for (const nth of [0, 1, 2, 3]) expect(first).toContain(`Så är det i grupp ${nth}.`)
  })

  test('holds whatever names there are', async () => {
    const file = join(folder, 'odd.pdf')
    writeFileSync(file, await makeFile('pdf', oddReport(), turn))
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
    expect(text).toContain('@SUM(A1)')
  })
})

describe('rows of figures', () => {
  test('are read by Swedish Excel, with decimal commas', async () => {
    const csv = (await makeFile('csv', someReport(), turn)).toString()
    expect(csv).toBe(
      '\uFEFF"area";"name";"value"\r\n"1489";"Alingsås";79\r\n"1489";"Alingsås";0,43\r\n"1489";"Alingsås";\r\n',
    )
  })

  test('are read by programs, with points, and hold no formula', async () => {
    const read = parse(await makeFile('rfc.csv', oddReport(), turn)) as string[][]
    expect(read.slice(1).map(([, value]) => value)).toEqual(oddNames.map(() => '-3'))
    for (const [name] of read.slice(1)) expect(name).not.toMatch(/^[=+\-@]/)
    const swedish = (await makeFile('csv', oddReport(), turn)).toString()
    expect(swedish.match(/;-3\r\n/g)).toHaveLength(oddNames.length)
    expect(swedish).not.toMatch(/(^|;|\n)"?[=+@]/)
  })
})

test('all files are one archive, with their checksums', async () => {
  const files = unzipSync(await makeArchive('brukarsvar-2026-alingsas', someReport(), turn))
  const name = (ending: string) => `brukarsvar-2026-alingsas/${ending}`
  expect(Object.keys(files).sort()).toEqual(
    [...fileKinds.map((kind) => name(`brukarsvar-2026-alingsas.${kind}`)), name('SHA256SUMS')].sort(),
  )
  expect(strFromU8(files[name('SHA256SUMS')]!).trim().split('\n')).toHaveLength(fileKinds.length)
})

test('nobody makes a file that its reader has left', async () => {
  const gone = new AbortController()
  gone.abort(new Error('gone'))
  await expect(makeFile('xlsx', someReport(), { owner: 'somebody', signal: gone.signal })).rejects.toThrow('gone')
})

test('strangers who ask for many take one place among the prints of staff', async () => {
  const order: string[] = []
  const reports = Array.from({ length: 8 }, (_, nth) =>
    makeFile('pdf', someReport(), { owner: `stranger ${nth}`, signal: turn.signal }).then(() => order.push('report')),
  )
  const staff = printPdf(reportSheet(someReport()), { owner: 'staff', signal: turn.signal }).then(() =>
    order.push('staff'),
  )
  await Promise.all([...reports, staff])
  expect(order.indexOf('staff')).toBeLessThanOrEqual(2)
})

test('who asks for too many at once is told to come again', async () => {
  const some = Array.from({ length: 12 }, () => makeFile('xlsx', someReport(), turn).then(() => 'made', String))
  const came = await Promise.all(some)
  expect(came.filter((one) => one === 'made').length).toBeGreaterThan(3)
  expect(came.filter((one) => one !== 'made').every((one) => one.includes('Many files wait'))).toBe(true)
  expect(came).not.toEqual(came.map(() => 'made'))
})
