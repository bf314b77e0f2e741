import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { areasOf } from '../../src/catalogue/areas.ts'
import { readKpis } from '../../src/catalogue/kpis.ts'
import { DomainError } from '../../src/errors.ts'
import { gather } from '../../src/history/gathered.ts'
import { knownFrom } from '../../src/history/judged.ts'
import { sourceProblems } from '../../src/history/problem.ts'
import { readSource } from '../../src/history/read-source.ts'
import { rejections } from '../../src/history/source-figure.ts'

const municipalities = [
  { code: '1489', name: 'Alingsås' },
  { code: '0114', name: 'Upplands Väsby' },
]
const known = knownFrom(readKpis(), areasOf(municipalities), 2026)

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** What is found in a text, or why nothing is, in pieces as small as a network makes them. */
async function read(text: string | Uint8Array, size = 7) {
  const gathering = gather(known)
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  try {
    const answer = await readSource(inPieces(bytes, size), (figure) => gathering.add(figure, 'a'))
    return { ...gathering.end(), ...answer }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return error.messageKey.replace('staff.history.problem.', '')
  }
}

/** The figures of a text that has some. */
async function found(text: string | Uint8Array, size?: number) {
  const what = await read(text, size)
  if (typeof what === 'string') throw new Error(what)
  return what
}

/** An indicator that is told of women and men too, and of economic assistance alone. */
const divided = readKpis().find(({ byGender }) => byGender)!.id
const total = 'U30453'

const row = (more: object = {}, values: unknown[] = [{ gender: 'T', count: 1, status: '', value: 78.4 }]) => ({
  ...{ kpi: total, municipality: '1489', period: 2019, values },
  ...more,
})
const answer = (rows: unknown[], more: object = {}) =>
  JSON.stringify({ values: rows, count: rows.length, next_url: null, previous_url: null, ...more })

const kept = { area: '1489', kpi: total, year: 2019, gender: 'T', value: 78.4 }

describe('an answer of the API', () => {
  test('is read in its newer and its older form', async () => {
    expect((await found(answer([row()]))).figures).toEqual([kept])
    const older = JSON.stringify({ count: 1, values: [row({ period: '2019' })] })
    expect((await found(older)).figures).toEqual([kept])
    expect((await found(`\ufeff ${older}`)).figures).toEqual([kept])
  })

  test('is read of women and men, where they are told apart', async () => {
    const values = ['K', 'M', 'T'].map((gender, at) => ({ gender, value: 70 + at, count: 1, status: '' }))
    const { figures } = await found(answer([row({ kpi: divided }, values)]))
    expect(figures.map(({ gender, value }) => [gender, value])).toEqual([
      ['K', 70],
      ['M', 71],
      ['T', 72],
    ])
  })

  test('is read from several that were saved together, and from rows alone', async () => {
    const pages = [JSON.parse(answer([row()])), JSON.parse(answer([row({ period: 2020 })]))]
    expect((await found(JSON.stringify(pages))).figures).toHaveLength(2)
    expect((await found(JSON.stringify([row(), row({ period: 2020 })]))).figures).toHaveLength(2)
  })

  test('says whether there is another page', async () => {
    expect((await found(answer([row()], { next_url: 'https://a/b?page=2' }))).hasNext).toBe(true)
    expect((await found(answer([row()]))).hasNext).toBe(false)
    expect((await found(JSON.stringify({ values: [], count: 0, next_page: 'x' }))).hasNext).toBe(true)
  })
})

