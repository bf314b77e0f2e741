import { JSONParser } from '@streamparser/json'
import * as z from 'zod'
import { sourceRefusal } from './problem.ts'
import type { SourceFigure } from './source-figure.ts'

/** What an answer of the API says beside its rows. */
export interface ReadAnswer {
  rows: number
  /** Whether it says that there is another page. */
  hasNext: boolean
}

const text = z.union([z.string(), z.number()])

/** A row of figures, in either form of the API: each of its values is a figure. */
const row = z.object({
  kpi: text,
  municipality: text.optional(),
  ou: text.optional(),
  period: text,
  values: z.array(
    z.object({
      gender: z.string(),
      value: z.unknown(),
      status: z.unknown().optional(),
      isdeleted: z.boolean().optional(),
      is_deleted: z.union([z.boolean(), z.number()]).optional(),
    }),
  ),
})

/** What is made-up says so with every answer. */
const saysPractice = (note: unknown) => typeof note === 'string' && note.includes('vningssiffror')

/**
 * Reads an answer of the indicator database's API as it comes in, v3 or v2, or several in an array: never all of it is in memory.
 * @throws DomainError where it is not JSON, has no rows to speak of, or says that its figures were made up
 */
export async function readJson(
  bytes: AsyncIterable<Uint8Array>,
  begins: '{' | '[',
  take: (figure: SourceFigure) => void,
): Promise<ReadAnswer> {
  const read: ReadAnswer = { rows: 0, hasNext: false }
  let isAnswer = false

  function takeRow(what: unknown): void {
    read.rows++
    for (const figure of figuresOf(what, read.rows)) take(figure)
  }

  function takeWord(name: unknown, value: unknown): void {
    if (name === 'note' && saysPractice(value)) throw sourceRefusal('practice')
    if (name === 'count') isAnswer = true
    if ((name !== 'next_url' && name !== 'next_page') || value === null) return
    if (typeof value !== 'string') throw sourceRefusal('wrongType', { name })
    read.hasNext ||= value !== ''
  }

  function takeAnswer({ values, ...words }: { values: unknown[] }): void {
    isAnswer = true
    for (const one of values) takeRow(one)
    for (const [name, value] of Object.entries(words)) takeWord(name, value)
  }

  const parser = new JSONParser({ paths: begins === '{' ? pathsOfAnswer : ['$.*'], keepStack: false })
  parser.onValue = ({ value, key, stack }) => {
    if (begins === '[') isAnswerLike(value) ? takeAnswer(value) : takeRow(value)
    else if (stack.length > 1) takeRow(value)
    else takeWord(key, value)
  }
  await parse(parser, bytes)
  if (begins === '{' && read.rows === 0 && !isAnswer) throw sourceRefusal('noValues')
  return read
}

const pathsOfAnswer = ['$.values.*', ...['note', 'count', 'next_url', 'next_page'].map((name) => `$.${name}`)]

const isAnswerLike = (what: unknown): what is { values: unknown[] } =>
  typeof what === 'object' && what !== null && !('kpi' in what) && 'values' in what && Array.isArray(what.values)

async function parse(parser: JSONParser, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  let failed: Error | undefined
  parser.onError = (error) => {
    failed ??= error
  }
  for await (const piece of bytes) {
    parser.write(piece)
    if (failed) break
  }
  if (!failed && !parser.isEnded) failed = new Error('It ends before its end.')
  if (failed) throw failed.name === 'DomainError' ? failed : sourceRefusal('broken', {}, failed)
}

function figuresOf(what: unknown, at: number): SourceFigure[] {
  const { data } = row.safeParse(what)
  const blank = { row: at, kpi: undefined, area: undefined, year: undefined, gender: undefined, value: undefined }
  if (!data) return [{ ...blank, isNone: 'form' }]
  const key = { row: at, kpi: data.kpi, area: data.municipality ?? data.ou, year: data.period }
  const isUnit = data.municipality === undefined && data.ou !== undefined
  return data.values.map(({ gender, value, status, isdeleted, is_deleted: deletedBefore }) => ({
    ...{ ...key, gender, value, status },
    ...(isUnit ? { isNone: 'unit' as const } : isdeleted || deletedBefore ? { isNone: 'deleted' as const } : {}),
  }))
}
