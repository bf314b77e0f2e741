import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newOperator, type Operator } from './operator.ts'

let operator: Operator
beforeEach(async () => {
  operator = newOperator()
  await operator.json('init')
})
afterEach(() => operator.leave())

const overall = 'U31505'

function file(name: string, text: string): string {
  writeFileSync(operator.path(name), text)
  return operator.path(name)
}

const csv = (...rows: string[]) => ['kpi;municipality;year;value', ...rows.map((row) => `${overall};${row}`)].join('\n')

test('an operator looks at an import, does it, lists it and removes a year', async () => {
  const source = file('kolada.csv', csv('1489;2019;78,4', '1489;2020;80', '9999;2019;50', '1489;2015;70'))
  const report = operator.path('rejected.csv')

  const preview = await operator.run(['history', 'import', source, '--preview'])
  expect(preview.out).toContain('4 figures were read. New: 2.')
  expect(preview.out).toMatch(/unknown municipality +1/)
  expect(preview.out).toContain('Nothing was changed: this was a preview.')
  expect(await operator.json('history', 'list')).toEqual([])

  const done = await operator.run(['history', 'import', source, '--report', report])
  expect([done.exitCode, done.out]).toEqual([0, expect.stringContaining('Imported: 2 figures.')])
  expect(readFileSync(report, 'utf8')).toContain(`${overall},9999,2019,T,50,unknown municipality`)

  const again = await operator.run(['history', 'import', source])
  expect(again.out).toContain('Nothing was changed: everything that could be imported is there already.')
  expect(await operator.json('history', 'list')).toMatchObject([
    { year: 2019, importId: 1, figures: 1, source, isPractice: false },
    { year: 2020, importId: 1, figures: 1 },
  ])

  expect((await operator.run(['history', 'remove', '2019', '--import', '1'])).exitCode).toBe(2)
  expect(await operator.json('history', 'remove', '2019', '--import', '1', '--yes')).toEqual({ removed: 1 })
  expect((await operator.run(['history', 'remove', '2019', '--import', '1', '--yes'])).exitCode).toBe(3)
  expect(await operator.json('history', 'list')).toMatchObject([{ year: 2020 }])
})

test('what cannot be imported is told in a sentence, and nothing is imported', async () => {
  const good = file('good.csv', csv('1489;2019;78'))
  const refused = async (...args: string[]) => {
    const { exitCode, out, err } = await operator.run(['history', 'import', ...args])
    expect(out).toBe('')
    return [exitCode, err.trim()]
  }
  const practice = file('practice.csv', `Övningssiffror\n${csv('1489;2019;78')}`)
  expect(await refused(good, practice)).toEqual([2, expect.stringContaining('made up for practice')])
  expect(await refused(good, file('a.html', '<html>'))).toEqual([2, expect.stringContaining('This is a web page')])
  expect(await refused('--from', 'http://127.0.0.1:1/v3')).toEqual([2, expect.stringContaining('cannot be reached')])
  expect(await refused(operator.path('none.csv'))).toEqual([3, expect.stringContaining('There is no file')])
  expect(await refused(operator.folder)).toEqual([2, expect.stringContaining('is not a file')])
  expect(await refused()).toEqual([2, expect.stringContaining('Name either files')])
  expect(await refused(good, '--from', 'http://127.0.0.1:1/v3')).toEqual([2, expect.stringContaining('Name either')])
  expect(await refused(good, '--report', good)).toEqual([4, expect.stringContaining('already exists')])
  expect(await operator.json('history', 'list')).toEqual([])
})

test('what is published goes into a file for the indicator database, and practice figures never do', async () => {
  const deliver = (...args: string[]) => operator.run(['results', 'delivery', '--file', ...args])
  const out = operator.path('delivered.csv')
  expect(await deliver(out)).toMatchObject({ exitCode: 3, err: expect.stringContaining('Nothing is published') })
  await operator.json('history', 'import', file('kolada.csv', csv('1489;2019;78,4', '1489;2020;80')))

  const made = await operator.json('results', 'delivery', '--file', out, '--year', '2019')
  expect(made).toMatchObject({ years: [2019], sha256: createHash('sha256').update(readFileSync(out)).digest('hex') })
  const lines = readFileSync(out, 'utf8').trimEnd().split('\r\n')
  expect(lines[0]).toBe('kpi;municipality;year;gender;value;status;responses')
  expect(lines).toContain(`${overall};1489;2019;T;78.4;;`)
  expect(lines.filter((line) => line.includes(';2020;'))).toEqual([])
  expect(made.figures).toBe(lines.length - 1)

  expect(await deliver(out)).toMatchObject({ exitCode: 4, err: expect.stringContaining('already exists') })
  const other = operator.path('other.csv')
  expect(await deliver(other, '--year', '2018')).toMatchObject({ exitCode: 3 })
  const practice = { env: { KEEP_ROUND_KEY: 'true' } }
  expect((await operator.run(['results', 'delivery', '--file', other], practice)).err).toContain('practice figures')
  await operator.inDatabase('update history_imports set is_practice = 1')
  expect((await deliver(other)).err).toContain('practice figures')
  expect(existsSync(other)).toBe(false)
})
