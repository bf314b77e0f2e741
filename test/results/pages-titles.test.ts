import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { groupHighest } from '../../src/results/group-highest.ts'
import type { Indicator } from '../../src/results/indicator.ts'
import { languageShares } from '../../src/results/language-shares.ts'
import { runIn } from '../support/rows.ts'
import { type Service, startService } from '../support/service.ts'
import { publishedRound } from './published.ts'

const [woman, man] = [{ gender: 'woman' }, { gender: 'man' }] as const
const textOf = (html: string) =>
  html
    .slice(html.indexOf('<main'), html.indexOf('</main>'))
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
/** The sentence that stands below a heading. */
const titleOf = (html: string, heading: string) =>
  new RegExp(`<h2>${heading}</h2>\\s*<p class="says">(.*?)</p>`).exec(html)?.[1]?.replaceAll('\u00a0', ' ')

describe('the charts of a page', () => {
  let service: Service
  const read = async (path: string) => (await service.app.inject(`/sv/results/2026${path}`)).body
  beforeAll(async () => {
    service = await startService({ now: '2026-12-15T08:00:00Z' })
    await publishedRound(service, [
      { municipality: '1489', unit: 'Kvinnor', people: 120, positive: 60, answers: woman },
      { municipality: '1489', unit: 'Män', people: 90, positive: 80, answers: man },
      { municipality: '1490', unit: 'Unga', group: 'youth', people: 150, positive: 60 },
      { municipality: '1480', unit: 'Vuxna', people: 200, positive: 180 },
      { municipality: '1480', unit: 'Vuxna', people: 40, positive: 31, answers: { overall: 'fairly_satisfied' } },
      {
        municipality: '1480',
        unit: 'Vuxna',
        people: 20,
        positive: 16,
        answers: { overall: 'fairly_dissatisfied', situation: 'worsened_a_little', contact: 'fairly_easy' },
      },
      { municipality: '1480', unit: 'Föräldrar', group: 'guardian', people: 200, positive: 110 },
    ])
    await runIn(service.db, "update released_indicators set part = 'sv' where measure = 'language'")
  })
  afterAll(() => service.close())

  test('of the country say which group is highest, who of women and men, and where the municipalities lie', async () => {
    const page = await read('')
    expect(titleOf(page, 'Målgrupperna')).toBe('Ekonomiskt bistånd svarar mest positivt på 7 av 7 frågor.')
    expect(titleOf(page, 'Kvinnor och män: nöjd på det hela taget')).toBe(
      'Män, killar högre än kvinnor, tjejer: ekonomiskt bistånd.',
    )
    expect(titleOf(page, 'Språk')).toBe('Vanligast att svara på: svenska (100 %).')
    expect(textOf(page)).toMatch(/svenska 820 svar 100 %/)
  })

  test('of the country show what goes together with the whole, and never say what causes what', async () => {
    const page = await read('')
    expect(titleOf(page, 'Vad hänger ihop med helheten\\?')).toMatch(
      /^(Låg andel positiva och starkt samband|Ingen fråga)/,
    )
    expect(textOf(page)).toContain('Bilden visar samband, inte orsaker.')
    expect(textOf(page)).not.toMatch(/beror på att|leder till|påverkar hur nöjd/)
    expect(page).toContain('/pictures/priority.svg')
  })

  test('of a question name the highest group and the lowest, and the commonest answer', async () => {
    const page = await read('/questions/overall')
    expect(titleOf(page, 'Målgrupper')).toBe(
      'Ekonomiskt bistånd svarar mest positivt (77 %), unga 13 år och äldre minst positivt (40 %).',
    )
    expect(titleOf(page, 'Hur svaren fördelar sig')).toMatch(
      /^Det vanligaste svaret i hela landet: Mycket nöjd \(\d+ %\)\.$/,
    )
    const situation = await read('/questions/situation')
    expect(titleOf(situation, 'Bättre, oförändrat eller sämre')).toMatch(/^Alla tillsammans: /)
    expect(/Bättre, oförändrat eller sämre<\/h2>.*?<ul class="key".*?<\/ul>/s.exec(situation)![0]).toMatch(
      /sämre.*oförändrat.*bättre/s,
    )
  })

  test('of a municipality say what of its groups surely differs, of how many comparisons', async () => {
    expect(titleOf(await read('/1480'), 'Målgrupperna')).toBe(
      'Högre än samma grupp i landet: ekonomiskt bistånd (7 frågor). Det är av 7 jämförelser.',
    )
  })

  test('of women and men have a key of the dot and the square', async () => {
    for (const path of ['', '/questions/overall', '/groups/economic_assistance']) {
      const [key = ''] =
        /<ul class="key"[^>]*>(?:(?!<\/ul>).)*Kvinnor, tjejer<\/li>.*?<\/ul>/s.exec(await read(path)) ?? []
      expect(key, path).toMatch(/<circle class="women"/)
      expect(key, path).toMatch(/<rect class="men"/)
    }
  })
})

const indicator = (more: Partial<Indicator>): Indicator => ({
  ...{ level: 'nation', area: '0000', targetGroup: 'total', gender: 'all', measure: 'positive', question: 'overall' },
  ...{ part: '', status: 'shown' },
  ...more,
})

test('no group is the highest where none surely is on most questions, or where it is not known', () => {
  const share = (targetGroup: 'youth' | 'guardian', question: string, value: number, people = 1000) =>
    indicator({ targetGroup, question, value, people, positive: (value * people) / 100 })
  const even = [
    ...[share('youth', 'contact', 80), share('guardian', 'contact', 70)],
    ...[share('youth', 'overall', 60), share('guardian', 'overall', 70)],
  ]
  expect(groupHighest(even)).toBeUndefined()
  const views = (people: number) => [share('youth', 'views', 60, people), share('guardian', 'views', 50, people)]
  expect(groupHighest([...even, ...views(1000)])).toEqual({ group: 'youth', questions: 2, told: 3 })
  expect(groupHighest([...even, ...views(50)])).toBeUndefined()
  const unnumbered = views(1000).map(({ people: _, positive: __, ...one }) => one)
  expect(groupHighest([...even, ...unnumbered])).toBeUndefined()
  const word = indicator({ targetGroup: 'guardian', question: 'contact', status: 'at-least-90' })
  expect(groupHighest([share('youth', 'contact', 95), word])).toBeUndefined()
})

test('languages are told as they were released, the others last whatever their number', () => {
  const spoken = (part: string, people: number) =>
    indicator({ measure: 'language', question: '', part, value: people, people })
  expect(languageShares([spoken('other', 30), spoken('ar', 20), spoken('sv', 150)])).toEqual([
    { language: 'sv', people: 150, percent: 75 },
    { language: 'ar', people: 20, percent: 10 },
    { language: 'other', people: 30, percent: 15 },
  ])
  expect(languageShares([indicator({ value: 70, people: 10 })])).toEqual([])
})
