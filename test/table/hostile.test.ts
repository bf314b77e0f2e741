import { expect, test } from 'vitest'
import { cleanText } from '../../src/table/clean-text.ts'
import { tableLimits } from '../../src/table/table.ts'
import { readTable } from '../../src/table/table-file.ts'
import { foldTyped } from '../../src/text/typed-text.ts'
import { makeXlsx } from './make-xlsx.ts'

/*
 * Small files that held the one thread until its 20 seconds were over. Each is refused for what it is, or read; none of them for the
 * time that it takes.
 */
const many = (text: string, count: number) => text.repeat(count)
const files: [string, () => Buffer, string][] = [
  ['tags that never end', () => makeXlsx({ rows: many('<row ', 2_000_000) }), 'damaged'],
  ['one tag of 20 MB', () => makeXlsx({ rows: `<row ${many('= ', 10_000_000)}>` }), 'damaged'],
  ['cells without an end', () => makeXlsx({ rows: many('<row><c>', 40_000) + many('<a>\n', 2_000_000) }), 'damaged'],
  ['45 MB of spaces', () => makeXlsx({ rows: many(' ', 45_000_000) }), 'damaged'],
  ['comments that never end', () => makeXlsx({ rows: many('<!--a>', 2_000_000) }), 'damaged'],
  ['5 MB of line breaks', () => Buffer.from(many('\n', 4_999_999)), 'empty'],
  ['headings and 5 MB of empty rows', () => Buffer.from(`a;b\n${many(' \n', 2_400_000)}`), 'read'],
  ['headings, rows of nothing, and one row', () => Buffer.from(`a;b\n${many('\r', 600_000)}1;2`), 'tooManyRows'],
  ['empty rows of another width and one row', () => Buffer.from(`a;b\n${many(';;\n', 600_000)}1;2`), 'tooManyRows'],
  [
    'as many full rows as there may be, none as wide as the headings',
    () => Buffer.from(`a;b\n${many('1\n', 49_999)}`),
    'read',
  ],
  ['5 MB of marks on one letter', () => Buffer.from(`a${many('\u0301\u0323', 1_200_000)}`), 'read'],
  ['5 MB of quotes', () => Buffer.from(`a${many('"', 4_999_998)}`), 'tooLong'],
]

test.each(files)('%s', async (_, make, expected) => {
  const came = await readTable(make(), 'file').then(
    () => 'read',
    ({ messageKey, message }) => messageKey?.split('.').at(-1) ?? message,
  )
  expect(came).toBe(expected)
})

test('many marks on one letter are put in order at once, and real words keep theirs', () => {
  const marks = many('\u0301\u0323', 500_000)
  expect(cleanText(`a${marks}`).length).toBeLessThan(40)
  expect(foldTyped(`a${marks}`).length).toBeLessThan(40)
  const vietnamese = 'Nguye\u0302\u0303n Thi\u0323'
  expect(cleanText(vietnamese)).toBe(vietnamese.normalize('NFC'))
})

test('empty rows at the end of a file hold up nobody', async () => {
  const rows = many('1;2;\n', 20_000)
  const { rows: read, notes } = await readTable(Buffer.from(`a;b;c\n${rows}${many(';;;; \n', 500_000)}`), 'file', {
    limits: { ...tableLimits, seconds: 60 },
  })
  expect([read.length, read.at(-1), notes]).toEqual([20_000, { number: 20_001, cells: ['1', '2', ''] }, []])
})
