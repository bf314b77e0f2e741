import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listDeeds } from '../../src/audit/store.ts'
import { readKpis } from '../../src/catalogue/kpis.ts'
import { importHistory } from '../../src/history/import-history.ts'
import { importFigures, removeImportedYear } from '../../src/history/import-store.ts'
import { importOnThread } from '../../src/history/import-thread.ts'
import { listHistoryOf, listHistoryOfKpi, listImportedYears } from '../../src/history/store.ts'
import { valuesIn } from '../support/rows.ts'
import { type Service, startService } from '../support/service.ts'

let folder: string
let service: Service
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-history-'))
  service = await startService({ file: join(folder, 'brukarsvar.sqlite'), now: '2026-12-15T08:00:00Z' })
})
afterEach(async () => {
  await service.close()
  rmSync(folder, { recursive: true })
})

const overall = 'U31505'
const now = new Date('2026-12-15T08:00:00Z')

/** A file of rows, `1489 2019 78.4`. */
function fileOf(name: string, ...rows: string[]): string {
  const path = join(folder, name)
  const lines = rows.map((row) => `${overall};${row.replaceAll(' ', ';')}`)
  writeFileSync(path, ['kpi;municipality;year;value', ...lines].join('\n'))
  return path
}

const order = (paths: string[], isPreview = false) => ({
  ...{ from: { kind: 'files' as const, paths }, isPreview, by: 'operator', now, source: 'a file' },
})
const imported = (...paths: string[]) => importHistory(service.db, order(paths))

describe('an import', () => {
  test('takes in what can be taken in, and is read by area and by indicator', async () => {
    const outcome = await imported(fileOf('a.csv', '1489 2019 78.4', '1489 2020 80', '0000 2019 84', '1489 2014 70'))
    expect(outcome).toMatchObject({
      ...{ read: 4, repeated: 0, rejected: { early: 1 }, counts: { added: 3, changed: 0, unchanged: 0 } },
      years: [
        { year: 2019, figures: 2 },
        { year: 2020, figures: 1 },
      ],
    })
    expect(await listHistoryOf(service.db, '1489')).toEqual([
      { area: '1489', kpi: overall, year: 2019, gender: 'T', value: 78.4 },
      { area: '1489', kpi: overall, year: 2020, gender: 'T', value: 80 },
    ])
    expect((await listHistoryOfKpi(service.db, overall, 2019)).map(({ area }) => area)).toEqual(['0000', '1489'])
    expect(await listHistoryOfKpi(service.db, overall)).toHaveLength(3)
    expect(await listHistoryOfKpi(service.db, 'U30453')).toEqual([])
  })

  test('twice changes nothing the second time, and says so', async () => {
    const file = fileOf('a.csv', '1489 2019 78.4')
    await imported(file)
    const before = await listImportedYears(service.db)
    expect((await imported(file)).counts).toEqual({ added: 0, changed: 0, unchanged: 1 })
    expect(await listImportedYears(service.db)).toEqual(before)
    expect(await listDeeds(service.db, {}, { limit: 10 })).toHaveLength(1)
  })

  test('gives a figure another value, and leaves the others as they are', async () => {
    await imported(fileOf('a.csv', '1489 2019 78', '1489 2020 80'))
    const { counts } = await imported(fileOf('b.csv', '1489 2019 79', '1489 2020 80'))
    expect(counts).toEqual({ added: 0, changed: 1, unchanged: 1 })
    expect((await listHistoryOf(service.db, '1489')).map(({ value }) => value)).toEqual([79, 80])
    expect(
      (await listImportedYears(service.db)).map(({ year, importId, figures }) => [year, importId, figures]),
    ).toEqual([
      [2019, 2, 1],
      [2020, 1, 1],
    ])
  })

  test('is only looked at in a preview', async () => {
    const preview = await importHistory(service.db, order([fileOf('a.csv', '1489 2019 78')], true))
    expect(preview.counts).toEqual({ added: 1, changed: 0, unchanged: 0 })
    expect(await listImportedYears(service.db)).toEqual([])
    expect(await listHistoryOf(service.db, '1489')).toEqual([])
  })

  test('takes in nothing where one of several files cannot be read', async () => {
    const bad = join(folder, 'bad.json')
    writeFileSync(bad, '{"values":[')
    await expect(imported(fileOf('a.csv', '1489 2019 78'), bad)).rejects.toMatchObject({
      messageKey: 'staff.history.problem.broken',
    })
    expect(await listImportedYears(service.db)).toEqual([])
  })

  test('keeps how many answers a figure is of, also from a source that does not say', async () => {
    const figure = { area: '1489', kpi: overall, year: 2016, gender: 'T' as const, value: 76 }
    const origin = { source: 'a', by: 'operator', now }
    await importFigures(service.db, [{ ...figure, people: 121 }], origin)
    expect(await importFigures(service.db, [figure], origin)).toEqual({ added: 0, changed: 0, unchanged: 1 })
    expect(await listHistoryOf(service.db, '1489')).toEqual([{ ...figure, people: 121 }])
  })

  test('is written down with its figures, and so is the removal of a year', async () => {
    await imported(fileOf('a.csv', '1489 2019 78', '1489 2020 80'))
    await imported(fileOf('b.csv', '1480 2019 60'))
    const removing = { importId: 1, year: 2019, by: 'operator', now }
    expect(await removeImportedYear(service.db, removing)).toBe(1)
    await expect(removeImportedYear(service.db, removing)).rejects.toMatchObject({ code: 'not-found' })
    expect((await listHistoryOf(service.db, '1489')).map(({ year }) => year)).toEqual([2020])
    expect((await listHistoryOfKpi(service.db, overall, 2019)).map(({ area }) => area)).toEqual(['1480'])
    const deeds = await listDeeds(service.db, {}, { limit: 10 })
    expect(deeds.map(({ action, subject, number }) => [action, subject, number])).toEqual(
      expect.arrayContaining([
        ['history.imported', 'a file', 2],
        ['history.removed', '2019, 1', 1],
      ]),
    )
  })
})

