import { describe, expect, test } from 'vitest'
import { dontKnow, qualityQuestions } from '../../src/questionnaire/questions.ts'
import { type Service, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { type Answered, publishedRound } from './published.ts'

const [alingsås, borås] = ['1489', '1490']
const paths = [
  ...['', '/questions/overall', '/questions/situation', '/groups/economic_assistance', '/groups/youth'],
  ...['/municipalities', '/municipalities?sort=value', `/compare?m=${alingsås}&m=${borås}`, '/compare', '/about'],
]
const here = (people: number, positive: number, more: Partial<Answered> = {}): Answered => ({
  ...{ municipality: alingsås, unit: 'Vuxna', people, positive },
  ...more,
})
const there = (people: number, positive: number, more: Partial<Answered> = {}): Answered =>
  here(people, positive, { municipality: borås, ...more })
const noOpinion = Object.fromEntries(qualityQuestions.map(({ id }) => [id, dontKnow])) as Answered['answers']

const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const mainOf = (html: string) => html.slice(html.indexOf('<main'), html.indexOf('</main>'))

/** Nothing that is no word or number, no heading over nothing, and nothing that is drawn of nothing. */
function expectSense(html: string, address: string): void {
  const main = mainOf(html)
  expect(textOf(main), address).not.toMatch(
    /NaN|undefined|null|Infinity|\[object|\{\{|results\.[a-z]|\b1 (kommuner|municipalities)\b/,
  )
  expect(main, address).not.toMatch(/<(h[1-3]|ul|ol|dl|tbody|caption|p class="(lead|finding)")[^>]*>\s*<\//)
  expect(main, address).not.toMatch(/<\/h2>\s*<(\/section|section|h2)/)
  expect(main.match(/<h1/g), address).toHaveLength(1)
  for (const [svg] of main.matchAll(/<svg(?! width="0").*?<\/svg>/gs))
    expect(svg, address).toMatch(/<(circle|rect|line|path|use|text|polyline)/)
}

interface Opened {
  /** The words of a public page in Swedish. */
  read: (path: string) => Promise<string>
  units: () => Promise<string>
  service: Service
}

/** Opens every page of a round in both languages, and hands over what stands there. */
async function withRound(answered: readonly Answered[], look: (opened: Opened) => Promise<void>): Promise<void> {
  const service = await startService({ now: '2026-12-15T08:00:00Z' })
  await publishedRound(service, answered)
  const municipalities = [...new Set(answered.map(({ municipality }) => municipality))]
  for (const language of ['sv', 'en'])
    for (const path of [...paths, ...municipalities.map((code) => `/${code}`)]) {
      const address = `/${language}/results/2026${path}`
      const { statusCode, body } = await service.app.inject(address)
      expect(statusCode, address).toBe(200)
      expectSense(body, address)
    }
  const reader = await staffBrowser(service, { role: 'viewer', municipalityCode: alingsås })
  const units = await reader.get(`/staff/results/2026/${alingsås}/units`)
  expect(units.statusCode).toBe(200)
  expectSense(units.body, 'units')
  await look({
    service,
    read: async (path) => textOf(mainOf((await service.app.inject(`/sv/results/2026${path}`)).body)),
    units: async () => textOf(mainOf(units.body)),
  })
  await service.close()
}

describe('a round in which', () => {
  test('a municipality has no answers: it says so, and draws nothing', async () => {
    await withRound([here(40, 30), there(0, 0)], async ({ read }) => {
      expect(await read(`/${borås}`)).toContain('Inga svar med en åsikt har kommit in.')
      expect(await read(`/${borås}`)).not.toMatch(/Sju frågor|Målgrupperna|Lägst/)
      expect(await read('/questions/overall')).toContain('Pricken är en kommun, 1 av 2. De andra kan inte visas')
      expect(await read(`/compare?m=${alingsås}&m=${borås}`)).toContain('Inget går att jämföra')
      expect(await read('/municipalities')).toMatch(/Borås inga /)
    })
  })

  test('a group has nine: it has no figure, and nobody is told that nothing else has', async () => {
    const youth = here(9, 5, { group: 'youth', unit: 'Unga' })
    await withRound([here(40, 30), youth, there(300, 150)], async ({ read, units }) => {
      const page = await read(`/${alingsås}`)
      expect(page).toContain('Varje målgrupp för sig står här nedanför.')
      expect(page).toMatch(/Ekonomiskt bistånd 40 svar/)
      expect(page).toMatch(/Unga 13 år och äldre färre än tio svar/)
      expect(page).not.toMatch(/För få har svarat för att någon|\b9 svar/)
      expect(await read('/groups/youth')).toContain('För få har svarat för att någon siffra ska kunna visas.')
      expect(await read('/groups/youth')).not.toMatch(/Sju frågor|Kvinnor och män \b/)
      expect(await units()).toContain('Färre än tio har svarat.')
    })
  })

  test('there is one unit: it is its group, and is compared with nothing', async () => {
    await withRound([here(60, 40)], async ({ read, units }) => {
      expect(await read('')).toContain('kommun deltog 1')
      expect(await read('/municipalities')).toContain('1 kommun deltog. Nöjd på det hela taget: 67 % i den enda kommun')
      expect(await units()).toContain('Enheterna går inte att jämföra')
      expect(await units()).not.toContain('Ingen enhet skiljer sig')
      expect(await read(`/${alingsås}`)).not.toMatch(/Lägst|stolt|säker skillnad mot/)
    })
  })

  test('everybody is positive: shares that are told in words are told', async () => {
    await withRound([here(60, 60), there(20, 20)], async ({ read }) => {
      expect(await read('')).toContain('är nöjda på det hela taget minst 90 %')
      expect(await read(`/${alingsås}`)).toContain('100 %')
      expect(await read(`/${borås}`)).toContain('minst 90 %')
      for (const code of [alingsås, borås])
        expect(await read(`/${code}`)).not.toMatch(/Att arbeta med|kan inte visas|För få/)
      expect(await read('/questions/overall')).not.toContain('Fördelningen visas från 30 svar')
      expect(await read('/questions/overall')).toContain('”Minst 90 %” räknas här som 90')
    })
  })

  test('everybody is negative: nothing is made up to be proud of', async () => {
    await withRound([here(60, 0), there(20, 0)], async ({ read }) => {
      expect(await read('')).toContain('högst 10 %')
      expect(await read(`/${alingsås}`)).toContain('0 %')
      for (const code of [alingsås, borås]) expect(await read(`/${code}`)).not.toMatch(/stolt|Lägst|kan inte visas/)
    })
  })

  test('everybody says “don’t know”: they have answered, and there is no share', async () => {
    await withRound([here(60, 0, { answers: noOpinion })], async ({ read, units }) => {
      for (const path of ['', `/${alingsås}`, '/questions/overall', '/groups/economic_assistance']) {
        expect(await read(path), path).toContain('Inga svar med en åsikt har kommit in.')
        expect(await read(path), path).not.toMatch(/inga svar|För få/)
      }
      expect(await read(`/${alingsås}`)).toContain('har svarat 60')
      expect(await units()).toMatch(/Vuxna 60 svar.*inga åsikter/)
    })
  })

  test('nobody gave a gender: women and men are not shown, and the reason is not made up', async () => {
    await withRound([here(60, 40), there(90, 30)], async ({ read }) => {
      for (const path of ['/questions/overall', '/groups/economic_assistance'])
        expect(await read(path)).toContain('Kvinnor och män visas inte var för sig.')
      const group = await read('/groups/economic_assistance')
      expect(group).toMatch(/kvinnor och män visas inte: färre än 30 har svarat kvinna eller man\. *$/)
    })
  })

  test('all women are positive: that is told in words', async () => {
    const [woman, man] = ['woman', 'man'].map((gender) => ({ gender }) as NonNullable<Answered['answers']>)
    const answered = [here(25, 25, { answers: woman }), here(60, 30, { answers: man })]
    await withRound(answered, async ({ read }) => {
      expect(await read('/groups/economic_assistance')).toMatch(/Kvinnor, tjejer minst 90 % Män, killar 50 %/)
    })
  })

  test('a municipality has 60 units: each has its row', async () => {
    const units = Array.from({ length: 60 }, (_, nth) => here(12 + nth, 6 + (nth % 6), { unit: `Enhet ${nth + 1}` }))
    await withRound(units, async ({ units }) => {
      const page = await units()
      for (let nth = 1; nth <= 60; nth++) expect(page).toContain(`Enhet ${nth} `)
      expect(page).toMatch(/\d+ säkra skillnader mot resten av målgruppen/)
    })
  })

  test('two target groups were asked: the others are said not to have been', async () => {
    const youth = (people: number, positive: number) => ({ people, positive, group: 'youth' as const, unit: 'Unga' })
    const answered = [here(60, 40), here(0, 0, youth(50, 20)), there(90, 30), there(0, 0, youth(40, 25))]
    await withRound(answered, async ({ read, service }) => {
      const question = await read('/questions/overall')
      expect(question.match(/Vårdnadshavare – ej med/g)).not.toBeNull()
      expect(await read(`/${alingsås}`)).not.toContain('Vårdnadshavare')
      expect(await read('/groups/guardian')).toContain('var inte med i undersökningen 2026.')
      const { body } = await service.app.inject('/en/results/2026/groups/guardian')
      expect(textOf(mainOf(body))).not.toMatch(/Women and men|Who answered/)
    })
  })

  test('there are no ballots at all: every page says that there is nothing', async () => {
    await withRound([here(0, 0), there(0, 0)], async ({ read, units }) => {
      for (const path of ['', `/${alingsås}`, '/questions/overall', '/groups/economic_assistance']) {
        expect(await read(path), path).toContain('Inga svar med en åsikt har kommit in.')
        expect(await read(path), path).not.toMatch(/Sju frågor|%/)
      }
      expect(await read('')).toContain('kommuner deltog 2')
      expect(await units()).toMatch(/Vuxna inga svar/)
      expect(await units()).not.toContain('antalet skyddas')
    })
  })

  test('all is too few to be shown: every page says so', async () => {
    await withRound([here(4, 3), there(3, 1, { group: 'youth' })], async ({ read }) => {
      for (const path of ['', `/${alingsås}`, `/${borås}`, '/questions/overall', '/groups/youth']) {
        expect(await read(path), path).toContain('För få har svarat för att någon siffra ska kunna visas.')
        expect(await read(path), path).not.toMatch(/Sju frågor|\d %/)
      }
    })
  })
})

test('a municipality that joined late has no year before, and one that withdrew is not found in the year after', async () => {
  const service = await startService({ now: '2026-12-15T08:00:00Z' })
  await publishedRound(service, [here(60, 40), there(60, 40)], 2025)
  await publishedRound(service, [here(60, 40), here(60, 50, { municipality: '1480' })])
  const read = async (path: string) => service.app.inject(`/sv/results${path}`)
  const joined = mainOf((await read('/2026/1480')).body)
  expectSense(joined, 'joined')
  expect(joined).not.toContain('Mot 2025')
  expect(textOf(mainOf((await read(`/2026/${alingsås}`)).body))).toContain('2025 67 %')
  expect((await read(`/2025/${borås}`)).statusCode).toBe(200)
  const { statusCode, body } = await read(`/2026/${borås}`)
  expect(statusCode).toBe(404)
  expect(textOf(body)).toContain('Borås var inte med 2026')
  expect(body).toContain(`href="/sv/results/2025/${borås}"`)
  const compared = textOf(mainOf((await read(`/2026/compare?m=${alingsås}&m=${borås}`)).body))
  expect(compared).toContain(`Det finns inget resultat för någon kommun som heter ”1490”.`)
  await service.close()
})
