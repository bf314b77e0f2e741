import { expect, test } from 'vitest'
import { guessMeaning } from '../../src/paper/import-values.ts'
import { questions } from '../../src/questionnaire/questions.ts'

test('an error of Excel is guessed to leave the row out, never to be a skipped question', () => {
  const guess = (value: string) => guessMeaning(value, questions[0]!, () => [])
  for (const error of ['#N/A', '#SAKNAS!', '#REF!', '#DIV/0!', '#####']) expect(guess(error), error).toBe('reject')
  expect(guess('N/A')).toBe(0)
})
