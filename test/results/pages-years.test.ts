import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readKpis } from '../../src/catalogue/kpis.ts'
import { importFigures } from '../../src/history/import-store.ts'
import { loadLanguages } from '../../src/language/languages.ts'
import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import { type AskedWords, askedWords } from '../../src/round/asked-words.ts'
import { type Service, startService } from '../support/service.ts'
import { publishedRound } from './published.ts'

const [alingsås, borås, mölndal] = ['1489', '1490', '1481']
const now = askedWords(loadLanguages(), { languages: [], targetGroups: [...targetGroups] })
const other = structuredClone(now) as AskedWords[]
const contact = other.find(({ language }) => language === 'sv')!.questions.find(({ id }) => id === 'contact')!
contact.asked.youth = 'Hur är det att nå din socialsekreterare?'

const people = (municipality: string, people: number, positive: number) => ({
  ...{ municipality, unit: 'Vuxna', people, positive },
})
const young = (people: number, positive: number) => ({
  ...{ municipality: borås, unit: 'Unga', group: 'youth' as const, people, positive },
})
const alone = { municipality: borås, unit: 'Boende', group: 'unaccompanied' as const, people: 30, positive: 20 }

const textOf = (html: string) =>
  html
    .slice(html.indexOf('<main'), html.indexOf('</main>'))
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

describe('a share year by year', () => {
  let service: Service
  const get = async (path: string, year = 2026) => (await service.app.inject(`/sv/results/${year}${path}`)).body
  const read = async (path: string, year?: number) => textOf(await get(path, year))
  const linesIn = (html: string) => html.match(/class="line-own" d="[^"]+"/g) ?? []

  beforeAll(async () => {
    service = await startService({ now: '2026-12-15T08:00:00Z' })
    const rest = [people(borås, 300, 200), young(100, 60)]
    await publishedRound(service, [people(alingsås, 200, 80), ...rest, alone], 2024, now)
    await publishedRound(service, [people(alingsås, 200, 120), ...rest], 2025, now)
    await publishedRound(service, [people(alingsås, 200, 140), people(mölndal, 60, 30), ...rest], 2026, other)
  })
  afterAll(() => service.close())

  test('has its line, what has surely changed since its first year, and its figures in a table', async () => {
    const page = await get(`/${alingsås}`)
    expect(linesIn(page)).toHaveLength(1)
    expect(page).toContain('class="line-nation"')
    const text = textOf(page)
    expect(text).toContain('År för år: nöjd på det hela taget Högre 2026 än 2024: 70 % mot 40 %.')
    expect(text).toMatch(/2026 Andel 70 % Mellan, % \d+–\d+ Svar 200 Landet \d+ % Ändring \+10 2025 Andel 60 %/)
    expect(page).toContain(`href="/sv/results/2026/questions/contact?municipality=${alingsås}#chosen"`)
  })

  test('of a municipality stands on the page of a question that it is chosen on, and else the country’s', async () => {
    expect(await read('/questions/overall')).toContain('Nöjd på det hela taget, Landet: andel positiva svar år för år.')
    const chosen = await read(`/questions/overall?municipality=${alingsås}&group=economic_assistance`)
    expect(chosen).toContain('Nöjd på det hela taget, Alingsås: andel positiva svar år för år. Ekonomiskt bistånd')
    expect(chosen).toContain('Högre 2026 än 2024: 70 % mot 40 %.')
  })

  test('is broken where the question was put in other words', async () => {
    const page = await get(`/questions/contact?municipality=${alingsås}`)
    expect(page).toContain('>ny formulering</text>')
    expect(textOf(page)).toContain('Frågan ställs med andra ord från 2026. Åren före och efter jämförs inte.')
    expect(textOf(page)).toContain('Åren går inte att jämföra med varandra.')
    expect(textOf(page)).not.toMatch(/2026 Andel 70 %[^A-Z]*Mellan, % \d+–\d+ Svar 200 Landet \d+ % Ändring/)
    expect(linesIn(page)[0]!.match(/,/g)).toHaveLength(2)
  })

  test('of young people is broken where the unaccompanied were counted otherwise, and of others is not', async () => {
    const page = await get('/questions/overall?group=youth')
    expect(page).toContain('>nya grupper</text>')
    expect(textOf(page)).toContain('räknas på ett annat sätt från 2025')
    expect(textOf(page)).toContain('Ingen säker skillnad mellan 2025 och 2026')
    expect(await get('/questions/overall')).not.toContain('nya grupper')
    const note = 'räknas på ett annat sätt från 2025'
    expect(await read('/groups/youth', 2025)).toContain(note)
    expect(await read('/groups/youth', 2026)).not.toContain(note)
    expect(await read('/groups/guardian', 2025)).not.toContain(note)
  })

  test('has no years after the one that is read, and none where only one has a value', async () => {
    expect(await read(`/${alingsås}`, 2025)).toContain('Högre 2025 än 2024')
    expect(await read(`/${alingsås}`, 2025)).not.toContain('2026 Andel')
    expect(await read(`/${alingsås}`, 2024)).not.toContain('År för år')
    expect(await read(`/${mölndal}`)).not.toContain('År för år')
  })

  test('begins with the years that were published elsewhere, of which nothing sure is said', async () => {
    const kpi = (group: string) =>
      readKpis().find((one) => one.measure === 'positive' && one.targetGroup === group && one.question === 'overall')!
        .id
    const figure = (year: number, value: number, area = alingsås!) => ({
      ...{ kpi: kpi('total'), area, year, gender: 'T' as const, value },
    })
    const figures = [
      figure(2016, 76.4, alingsås),
      figure(2022, 71),
      figure(2023, 72.5),
      figure(2023, 80, '0000'),
      figure(2025, 1),
    ]
    const origin = {
      by: 'operator',
      source: 'kolada.csv',
      isPractice: false,
      now: new Date('2026-12-15T08:00:00Z'),
    }
    await importFigures(service.db, figures, origin)
    await new Promise((resolve) => setTimeout(resolve, 1_100)) // what was read a second ago is told no more
    const text = await read(`/${alingsås}`)
    expect(text).toMatch(
      /2024 Andel 40 % Mellan, % \d+–\d+ Svar 200 Landet \d+ % Ändring −33 2023 Andel 73 % Landet 80 %/,
    )
    expect(text).toContain('Högre 2026 än 2024: 70 % mot 40 %.')
    expect(text).toContain('är det inte känt hur många som svarade på frågan')
    expect(text).not.toMatch(/2025 Andel 1 %/)
    expect(await get(`/${alingsås}`)).toContain('>ingen siffra</text>')
  })
})
