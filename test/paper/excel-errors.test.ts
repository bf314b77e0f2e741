import { expect, test } from 'vitest'
import { readForms } from '../../src/paper/import-rows.ts'
import { guessMeaning } from '../../src/paper/import-values.ts'
import { questions } from '../../src/questionnaire/questions.ts'
import { readTable } from '../../src/table/table-file.ts'

test('an error of Excel is guessed to leave the row out, never to be a skipped question', () => {
  const guess = (value: string) => guessMeaning(value, questions[0]!, () => [])
  for (const error of ['#N/A', '#SAKNAS!', '#REF!', '#DIV/0!', '#####']) expect(guess(error), error).toBe('reject')
  expect(guess('N/A')).toBe(0)
})

test('a row with an error of Excel for an answer is left out and says so, which is another thing than an answer nobody knows', async () => {
  const { id } = questions[0]!
  const rows = ['1', '#N/A', 'kanske'].map((cell, index) => ({ number: index + 2, cells: [cell] }))
  const table = await readTable(Buffer.from(`Svar\n${rows.map(({ cells }) => cells[0]).join('\n')}\n`), 'svar.csv')
  const meanings = { [id]: new Map([1, 'reject', 'reject'].map((meaning, at) => [rows[at]!.cells[0]!, meaning as 1])) }
  const { forms, rejected } = await readForms(table, { columns: { [id]: 0 }, meanings, place: { stratumId: 'a' } })
  expect(forms).toHaveLength(1)
  expect(rejected.map(({ row, reason }) => [row, reason])).toEqual([
    [3, 'staff.table.reason.cellError'],
    [4, 'staff.paper.reason.value'],
  ])
})
