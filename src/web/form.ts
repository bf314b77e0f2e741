import * as z from 'zod'
import { composed } from '../text/composed.ts'
import { withAsciiDigits } from '../text/digits.ts'

/** What was typed, or what is wrong with it: a text key for each field. */
export type ReadForm<T> = { data: T } | { problems: Record<string, string>; typed: Record<string, unknown> }

/** Reads a form. A problem is a key such as `staff.web.problem.required`; what was typed comes back with it. */
export function readForm<T>(schema: z.ZodType<T>, body: unknown): ReadForm<T> {
  const typed = (body ?? {}) as Record<string, unknown>
  const { data, error } = schema.safeParse(typed)
  if (!error) return { data }

  const problems: Record<string, string> = {}
  for (const { path, message } of error.issues)
    problems[String(path[0] ?? 'form')] ??= message.startsWith('staff.') ? message : 'staff.web.problem.invalid'
  return { problems, typed }
}

const problem = (name: string) => `staff.web.problem.${name}`

const oneLine = (text: string) =>
  composed(text)
    .replace(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** One line of text, trimmed, without control characters. */
export const line = (max = 100) =>
  z
    .string(problem('required'))
    .transform(oneLine)
    .pipe(z.string().min(1, problem('required')).max(max, problem('long')))

/** The same, or nothing. */
export const maybeLine = (max = 100) =>
  z
    .string()
    .default('')
    .transform(oneLine)
    .pipe(z.string().max(max, problem('long')))

export const email = line(200).pipe(z.email(problem('email')).transform((text) => text.toLowerCase()))

/** A whole number from a text, in digits of any script. */
export const wholeNumber = (min = 0, max = 1_000_000) =>
  z
    .string(problem('number'))
    .trim()
    .overwrite(withAsciiDigits)
    .regex(/^\d{1,9}$/, problem('number'))
    .transform(Number)
    .pipe(z.number().min(min, problem('number')).max(max, problem('number')))

/** A calendar day as ISO text. */
export const isoDay = z
  .string(problem('day'))
  .trim()
  .overwrite(withAsciiDigits)
  .pipe(z.iso.date(problem('day')))

/** A box that was ticked, or was not. */
export const tick = z
  .string()
  .optional()
  .transform((text) => text !== undefined)

/** Boxes of one name: none, one or several. */
export const several = <T>(one: z.ZodType<T>) =>
  z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(one))

/** A file that was sent. */
export const file = z.object(
  { name: z.string(), bytes: z.instanceof(Buffer).refine((bytes) => bytes.length > 0, problem('file')) },
  problem('file'),
)
