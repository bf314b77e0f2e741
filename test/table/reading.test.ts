import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../src/errors.ts'
import { defaultLanguage, loadLanguages } from '../../src/language/languages.ts'
import { tableLimits, tableNotes, tableRefusals } from '../../src/table/table.ts'
import { readTable, writeXlsx } from '../../src/table/table-file.ts'
import { inTurn, onThread } from '../../src/table/table-thread.ts'
import { makeXlsx, number, row, shared, text, zipped } from './make-xlsx.ts'

const read = (content: string | Buffer, limits = {}) =>
  readTable(Buffer.from(content as string), 'enheter.csv', { limits: { ...tableLimits, ...limits } })

const cellsOf = async (content: string | Buffer) => (await read(content)).rows.map(({ cells }) => cells)

/** Which refusal a file meets, without the path of its key, and what its text tells. */
async function refusalOf(content: string | Buffer, limits = {}): Promise<[string, object]> {
  const error = await read(content, limits).then(
    (table) => expect.fail(`it was read: ${JSON.stringify(table).slice(0, 200)}`),
    (error) => error,
  )
  expect(error).toBeInstanceOf(DomainError)
  expect(error.code).toBe('invalid')
  const { file, ...values } = error.values
  expect(file).toBe('enheter.csv')
  return [error.messageKey.replace('staff.table.refusal.', ''), values]
}

describe('a CSV file', () => {
  test('is read with its rows as Excel numbers them, whatever stands between the cells', async () => {
    for (const delimiter of [';', ',', '\t']) {
      const file = [['Enhet', 'Ort'], [], ['"Norr, ""A"""', 'Åmål'], ['"två\nrader"', ''], ['Syd', 'Lund']]
      const content = file.map((cells) => cells.join(delimiter)).join('\r\n')
      expect(await read(content), delimiter).toMatchObject({
        header: ['Enhet', 'Ort'],
        rows: [
          { number: 3, cells: ['Norr, "A"', 'Åmål'] },
          { number: 4, cells: ['två rader', ''] },
          { number: 5, cells: ['Syd', 'Lund'] },
        ],
        notes: [],
      })
    }
  })

  test('may name its delimiter in a first line, as Excel can write it', async () => {
    expect(await read('sep=,\nNamn,Ort;län\nA,B\n')).toMatchObject({
      header: ['Namn', 'Ort;län'],
      rows: [{ number: 3, cells: ['A', 'B'] }],
    })
  })

  test('is read in the encodings that Excel has written through the years', async () => {
    const content = 'Namn;Ort\nÅsa;Höör\n'
    const utf16 = Buffer.from(`\ufeff${content}`, 'utf16le')
    for (const bytes of [Buffer.from(content), Buffer.from(`\ufeff${content}`), utf16, Buffer.from(utf16).swap16()]) {
      expect(await read(bytes)).toMatchObject({
        header: ['Namn', 'Ort'],
        rows: [{ number: 2, cells: ['Åsa', 'Höör'] }],
        notes: [],
      })
    }
    const old = Buffer.concat([Buffer.from(content, 'latin1'), Buffer.from([0x80, 0x0a])])
    expect(await read(old)).toMatchObject({
      rows: [{ cells: ['Åsa', 'Höör'] }, { cells: ['€', ''] }],
      notes: [{ note: 'oldEncoding' }, { note: 'ragged', values: { row: expect.any(Number) } }],
    })
  })

  test('with rows of differing length is filled up, and nothing is lost', async () => {
    expect(await read('A;B\n1\n1;2;3;;\n')).toMatchObject({
      header: ['A', 'B', ''],
      rows: [
        { number: 2, cells: ['1', '', ''] },
        { number: 3, cells: ['1', '2', '3'] },
      ],
      notes: [{ note: 'ragged', values: { row: expect.any(Number) } }],
    })
  })

  test('keeps what looks dangerous as the text it is, and nothing that hides', async () => {
    const nasty = [
      '=1+1',
      '+46',
      '-1',
      '@a',
      '<b>&</b>',
      'a\u202eb\u2066c\u200e',
      'x\u0007\u200by\ufeff',
      'no\u00a0break\u2009',
    ]
    const [cells] = await cellsOf(`A;B;C;D;E;F;G;H\n${nasty.join(';')}\n`)
    expect(cells).toEqual(['=1+1', '+46', '-1', '@a', '<b>&</b>', 'abc', 'xy', 'no break'])
    expect(await cellsOf('A\n\u0041\u030asa \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645\n')).toEqual([
      ['Åsa \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'],
    ])
  })

  test('with a quotation mark that is never closed is refused with its row', async () => {
    expect(await refusalOf('A;B\n1;2\n3;"4\n5;6\n')).toEqual(['unclosedQuote', { row: 3 }])
  })

  test('may hold quotation marks that stand alone inside a cell', async () => {
    expect(await cellsOf('A;B\nAnna "Ann" Berg;5" rör\n')).toEqual([['Anna "Ann" Berg', '5" rör']])
  })
})