describe('on its thread', () => {
  test('it does the same, and says how far it has come', async () => {
    const told: string[] = []
    const file = fileOf('a.csv', '1489 2019 78')
    const outcome = await importOnThread(service.db, order([file]), ({ step }) => told.push(step))
    expect(outcome.counts.added).toBe(1)
    expect(told.length).toBeGreaterThan(0)
    expect(await listHistoryOf(service.db, '1489')).toHaveLength(1)
  })

  test('a refusal comes back as it was', async () => {
    const html = join(folder, 'a.json')
    writeFileSync(html, '<html>')
    await expect(importOnThread(service.db, order([html]))).rejects.toMatchObject({
      ...{ code: 'invalid', messageKey: 'staff.history.problem.html' },
    })
  })

  test('a large file takes little memory: a nation of eleven years', async () => {
    const path = join(folder, 'large.csv')
    const areas = await valuesIn(service.db, 'select code from municipalities')
    const kpis = readKpis().filter(({ measure }) => measure === 'positive')
    const lines = (areas as string[]).flatMap((area) =>
      kpis.flatMap(({ id }) => Array.from({ length: 11 }, (_, at) => `${id};${area};${2016 + at};${50 + at}.25`)),
    )
    writeFileSync(path, ['kpi;municipality;year;value', ...lines].join('\n'))
    const outcome = await importOnThread(service.db, order([path]))
    expect(outcome.counts.added).toBe(290 * 35 * 11)
    const began = performance.now()
    expect(await listHistoryOf(service.db, '1489')).toHaveLength(35 * 11)
    expect(await listHistoryOfKpi(service.db, kpis[0]!.id)).toHaveLength(290 * 11)
    expect(performance.now() - began).toBeLessThan(5_000) // some 20 ms: a guard against reading all of it
    expect((await importOnThread(service.db, order([path]))).counts.unchanged).toBe(290 * 35 * 11)
  })
})
