import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { newStaff } from '../support/staff.ts'
import { expectAccessible, type Stage, setStage } from '../support/story.ts'

describe.skipIf(!hasChromium)('a one-time link', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage()
  })
  afterAll(() => stage.close())

  async function invite(options: { javaScriptEnabled?: boolean; permissions?: string[] } = {}): Promise<Page> {
    const page = await stage.person({ viewport: { width: 390, height: 844 }, ...options })
    const { token } = await newStaff(stage.service, { role: 'national' })
    await page.context().addCookies([{ name: 'staff', value: token, url: stage.url }])
    await page.goto(`${stage.url}/staff/people/new`)
    await page.getByLabel('Namn').fill('Robin Berg')
    await page.getByLabel('E-post').fill(`robin-${Math.random()}@example.se`)
    await page.locator('[name=role][value=national]').check()
    await page.locator('main button.primary').click()
    await page.locator('#link').waitFor()
    return page
  }

  test('goes into the clipboard at one press, which is said', async () => {
    const page = await invite({ permissions: ['clipboard-read', 'clipboard-write'] })
    await page.getByRole('button', { name: 'Kopiera' }).click()
    await page.getByRole('status').getByText('Kopierad').waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(await page.locator('#link').inputValue())
    await expectAccessible(page, 'one-time link')
    if (process.env.PICTURES_DIR) await page.screenshot({ path: `${process.env.PICTURES_DIR}/one-time-link.png` })
  })

  test('is marked, to be copied by hand, where the clipboard is closed', async () => {
    const page = await invite()
    await page.evaluate('navigator.clipboard.writeText = () => Promise.reject(new Error("closed"))')
    await page.getByRole('button', { name: 'Kopiera' }).click()
    await page.waitForFunction('document.activeElement.selectionEnd > 40')
    expect(await page.getByRole('status').innerText()).toBe('')
  })

  test('stands there without JavaScript too, and no button that does nothing', async () => {
    const page = await invite({ javaScriptEnabled: false })
    expect(await page.locator('#link').inputValue()).toContain('/staff/invitations/')
    expect(await page.getByRole('button', { name: 'Kopiera' }).count()).toBe(0)
  })
})
