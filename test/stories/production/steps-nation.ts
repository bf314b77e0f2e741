import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { follow, menu, numberOfApp, press, read } from '../../support/office.ts'
import { groupName, staff } from './words.ts'

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** Connects an authenticator on the page that asks for it; gives the recovery codes, which are shown once. */
export async function connectApp(page: Page, password?: string): Promise<string[]> {
  await page.locator('#number').fill(await numberOfApp(page))
  if (password) await page.locator('#password').fill(password)
  await press(page, staff('signIn.goOn'))
  await page.getByRole('heading', { name: staff('signIn.recoveryTitle') }).waitFor()
  const codes = await page.locator('.codes code').allTextContents()
  await follow(page, staff('signIn.recoveryDone'))
  return codes
}

/** Makes the first account by the link that the service printed when it started. */
export async function makeFirstAccount(page: Page, said: string, password: string): Promise<string[]> {
  await page.goto(said.match(/https:\S+\/staff\/set-up\/\S+/)![0])
  await page.getByLabel(staff('signIn.name')).fill('Nina Norr')
  await page.getByLabel(staff('signIn.email')).fill('nina@example.se')
  await page.getByLabel(staff('signIn.newPassword')).fill(password)
  await press(page, staff('signIn.setUpSubmit'))
  return connectApp(page)
}

/** Signs in with address, password and a number: of the app, or a recovery code. */
export async function signIn(page: Page, url: string, who: { email: string; password: string; number: string }) {
  await page.goto(`${url}/staff`)
  await page.getByLabel(staff('signIn.email')).fill(who.email)
  await page.getByLabel(staff('signIn.passwordLabel')).fill(who.password)
  await press(page, staff('signIn.submit'))
  await page.locator('#number').fill(who.number)
  await press(page, staff('signIn.goOn'))
  await page.locator('#menu').waitFor({ state: 'attached' })
}

/** The key ceremony in the browser: the key is saved, tried with what was saved, and never sent. Gives where the copies lie. */
export async function makeRound(page: Page, copies: [string, string]): Promise<void> {
  await menu(page, staff('web.nav.rounds'))
  await follow(page, staff('rounds.new'))
  const plan = { year: day(0).slice(0, 4), id: 'prov', registrationOpensOn: day(-1), registrationClosesOn: day(20) }
  for (const [name, text] of Object.entries({ ...plan, opensOn: day(-1), closesOn: day(40) }))
    await page.locator(`[name=${name}]`).fill(text)
  for (const group of ['addiction', 'unaccompanied'])
    await page.getByRole('checkbox', { name: groupName(group) }).uncheck()
  await press(page, staff('rounds.makeKey'))
  for (const copy of copies) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.save-key').click()])
    await download.saveAs(copy)
  }
  await page.setInputFiles('#keyFile', copies[0])
  await press(page, staff('rounds.key.check'))
  await read(page, staff('rounds.states.draft'))
  await follow(page, staff('rounds.step.openEnrolment.button'))
  await press(page, staff('rounds.step.openEnrolment.button'))
  await read(page, staff('rounds.done.enrolmentOpened'))
}

/** Invites somebody; the service writes to them. */
export async function inviteByMail(
  page: Page,
  {
    name,
    email,
    role,
    municipality,
    unit,
  }: Record<'name' | 'email' | 'role', string> & { municipality?: string; unit?: string },
): Promise<void> {
  await menu(page, staff('web.nav.people'))
  await follow(page, staff('people.invite'))
  await page.getByLabel(staff('signIn.name')).fill(name)
  await page.getByLabel(staff('signIn.email')).fill(email)
  await page.getByRole('radio', { name: new RegExp(`^${staff(`words.roles.${role}`)}`) }).check()
  if (municipality) await page.locator('#municipality').selectOption({ label: municipality })
  if (unit) await page.getByRole('checkbox', { name: unit }).check()
  await press(page, staff('people.makeLink'))
  await page.getByRole('heading', { name: staff('people.mail.sentTitle') }).waitFor()
}

export async function approve(page: Page, municipality: string): Promise<void> {
  await menu(page, staff('web.nav.enrolments'))
  await follow(page, municipality)
  await press(page, staff('enrolment.approve'))
  await read(page, staff('enrolment.done.approved'))
}

export async function openCollection(page: Page, keyFile: string): Promise<void> {
  await menu(page, staff('web.nav.rounds'))
  await follow(page, staff('rounds.name', { id: 'prov' }))
  await follow(page, staff('rounds.step.openCollection.button'))
  await page.setInputFiles('#keyFile', keyFile)
  await press(page, staff('rounds.beginning.button'))
  await read(page, staff('rounds.done.opened'))
}

/** Closes the collection and opens the urn with the key; gives how many ballots were counted. */
export async function closeCollection(page: Page, keyFile: string): Promise<string> {
  await menu(page, staff('web.nav.rounds'))
  await follow(page, staff('rounds.name', { id: 'prov' }))
  await follow(page, staff('rounds.toClosing'))
  await page.setInputFiles('#keyFile', keyFile)
  await page.locator('#year').fill(day(0).slice(0, 4))
  await press(page, staff('rounds.closing.button'))
  await page.getByRole('heading', { name: staff('releases.title', { id: 'prov' }) }).waitFor()
  expect(await page.getByRole('heading', { name: staff('rounds.closing.lateTitle') }).count()).toBe(0)
  return page.locator('.figures dd').innerText()
}
