import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import readExcel from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/database/connection.ts'
import { answer, answering, newOperator, stopped } from '../cli/operator.ts'
import { freePort } from '../support/free-port.ts'
import { hasPdftotext, textOf } from '../support/pdf.ts'
import { chartsOf, valuesOf } from '../support/slides.ts'
import { letSee } from './published.ts'

/** Written out once more, and apart from the service: what can be chosen, the positive ones first, and how many of them are. */
const asked: Record<string, [options: string[], positives: number]> = {
  contact: [['very_easy', 'fairly_easy', 'fairly_hard', 'very_hard'], 2],
  information: [['very_easy', 'fairly_easy', 'fairly_hard', 'very_hard'], 2],
  understanding: [['very_much', 'fairly_much', 'fairly_little', 'very_little_or_none'], 2],
  views: [['yes', 'no'], 1],
  influence: [['very_much', 'fairly_much', 'fairly_little', 'not_at_all'], 2],
  situation: [['improved_a_lot', 'improved_a_little', 'no_change', 'worsened_a_little', 'worsened_a_lot'], 2],
  overall: [['very_satisfied', 'fairly_satisfied', 'fairly_dissatisfied', 'very_dissatisfied'], 2],
}
const groups = ['economic_assistance', 'guardian']
const towns = [
  { code: '1489', name: 'Alingsås', people: { economic_assistance: 60, guardian: 48 } },
  { code: '1490', name: 'Borås', people: { economic_assistance: 75, guardian: 52 } },
] as const

/** The same answers each time: a small generator (Park and Miller 1988). */
let state = 20261201
const below = (limit: number) => {
  state = (state * 48271) % 2147483647
  return state % limit
}

interface Given {
  area: string
  group: string
  answers: Record<string, string>
}

const given: Given[] = []
const operator = newOperator()
const keyFile = operator.path('round.key')
let service: ChildProcess
let url: string

const theirs = (area: string, group: string) =>
  given.filter((one) => (area === '0000' || one.area === area) && (group === 'total' || one.group === group))

/** The share that is positive of those who have an opinion: counted by hand, so to say. */
function tallied(area: string, group: string, question: string) {
  const [options, positives] = asked[question]!
  const opinions = theirs(area, group)
    .map(({ answers }) => options.indexOf(answers[question]!))
    .filter((at) => at >= 0)
  const people = opinions.length
  const positive = opinions.filter((at) => at < positives).length
  return { people, percent: Math.floor((200 * positive + people) / (2 * people)) }
}

const everyShare = ['1489', '1490', '0000'].flatMap((area) =>
  ['total', ...groups].flatMap((group) => Object.keys(asked).map((question) => ({ area, group, question }))),
)

/** Its unit, with a stratum for each group. */
async function strataOf({ code, name }: (typeof towns)[number]) {
  const unit = ['unit', 'add', code, `Mottagningen i ${name}`, '--round', '2026', '--groups', groups.join(',')]
  const { strata } = await operator.json(...unit)
  return strata as { id: string; targetGroup: keyof (typeof towns)[number]['people'] }[]
}

/** Somebody with a code answers as it comes, more often further up than down. */
async function answerAsItComes(area: string, group: string, code: string) {
  const chosen = Object.entries(asked).map(([question, [options]]) => {
    const all = [...options, 'dont_know']
    return [question, all[Math.min(below(all.length), below(all.length))]!]
  })
  const answers = { ...Object.fromEntries(chosen), gender: ['woman', 'man'][below(2)]! }
  await answer(url, code, answers)
  given.push({ area, group, answers })
}

beforeAll(async () => {
  const port = await freePort('localhost')
  url = `http://localhost:${port}`
  expect((await operator.run(['init'])).exitCode).toBe(0)
  service = operator.start('main.js', { PORT: String(port) })
  await answering(service, url)
  await operator.json(
    ...['round', 'create', '2026', '--opens', '2026-09-01', '--closes', '2099-10-31'],
    ...['--groups', groups.join(','), '--key-file', keyFile],
  )
  const strata = []
  for (const town of towns) strata.push({ town, places: await strataOf(town) })
  await operator.json('round', 'open', '2026', '--key-file', keyFile)
  for (const { town, places } of strata)
    for (const { id, targetGroup } of places) {
      const some = ['codes', 'draw', '--stratum', id, '--count', String(town.people[targetGroup])]
      const { codes } = await operator.json(...some)
      for (const { code } of codes) await answerAsItComes(town.code, targetGroup, code)
    }
  const key = readFileSync(keyFile, 'utf8')
  const closed = await operator.run(['round', 'close', '2026', '--key-file', '-', '--json'], { input: key })
  expect(closed.exitCode).toBe(0)
  const db = openDatabase(operator.databaseFile, { mustExist: true })
  const opened = { db, clock: { now: new Date() } } as Parameters<typeof letSee>[0]
  for (const kind of ['release', 'publish'] as const) await letSee(opened, kind)
  db.$client.close()
})
afterAll(async () => {
  await stopped(service)
  operator.leave()
})