describe('what is rejected, and why', () => {
  const value = (value: unknown, more: object = {}) => [{ gender: 'T', count: 1, status: '', value, ...more }]

  test.each([
    ['kpi', row({ kpi: 'N00945' })],
    ['area', row({ municipality: '9999' })],
    ['group', row({ municipality: 'G2328' })],
    ['region', row({ municipality: '0001' })],
    ['unit', { kpi: total, ou: 'V15E144001301', period: 2019, values: value(1) }],
    ['early', row({ period: 2015 })],
    ['future', row({ period: 2027 })],
    ['year', row({ period: '2010-2025' })],
    ['gender', row({}, [{ gender: 'X', value: 1 }])],
    ['undivided', row({}, [{ gender: 'K', value: 50 }])],
    ['none', row({}, value(null, { status: 'Private' }))],
    ['withheld', row({}, value(80, { status: 'Private' }))],
    ['withheld', row({}, value(80, { status: '..' }))],
    ['few', row({ kpi: 'U31903' }, value(7))],
    ['few', row({ kpi: 'U31903' }, value(0))],
    ['deleted', row({}, value(null, { isdeleted: true }))],
    ['deleted', row({}, value(null, { is_deleted: 1 }))],
    ['value', row({}, value('many'))],
    ['value', row({}, value({ a: 1 }))],
    ['range', row({}, value(100.1))],
    ['range', row({}, value(-1))],
    ['form', { kpi: total }],
    ['form', 'a word'],
    ['form', null],
  ])('%s', async (reason, what) => {
    const { figures, rejected, listed } = await found(answer([what, row({ period: 2020 })]))
    expect(rejected).toEqual({ [reason]: 1 })
    expect(listed).toMatchObject([{ reason, row: 1, source: 'a' }])
    expect(figures).toHaveLength(1)
  })

  test('the number of responses is a whole number', async () => {
    const id = readKpis().find(({ measure }) => measure === 'responses')!.id
    expect((await found(answer([row({ kpi: id }, value(121))]))).figures).toHaveLength(1)
    expect((await found(answer([row({ kpi: id }, value(121.5))]))).rejected).toEqual({ range: 1 })
  })

  test('both of two that contradict each other, and every further one; the same twice is one', async () => {
    const twice = await found(answer([row(), row(), row({}, value(50)), row(), row({ period: 2020 })]))
    expect(twice).toMatchObject({ read: 5, repeated: 1, rejected: { twice: 3 } })
    expect(twice.figures).toMatchObject([{ year: 2020 }])
    expect(twice.listed.map(({ row, value }) => [row, value])).toEqual([
      [1, '78.4'],
      [3, '50'],
      [4, '78.4'],
    ])
  })
})

describe('a CSV file', () => {
  test.each([
    ['commas', `kpi,municipality,year,gender,value\n${total},1489,2019,T,78.4\n`],
    ['semicolons and decimal commas', `KPI;Municipality;Year;Gender;Value\r\n${total};1489;2019;T;78,4\r\n`],
    ['the names of places', `nyckeltal;kommun;år;kön;värde\n${total};Alingsås;2019;Totalt;78,4`],
    ['ids beside names', `kpi,municipality,municipality_id,year,gender,value\n${total},Alingsås,1489,2019,T,78.4`],
    ['no genders', `period\tvalue\tkpi\tmunicipality\n2019\t78.4\t${total}\t1489`],
    ['a title above', `Siffror, hämtade\n\nkpi;area;year;value\n${total};1489;2019;78.4`],
    ['quotes', `"kpi","municipality","year","gender","value"\n"${total}","1489","2019","T","78.4"`],
  ])('is read with %s', async (_, text) => {
    expect((await found(text)).figures).toEqual([kept])
  })

  test('is read as Windows and as UTF-16 write it', async () => {
    const text = `nyckeltal;kommun;år;kön;värde\n${total};Alingsås;2019;T;78,4\n`
    expect((await found(Buffer.from(text, 'latin1'))).figures).toEqual([kept])
    expect((await found(Buffer.from(`\ufeff${text}`, 'utf16le'))).figures).toEqual([kept])
  })

  test('has codes back that Excel took the zeros from, and numbers of responses', async () => {
    const { figures } = await found(
      `kpi;municipality;year;gender;value;status;responses\n${total};114;2019;T;78,4;;121`,
    )
    expect(figures).toEqual([{ ...kept, area: '0114', people: 121 }])
  })

  test('has its own reasons for what is rejected', async () => {
    const head = 'kpi;municipality;year;value;responses;status'
    const lines = ['2019;..;', '2020;många;', '2021;50;3,5', '2022;90;5', '2023;90;;..', '2024;90;10;']
    const { rejected, figures } = await found(
      `${head}\n${lines.map((line) => `${total};1489;${line}\n`).join('')}\n;;;;\n${total};1489`,
    )
    expect(rejected).toEqual({ none: 1, value: 1, people: 1, few: 1, withheld: 1, year: 1 })
    expect(figures.map(({ year }) => year)).toEqual([2024])
  })
})

