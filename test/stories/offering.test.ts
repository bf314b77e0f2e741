import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import { listStrata } from '../../src/organisation/store.ts'
import { hasChromium } from '../support/chromium.ts'
import { newStaff } from '../support/staff.ts'
import { expectAccessible, expectNoOverflow, type Stage, setStage } from '../support/story.ts'

/** Where pictures of every page are put, for somebody to look at; none without. */
const pictures = process.env.PICTURES_DIR
const widths = [360, 820, 1280]

describe.skipIf(!hasChromium)('in a browser', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await setStage()
  })
  afterAll(() => stage.close())

  async function signedIn(role: 'coordinator' | 'caseworker', width: number): Promise<Page> {
    const { unitId } = (await listStrata(stage.service.db, stage.round.id))[0]!
    const page = await stage.person({ viewport: { width, height: 800 } })
    const { token } = await newStaff(stage.service, { role, unitIds: [unitId] })
    await page.context().addCookies([{ name: 'staff', value: token, url: stage.url }])
    return page
  }

  async function look(page: Page, name: string): Promise<void> {
    const width = page.viewportSize()!.width
    await expectAccessible(page, name)
    await expectNoOverflow(page, name)
    if (!pictures) return
    mkdirSync(pictures, { recursive: true })
    await page.screenshot({ path: `${pictures}/${name}-${width}.png`, fullPage: true })
  }

  test.each(widths)('a caseworker draws a code in Arabic and hides it again (%i px)', async (width) => {
    const page = await signedIn('caseworker', width)
    await page.goto(`${stage.url}/staff/offer`)
    await look(page, 'offer-list')
    await page.getByRole('link', { name: 'Skadligt bruk och beroende' }).click()
    await look(page, 'offer-stratum')
    await page.getByRole('button', { name: 'العربية' }).click()
    await look(page, 'offer-code')
    const code = page.locator('.big-code')
    expect((await code.innerText()).replace(/\s/g, '')).toMatch(/^\d{16}$/)
    expect(await page.locator('.qr svg').isVisible()).toBe(true)
    expect(page.url()).not.toMatch(/\d{16}/)
    await page.reload()
    await look(page, 'offer-already')
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Koden är redan visad')
    await page.getByRole('link', { name: 'Ta fram en ny kod' }).click()
    const no = page.getByRole('button', { name: 'Personen tackar nej' })
    const stands = () => no.evaluate((button) => button.getBoundingClientRect().toJSON())
    await page.goto(`${stage.url}/staff/offer`)
    const atFirst = await stands()
    await no.click()
    await look(page, 'offer-declined')
    expect(await stands(), 'who presses twice presses the same').toEqual(atFirst)
    await page.getByRole('button', { name: 'Ångra' }).click()
    await page.getByText('Nejet är borttaget.').waitFor()
    expect(await stands()).toEqual(atFirst)
  })

  test.each(widths)('a coordinator prints letters and counts what is left over (%i px)', async (width) => {
    const page = await signedIn('coordinator', width)
    await page.goto(`${stage.url}/staff/print`)
    await look(page, 'print-list')
    await page.getByRole('link', { name: 'Ny utskrift' }).click()
    await look(page, 'print-new')
    await page.getByRole('link', { name: 'Adressfil eller Excel' }).click()
    await look(page, 'print-one')
    await page.getByRole('link', { name: 'Brev', exact: true }).click()
    await page.getByRole('button', { name: /^Skapa .*brev/ }).click()
    await page.locator('.said').first().waitFor()
    await look(page, 'print-wrong')
    await page.locator('.numbers input').first().fill('4')
    await page.locator('.numbers input').last().fill('2')
    await page.getByRole('button', { name: /^Skapa .*brev/ }).click()
    await page.getByRole('button', { name: 'Hämta filen' }).waitFor({ timeout: 180_000 })
    await look(page, 'print-ready')
    const fetched = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Hämta filen' }).click()
    expect((await fetched).suggestedFilename()).toMatch(/\.pdf$/)

    const { db, keys } = stage.service
    const slips = { stratumId: stage.round.strata.youth, channel: 'handout', count: 9, drawn: false } as const
    const { codes } = await issueCodes(db, keys.codePepper, { ...slips, issuedOn: '2026-09-10' })
    await page.goto(`${stage.url}/staff/leftovers`)
    await look(page, 'leftovers-all')
    await page.locator('#leftover').fill([codes[0], codes[1], codes[1], '123'].join('\n'))
    await page.getByRole('button', { name: 'Kontrollera' }).click()
    await look(page, 'leftovers-confirm')
    await page.getByRole('button', { name: 'Spara som överblivna' }).click()
    await page.getByRole('link', { name: 'Se alla utskrifter' }).click()
    await page.getByText('7 delades ut, 2 blev över').first().waitFor()
    await look(page, 'print-counted')
    await page.goBack()
    await page.locator('#undeliverable').fill('1234')
    await page.getByRole('button', { name: 'Räkna som retur' }).click()
    await look(page, 'leftovers-undeliverable')
  })

  test.each(widths)('a coordinator enrols a tablet (%i px)', async (width) => {
    const page = await signedIn('coordinator', width)
    await page.goto(`${stage.url}/staff/tablets/new`)
    await page.getByRole('button', { name: 'Fortsätt' }).click()
    await look(page, 'tablets-new')
    await page.getByLabel('Namn').fill(`Receptionen ${width}`)
    await page.getByRole('button', { name: 'Skapa länken' }).click()
    await look(page, 'tablets-link')
    await page.getByRole('link', { name: 'Till alla surfplattor' }).click()
    await look(page, 'tablets-list')
    await page.getByRole('link', { name: `Receptionen ${width}` }).click()
    await look(page, 'tablets-tablet')
    await page.getByRole('link', { name: 'Koppla bort surfplattan' }).click()
    await look(page, 'tablets-ending')
  })
})
