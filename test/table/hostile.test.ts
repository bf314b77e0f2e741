import { expect, test } from 'vitest'
import { cleanText } from '../../src/table/clean-text.ts'
import { readTable } from '../../src/table/table-file.ts'
import { foldTyped } from '../../src/web/typed-text.ts'
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
  ['5 MB of line breaks', () => Buffer.from(many('\n', 5_000_000)), 'tooManyRows'],
  ['5 MB of marks on one letter', () => Buffer.from(`a${many('\u0301\u0323', 1_200_000)}`), 'read'],
  ['5 MB of quotes', () => Buffer.from(`a${many('"', 4_999_998)}`), 'tooLong'],
]

test.each(files)(
  '%s',
  async (_, make, expected) => {
    const came = await readTable(make(), 'file').then(
      () => 'read',
      ({ messageKey, message }) => messageKey?.split('.').at(-1) ?? message,
    )
    expect(came).toBe(expected)
  },
  60_000,
)

test('many marks on one letter are put in order at once, and real words keep theirs', () => {
  const marks = many('\u0301\u0323', 500_000)
  expect(cleanText(`a${marks}`).length).toBeLessThan(40)
  expect(foldTyped(`a${marks}`).length).toBeLessThan(40)
  const vietnamese = 'Nguye\u0302\u0303n Thi\u0323'
  expect(cleanText(vietnamese)).toBe(vietnamese.normalize('NFC'))
})
