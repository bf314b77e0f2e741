import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runIn } from '../support/rows.ts'
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
const youth = (municipality: string, number: number) => ({
  ...people(municipality, number, 3),
  ...{ unit: 'Unga', group: 'youth' as const },
})

describe('what is kept back says why', () => {
  let service: Service
  const read = async (path: string) => textOf((await service.app.inject(`/sv/results/2026${path}`)).body)
  beforeEach(async () => {
    service = await startService({ now: '2026-12-15T08:00:00Z' })
    await publishedRound(service, [people(alingsås, 200, 120), people(borås, 300, 181), people(mölndal, 4, 2)])
  })
  afterEach(() => service.close())

  test('in the head of a municipality', async () => {
    expect(await read(`/${mölndal}`)).toMatch(/är nöjda på det hela taget för få svar \.\. har svarat för få svar \.\./)
  })

  test('in the head of the country', async () => {
    expect(await read('')).toMatch(/har svarat skyddas: skulle avslöja en annan siffra \.\./)
  })

  test('in each row of which the number of answers alone is kept back, and in its bars', async () => {
    const shares = "level = 'nation' and measure = 'positive' and question = 'overall'"
    await runIn(service.db, `update released_indicators set status = 'shown', value = 60 where ${shares}`)
    expect((await read('')).match(/60 % antal skyddas/g)).toHaveLength(1)
    expect(await read('')).toContain('”Skyddas”: siffran skulle avslöja en annan.')
    expect((await read('/questions/overall')).match(/antal skyddas/g)).toHaveLength(4)
  })

  test('in the table of all municipalities, of the number and of the rate', async () => {
    const page = await read('/municipalities')
    expect(page).toMatch(/Mölndal under tio svar andel för få/)
    expect(page).toMatch(/Alingsås 200 svar andel okänd/)
    expect(page).toContain('”Okänd”: ingen vet hur många som erbjöds enkäten.')
  })

  test('in the page about the figures', async () => {
    expect(await read('/about')).toMatch(/Alla målgrupper Svar \.\. skyddas/)
  })
})

test('a group of which nothing is told says why in its small picture, with what the words mean', async () => {
  const service = await startService({ now: '2026-12-15T08:00:00Z' })
  await publishedRound(service, [people(alingsås, 200, 120), youth(alingsås, 5), youth(borås, 60)])
  const { body } = await service.app.inject(`/sv/results/2026/${alingsås}`)
  const [untold] = /<div class="multiple untold">.*?<\/div>/s.exec(body)!
  expect(untold).toContain('class="withheld"')
  expect(textOf(`<main>${untold}</main>`)).toMatch(
    /Unga 13 år och äldre färre än tio svar Svaren är för få för att någon siffra ska visas\./,
  )
  expect(textOf(body)).toMatch(/Svaren är för få för att någon siffra ska visas\..*”För få”: färre än tio svar\./)
  await service.close()
})

test('a number and its sign stand in one line, in words too', () => {
  const texts = readFileSync('locales/sv/results.json', 'utf8')
  expect(texts).toContain('minst 90\u00a0%')
  expect(texts).not.toMatch(/[\d}] %/)
})
