import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dontKnow, qualityQuestions } from '../../src/questionnaire/questions.ts'
import { type Service, startService } from '../support/service.ts'
import { publishedRound } from './published.ts'

const [alingsås, borås, mölndal] = ['1489', '1490', '1481']
const textOf = (html: string) =>
  html
    .slice(html.indexOf('<main'), html.indexOf('</main>'))
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
const people = (municipality: string, people: number, positive: number) => ({
  ...{ municipality, unit: 'Vuxna', people, positive },
})
/** No opinion on any question but the named ones. */
const only = (...named: string[]) =>
  Object.fromEntries(qualityQuestions.filter(({ id }) => !named.includes(id)).map(({ id }) => [id, dontKnow]))
/** So few that the nation's number of answers to that question is kept back. */
const few = (question: string) => ({ ...people(mölndal, 4, 2), answers: only(question) })

describe('the first sentences of a page', () => {
  let service: Service
  const read = async (path: string) => textOf((await service.app.inject(`/sv/results/2026${path}`)).body)
  beforeEach(async () => {
    service = await startService({ now: '2026-12-15T08:00:00Z' })
  })
  afterEach(() => service.close())

  test('say that nothing differs surely where everything could be compared', async () => {
    await publishedRound(service, [people(alingsås, 200, 120), people(borås, 300, 181)])
    expect(await read(`/${alingsås}`)).toContain('Ingen säker skillnad mot landet.')
  })

  test('say how many questions could be compared where the nation keeps back its number of answers to some', async () => {
    const unsure = [people(alingsås, 200, 120), people(borås, 300, 181), few('overall')]
    await publishedRound(service, unsure)
    expect(await read(`/${alingsås}`)).toContain('6 av 7 frågor går att jämföra med landet: ingen säker skillnad.')
    expect(await read(`/${alingsås}`)).not.toContain('Ingen säker skillnad mot landet')
  })

  test('name what differs, and how many could', async () => {
    await publishedRound(service, [people(alingsås, 200, 60), people(borås, 300, 181), few('overall')])
    const page = await read(`/${alingsås}`)
    expect(page).toMatch(
      /6 av 7 frågor går att jämföra med landet\. Lägre än landet: få kontakt, .*förändrad situation\./,
    )
    expect(page).not.toMatch(/Lägre än landet: [^.]*nöjd på det hela taget/)
  })

  test('say nothing where nothing could be compared', async () => {
    await publishedRound(service, [people(alingsås, 200, 60), people(borås, 300, 181), people(mölndal, 4, 2)])
    expect(await read(`/${alingsås}`)).not.toMatch(/mot landet[.:]|går att jämföra|än landet/)
  })

  test('say of the whole country what was tested of it, and nothing where that was not', async () => {
    const groups = (positive: number) => [
      people(alingsås, 200, positive),
      { ...people(alingsås, 200, 120), unit: 'Unga', group: 'youth' as const },
    ]
    await publishedRound(service, groups(180), 2025)
    await publishedRound(service, [...groups(60), few('situation')])
    expect(await read('/questions/overall')).toContain('Hela landet: lägre än 2025. ')
    expect(await read('/questions/overall')).toContain('Lägre än 2025: ekonomiskt bistånd.')
    const situation = await read('/questions/situation')
    expect(situation).not.toContain('Hela landet:')
    expect(situation).toContain('går att jämföra med 2025')
  })

  test('name no highest and no lowest where some are kept back: how many are shown, and between which shares', async () => {
    const borås60 = { ...people(borås, 60, 40), answers: only('contact', 'information', 'understanding') }
    await publishedRound(service, [
      ...[people(alingsås, 200, 120), borås60, people(borås, 5, 3)],
      { ...people(borås, 30, 30), answers: only('contact') },
      { ...people(borås, 30, 0), answers: only('information') },
    ])
    const page = await read(`/${borås}`)
    expect(page).toContain('3 av 7 frågor visas: från 45 % till 77 % svarar positivt.')
    expect(page).not.toMatch(/Högst andel positiva|Lägst/)
    expect(await read(`/${alingsås}`)).not.toContain('3 av 7 frågor visas')
  })

  test('of municipalities say among how many the middle lies', async () => {
    const codes = [
      '1480',
      '1481',
      '1482',
      '1484',
      '1485',
      '1486',
      '1487',
      '1488',
      '1490',
      '1491',
      '1492',
      '1493',
      '1494',
    ]
    const all = codes.map((code, nth) => people(code, 60, 30 + nth))
    await publishedRound(service, [...all, people(alingsås, 5, 3)])
    expect(await read('/questions/overall')).toMatch(
      /13 av 14 kommuner visas\. De i mitten ligger mellan \d+ och \d+ %\./,
    )
    expect(await read('/municipalities')).toContain('bland de 25 procent som har högst, av 13 som visas')
    expect(await read('/1494')).toContain('Bland de 25 procent som har högst andel, av 13 kommuner som visas.')
    expect(await read('/1480')).toContain('Bland de 25 procent som har lägst andel, av 13 kommuner som visas.')
  })
})
