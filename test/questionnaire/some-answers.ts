import fc from 'fast-check'
import type { Answers } from '../../src/questionnaire/answers.ts'
import { questions } from '../../src/questionnaire/questions.ts'

/** Any answers that a person can give, each question skipped or not; all skipped is among them. */
export const someAnswers: fc.Arbitrary<Answers> = fc.record(
  Object.fromEntries(questions.map(({ id, options }) => [id, fc.constantFrom(...options)])),
  { requiredKeys: [] },
)
