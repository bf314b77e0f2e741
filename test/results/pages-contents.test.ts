import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { questions } from '../../src/questionnaire/questions.ts'
import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import { groupsAndTotal, type Indicator } from '../../src/results/indicator.ts'
import { listIndicators } from '../../src/results/indicators-store.ts'
import { type Service, startService } from '../support/service.ts'
import { correct, publishedRound } from './published.ts'

const names = {
  ...{ total: 'Alla målgrupper', economic_assistance: 'Ekonomiskt bistånd', addiction: 'Skadligt bruk och beroende' },
  ...{ guardian: 'Vårdnadshavare', youth: 'Unga 13 år och äldre', unaccompanied: 'Ensamkommande barn och unga' },
}
const [woman, man] = [{ gender: 'woman' }, { gender: 'man' }] as const
/** Some groups, of women and of men, and one that nobody asked. */
const answered = (more: number) => [
  { municipality: '1489', unit: 'Kvinnor', people: 120, positive: 60 + more, answers: woman },
  { municipality: '1489', unit: 'Män', people: 90, positive: 70, answers: man },
  { municipality: '1490', unit: 'Unga', group: 'youth' as const, people: 80, positive: 30, answers: woman },
  { municipality: '1490', unit: 'Unga män', group: 'youth' as const, people: 70, positive: 20, answers: man },
  { municipality: '1480', unit: 'Föräldrar', group: 'guardian' as const, people: 200, positive: 150 },
  { municipality: '1481', unit: 'Vuxna', group: 'addiction' as const, people: 40, positive: 30 },
]
const paths = [
  ...['', '/municipalities', '/municipalities?sort=value', '/questions/overall', '/questions/situation'],
  ...['/groups/youth', '/1489', '/1490', '/compare?m=1489&m=1490', '/about'],
]

const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** The rows of the table with this caption: what each cell says, by the name of the row. */
function tableOf(html: string, caption: string): Map<string, string> {
  const table = [...html.matchAll(/<table.*?<\/table>/gs)].map(([one]) => one).find((one) => one.includes(caption))!
  const rows = [...table.matchAll(/<tr role="row"><th role="rowheader".*?<\/tr>/gs)].map(([row]) => row)
  return new Map(rows.map((row) => [textOf(/<th.*?<\/(?:a|th)>/s.exec(row)![0]), textOf(row)]))
}

/** What is to be read of a share. */
function toldOf(share: Indicator | undefined): string {
  if (!share) return '– ej med'
  if (share.status === 'few') return '.. för få'
  if (share.status === 'protected') return '.. skyddas'
  return `${share.value} %${share.people === undefined ? '' : ` ${share.people} svar`}`
}

