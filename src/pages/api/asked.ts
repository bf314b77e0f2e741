import * as z from 'zod'

/** The two forms of the API: `v3` is the one of today, `v2` that of older clients. */
export const versions = ['v3', 'v2'] as const

export type Version = (typeof versions)[number]

/** What is listed, each by its id. */
export const listed = ['kpi', 'kpi_groups', 'municipality', 'municipality_groups', 'ou'] as const

/** By what figures are asked for: of areas, and of units. */
export const dimensions = {
  data: ['kpi', 'municipality', 'year'],
  oudata: ['kpi', 'municipality', 'ou', 'year'],
} as const

type Dimension = (typeof dimensions)[keyof typeof dimensions][number]

/** So many ids may stand in one place of an address in the newer form; the older has no such limit. */
export const mostIds = 25

/** So many rows are a page, unless fewer are asked for. */
export const mostRows = 5_000

/** What is asked for in a path: a list, or some of it; or figures. */
export type ApiQuestion =
  | { what: (typeof listed)[number]; ids?: string[] }
  | { what: keyof typeof dimensions; of: Partial<Record<Dimension, string[]>> }

/** A request that cannot be answered as it stands: what clients are told of it. */
export class BadQuestion extends Error {
  readonly status: number
  readonly detail: unknown

  constructor(status: number, detail: unknown) {
    super('a question that cannot be answered')
    this.status = status
    this.detail = detail
  }
}

/** The id of a query's parameter, by the dimension that it says: beside the path, or instead of it. */
export const parameterOf: Record<Dimension, string> = {
  ...{ kpi: 'kpi_id', municipality: 'municipality_id', ou: 'ou_id', year: 'year' },
}

/**
 * Reads a path, without what stands before it: `kpi/U30447,U30448`, `data/kpi/U30447/year/2026` in any order.
 * @throws BadQuestion where there is nothing of that kind, or too little is said
 */
export function readPath(version: Version, path: string, query: Record<string, unknown>): ApiQuestion {
  const [what, ...rest] = path
    .split('/')
    .filter((part) => part !== '')
    .map(decoded)
  const list = listed.find((one) => one === what)
  if (list && rest.length < 2)
    return rest[0] === undefined ? { what: list } : { what: list, ids: idsOf(version, rest[0]) }
  if (what === 'data' || what === 'oudata') return { what, of: readDimensions(version, what, rest, query) }
  throw notFound()
}

export const notFound = () => new BadQuestion(404, 'Not Found')

function readDimensions(
  version: Version,
  what: keyof typeof dimensions,
  parts: string[],
  query: Record<string, unknown>,
): Partial<Record<Dimension, string[]>> {
  const of: Partial<Record<Dimension, string[]>> = {}
  for (let at = 0; at < parts.length; at += 2) {
    const dimension = dimensions[what].find((one) => one === parts[at])
    if (!dimension || parts[at + 1] === undefined || of[dimension]) throw notFound()
    of[dimension] = idsOf(version, parts[at + 1]!)
  }
  for (const dimension of dimensions[what]) {
    const said = [query[parameterOf[dimension]], dimension === 'municipality' ? query.municipality : undefined]
    const ids = said.flat().filter((one) => typeof one === 'string' && one !== '')
    if (ids.length > 0) of[dimension] = [...(of[dimension] ?? []), ...idsOf(version, ids.join(','))]
  }
  if (Object.keys(of).length < 2) throw new BadQuestion(400, `Say at least two of ${dimensions[what].join(', ')}.`)
  const notYears = (of.year ?? []).filter((year) => !/^\d{4}$/.test(year))
  if (notYears.length > 0) throw new BadQuestion(400, `A year is four digits: ${notYears.join(', ').slice(0, 100)}.`)
  return of
}

function idsOf(version: Version, text: string): string[] {
  const ids = [...new Set(text.split(',').map((id) => id.trim()))].filter((id) => id !== '')
  if (version === 'v3' && ids.length > mostIds)
    throw new BadQuestion(400, `At most ${mostIds} ids at once; there are ${ids.length}.`)
  return ids
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new BadQuestion(400, 'The address is not well-formed.')
  }
}

const blankAsNone = (value: unknown) => (value === '' ? undefined : value)

/** A number as people write it: `1e2` and `0x10` are none. */
const whole = (value: unknown) =>
  typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : blankAsNone(value)

const number = (name: string, most: number, usual: number) => {
  const error = `${name} is a whole number from 1 to ${most}.`
  return z.preprocess(whole, z.int({ error }).min(1, { error }).max(most, { error }).default(usual))
}

const regionType = (name: string) =>
  z.preprocess(blankAsNone, z.enum(['K', 'L'], { error: `${name} is K or L.` }).optional())

/** What may be said behind the question mark beside ids. Everything else is ignored. */
export const parameters = z.object({
  page: number('page', 1_000_000, 1).describe('Which page, from 1.'),
  per_page: number('per_page', mostRows, mostRows).describe('How many rows a page has.'),
  title: z
    .string({ error: 'title is said once.' })
    .max(500, { error: 'title has at most 500 characters.' })
    .optional()
    .describe('Lists only: part of the title, in any case.'),
  from_date: z
    .preprocess(blankAsNone, z.iso.date({ error: 'from_date is a day, YYYY-MM-DD.' }).optional())
    .describe('Figures only: those published on that day or later, YYYY-MM-DD.'),
  region_type: regionType('region_type').describe('K for municipalities, L for the nation and regions.'),
  type: regionType('type').describe('The same, of /municipality.'),
})

export type Parameters = z.infer<typeof parameters>

/** @throws BadQuestion that names the parameter */
export function readParameters(version: Version, query: Record<string, unknown>): Parameters {
  const { data, error } = parameters.safeParse(query)
  if (data) return data
  if (version === 'v2') throw new BadQuestion(400, error.issues.map(({ message }) => message).join(' '))
  const detail = error.issues.map(({ path, message, code }) => ({ type: code, loc: ['query', ...path], msg: message }))
  throw new BadQuestion(422, detail)
}