describe('an Excel file', () => {
  test('gives each kind of cell as the text that a person would write', async () => {
    const rows = [
      row(
        1,
        ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'].map((column) => text(`${column}1`, `${column}!`)),
      ),
      row(4, [
        shared('A4', 1),
        number('B4', '8.1999999999999993'),
        number('C4', '1.2345678901234E+14'),
        number('D4', '46082', 1),
        number('E4', '46082.604166666664', 2),
        number('F4', '0.35416666666666669', 3),
        '<c r="G4" t="str"><f>A1&amp;B1</f><v>Åsa 7</v></c>',
        '<c r="H4" t="b"><v>1</v></c>',
        '<c r="I4" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
      ]),
      row(5, [shared('A5', 0), number('B5', '1E-3'), number('C5', '-0'), '<c r="D5"><f>NOW()</f></c>']),
      row(6, ['<c r="A6" s="1"/>']),
    ]
    const file = makeXlsx({ rows: rows.join(''), shared: ['00123', ' Norra  enheten&#10;B '] })
    expect(await read(file)).toMatchObject({
      header: ['A!', 'B!', 'C!', 'D!', 'E!', 'F!', 'G!', 'H!', 'I!'],
      rows: [
        {
          number: 4,
          cells: [
            'Norra  enheten B',
            '8.2',
            '123456789012340',
            '2026-03-01',
            '2026-03-01 14:30',
            '08:30',
            'Åsa 7',
            'TRUE',
            '#DIV/0!',
          ],
        },
        { number: 5, cells: ['00123', '0.001', '0', '#####', '', '', '', '', ''] },
      ],
      notes: [{ note: 'unsaved', values: { count: 1 } }],
    })
  })

  test('with merged cells has their text once, and says so', async () => {
    const rows =
      row(1, [text('A1', 'Enhet'), text('B1', 'Namn')]) +
      row(2, [text('A2', 'Norr'), text('B2', 'Åsa')]) +
      row(3, [text('B3', 'Bo')])
    const file = makeXlsx({ rows, after: '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>' })
    expect(await read(file)).toMatchObject({
      rows: [{ cells: ['Norr', 'Åsa'] }, { cells: ['', 'Bo'] }],
      notes: [{ note: 'merged' }],
    })
  })

  test('is read from its first sheet that is not hidden, and says when there are more', async () => {
    const rows = row(1, [text('A1', 'Ort')]) + row(2, [text('A2', 'Lund')])
    expect(await read(makeXlsx({ rows, hiddenBefore: true, others: 1 }))).toMatchObject({
      header: ['Ort'],
      rows: [{ number: 2, cells: ['Lund'] }],
      notes: [{ note: 'otherSheets', values: { sheet: 'sheet1', others: 'other0' } }],
    })
  })

  test('is known by what it holds, not by its name', async () => {
    const file = await writeXlsx(['Kod'], [['0007']], { sheet: 'Koder' })
    expect((await readTable(file, 'koder.csv')).rows).toEqual([{ number: 2, cells: ['0007'] }])
    expect(await read('PK;Namn\n1;A\n')).toMatchObject({ header: ['PK', 'Namn'] })
  })
})

