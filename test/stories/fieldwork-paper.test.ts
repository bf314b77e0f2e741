import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addStrata, addUnit } from '../../src/organisation/store.ts'
import { hasChromium } from '../support/chromium.ts'
import { hasPdftotext, textOf } from '../support/pdf.ts'
import { newStaff } from '../support/staff.ts'
import { type Stage, setStage } from '../support/story.ts'

describe.skipIf(!hasChromium || !hasPdftotext)('how the fieldwork goes, on paper', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await setStage()
    for (const name of ['Vuxenenheten', 'Familjeenheten']) {
      const unit = await addUnit(stage.service.db, { municipalityCode: '1489', name })
      await addStrata(stage.service.db, '2026', unit.id, ['addiction', 'youth'])
    }
  })
  afterAll(() => stage.close())

  async function printed(role: 'coordinator' | 'national'): Promise<string> {
    const page = await stage.person({ viewport: { width: 1280, height: 800 } })
    const municipalityCode = role === 'national' ? undefined : '1489'
    const { token } = await newStaff(stage.service, { role, municipalityCode })
    await page.context().addCookies([{ name: 'staff', value: token, url: stage.url }])
    await page.goto(`${stage.url}/staff/fieldwork`)
    return textOf(await page.pdf({ preferCSSPageSize: true }))
  }
  const times = (text: string, words: RegExp) => text.match(new RegExp(words, 'g'))?.length ?? 0

  test('has units, groups and channels, each on a page of its own that says whose they are', async () => {
    const paper = await printed('coordinator')
    for (const view of ['Enheter', 'Målgrupper', 'Sätt att erbjuda']) expect(paper).toContain(view)
    expect(times(paper, /Svarsfrekvens/)).toBe(3)
    expect(times(paper, /\d \(3\)/)).toBe(3)
    expect(times(paper, /Alingsås · Omgång 2026/)).toBe(3)
  })

  test('has nothing that is pressed', async () => {
    for (const role of ['coordinator', 'national'] as const) {
      const paper = await printed(role)
      expect(paper).toContain('Målgrupper')
      expect(paper).not.toMatch(/Logga ut|Meny|Hämta|Excel|Visa|Gå till innehållet|Tillgänglighet/)
    }
  })
})
