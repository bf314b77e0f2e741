import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isCellError } from '../../src/table/cell-error.ts'
import { parseTable } from '../../src/table/parse-table.ts'
import { tableLimits, type Way } from '../../src/table/table.ts'
import { underHeadings } from '../../src/table/title-rows.ts'
import { makeXlsx, number, row, text } from './make-xlsx.ts'

const read = (content: string | Buffer, way?: Way) => parseTable(Buffer.from(content as string), tableLimits, way)
const cellsOf = async (content: string | Buffer, way?: Way) => {
  const { header, rows } = await read(content, way)
  return [header, ...rows.map(({ cells }) => cells)]
}
const words = { name: ['Namn', 'Enhet'], groups: ['Målgrupp', 'Grupp'], address: ['E-post'] }

describe('what stands between the cells', () => {
  test.each<[string, string, string[][]]>([
    ['a list of one column', 'Barn, unga och familj\nVuxen\n', [['Barn, unga och familj'], ['Vuxen']]],
    ['sentences with commas', 'Barn, unga\nVuxna, äldre\n', [['Barn, unga'], ['Vuxna, äldre']]],
    [
      'a title with commas',
      'Lista, ny, av Eva\nEnhet;Grupp\nNorr;youth\n',
      [
        ['Lista, ny, av Eva', ''],
        ['Enhet', 'Grupp'],
        ['Norr', 'youth'],
      ],
    ],
    [
      'a heading for the first column only',
      'Enhet\nBarn, unga och familj;youth\n',
      [
        ['Enhet', ''],
        ['Barn, unga och familj', 'youth'],
      ],
    ],
    [
      'bars',
      'A|B\n1|2\n',
      [
        ['A', 'B'],
        ['1', '2'],
      ],
    ],
  ])('is told by most rows: %s', async (_, content, cells) => {
    expect(await cellsOf(content)).toEqual(cells)
  })

  test.each<[string, string[][]]>([
    [
      'Enhet, Grupp\nNorra, youth\nSödra, guardian',
      [
        ['Norra', 'youth'],
        ['Södra', 'guardian'],
      ],
    ],
    [
      'Enheter hos oss, 2026\nEnhet, Grupp\nNorra, youth\nSödra, guardian',
      [
        ['Norra', 'youth'],
        ['Södra', 'guardian'],
      ],
    ],
    ['Namn, E-post\nA, a@example.se', [['A', 'a@example.se']]],
    ['Enhet, Grupp\nNorra, "youth, guardian"', [['Norra', 'youth, guardian']]],
    ['Enhet, Grupp\n"Norra, stan", youth\n', [['Norra, stan', 'youth']]],
    ['Enhet, Ort\nNorra, Kil\n', [['Norra', 'Kil']]],
  ])('may be a comma with a space behind it under known headings: %j', async (content, rows) => {
    const table = await parseTable(Buffer.from(content), tableLimits, {}, { words })
    expect(table.rows.map(({ cells }) => cells)).toEqual(rows)
    expect(table.ways).toEqual({ delimiter: ',' })
  })

  test.each(['Enhet\nBarn, unga\nVuxna, äldre\n', 'Barn, unga\nVuxna, äldre\n', 'Enhet, ny\nNorra\nSödra\n'])(
    'is no comma of a sentence: %j',
    async (content) => {
      const { ways } = await parseTable(Buffer.from(content), tableLimits, {}, { words })
      expect(ways).toEqual({ delimiter: 'none' })
    },
  )

  test('is what a person chooses', async () => {
    expect(await cellsOf('a,b;c\n', { delimiter: ',' })).toEqual([['a', 'b;c']])
    expect(await cellsOf('a,b;c\n', { delimiter: 'none' })).toEqual([['a,b;c']])
  })

  test('is found in any table of at least two columns', async () => {
    const cell = fc.stringMatching(/^[a-zåäö]{1,8}( [a-zåäö]{1,8})?$/)
    const rows = fc
      .integer({ min: 2, max: 6 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 150, size: 'max' }),
      )
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(';', '\t', ',', '|'), async (table, delimiter) => {
        expect(await cellsOf(table.map((cells) => cells.join(delimiter)).join('\n'))).toEqual(table)
      }),
    )
  })
})

describe('headings', () => {
  test.each([
    ['Enheter i Alingsås 2026;;\nEnhet;Målgrupp\nNorr;youth\n', 2, [['Norr', 'youth']]],
    ['Deltagare i enkäten, hösten 2026\nNamn;E-post\nAnna;anna@example.se\n', 2, [['Anna', 'anna@example.se']]],
    ['Enheten för barn\nVuxen\n', 1, [['Vuxen']]],
  ])('are found below titles, and the titles are told: %j', async (content, headerRow, rows) => {
    const table = underHeadings(await read(content), { words })
    expect(table.headerRow).toBe(headerRow)
    expect(table.rows.map(({ cells }) => cells)).toEqual(rows)
    expect(table.notes.some(({ note, values }) => note === 'titles' && String(values?.text).startsWith('1: '))).toBe(
      headerRow > 1,
    )
  })

  test('leave rows of other lengths unsaid where only titles above them differ', async () => {
    const notesOf = async (content: string) =>
      (await parseTable(Buffer.from(content), tableLimits, {}, { words })).notes.map(({ note }) => note)
    expect(await notesOf('Enheter i Kil\n\nEnhet;Grupp\nNorr;youth\n')).toEqual(['titles'])
    expect(await notesOf('Enheter i Kil\nEnhet;Grupp\nNorr;youth\nSöder\n')).toEqual(['ragged', 'titles'])
    expect(await notesOf('Enhet;Grupp\nNorr;youth;x\n')).toEqual(['ragged'])
  })

  test('are never a row of numbers', async () => {
    const table = await read('Svar\n1;2;3\n1;1;1\n')
    expect(underHeadings(table, { words: { a: ['1'], b: ['2'], c: ['3'] } }).headerRow).toBe(1)
    expect(underHeadings(table, { words, byWidth: true })).toMatchObject({ headerRow: 2, rows: [{ number: 3 }] })
  })
})

