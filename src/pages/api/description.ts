import * as z from 'zod'
import { type Licence, licenceUrl } from '../../catalogue/licence.ts'
import { dimensions, listed, mostIds, parameterOf, parameters, type Version, versions } from './asked.ts'
import { envelopeOf, type Kind, shapes } from './shapes.ts'

interface Described {
  publicUrl: string
  licence: Licence
  /** The program's own. */
  version: string
  isPractice: boolean
}

/** What the API answers, as OpenAPI 3.1: from the schemas that check the requests, and those that the rows are written by. */
export function describeApi({ publicUrl, licence, version, isPractice }: Described) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Brukarsvar',
      version,
      license: { name: licence, url: licenceUrl[licence] },
      description: [
        'Published figures of the survey of users of social services, in the form of the API of Kolada (v3, and v2 for older clients).',
        'Nobody needs a key, and who asks is written down nowhere. A figure that would tell of too few people has no value and the status',
        '"Private"; one of which only the side is told, "AtLeast90" or "AtMost10"; one that nobody knows, "Missing".',
        'Figures that were withdrawn are not there: an answer that would have held some has the member "withdrawn" with the year, since when',
        'and why, and every answer the header Withdrawn-Years. A corrected release is there in place of the one it corrects.',
        'A group has the unweighted mean of its members. Of 0000, the nation, all answers together count.',
        ...(isPractice ? ['Övningssiffror: these figures were made up.'] : []),
      ].join(' '),
    },
    servers: [{ url: publicUrl }],
    paths: Object.fromEntries(versions.flatMap((one) => pathsOf(one))),
    components: { schemas: { Problem: schemaOf(problem), ...Object.fromEntries(versions.flatMap(pageSchemas)) } },
  }
}

const problem = z.object({ detail: z.union([z.string(), z.array(z.unknown())]) })

const pageSchemas = (version: Version): [string, unknown][] =>
  (Object.keys(shapes[version]) as Kind[]).map((what) => [
    pageName(version, what),
    schemaOf(envelopeOf[version](shapes[version][what] as z.ZodType)),
  ])

const pageName = (version: Version, what: Kind) => `${version}_${what}`

function pathsOf(version: Version): [string, unknown][] {
  const lists = listed.flatMap((what): [string, unknown][] => {
    const operation = (places: string[]) =>
      operationOf(version, what, { places, said: [...paging, ...saidOf(what)], more: ofList(what) })
    return [
      [`/${version}/${what}`, operation([])],
      [`/${version}/${what}/{id}`, operation(['id'])],
    ]
  })
  const figures = (['data', 'oudata'] as const).flatMap((what) =>
    placesOf(what).map((places): [string, unknown] => [
      `/${version}/${[what, ...places.map((place) => `${place}/{${place}}`)].join('/')}`,
      operationOf(version, what, { places, said: [...paging, 'from_date', 'region_type'], more: beside(what, places) }),
    ]),
  )
  return [...lists, ...figures]
}

const paging: Parameter[] = ['page', 'per_page']

/** Every way to say in a path what figures are asked for: in any order, of units in one alone, for there are none. */
const placesOf = (what: keyof typeof dimensions): string[][] =>
  what === 'data' ? someOf(dimensions.data).flatMap(orders) : someOf(dimensions.oudata)

const orders = (names: readonly string[]): string[][] =>
  names.length < 2
    ? [[...names]]
    : names.flatMap((first) => orders(names.filter((one) => one !== first)).map((rest) => [first, ...rest]))

interface QueryParameter {
  name: string
  in: 'query'
  description: string
  schema: object
  explode?: true
}

/** What may be said in the query of that which does not stand in the path. */
const beside = (what: keyof typeof dimensions, places: readonly string[]): QueryParameter[] =>
  dimensions[what]
    .filter((name) => !places.includes(name))
    .map((name) => ({
      ...{ name: parameterOf[name], in: 'query', schema: { type: 'array', items: { type: 'string' } }, explode: true },
      description: `At least two of ${dimensions[what].join(', ')} are said, in the path or here.`,
    }))

const ofList = (what: (typeof listed)[number]): QueryParameter[] =>
  what === 'ou'
    ? [{ name: 'municipality', in: 'query', schema: { type: 'string' }, description: 'Of which municipality.' }]
    : []

type Parameter = keyof typeof parameters.shape

const saidOf = (what: (typeof listed)[number]): Parameter[] =>
  what === 'municipality' ? ['title', 'region_type', 'type'] : ['title']

/** All ways in which some of them, or none, can be named, in their order. */
function someOf(names: readonly string[]): string[][] {
  const all: string[][] = [[]]
  for (const name of names) all.push(...all.map((some) => [...some, name]))
  return all
}

interface Operation {
  places: readonly string[]
  said: readonly Parameter[]
  more: readonly QueryParameter[]
}

function operationOf(version: Version, what: Kind, { places, said, more }: Operation) {
  const body = { $ref: `#/components/schemas/${pageName(version, what)}` }
  const refusal = { content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } } }
  return {
    get: {
      operationId: [version, what, ...places].join('_'),
      summary: `${summaries[what]}${places.length > 0 ? `, by ${places.join(', ')}` : ''}`,
      tags: [version],
      parameters: [
        ...places.map((name) => ({
          ...{ name, in: 'path', required: true, schema: { type: 'string' } },
          description: `One or more, with commas between them${version === 'v3' ? `; at most ${mostIds}` : ''}.`,
        })),
        ...more,
        ...said.map((name) => {
          const { description, ...schema } = schemaOf(parameters.shape[name])
          return { name, in: 'query', description, schema }
        }),
      ],
      responses: {
        200: { description: 'One page of them.', content: { 'application/json': { schema: body } } },
        ...{ 304: { description: 'What you have is still the same.' } },
        400: { description: 'It cannot be answered as it was asked.', ...refusal },
        404: { description: 'There is nothing of that kind.', ...refusal },
        405: { description: 'It was asked by another method than GET, HEAD and OPTIONS.', ...refusal },
        ...(version === 'v3' ? { 422: { description: 'A parameter is not what it should be.', ...refusal } } : {}),
        429: { description: 'Too much at once: ask again after so many seconds as Retry-After says.', ...refusal },
        431: { description: 'The address or the headers are too long to be read.', ...refusal },
        503: { description: 'Not now: ask again after so many seconds as Retry-After says.', ...refusal },
      },
    },
  }
}

const summaries: Record<Kind, string> = {
  kpi: 'Indicators',
  kpi_groups: 'Groups of indicators',
  municipality: 'Municipalities, regions and the nation',
  municipality_groups: 'Groups of municipalities',
  ou: 'Units: there are none, for nothing of a unit is public',
  data: 'Figures',
  oudata: 'Figures of units: there are none',
}

/** The schema of what is sent or, of a parameter, what may stand there. */
function schemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'output' })
  return rest
}
