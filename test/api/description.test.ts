import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { fullFormats } from 'ajv-formats/dist/formats.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publishedRound } from '../results/published.ts'
import { type Service, startService } from '../support/service.ts'

interface Operation {
  operationId: string
  parameters: { name: string; in: string; schema: object }[]
  responses: Record<string, { content?: { 'application/json': { schema: { $ref: string } } } }>
}

interface Description {
  paths: Record<string, { get: Operation }>
  components: { schemas: Record<string, object> }
}

/** An id that there is, or could be, for each place of a path; the last is one that nobody has. */
const ids: Record<string, string[]> = {
  id: ['U30447,0114,G2328,GBIFO', 'nothing'],
  kpi: ['U30447,U31505', 'nothing'],
  municipality: ['1489,0000,G2328', 'nothing'],
  ou: ['V15E148900101', 'nothing'],
  year: ['2026', '1999'],
}

const said: Record<string, string[]> = {
  ...{ page: ['1', '2'], per_page: ['1', '5000'], title: ['bistånd', ''], from_date: ['2020-01-01', ''] },
  ...{ region_type: ['K', 'L', ''], type: ['K', ''], kpi_id: ['U30447'], municipality_id: ['1489'], year: ['2026'] },
  ...{ ou_id: ['V15E148900101'], municipality: ['1489'] },
}

describe('the description of the API', () => {
  let service: Service
  let description: Description
  beforeAll(async () => {
    service = await startService({ now: '2026-12-15T08:00:00Z' })
    await publishedRound(service, [
      { municipality: '1489', unit: 'Vuxna', people: 40, positive: 30 },
      { municipality: '0180', unit: 'Vuxna', people: 6, positive: 3 },
    ])
    const answer = await service.app.inject('/v3/openapi.json')
    expect(answer.headers['access-control-allow-origin']).toBe('*')
    description = answer.json()
  })
  afterAll(() => service.app.close())

  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate(structuredClone(description) as never)
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
    expect(validator.version).toBe('3.1')
    const ids = Object.values(description.paths).map(({ get }) => get.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('holds for every path that it names, with each parameter, and for what is refused there', async () => {
    const ajv = new Ajv2020({ strict: false, formats: fullFormats as never })
    ajv.addSchema({ $id: 'api', components: description.components })
    const isAs = (schema: { $ref: string }, body: unknown) => {
      const validate = ajv.getSchema(`api${schema.$ref}`)!
      expect(validate(body), JSON.stringify(validate.errors)).toBe(true)
    }
    let answered = 0
    for (const [path, { get }] of Object.entries(description.paths)) {
      const places = get.parameters.filter((one) => one.in === 'path').map(({ name }) => name)
      const addresses = [0, 1].map((at) =>
        places.reduce((url, name) => url.replace(`{${name}}`, ids[name]![at]!), path),
      )
      const query = get.parameters.filter((one) => one.in === 'query').map(({ name }) => name)
      const usual = query.filter((name) => name.endsWith('_id')).map((name) => `${name}=${said[name]![0]}`)
      const asked = [
        ...addresses.map((address) => `${address}?${usual.join('&')}`),
        ...query.flatMap((name) =>
          said[name]!.map((value) => `${addresses[0]}?${[...usual, `${name}=${encodeURIComponent(value)}`].join('&')}`),
        ),
        `${addresses[0]}?${[...usual, 'page=0'].join('&')}`,
      ]
      for (const url of asked) {
        const answer = await service.app.inject(url)
        const described = get.responses[answer.statusCode]
        expect(described, `${answer.statusCode} ${url}`).toBeDefined()
        isAs(described!.content!['application/json'].schema, answer.json())
        if (answer.statusCode === 200 && answer.json().values.length > 0) answered++
      }
    }
    expect(answered).toBeGreaterThan(100)
  })

  test('names each way in which figures can be asked for, and what is refused', async () => {
    for (const version of ['v3', 'v2']) {
      for (const path of [
        ...['data', 'data/kpi/{kpi}', 'data/year/{year}/municipality/{municipality}/kpi/{kpi}', 'oudata'],
        'data/municipality/{municipality}/kpi/{kpi}',
      ])
        expect(Object.keys(description.paths)).toContain(`/${version}/${path}`)
      const namesOf = (path: string) => description.paths[`/${version}/${path}`]!.get.parameters.map(({ name }) => name)
      expect(namesOf('ou')).toContain('municipality')
      expect(namesOf('oudata/kpi/{kpi}/year/{year}')).toEqual(expect.arrayContaining(['municipality_id', 'ou_id']))
      const answers = Object.keys(description.paths[`/${version}/kpi`]!.get.responses)
      expect(answers).toEqual(expect.arrayContaining(['400', '404', '405', '429', '431', '503']))
    }
    for (const number of ['1e2', '0x10', '1.0', '-1', '+5', '%205', '99999999999']) {
      const { statusCode, body } = await service.app.inject(`/v2/kpi?per_page=${number}`)
      expect([number, statusCode, body]).toEqual([
        number,
        400,
        '{"detail":"per_page is a whole number from 1 to 5000."}',
      ])
      expect((await service.app.inject(`/v3/kpi?per_page=${number}`)).statusCode).toBe(422)
    }
  })

  test('says no less than what is sent: a field that it does not name is not there', async () => {
    for (const [path, what] of [
      ...[
        ['/v3/kpi', 'v3_kpi'],
        ['/v2/kpi', 'v2_kpi'],
        ['/v3/municipality', 'v3_municipality'],
      ],
      ...[
        ['/v3/data/kpi/U31505/year/2026', 'v3_data'],
        ['/v2/data/kpi/U31505/year/2026', 'v2_data'],
      ],
    ] as [string, string][]) {
      const { values } = (await service.app.inject(path)).json()
      const schema = description.components.schemas[what] as {
        properties: { values: { items: { properties: object } } }
      }
      expect(Object.keys(values[0]).sort()).toEqual(Object.keys(schema.properties.values.items.properties).sort())
    }
  })
})
