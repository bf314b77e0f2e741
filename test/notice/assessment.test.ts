import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { assessed, shortcomings, surfaces, trials, updated } from '../../src/notice/assessment.ts'
import { browse, startService } from '../support/service.ts'

const languages = loadLanguages()
const isDay = /^\d{4}-\d\d-\d\d$/
const all = surfaces.flatMap((surface) => trials[surface])

describe('what the accessibility statement claims', () => {
  test.each(all)('$how with $tools was tried on a day, and by a test where it says so', ({ on, by }) => {
    expect(on).toMatch(isDay)
    expect(Number.isNaN(Date.parse(on))).toBe(false)
    if (by) expect(existsSync(by), by).toBe(true)
  })

  test('was assessed no later than anything in it was tried, and changed no earlier', () => {
    for (const { on } of all) expect(on >= assessed).toBe(true)
    expect(updated >= assessed).toBe(true)
  })

  test('says of each surface what is wanting', () => {
    for (const surface of surfaces) expect(shortcomings[surface].length).toBeGreaterThan(0)
  })

  test('names no screen reader, telephone or PDF checker among what was tried', () => {
    expect(all.flatMap(({ tools }) => tools).join()).not.toMatch(
      /VoiceOver|TalkBack|NVDA|Orca|JAWS|Safari|iPhone|veraPDF/i,
    )
  })

  test.each(languages.all)('says in $name whom to tell of what does not work', async ({ code }) => {
    const leader = { OWNER_NAME: 'Ägaren', OWNER_CONTACT: 'agaren@example.se' }
    const { body } = await browse((await startService({ settings: leader })).app).get(`/${code}/accessibility`)
    expect(body).toContain('Ägaren')
    expect(body).toContain('<a href="mailto:agaren@example.se">agaren@<wbr>example.<wbr>se</a>')
    expect((await browse((await startService()).app).get(`/${code}/accessibility`)).body).not.toContain('mailto:')
  })

  test.each(languages.all)('stands in $name with its days and the authority', async ({ code, dir }) => {
    const supervisor = {
      ACCESSIBILITY_SUPERVISOR: 'Tillsynen',
      ACCESSIBILITY_SUPERVISOR_URL: 'https://tillsyn.example',
    }
    const { app } = await startService({ settings: supervisor })
    const { body } = await browse(app).get(`/${code}/accessibility`)
    expect(body).toContain('<bdi lang="sv" dir="ltr">Tillsynen</bdi>')
    expect(body).toContain('href="https://tillsyn.example"')
    if (dir === 'rtl') expect(body).toContain(`\u2066${assessed}\u2069`)
    for (const tool of all.flatMap(({ tools }) => tools))
      expect(body).toContain(dir === 'rtl' ? `\u2066${tool}\u2069` : tool)
    if (code === 'sv') expect(body).toContain('28 november 2026')
    expect(body.match(/<li>/g)!.length).toBeGreaterThan(all.length)
  })
})
