import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../src/errors.ts'
import { cleanText } from '../../src/table/clean-text.ts'
import { parseTable } from '../../src/table/parse-table.ts'
import { type Table, tableLimits } from '../../src/table/table.ts'
import { csvBytes, type WrittenCell, xlsxBytes } from '../../src/table/written.ts'
import { plainNumber } from '../../src/table/xlsx.ts'
import { makeXlsx, row, text } from './make-xlsx.ts'

/** Text as people, programs and attackers write it. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20, size: 'max' }),
  fc.string({ unit: 'grapheme', maxLength: 20, size: 'max' }),
  fc.string({
    unit: fc.constantFrom(...'=+-@\t\r\n"\';,\\\0\u202e\u2066\ufeff\u00a0 <>&_x0A1åé\ud800\u0301'),
    maxLength: 12,
    size: 'max',
  }),
  fc.constantFrom(
    "=cmd|' /C calc'!A0",
    '@SUM(1;1)',
    '+46 70',
    '-5',
    '＝1+1',
    '\t=1',
    '_x0041_',
    'constructor',
    '__proto__',
    'toString',
    '<script>',
    '0007',
    '1E5',
    "'=1",
  ),
)

/** A table comes out whole or a refusal does; nothing else may. */
async function read(bytes: Buffer): Promise<Table | undefined> {
  try {
    const table = await parseTable(bytes, tableLimits)
    for (const { number, cells } of table.rows) {
      expect(number).toBeGreaterThan(1)
      expect(cells).toHaveLength(table.header.length)
    }
    for (const cell of [table.header, ...table.rows.map(({ cells }) => cells)].flat()) {
      expect(cell).toBe(cleanText(cell))
      expect(cell.length).toBeLessThanOrEqual(tableLimits.characters)
    }
    return table
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    expect(error.messageKey).toMatch(/^staff\.table\.refusal\.\w+$/)
    return undefined
  }
}

const cells = fc.array(fc.array(anyText, { minLength: 3, maxLength: 3 }), { maxLength: 8 })
const header = ['Å', 'B', 'C']
/** What reading gives of written rows: clean, without the rows that hold nothing. */
const readable = (rows: string[][], unguarded: (cell: string) => string = (cell) => cell) =>
  rows.map((row) => row.map((cell) => unguarded(cleanText(cell)))).filter((row) => row.some((cell) => cell !== ''))

describe('what was written is read again, whatever it is', () => {
  test('from CSV', async () => {
    const unguarded = (cell: string) => cell.replace(/^'(?=[=+\-@＝＋－＠])/, '')
    await fc.assert(
      fc.asyncProperty(cells, async (rows) => {
        const table = await read(await csvBytes([header, ...rows]))
        expect(table!.header).toEqual(header)
        expect(table!.rows.map((row) => row.cells)).toEqual(readable(rows, unguarded))
      }),
      { numRuns: 300 },
    )
  })

  test('from XLSX', async () => {
    await fc.assert(
      fc.asyncProperty(cells, async (rows) => {
        const table = await read(await xlsxBytes([header, ...rows], 'Blad'))
        expect(table!.rows.map((row) => row.cells)).toEqual(readable(rows))
      }),
      { numRuns: 150 },
    )
  })

  test('numbers from XLSX, as far as Excel keeps them', async () => {
    const numbers = fc.oneof(
      fc.integer(),
      fc.integer({ min: -9_999, max: 9_999 }).map((n) => n / 100),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(numbers, { minLength: 1, maxLength: 5 }), async (row) => {
        const table = await read(await xlsxBytes([row.map(() => 'n'), row], 'Blad'))
        expect(table!.rows[0]!.cells).toEqual(row.map((n) => String(n === 0 ? 0 : n)))
      }),
      { numRuns: 100 },
    )
  })
})

describe('no cell that is written begins a formula', () => {
  test('in CSV', async () => {
    await fc.assert(
      fc.asyncProperty(cells, async (rows) => {
        const written: string[][] = parse(await csvBytes([header, ...rows]), { bom: true, delimiter: ';' })
        expect(written).toHaveLength(rows.length + 1)
        for (const cell of written.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/)
      }),
    )
  })

  test('while numbers stay numbers', async () => {
    const rows: WrittenCell[][] = [
      ['a', 'b', 'c'],
      [-5, 0.25, null],
    ]
    expect((await csvBytes(rows)).toString()).toBe('\ufeff"a";"b";"c"\r\n-5;0,25;\r\n')
  })
})

describe('whatever is sent, a table comes out or a refusal', () => {
  test('of random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400, size: 'max' }),
        async (bytes) => void (await read(Buffer.from(bytes))),
      ),
      { numRuns: 500 },
    )
  })

  test('of random text with quotation marks, in any encoding', async () => {
    const encodings = fc.constantFrom<BufferEncoding>('utf8', 'latin1', 'utf16le')
    const marked = fc.tuple(fc.constantFrom('', '\ufeff', 'sep=;\n', 'PK'), anyText, anyText)
    await fc.assert(
      fc.asyncProperty(
        marked,
        encodings,
        async (parts, encoding) => void (await read(Buffer.from(parts.join('"'), encoding))),
      ),
      { numRuns: 500 },
    )
  })

  test('of an Excel file in which bytes were changed or cut off', async () => {
    const file = makeXlsx({
      rows: row(1, [text('A1', 'Ort'), text('B1', 'Län')]) + row(2, [text('A2', 'Lund')]),
      shared: ['x'],
    })
    const change = fc.tuple(fc.nat(file.length - 1), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.option(fc.nat(file.length)),
        async (changes, cut) => {
          const changed = Buffer.from(file)
          for (const [at, byte] of changes) changed[at] = byte
          await read(changed.subarray(0, cut ?? file.length))
        },
      ),
      { numRuns: 300 },
    )
  })

  test('of an Excel file with any markup for rows', async () => {
    const piece = fc.constantFrom(
      '<row r="1">',
      '<row r="2">',
      '<row>',
      '</row>',
      '<c r="A1">',
      '<c r="B2" t="s">',
      '<c t="b" r="C3" s="9">',
      '<c>',
      '</c>',
      '<v>1</v>',
      '<v>',
      '</v>',
      '<is><t>x</t></is>',
      '<![CDATA[y]]>',
      '<!-- z -->',
      '&#0;',
      '&lt;',
      '<f>1+1</f>',
      '"',
      '>',
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 12, size: 'max' }),
        async (pieces) => void (await read(makeXlsx({ rows: pieces.join('') }))),
      ),
      { numRuns: 300 },
    )
  })
})

describe('clean text', () => {
  test('is clean once and for all, and holds nothing that hides', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = cleanText(text)
        expect(cleanText(clean)).toBe(clean)
        expect(clean).not.toMatch(
          /[\p{Cc}\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u00ad\ufeff\u00a0]|^\s|\s$/u,
        )
        expect(clean).toBe(clean.normalize('NFC'))
      }),
      { numRuns: 2_000 },
    )
  })

  test('of any number has no exponent and is as near as Excel comes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), (number) => {
        const plain = plainNumber(String(number))
        expect(plain).toMatch(/^(?!-0$)-?\d+(\.\d+)?$/)
        expect(Math.abs(Number(plain) - number)).toBeLessThanOrEqual(Math.abs(number) * 1e-14)
      }),
    )
  })
})