describe('what is read not at all', () => {
  test.each([
    ['practice', answer([row()], { note: 'Övningssiffror' })],
    ['practice', JSON.stringify([JSON.parse(answer([row()], { note: 'Övningssiffror' }))])],
    ['practice', `kpi;municipality;year;value;note\n${total};1489;2019;1;Övningssiffror`],
    ['practice', `Övningssiffror\nkpi;municipality;year;value\n${total};1489;2019;1`],
    ['html', '<!doctype html><title>Fel</title>'],
    ['excel', 'PK\x03\x04aaaa'],
    ['empty', ''],
    ['empty', ' \n'],
    ['broken', '{"values":[{"kpi":"U30453","munici'],
    ['broken', '{"values":[]} and more'],
    ['broken', '[1,2'],
    ['noValues', '{"detail":"Not Found"}'],
    ['noValues', '{}'],
    ['wrongType', answer([row()], { next_url: 17 })],
    ['columns', 'a;b;c\n1;2;3'],
    ['columns', 'just words'],
    ['otherFile', '%PDF-1.7'],
  ])('%s: %s', async (problem, text) => {
    expect(await read(text)).toBe(problem)
  })
})

describe('any text', () => {
  const reasons = new Set<string>(rejections)
  const problems = new Set<string>(sourceProblems)

  /** Either every figure is taken in or has a reason, or there is one reason for all. */
  async function isReadOrRejected(text: string | Uint8Array, size: number) {
    const what = await read(text, size)
    if (typeof what === 'string') {
      expect(problems).toContain(what)
      return
    }
    const rejected = Object.values(what.rejected).reduce((sum, count) => sum + count, 0)
    expect(what.figures.length + what.repeated + rejected).toBe(what.read)
    for (const { reason } of what.listed) expect(reasons).toContain(reason)
    for (const { area, year, value } of what.figures) {
      expect(['1489', '0114', '0000']).toContain(area)
      expect(year >= 2016 && year <= 2026 && value >= 0).toBe(true)
    }
  }

  const cell = fc.oneof(
    fc.constantFrom(total, divided, '1489', 1489, '0000', 'G2328', 2019, '2019', 'T', 'K', null, true, '..', 50, 1e9),
    fc.string(),
    fc.double(),
    fc.constant('\u202e"\n;'),
  )
  const anyRow = fc.record(
    {
      ...{ kpi: fc.oneof(fc.constant(total), cell), municipality: fc.oneof(fc.constant('1489'), cell), period: cell },
      values: fc.oneof(
        cell,
        fc.array(fc.record({ gender: cell, value: cell, isdeleted: cell }, { requiredKeys: ['gender'] }), {
          maxLength: 3,
        }),
      ),
    },
    { requiredKeys: ['kpi'] },
  )

  test('is read or rejected as JSON of the form that it nearly has', async () => {
    const any = fc.record({
      values: fc.oneof(fc.array(anyRow), fc.jsonValue()),
      count: cell,
      next_url: cell,
      note: cell,
    })
    await fc.assert(
      fc.asyncProperty(any, fc.integer({ min: 1, max: 90 }), (what, size) =>
        isReadOrRejected(JSON.stringify(what), size),
      ),
      { numRuns: 300 },
    )
  })

  test('is read or rejected as any JSON, cut off anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.nat(60), fc.integer({ min: 1, max: 9 }), (text, cut, size) =>
        isReadOrRejected(text.slice(0, text.length - cut), size),
      ),
      { numRuns: 300 },
    )
  })

  test('is read or rejected as CSV', async () => {
    const line = fc.array(cell, { maxLength: 6 }).map((cells) => cells.join(';'))
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 90 }), (lines, size) =>
        isReadOrRejected(['kpi;municipality;year;gender;value', ...lines].join('\n'), size),
      ),
      { numRuns: 200 },
    )
  })

  test('is read or rejected as any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400, size: 'max' }),
        fc.integer({ min: 1, max: 50 }),
        isReadOrRejected,
      ),
      { numRuns: 300 },
    )
  })
})
