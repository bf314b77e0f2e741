import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseRoundKeyFile } from '../../src/round/round-key.ts'
import { getRound } from '../../src/round/store.ts'
import { hasChromium } from '../support/chromium.ts'
import { newStaff } from '../support/staff.ts'
import { expectAccessible, expectNoOverflow, type Stage, setStage } from '../support/story.ts'

describe.skipIf(!hasChromium)('the key of a round, in the browser of the national administrator', () => {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-'))
  const file = join(folder, 'round-2027.key')
  let stage: Stage
  let page: Page
  const sent: string[] = []
  beforeAll(async () => {
    stage = await setStage({ settings: { KEY_DIR: folder } })
    page = await stage.person({ viewport: { width: 1280, height: 800 } })
    const { token } = await newStaff(stage.service, { role: 'national' })
    await page.context().addCookies([{ name: 'staff', value: token, url: stage.url }])
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  })
  afterAll(async () => {
    await stage.close()
    rmSync(folder, { recursive: true })
  })

  const check = () => page.locator('form[data-challenge] button').click()

  test('is made there, saved, printed, and tried with the file that was saved', async () => {
    await page.goto(`${stage.url}/staff/rounds/new`)
    for (const [name, text] of Object.entries({
      ...{ year: '2027', id: '2027', opensOn: '2027-09-01', closesOn: '2027-10-31' },
    }))
      await page.fill(`[name=${name}]`, text)
    await page.locator('main button.primary').click()
    await page.getByText('Nyckeln är skapad i din webbläsare').waitFor()
    await expectAccessible(page, 'key')
    await expectNoOverflow(page, 'key')

    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.save-key').click()])
    await download.saveAs(file)
    expect(download.suggestedFilename()).toBe('round-2027.key')
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.key-paper svg').isVisible()).toBe(true)
    expect(parseRoundKeyFile(await page.locator('.key-paper pre').innerText())).toEqual(
      parseRoundKeyFile(readFileSync(file, 'utf8')),
    )
    await page.emulateMedia({ media: 'screen' })

    await page.setInputFiles('#keyFile', join(import.meta.dirname, '../../package.json'))
    await check()
    await page.getByText('ingen nyckelfil').waitFor()
    await page.setInputFiles('#keyFile', file)
    await check()
    await page.waitForURL('**/staff/rounds/2027?*').catch(() => {})
    await page.getByText('Omgången är ett utkast.').waitFor()
    const { publicKey } = parseRoundKeyFile(readFileSync(file, 'utf8'))
    expect((await getRound(stage.service.db, '2027')).publicKey).toEqual(publicKey)
  })

  test('opens the round by its second copy, and has not been sent to the server', async () => {
    await page.goto(`${stage.url}/staff/rounds/2027/beginning`)
    const mistyped = readFileSync(file, 'utf8').replace(/key: (.)/, (_, digit) => `key: ${digit === '0' ? 1 : 0}`)
    await page.fill('#keyText', mistyped)
    await check()
    await page.getByText('Något tecken i nyckeln är fel').waitFor()
    await page.fill('#keyText', readFileSync(file, 'utf8'))
    await check()
    await page.getByText('Insamlingen är öppen.').waitFor()
    expect((await getRound(stage.service.db, '2027')).state).toBe('collecting')

    const secret = parseRoundKeyFile(readFileSync(file, 'utf8')).secretKey
    const all = sent.join('\n').toLowerCase()
    const traces = [secret.toString('hex').slice(0, 8), secret.toString('hex').slice(8, 16), secret.toString('base64')]
    for (const trace of traces) expect(all).not.toContain(trace.toLowerCase())
    expect(sent.length).toBeGreaterThan(6)
  })
})