const bytesOf = async (path: string) => {
  const response = await fetch(`${url}${path}`)
  expect(`${path} ${response.status}`).toBe(`${path} 200`)
  return Buffer.from(await response.arrayBuffer())
}
const placeOf = (area: string) => (area === '0000' ? '' : `/${area}`)
const fileOf = (area: string, ending: string) => bytesOf(`/sv/results/2026${placeOf(area)}/files/figures.${ending}`)
const kpis: { id: string; targetGroup: string; measure: string; question: string }[] = JSON.parse(
  readFileSync('catalogue/kpis.json', 'utf8'),
)
const idsOf = (one: Record<string, string>) =>
  [one.measure, one.gender, one.area, one.targetGroup, one.question].join(' ')
const names: Record<string, string> = JSON.parse(readFileSync('locales/sv/results.json', 'utf8')).questions
const idOf = (group: string, question: string) =>
  kpis.find((one) => one.measure === 'positive' && one.targetGroup === group && one.question === question)!.id

describe('what everybody answered is what everybody reads', { sequential: true }, () => {
  test('on the pages', async () => {
    for (const area of ['1489', '1490', '0000']) {
      const html = (await bytesOf(`/sv/results/2026${placeOf(area)}`)).toString()
      for (const question of Object.keys(asked)) {
        const row = html.split('<tr').find((one) => one.includes(`>${names[question]}<`))
        const first = /(\d+)(?:\s|&nbsp;)*%/.exec(row?.replace(/<[^>]*>/g, ' ') ?? '')
        const { percent } = tallied(area, 'total', question)
        expect({ area, question, first: first?.[1] }).toEqual({ area, question, first: String(percent) })
      }
    }
  })

  test('in both kinds of rows, with the number of those who have an opinion', async () => {
    for (const area of ['1489', '1490', '0000']) {
      const rows: Record<string, string>[] = parse(await fileOf(area, 'rfc.csv'), { columns: true })
      const swedish: Record<string, string>[] = parse(await fileOf(area, 'csv'), {
        ...{ columns: true, delimiter: ';', bom: true },
      })
      for (const found of [rows, swedish])
        for (const { group, question } of everyShare.filter((one) => one.area === area)) {
          const line = found.find((one) => idsOf(one) === `positive all ${area} ${group} ${question}`)
          const { percent, people } = tallied(area, group, question)
          expect([group, question, line?.status, line?.value, line?.people]).toEqual([
            ...[group, question, 'shown', String(percent), String(people)],
          ])
        }
    }
  })

  test('in the API, under the ids of the indicator database', async () => {
    for (const { area, group, question } of everyShare) {
      const path = `/v3/data/kpi/${idOf(group, question)}/municipality/${area}/year/2026`
      const [found] = JSON.parse((await bytesOf(path)).toString()).values
      const all = found.values.find(({ gender }: { gender: string }) => gender === 'T')
      expect({ path, value: all.value }).toEqual({ path, value: tallied(area, group, question).percent })
    }
  })

  test('in the workbook, on slides and in print', async () => {
    const sheets = await readExcel(await fileOf('1489', 'xlsx'))
    expect(sheets.length).toBe(groups.length + 3)
    const drawn = chartsOf(await fileOf('1489', 'pptx')).map((chart) => valuesOf(chart)[0]!.map(Number))
    const text = hasPdftotext ? textOf(await fileOf('1489', 'pdf')) : ''
    for (const [nth, group] of ['total', 'economic_assistance', 'guardian'].entries()) {
      const { data } = sheets[nth + 1]!
      const head = data.findIndex(([first]) => first === 'Fråga')
      const shares = Object.keys(asked).map((question) => tallied('1489', group, question))
      expect(data.slice(head + 1, head + 8).map((row) => [row[2], row[3]])).toEqual(
        shares.map(({ percent, people }) => [percent / 100, people]),
      )
      expect(drawn[nth]).toEqual(shares.map(({ percent }) => percent / 100))
      if (hasPdftotext)
        for (const { percent, people } of shares) expect(text).toMatch(new RegExp(`${percent}\\s%\\s+${people}\\b`))
    }
  })

  test('and in what is delivered to the indicator database', async () => {
    const file = operator.path('delivery.csv')
    await operator.json('results', 'delivery', '--file', file)
    const lines: Record<string, string>[] = parse(readFileSync(file), { columns: true, delimiter: ';', bom: true })
    for (const { area, group, question } of everyShare) {
      const mine = { kpi: idOf(group, question), municipality: area, year: '2026', gender: 'T' }
      const line = lines.find((one) => Object.entries(mine).every(([name, value]) => one[name] === value))
      const value = String(tallied(area, group, question).percent)
      expect({ area, group, question, ...line }).toMatchObject({ value, responses: String(theirs(area, group).length) })
    }
  })
})
