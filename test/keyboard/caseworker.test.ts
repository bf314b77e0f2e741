import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listStrata } from '../../src/organisation/store.ts'
import { type AtKeyboard, atKeyboard } from '../support/at-keyboard.ts'
import { hasChromium } from '../support/chromium.ts'
import { type Stage, setStage } from '../support/story.ts'

describe.skipIf(!hasChromium)('offering the survey with the keyboard alone', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage()
  })
  afterAll(() => stage.close())

  async function worker(role: 'caseworker' | 'host', width: number): Promise<AtKeyboard> {
    const { unitId } = (await listStrata(stage.service.db, stage.round.id))[0]!
    const person = () => stage.person({ viewport: { width, height: 800 } })
    return atKeyboard({ ...stage, person }, { role, unitIds: [unitId] })
  }

  test('a caseworker gets a code in Arabic, hides it, and takes a no back', async () => {
    const { page, home, walk, enter, space, done, heading } = await worker('caseworker', 1280)
    await home()
    await walk()
    await enter('Skadligt bruk och beroende')
    await walk()
    await space('العربية')
    await heading('استطلاع عن الخدمات الاجتماعية')
    expect(await page.locator('h1:focus').count()).toBe(1)
    await enter('Klar, dölj koden')
    await enter('Personen tackar nej')
    await done('Ett nej är räknat.')
    await enter('Ångra')
    await done('Nejet är borttaget.')
  })

  test('a host counts a no at the tablet, on a screen of 820 px', async () => {
    const { home, walk, enter, done } = await worker('host', 820)
    await home()
    await walk()
    await enter('Unga 13 år och äldre')
    await walk()
    await enter('Tackade nej vid surfplattan')
    await done('Ett nej är räknat.')
  })
})
