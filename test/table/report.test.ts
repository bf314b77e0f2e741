import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { DomainError } from '../../src/errors.ts'
import { type ColumnMapping, columnLetters, guessColumns } from '../../src/table/columns.ts'
import { importRows } from '../../src/table/report.ts'
import type { Table } from '../../src/table/table.ts'

const table = (header: string[], ...rows: string[][]): Table => ({
  header,
  rows: rows.map((cells, index) => ({ number: 2 * index + 2, cells })),
  headerRow: 1,
  notes: [],
  ways: { delimiter: ';' },
})

const staff = z.object({
  email: z.email(),
  role: z.enum(['host', 'viewer']),
  people: z.coerce.number().int().max(99).optional(),
  name: z.string().min(1).max(10, 'staff.units.reason.nameTooLong'),
})
const mapping = { email: 1, role: 0, people: 3, name: 2 }
const reason = (name: string) => `staff.table.reason.${name}`

describe('an import', () => {
  test('accepts the rows that can be read and tells of each other its number, cell and reason', () => {
    const report = importRows(
      table(
        ['Roll', 'E-post', 'Namn', ''],
        ['host', 'a@b.se', 'Åsa', '5'],
        ['host', '', 'Bo', '5'],
        ['chef', 'c@b.se', 'Cia', '5'],
        ['host', 'anna', 'Dan', '5'],
        ['host', 'e@b.se', 'Eva', 'fem'],
        ['host', 'f@b.se', 'Fia', '100'],
        ['host', 'g@b.se', 'Gunnar-Bertil', '1'],
        ['viewer', 'A@B.se', 'Hugo', '1'],
      ),
      mapping,
      staff,
      { key: ({ email }) => email.toLowerCase() },
    )
    expect(report).toEqual({
      accepted: [{ email: 'a@b.se', role: 'host', people: 5, name: 'Åsa' }],
      rejected: [
        { row: 4, cell: 'E-post', reason: reason('missing') },
        { row: 6, cell: 'Roll', reason: reason('notKnown') },
        { row: 8, cell: 'E-post', reason: reason('notEmail') },
        { row: 10, cell: 'D', reason: reason('notNumber') },
        { row: 12, cell: 'D', reason: reason('tooBig'), values: { limit: 99 } },
        { row: 14, cell: 'Namn', reason: 'staff.units.reason.nameTooLong', values: { limit: 10 } },
        { row: 16, reason: reason('duplicate'), values: { first: 2 } },
      ],
      total: 8,
    })
  })

  test('may read rows with a function, and survives whatever it throws', () => {
    const report = importRows<string, 'code'>(
      table(['Kod'], ['7'], ['refused'], ['defect'], ['rejected']),
      { code: 0 },
      ({ code }, row) => {
        if (code === 'refused')
          throw new DomainError('conflict', 'no', { messageKey: 'staff.paper.reason.spent', values: { row } })
        if (code === 'defect') throw new TypeError('a defect')
        return code === 'rejected' ? { rejected: { field: 'code', reason: reason('notKnown') } } : { accepted: code }
      },
    )
    expect(report).toEqual({
      accepted: ['7'],
      rejected: [
        { row: 4, reason: 'staff.paper.reason.spent', values: { row: 4 } },
        { row: 6, reason: reason('unreadable') },
        { row: 8, cell: 'Kod', reason: reason('notKnown') },
      ],
      total: 4,
    })
  })

  test('gives an empty field where no column was chosen', () => {
    const partial: ColumnMapping<'email' | 'name'> = { email: undefined, name: 0 }
    const { accepted } = importRows(table(['Namn'], ['Åsa']), partial, (fields) => ({ accepted: fields }))
    expect(accepted).toEqual([{ email: '', name: 'Åsa' }])
  })

  test('counts every row once, whatever stands in it', () => {
    const cell = fc.oneof(fc.constantFrom('', 'a@b.se', 'host', '7', '__proto__'), fc.string())
    const rows = fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 60, size: 'max' })
    fc.assert(
      fc.property(rows, (cells) => {
        const report = importRows(table(['Roll', 'E-post', 'Namn', 'Antal'], ...cells), mapping, staff, {
          key: ({ email }) => email,
        })
        expect(report.accepted.length + report.rejected.length).toBe(cells.length)
        expect(report.total).toBe(cells.length)
      }),
    )
  })
})

describe('columns are guessed', () => {
  const words = { email: ['e-post', 'epost', 'email', 'mail'], unit: ['enhet', 'unit'], role: ['roll'], name: ['namn'] }

  test('by their headings, whatever their case, accents and punctuation', () => {
    expect(guessColumns(['ENHET:', 'É-Post', ' Namn ', 'Övrigt'], words)).toEqual({ unit: 0, email: 1, name: 2 })
    expect(guessColumns(['E-postadress', 'Enhetens namn', 'Namn'], words)).toEqual({ email: 0, unit: 1, name: 2 })
  })

  test('a heading that is the word itself first, and each column once', () => {
    expect(guessColumns(['Mailad den', 'Mail', 'Mail'], words)).toEqual({ email: 1 })
    expect(guessColumns(['', '', '!'], { a: ['', '?'] })).toEqual({})
  })

  test('by none that anybody could not name as Excel does', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
  })
})
