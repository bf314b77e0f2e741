import * as z from 'zod'
import type { Answers } from './answers.ts'
import { type QuestionId, questions } from './questions.ts'

/** What a form sends: for each question one of its options, or nothing. Unknown fields are dropped, unknown options refused. */
export const answersSchema = z
  .object(
    Object.fromEntries(questions.map(({ id, options }) => [id, z.enum([...options, '']).optional()])) as Record<
      QuestionId,
      z.ZodOptional<z.ZodEnum>
    >,
  )
  .transform(
    (fields): Answers =>
      Object.fromEntries(Object.entries(fields).filter(([, option]) => option !== undefined && option !== '')),
  )