describe('what the pages say', () => {
  let service: Service
  let told: Indicator[]
  let before: Indicator[]
  const get = (address: string) => service.app.inject(address)
  const read = async (path: string) => {
    const { statusCode, body } = await get(`/sv/results/2026${path}`)
    expect(statusCode).toBe(200)
    return body.replaceAll('\u00a0', ' ')
  }
  const ofNation = (all: Indicator[], wanted: Partial<Indicator>) =>
    all.filter((one) =>
      Object.entries({ level: 'nation', ...wanted }).every(([name, value]) => one[name as 'area'] === value),
    )

  beforeAll(async () => {
    service = await startService({ now: '2026-12-15T08:00:00Z' })
    await publishedRound(service, answered(30), 2025)
    await publishedRound(service, answered(0))
    told = await listIndicators(service.db, { roundId: '2026', number: 1 })
    before = await listIndicators(service.db, { roundId: '2025', number: 1 })
  })
  afterAll(() => service.close())

  test.each(questions.filter(({ positive }) => positive.size > 0))(
    '$id has the released share of each target group, and of the year before',
    async ({ id }) => {
      const page = await read(`/questions/${id}`)
      const rows = tableOf(page, 'för alla tillsammans och för varje målgrupp')
      expect([...rows.keys()]).toEqual(groupsAndTotal.map((group) => names[group]))
      for (const group of groupsAndTotal) {
        const wanted = { measure: 'positive', question: id, targetGroup: group, gender: 'all' } as const
        const [share, last] = [told, before].map((all) => ofNation(all, wanted)[0])
        expect(rows.get(names[group]), group).toContain(toldOf(share))
        if (last?.status === 'shown') expect(rows.get(names[group]), group).toContain(`2025 ${last.value} %`)
      }
      expect(page).toContain('Mot 2025')
    },
  )

  test('a question shows how its answers were shared out, as released', async () => {
    const page = await read('/questions/overall')
    const rows = tableOf(page, 'Procent av svaren')
    for (const group of ['economic_assistance', 'guardian', 'youth'] as const) {
      const parts = ofNation(told, { measure: 'option', question: 'overall', targetGroup: group, gender: 'all' })
      expect(parts.length).toBeGreaterThan(1)
      for (const { value } of parts) expect(rows.get(names[group]), group).toMatch(new RegExp(`\\b${value} %`))
    }
    expect(rows.get(names.unaccompanied)).toContain('ej undersökt')
    expect(await read('/questions/views')).not.toContain('Hur svaren fördelar sig')
  })

  test('women and men stand as released, without a number of people', async () => {
    const rows = tableOf(await read('/questions/overall'), 'Hur många som svarat av varje kön visas inte')
    for (const group of ['economic_assistance', 'youth'] as const) {
      const of = (gender: 'woman' | 'man') =>
        ofNation(told, { measure: 'positive', question: 'overall', targetGroup: group, gender })[0]!
      expect(of('woman').status).toBe('shown')
      expect(rows.get(names[group])).toContain(
        `Kvinnor, tjejer ${of('woman').value} % Män, killar ${of('man').value} %`,
      )
      expect(rows.get(names[group])).not.toContain('svar ')
    }
    expect(rows.get(names.economic_assistance)).toContain('män, killar högre')
  })

  test.each(['economic_assistance', 'guardian', 'youth'] as const)(
    'the page of %s has its seven released shares, and who answered',
    async (group) => {
      const page = await read(`/groups/${group}`)
      const rows = [...tableOf(page, 'från målgruppen i hela landet').values()]
      const asked = questions.filter(({ positive }) => positive.size > 0)
      expect(rows).toHaveLength(7)
      for (const [at, { id }] of asked.entries()) {
        const wanted = { measure: 'positive', question: id, gender: 'all' } as const
        const [share, all] = [group, 'total' as const].map(
          (targetGroup) => ofNation(told, { ...wanted, targetGroup })[0],
        )
        expect(rows[at], id).toContain(toldOf(share))
        if (all?.status === 'shown') expect(rows[at], id).toContain(`alla målgrupper ${all.value} %`)
      }
      expect(page).toContain(`aria-current="page">${names[group]}`)
      const responses = ofNation(told, { measure: 'responses', targetGroup: group })[0]!
      expect(textOf(page)).toContain(`${responses.people} har svarat`)
    },
  )

  test('the groups that differ surely are in the first sentences, and what has changed', async () => {
    const text = textOf(await read('/questions/overall'))
    expect(text).toMatch(/I hela landet svarar \d+ % positivt: mycket eller ganska nöjd\./)
    expect(text).toMatch(/Lägre än alla tillsammans: unga 13 år och äldre\./)
    expect(text).toMatch(/Lägre än 2025: .*ekonomiskt bistånd/)
  })

  test('every link leads to a page, in the same language', { timeout: 300_000 }, async () => {
    for (const language of ['sv', 'en']) {
      const base = `/${language}/results`
      const links = new Set<string>()
      for (const path of paths) {
        const { body } = await get(`${base}/2026${path}`)
        for (const [, href] of body.matchAll(/<a [^>]*?href="(\/[^"#]*)/g)) links.add(href!.replaceAll('&amp;', '&'))
      }
      expect(links.size).toBeGreaterThan(40)
      for (const link of [...links].filter((href) => !href.includes('/pictures/'))) {
        const { statusCode, body, headers } = await get(link)
        expect(statusCode, link).toBe(200)
        if (link.startsWith(base) && String(headers['content-type']).includes('html'))
          expect(body, link).toContain(`<html lang="${language}"`)
      }
    }
  })

  test('who reads a named release keeps it on every link and in every form', async () => {
    for (const path of paths) {
      const { body } = await get(`/sv/results/2026${path}${path.includes('?') ? '&' : '?'}release=1`)
      const links = [...body.matchAll(/<a [^>]*?href="(\/sv\/results\/2026[^"#]*)/g)].map(([, href]) => href!)
      expect(links.length, path).toBeGreaterThan(3)
      for (const link of links) expect(link, path).toMatch(/[?;]release=1(&|$)/)
      for (const [form] of body.matchAll(/<form.*?<\/form>/gs))
        expect(form, path).toContain('<input type="hidden" name="release" value="1">')
    }
  })

  test.each([
    ...['/2026/questions/gender', '/2026/questions/nothing', '/2026/groups/nobody', '/2026/9999', '/2026/14890'],
    ...['/2026/nothing', '/2026/municipalities/nothing', '/26', '/nothing'],
  ])('%s is no page, and that is said in the reader’s language', async (path) => {
    const said = { sv: 'Sidan finns inte', en: 'This page does not exist' }
    for (const [language, words] of Object.entries(said)) {
      const { statusCode, body } = await get(`/${language}/results${path}`)
      expect(statusCode).toBe(404)
      expect(body).toContain(`<html lang="${language}"`)
      expect(textOf(body)).toContain(words)
    }
  })

  test('a year without results says so on every page, with the years that have some', async () => {
    for (const path of ['', '/1489', '/questions/overall', '/municipalities', '/groups/youth']) {
      const { statusCode, body } = await get(`/en/results/2019${path}`)
      expect(statusCode).toBe(404)
      expect(body).toContain('<html lang="en"')
      expect(body).toContain('href="/en/results/2026"')
    }
  })
  test('all five target groups have a page', async () => {
    for (const group of targetGroups) expect(textOf(await read(`/groups/${group}`))).toContain(`${names[group]} 2026`)
  })
})

test('who reads an older release is told so, and a year leads to the same page of another year', async () => {
  const service = await startService({ now: '2026-12-15T08:00:00Z' })
  await publishedRound(service, answered(0), 2025)
  await publishedRound(service, answered(0))
  await correct(service, 'Två enheter hade blandats ihop.')
  await new Promise((resolve) => setTimeout(resolve, 1_100)) // what was read a second ago is told no more
  const read = async (query: string) => (await service.app.inject(`/sv/results/2026/1489${query}`)).body
  const older = await read('?release=1')
  expect(textOf(older)).toContain('Det här är utgåva 1. Den senaste är utgåva 2. Läs den senaste')
  expect(older).toContain('<a href="/sv/results/2026/1489">Läs den senaste</a>')
  expect(older).toContain('<a href="/sv/results/2025/1489">2025</a>')
  expect(older).toContain('<a href="/sv/results/2026/1489?release=1" aria-current="true">2026</a>')
  expect(await read('?release=2')).not.toContain('Den senaste är')
  await service.close()
})
