import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { questions } from '../../src/questionnaire/questions.ts'
import { hasChromium } from '../support/chromium.ts'
import { drawCodes } from '../support/service.ts'
import { answerStepByStep, type Stage, send, setStage } from '../support/story.ts'

describe.skipIf(!hasChromium)('the network between a phone and the service', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage()
  })
  afterAll(() => stage.close())

  /** What somebody sees who reads the network, through TLS: how long each form is that is sent. */
  function seeForms(page: Page): string[] {
    const seen: string[] = []
    page.on('request', (request) => {
      if (request.method() !== 'POST') return
      seen.push(`${new URL(request.url()).pathname.split('/').at(-1)} ${request.postDataBuffer()!.length}`)
    })
    return seen
  }

  async function enter(): Promise<{ page: Page; seen: string[] }> {
    const page = await stage.person()
    const [code] = await drawCodes(stage.service, stage.round)
    await page.goto(`${stage.url}/#${code}`)
    await page.waitForURL('**/questions')
    return { page, seen: seeForms(page) }
  }

  const byLength = (rank: (options: readonly string[]) => string) =>
    Object.fromEntries(questions.map(({ id, options }) => [id, rank(options)]))
  const sorted = (options: readonly string[]) => [...options].sort((a, b) => a.length - b.length)

  const choices = [
    byLength((options) => sorted(options).at(-1)!),
    byLength((options) => sorted(options)[0]!),
    { views: 'no' },
  ]

  test('cannot tell by the length of what is sent what was chosen, or how much was skipped', async () => {
    const all: string[][] = []
    for (const chosen of choices) {
      const { page, seen } = await enter()
      await answerStepByStep(page, chosen)
      await send(page)
      all.push(seen)
    }
    expect(all[0]).toEqual(['response 518'])
    for (const seen of all) expect(seen).toEqual(all[0])
  })

  test('cannot tell it of a change of language either', async () => {
    const all: string[][] = []
    for (const chosen of choices) {
      const { page, seen } = await enter()
      await answerStepByStep(page, chosen)
      await page.locator('details.languages summary').click()
      await page.locator('details.languages button[value=ti]').click()
      await page.waitForURL('**/questions')
      await expect.poll(() => page.getAttribute('html', 'lang')).toBe('ti')
      const option = Object.entries(chosen)[0]!
      expect(await page.locator(`#${option[0]} input[value=${option[1]}]`).isChecked()).toBe(true)
      all.push(seen)
    }
    expect(all[0]).toEqual(['language 530'])
    for (const seen of all) expect(seen).toEqual(all[0])
  })
})