describe('an Excel file as offices make them', () => {
  const rows = row(1, [text('A1', 'E-post')]) + row(2, [text('A2', 'a@example.se')])

  test.each(['hidden="1"', 'ht="0" customHeight="1"'])('leaves hidden rows out, and says how many: %s', async (how) => {
    const hidden = row(3, [text('A3', 'nej@example.se')]).replace('<row', `<row ${how}`)
    const table = await read(makeXlsx({ rows: rows + hidden + row(4, [text('A4', 'b@example.se')]) }))
    expect(table.rows).toEqual([
      { number: 2, cells: ['a@example.se'] },
      { number: 4, cells: ['b@example.se'] },
    ])
    expect(table.notes).toEqual([{ note: 'hiddenRows', values: { count: 1 } }])
  })

  test('says which columns are hidden', async () => {
    const sheet = `<worksheet><cols><col min="2" max="16384" hidden="true"/></cols><sheetData>${rows}</sheetData></worksheet>`
    const { notes } = await parseTable(makeXlsx({ parts: { 'xl/worksheets/sheet1.xml': sheet } }), {
      ...tableLimits,
      columns: 3,
    })
    expect(notes).toEqual([{ note: 'hiddenColumns', values: { letters: 'B, C' } }])
  })

  test('shows errors as Excel does, and formulas without a result as #####', async () => {
    const errors = row(3, [
      '<c r="A3" t="e"><f>VLOOKUP(1,B:B,1)</f><v>#N/A</v></c>',
      '<c r="B3" t="e"><v>#REF!</v></c>',
    ])
    const unsaved = row(4, ['<c r="A4"><f>1+1</f></c>', '<c r="B4"><f>1+1</f><v></v></c>'])
    const empty = row(5, [text('A5', 'x'), '<c r="B5" t="str"><f>""</f><v></v></c>'])
    const table = await read(makeXlsx({ rows: rows + errors + unsaved + empty }))
    expect(table.rows.slice(1).map(({ cells }) => cells)).toEqual([
      ['#N/A', '#REF!'],
      ['#####', '#####'],
      ['x', ''],
    ])
    expect(table.notes).toEqual([{ note: 'unsaved', values: { count: 2 } }])
  })

  test('may leave out where its cells stand', async () => {
    const bare = '<row><c t="inlineStr"><is><t>Enhet</t></is></c><c><v>1</v></c></row>'
    const half = '<row><c r="A2" t="inlineStr"><is><t>Norr</t></is></c><c/><c><v>3</v></c></row>'
    expect(await cellsOf(makeXlsx({ rows: bare + half }))).toEqual([
      ['Enhet', '1', ''],
      ['Norr', '', '3'],
    ])
    const far = '<row><c/><c/><c><v>1</v></c></row>'
    await expect(parseTable(makeXlsx({ rows: far }), { ...tableLimits, columns: 2 })).rejects.toMatchObject({
      messageKey: 'staff.table.refusal.tooManyColumns',
    })
  })

  test('is read from the sheet that a person chooses, and from the first that holds something', async () => {
    const two = makeXlsx({ rows, others: 1 })
    expect((await read(two)).ways).toEqual({ sheets: ['sheet1', 'other0'], sheet: 0 })
    expect(await read(two, { sheet: 1 })).toMatchObject({
      header: ['Från other0'],
      notes: [{ note: 'otherSheets', values: { sheet: 'other0', others: 'sheet1' } }],
    })
    expect(await read(makeXlsx({ others: 1 }))).toMatchObject({ header: ['Från other0'], ways: { sheet: 1 } })
  })
})

test('errors of Excel and LibreOffice are known in English and Swedish, new ones by their shape', () => {
  const newer = [
    '#BLOCKED!',
    '#BUSY!',
    '#CONNECT!',
    '#UNKNOWN!',
    '#PYTHON!',
    '#EXTERNAL!',
    '#ERROR!',
    '#DIV/0',
    'Err:502',
  ]
  for (const error of [...newer, '#N/A', '#SAKNAS!', '#REF!', '#VÄRDEFEL!', '#DIVISION/0!', '#name?', '#####'])
    expect(isCellError(error), error).toBe(true)
  for (const cell of ['', '#', '#1', '#1!', '#Team!', 'Err', '# KÖK!', '#hashtag', 'N/A', '1', number('A1', '1')])
    expect(isCellError(cell), cell).toBe(false)
})
