import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { accept, csvFile, follow, menu, press, read } from '../../support/office.ts'
import { connectApp } from './steps-nation.ts'
import type { Town } from './town.ts'
import { groupName, languageName, staff } from './words.ts'

export const [adults, children] = ['Vuxenenheten', 'Barn och unga']

/** Waits for a mail to somebody, as they do. */
export async function mailTo({ mail }: Town, address: string) {
  const find = () => mail.received.find(({ to }) => to === address)
  await expect.poll(() => find() !== undefined).toBe(true)
  return find()!
}

/** Follows the link of the mail, chooses a password, and is signed in. */
export async function acceptByMail(town: Town, page: Page, address: string, password: string): Promise<void> {
  const { text } = await mailTo(town, address)
  await accept(page, text.match(/https:\S+\/staff\/invitations\/\S+/)![0], password)
}

/** Coordinators are asked for it when they have chosen their password. */
export async function connectOwnApp(page: Page): Promise<void> {
  await connectApp(page)
}

export async function addUnitsFromFile(page: Page): Promise<void> {
  const rows = [
    `${adults};${groupName('economic_assistance')}`,
    `${children};"${groupName('guardian')}, ${groupName('youth')}"`,
  ]
  await menu(page, staff('web.nav.units'))
  await page
    .getByRole('link', { name: staff('units.import'), exact: true })
    .first()
    .click()
  await page.locator('#file').setInputFiles(csvFile('enheter.csv', ['Enhet;Målgrupper', ...rows].join('\r\n')))
  await press(page, staff('units.look'))
  await press(page, staff('units.confirm', { count: 2 }))
  await read(page, staff('units.done.imported'))
}

/** What the form asks of the municipality itself, beside its units. */
export const ofMunicipality = {
  contactName: 'Kim Ek',
  contactEmail: 'kim@alingsas.example',
  boardName: 'Socialnämnden i Alingsås kommun',
  boardContact: 'socialnamnden@alingsas.example',
  dpoContact: 'dataskydd@alingsas.example',
}

export async function register(page: Page): Promise<void> {
  await menu(page, staff('web.nav.enrolment'))
  await follow(page, staff('enrolment.begin'))
  for (const [name, text] of Object.entries(ofMunicipality)) await page.locator(`[name=${name}]`).fill(text)
  for (const [group, unit, number] of [
    ['economic_assistance', adults, '60'],
    ['guardian', children, '40'],
    ['youth', children, '40'],
  ])
    await page.getByLabel(`${groupName(group!)}, ${unit}`).fill(number!)
  await press(page, staff('enrolment.submit'))
  await read(page, staff('enrolment.states.submitted'))
}

/** Invites people to a group of the children's unit, in a language. */
export async function inviteGuardians(page: Page, addresses: string[], language: string): Promise<void> {
  await menu(page, staff('web.nav.email'))
  await follow(page, groupName('guardian'))
  await follow(page, staff('email.invite'))
  await page.locator('#addresses').fill(addresses.join('\n'))
  await page.locator('#language').selectOption({ label: languageName(language) })
  await press(page, staff('email.look'))
  await press(page, staff('email.confirm', { count: addresses.length }))
  await page.getByRole('heading', { name: staff('email.job.ready') }).waitFor()
}

/** Gives the one-time link of a tablet for the youths. */
export async function inviteTablet(page: Page): Promise<string> {
  await menu(page, staff('web.nav.tablets'))
  await follow(page, staff('tablets.enrol'))
  await page.locator('#unit').selectOption({ label: children! })
  await press(page, staff('tablets.continue'))
  await page.getByRole('checkbox', { name: groupName('guardian') }).uncheck()
  await page.locator('#name').fill('Receptionen')
  await press(page, staff('tablets.makeLink'))
  return page.locator('#link').inputValue()
}

/** The host counts somebody who said no beside the tablet. */
export async function countDeclined(page: Page): Promise<void> {
  await menu(page, staff('web.nav.offer'))
  await follow(page, groupName('youth'))
  await press(page, staff('offer.counts.tablet'))
  await read(page, staff('offer.done.declined'))
}
