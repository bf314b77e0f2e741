import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { atOnce } from '../../src/database/patience.ts'
import { makeAccounts } from '../../src/demo/accounts.ts'
import { bindStores } from '../../src/stores.ts'
import { hasChromium } from '../support/chromium.ts'
import { handsOn } from '../support/keyboard.ts'
import { newStaff } from '../support/staff.ts'
import { type Stage, setStage } from '../support/story.ts'

describe.skipIf(!hasChromium)('signing in with the keyboard alone', () => {
  let stage: Stage
  let page: Page
  beforeAll(async () => {
    stage = await setStage()
    page = await stage.person({ viewport: { width: 1280, height: 800 } })
  })
  afterAll(() => stage.close())

  test('a wrong password leads to what was wrong, and the right one with its code leads home', async () => {
    const { db, keys, clock } = stage.service
    const place = { municipalityCode: '1489', unitIds: [], now: clock.now }
    const accounts = await makeAccounts({ stores: bindStores(db, atOnce), keys }, place, [])
    const { email, password, secondFactor } = accounts.find(({ role }) => role === 'national')!
    const hands = handsOn(page)
    await page.goto(`${stage.url}/staff/sign-in`)
    expect(await hands.walk()).toBeGreaterThan(4)
    await hands.type(page.getByLabel('E-postadress'), email)
    await hands.type(page.getByLabel('Lösenord'), 'fel')
    await hands.enter('Logga in')
    await page.locator('.problem:focus').waitFor()
    await hands.type(page.getByLabel('Lösenord'), password)
    await hands.space('Logga in')

    await hands.type(page.locator('#number'), '000000')
    await hands.enter('Fortsätt')
    await page.locator('.problem:focus').waitFor()
    const authenticator = new TOTP({ secret: Secret.fromBase32(secondFactor!.secret) })
    await hands.type(page.locator('#number'), authenticator.generate({ timestamp: clock.now.getTime() }))
    await hands.enter('Fortsätt')
    await page.getByRole('heading', { level: 1, name: /^(Insamlingen|Sista dagen)/ }).waitFor()

    expect(await hands.walk()).toBeGreaterThan(8)
    await hands.enter('Logga ut')
    await page.getByRole('heading', { level: 1, name: 'Logga in' }).waitFor()
  })

  test('on a phone the menu is opened and closed by it, and the way on leads through the menu', async () => {
    const { token } = await newStaff(stage.service, { role: 'coordinator' })
    const phone = await stage.person({ viewport: { width: 390, height: 780 } })
    await phone.context().addCookies([{ name: 'staff', value: token, url: stage.url }])
    await phone.goto(`${stage.url}/staff`)
    const hands = handsOn(phone)
    await hands.walk()
    await hands.to(phone.getByRole('link', { name: 'Meny' }))
    await phone.keyboard.press('Enter')
    await phone.keyboard.press('Tab')
    expect(await phone.locator(':focus').innerText()).toBe('Start')
    await hands.to(phone.getByRole('link', { name: 'Stäng menyn' }))
    await phone.keyboard.press('Enter')
    await phone.locator('main:focus').waitFor()
    expect(await phone.locator('#menu').isVisible()).toBe(false)
  })
})
