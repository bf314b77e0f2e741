import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addStrata, addUnit, listStrata } from '../../src/organisation/store.ts'
import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import { createRound, moveRound } from '../../src/round/store.ts'
import { hasChromium } from '../support/chromium.ts'
import { newStaff, type StaffOptions } from '../support/staff.ts'
import { expectAccessible, expectNoOverflow, type Stage, setStage } from '../support/story.ts'

const pictures = process.env.PICTURES_DIR

describe.skipIf(!hasChromium)('a municipality enrols', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await setStage()
    const { db } = stage.service
    await createRound(db, {
      ...{ id: '2027', year: 2027, opensOn: '2027-09-01', closesOn: '2027-10-31', publicKey: Buffer.alloc(32) },
      ...{ registrationClosesOn: '2100-04-30', targetGroups: [...targetGroups] },
    })
    await moveRound(db, '2027', ['draft'], 'enrolling')
    const unit = await addUnit(db, {
      municipalityCode: '1489',
      name: 'Familjehemsenheten och familjerätten i Alingsås',
    })
    await addStrata(db, '2026', unit.id, ['guardian'])
  })
  afterAll(() => stage.close())

  async function signedIn(who: StaffOptions, width: number): Promise<Page> {
    const page = await stage.person({ viewport: { width, height: 800 } })
    const { token } = await newStaff(stage.service, who)
    await page.context().addCookies([{ name: 'staff', value: token, url: stage.url }])
    return page
  }

  async function look(page: Page, name: string): Promise<void> {
    await expectAccessible(page, name)
    await expectNoOverflow(page, name)
    if (!pictures) return
    mkdirSync(pictures, { recursive: true })
    await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
  }

  test.each([390, 1280])(
    'at a width of %i, and the administrator approves',
    async (width) => {
      const page = await signedIn({ role: 'coordinator' }, width)
      await page.goto(`${stage.url}/staff/enrolment`)
      await look(page, `begin-${width}`)
      await page.locator('.next a.primary').click()
      await page.getByLabel('Vårdnadshavare, Familjehemsenheten och familjerätten i Alingsås').fill('många')
      await page.getByLabel('Ny enhet 1', { exact: true }).fill(`Öppenvården ${width}`)
      await page.getByLabel('Unga 13 år och äldre, Ny enhet 1').fill('30')
      await page.getByRole('button', { name: 'Fler rader' }).click()
      await look(page, `more-rows-${width}`)
      await page.locator('form[action="/staff/enrolment"]').evaluate((form: HTMLFormElement) => {
        form.noValidate = true
      })
      await page.getByRole('button', { name: 'Skicka in anmälan' }).click()
      await expect.poll(() => page.locator('.problem').count()).toBe(1)
      await look(page, `problem-${width}`)
      await page.getByLabel('Personuppgiftsansvarig nämnd').fill('Socialnämnden i Alingsås kommun')
      await page.getByLabel('Kontakt till nämnden', { exact: true }).fill('socialnamnden@alingsas.se')
      await page.getByLabel('Kontakt till nämndens dataskyddsombud').fill('dataskydd@alingsas.se')
      await page.getByLabel('Vårdnadshavare, Familjehemsenheten och familjerätten i Alingsås').fill('25')
      await page.getByRole('button', { name: 'Skicka in anmälan' }).click()
      await page.waitForURL('**/staff/enrolment')
      await look(page, `submitted-${width}`)
      await page.emulateMedia({ media: 'print' })
      if (pictures) await page.screenshot({ path: `${pictures}/print-${width}.png`, fullPage: true })

      const admin = await signedIn({ role: 'national' }, width)
      await admin.goto(`${stage.url}/staff/enrolments`)
      await look(admin, `national-${width}`)
      await admin.goto(`${stage.url}/staff/enrolments/1489`)
      await look(admin, `national-one-${width}`)
      await admin.getByRole('button', { name: 'Godkänn' }).click()
      await admin.waitForURL('**/staff/enrolments/1489')
      const groupsAt = async (name: string) =>
        (await listStrata(stage.service.db, '2027')).filter(({ unit }) => unit === name).map((it) => it.targetGroup)
      await expect.poll(() => groupsAt(`Öppenvården ${width}`)).toEqual(['youth'])
    },
    300_000,
  )

  test.each([390, 1280])(
    'and looks after its units at a width of %i',
    async (width) => {
      const page = await signedIn({ role: 'coordinator' }, width)
      await page.goto(`${stage.url}/staff/units`)
      await look(page, `units-${width}`)
      await page.getByRole('link', { name: 'Enheten', exact: true }).click()
      await page.getByRole('button', { name: 'Slå ihop' }).click()
      await expect.poll(() => page.locator('.problem').count()).toBe(1)
      await look(page, `unit-${width}`)
      await page.goto(`${stage.url}/staff/units/import`)
      const text = `Enhet;Grupper\nBarn ${width};Vårdnadshavare\nBarn ${width};\nÄldre;Pensionärer\n`
      await page
        .getByLabel('Fil')
        .setInputFiles({ name: 'enheter.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
      await look(page, `import-${width}`)
      await page.getByRole('button', { name: 'Läs filen' }).click()
      await page.waitForURL('**/imports/*')
      await look(page, `report-${width}`)
      await page.getByRole('button', { name: 'Lägg till 1 enhet' }).click()
      await page.waitForURL('**/staff/units')
      expect(await page.getByRole('link', { name: `Barn ${width}` }).count()).toBe(1)
    },
    300_000,
  )
})