describe('a file that is no table', () => {
  const old = Buffer.from('d0cf11e0a1b11ae1', 'hex')
  test.each<[string, string | Buffer, string]>([
    ['of an old Excel', Buffer.concat([old, Buffer.from('Workbook', 'utf16le')]), 'oldExcel'],
    [
      'with a password',
      Buffer.concat([old, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]),
      'passwordProtected',
    ],
    ['that is a PDF', '%PDF-1.7\n', 'pdf'],
    ['that is a PNG picture', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'image'],
    ['that is a JPEG picture', Buffer.from('ffd8ffe000104a46', 'hex'), 'image'],
    ['that is empty', '', 'empty'],
    ['of nothing but empty rows', ';;\r\n \r\n', 'empty'],
    ['of an Excel sheet without a cell', makeXlsx({}), 'empty'],
    ['that is a web page', '<!DOCTYPE html><table><tr><td>1</table>', 'otherFile'],
    ['with NUL bytes', 'A;B\n1;\0\n', 'otherFile'],
    ['in UTF-16 that does not say so', Buffer.from('A;B\n1;2\n', 'utf16le'), 'otherFile'],
    ['in half a UTF-16', Buffer.from([0xff, 0xfe, 0x41]), 'damaged'],
    ['that is a Word document', zipped({ 'word/document.xml': '<w/>' }), 'otherFile'],
    ['that is an empty archive', zipped({}), 'otherFile'],
    [
      'without its sheet',
      zipped({ 'xl/workbook.xml': '<workbook/>', 'xl/_rels/workbook.xml.rels': '<R/>' }),
      'damaged',
    ],
    [
      'whose sheet is cut',
      makeXlsx({ parts: { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1">' } }),
      'damaged',
    ],
    ['whose rows go backwards', makeXlsx({ rows: row(2, [text('A2', 'x')]) + row(1, [text('A1', 'y')]) }), 'damaged'],
    ['whose text is missing', makeXlsx({ rows: row(1, [shared('A1', 7)]) }), 'damaged'],
    ['that says that an archive begins', Buffer.from('PK\x03\x04 and no more'), 'damaged'],
  ])('%s is refused with what to do', async (_, content, refusal) => {
    expect(await refusalOf(content)).toEqual([refusal, {}])
  })

  test('cut anywhere is refused whole', async () => {
    const file = makeXlsx({ rows: row(1, [text('A1', 'Ort')]) + row(2, [text('A2', 'Lund')]) })
    for (const part of [0.2, 0.5, 0.9, 0.99]) {
      expect(await refusalOf(file.subarray(0, Math.floor(file.length * part)))).toEqual(['damaged', {}])
    }
  })
})

describe('a file beyond a limit is refused with the limit', () => {
  test('in bytes', async () => {
    expect(await refusalOf(Buffer.alloc(5_000_001, 'a'))).toEqual(['tooLarge', { limit: 5 }])
  })

  test('in rows, of CSV and of Excel', async () => {
    expect(await refusalOf('a\n'.repeat(100_001))).toEqual(['tooManyRows', { limit: 50_000 }])
    expect((await read('a\n'.repeat(50_001))).rows).toHaveLength(50_000)
    const many = await writeXlsx(
      ['Kod'],
      Array.from({ length: 100_000 }, (_, i) => [String(i)]),
      { sheet: 'Koder' },
    )
    expect(await refusalOf(many)).toEqual(['tooManyRows', { limit: 50_000 }])
  })

  test('in columns', async () => {
    expect(await refusalOf(`A;B\n${'x;'.repeat(101)}\n`)).toEqual(['tooManyColumns', { limit: 100, row: 2 }])
    expect(await refusalOf(makeXlsx({ rows: row(1, [text('CW1', 'x')]) }))).toEqual([
      'tooManyColumns',
      { limit: 100, row: 1 },
    ])
  })

  test('in cells, and in text that very many cells share', async () => {
    expect(await refusalOf(`${'x;'.repeat(100)}\n`.repeat(5_002))).toEqual(['tooManyCells', { limit: 500_000 }])
    const rows = Array.from({ length: 6_000 }, (_, i) => row(i + 1, [shared(`A${i + 1}`, 0)])).join('')
    expect(await refusalOf(makeXlsx({ rows, shared: ['x'.repeat(1_000)] }))).toEqual(['tooLarge', { limit: 5 }])
  })

  test('in characters of a cell', async () => {
    expect(await refusalOf(`A;B\n1;${'å'.repeat(1_001)}\n`)).toEqual(['tooLong', { limit: 1_000, row: 2 }])
    expect(await cellsOf(`A;B\n1;${'å'.repeat(1_000)}\n`)).toHaveLength(1)
    expect(await refusalOf(makeXlsx({ rows: row(1, [text('A1', 'x'.repeat(100_000))]) }))).toEqual([
      'tooLong',
      { limit: 1_000, row: 1 },
    ])
  })

  test('in seconds', async () => {
    expect(await refusalOf('A;B\n1;2\n', { seconds: 0.001 })).toEqual(['tooSlow', { limit: 0.001 }])
  })
})

describe('an archive made to do harm', () => {
  const cell = row(1, [text('A1', 'x')])

  test('is refused by what it says that it will take, before it takes it', async () => {
    const bomb = makeXlsx({ parts: { 'xl/worksheets/sheet1.xml': new Uint8Array(200_000_000).fill(32) } })
    expect(bomb.length).toBeLessThan(500_000)
    expect(await refusalOf(bomb)).toEqual(['tooMuch', { limit: 48 }])
  })

  test('cannot take more than it says', async () => {
    const bomb = makeXlsx({ parts: { 'xl/worksheets/sheet1.xml': new Uint8Array(60_000_000).fill(32) } })
    const size = Buffer.alloc(4)
    size.writeUInt32LE(60_000_000)
    for (let at = bomb.indexOf(size); at >= 0; at = bomb.indexOf(size)) bomb.writeUInt32LE(1_000, at)
    expect(await refusalOf(bomb)).toEqual(['damaged', {}])
  })

  test('does not fill the memory up to a far cell', async () => {
    const far = (at: number | string) => makeXlsx({ rows: cell + row(at, ['<c r="A9"><v>1</v></c>']) })
    expect(await refusalOf(makeXlsx({ rows: cell + row(1_048_576, [number('A1048576', '1')]) }))).toEqual([
      'tooManyRows',
      { limit: 50_000 },
    ])
    expect(await refusalOf(far(999_999_999))).toEqual(['damaged', {}])
    expect(await refusalOf(far('Infinity'))).toEqual(['damaged', {}])
    expect(await refusalOf(far('&#57;99999999'))).toEqual(['damaged', {}])
    for (const hidden of ['<c a=">" r="ZZZZZ1">', "<c a='>' r='ZZZZZ1'>", '<c r="ZZZZZ1">', '<c r="&#90;ZZZZ1">'])
      expect(await refusalOf(makeXlsx({ rows: row(1, [`${hidden}<v>1</v></c>`]) }))).toEqual(['damaged', {}])
  })

  test('ends with its thread when the memory is full, and the next file is read', async () => {
    const bytes = Buffer.from('a;b;c;d\n'.repeat(50_000))
    const little = { ...tableLimits, heapMegabytes: 8 }
    const ended = onThread({ kind: 'read', bytes, limits: tableLimits }, little, ({ heard }) => heard())
    await expect(ended).rejects.toMatchObject({ messageKey: 'staff.table.refusal.tooMuch', values: { limit: 48 } })
    expect(await cellsOf('A\n1\n')).toEqual([['1']])
  })

  test('does not open entities', async () => {
    const entity = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData>${row(1, [text('A1', '&b;&b;')])}</sheetData></worksheet>`
    const outcome = await read(makeXlsx({ parts: { 'xl/worksheets/sheet1.xml': entity } })).catch((error) => error)
    expect(outcome instanceof DomainError || outcome.header[0] === '&b;&b;').toBe(true)
  })
})

test('more files than can wait are refused for now, and those that wait are read', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 15 }, () => read('A\n1\n')))
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  expect(refused.map(({ code, messageKey }) => [code, messageKey])).toEqual(
    Array(2).fill(['too-many', 'staff.table.refusal.busy']),
  )
  expect((await read('A\n1\n')).rows).toHaveLength(1)
})

test('every refusal and note has a text in both languages', () => {
  const languages = loadLanguages()
  for (const language of [languages.find(defaultLanguage)!, languages.find('en')!]) {
    for (const refusal of Object.keys(tableRefusals)) {
      const values = { file: 'å.csv', limit: 50_000, row: 7, minutes: 5 }
      const words = languages.text(language, `staff.table.refusal.${refusal}`, values)
      expect(words, refusal).not.toMatch(/{{|undefined/)
    }
    for (const note of tableNotes) {
      const values = { sheet: 'A', others: 'B', count: 2, letters: 'C', text: 'D', row: 3, columns: 'E' }
      const words = languages.text(language, `staff.table.note.${note}`, values)
      expect(words, note).not.toMatch(/{{|undefined|^staff/)
    }
  }
})

test('nothing keeps the last file when it was read', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const table = new WeakRef(await inTurn({ owner: 'a' }, async () => ({ rows: ['Åsa'] })))
  await new Promise((resolve) => setImmediate(resolve))
  collect()
  expect(table.deref()).toBeUndefined()
})
