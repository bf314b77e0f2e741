import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import type { Download, Locator, Page } from 'playwright-core'
import { readTable } from '../../src/table/table-file.ts'
import { expectAccessible, expectNoOverflow } from './story.ts'

/** Where pictures of every page are put, for somebody to look at; none without. */
const pictures = process.env.PICTURES_DIR

/** A page is for everybody, and fits; `name` is its picture's. */
export async function look(page: Page, name: string): Promise<void> {
  await expectAccessible(page, name)
  await expectNoOverflow(page, name)
  if (!pictures) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
}

/** Goes where a link of the menu leads. */
export async function menu(page: Page, name: string): Promise<void> {
  const onPhone = page.locator('.bar a[href="#menu"]')
  if (await onPhone.isVisible()) await onPhone.click()
  const words = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const waiting = '( \\d+ att göra)?' // where something waits there
  await page
    .locator('#menu')
    .getByRole('link', { name: new RegExp(`^${words}${waiting}$`) })
    .click()
}

export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
export const follow = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click()
export const read = (page: Page, text: string) => page.getByText(text, { exact: false }).first().waitFor()

/** What the telephone shows for the secret on the page. */
export async function numberOfApp(page: Page): Promise<string> {
  const secret = (await page.locator('ol code').innerText()).replace(/\s/g, '')
  return new TOTP({ secret: Secret.fromBase32(secret), period: 30, digits: 6 }).generate()
}

/** Invites somebody and gives the link that is shown once. */
export async function invite(
  page: Page,
  { name, role, at = [], municipality }: { name: string; role: string; at?: string[]; municipality?: string },
): Promise<string> {
  await menu(page, 'Konton')
  await follow(page, 'Bjud in någon')
  await page.getByLabel('Namn').fill(name)
  await page.getByLabel('E-postadress').fill(`${name.toLowerCase().replace(/\W/g, '')}@alingsas.se`)
  await page.getByRole('radio', { name: new RegExp(`^${role}`) }).check()
  if (municipality) await page.getByLabel('Kommun', { exact: true }).selectOption({ label: municipality })
  for (const unit of at) await page.getByRole('checkbox', { name: unit }).check()
  await look(page, `invite-${role}`)
  await press(page, 'Skapa inbjudan')
  await look(page, `invited-${role}`)
  return page.locator('#link').inputValue()
}

/** Opens the link of an invitation, chooses a password, and is signed in. */
export async function accept(page: Page, link: string, password: string): Promise<void> {
  await page.goto(link)
  await look(page, 'welcome')
  await page.getByLabel('Välj ett lösenord').fill(password)
  await press(page, 'Spara och logga in')
  await page.waitForURL(({ pathname }) => /^\/staff(\/offer|\/second-factor\/set-up)?$/.test(pathname))
}

export interface PrintOrder {
  /** As the page names it: group and unit. */
  to: string
  kind: string
  number?: number
  language?: string
  addresses?: string
}

/** Orders a file on the page of slips and letters, waits for it, and fetches it. */
export async function print(page: Page, { to, kind, number, language, addresses }: PrintOrder) {
  await menu(page, 'Lappar och brev')
  await follow(page, 'Ny utskrift')
  const isOfMany = kind === 'Lappar'
  if (isOfMany) await page.getByLabel(to.replace(/ \((.*)\)$/, ', $1'), { exact: true }).fill(String(number))
  else {
    await follow(page, 'Adressfil eller Excel')
    await page.getByLabel('Enhet och målgrupp').selectOption({ label: to })
    await page.getByRole('radio', { name: new RegExp(`^${kind}`) }).check()
    if (number) await page.locator('#number').fill(String(number))
    if (addresses) await page.locator('#addresses').setInputFiles(csvFile('adresser.csv', addresses))
  }
  await page.getByLabel('Språk', { exact: true }).selectOption({ label: language ?? 'Svenska' })
  await press(page, isOfMany ? `Skapa ${number} lapp${number === 1 ? '' : 'ar'}` : 'Skapa filen')
  const fetch = page.getByRole('button', { name: 'Hämta filen' })
  await fetch.waitFor({ timeout: 180_000 })
  await look(page, `print-${kind.split(' ')[0]}`)
  const [download] = await Promise.all([page.waitForEvent('download'), fetch.click()])
  const bytes = readFileSync(await download.path())
  return { name: download.suggestedFilename(), bytes, batch: batchOf(download) }
}

const batchOf = (download: Download) => download.suggestedFilename().match(/-([\w]+)\./)![1]!

/** How many codes are printed in a PDF: each is a figure that is read aloud, beside nothing else that is one. */
export const codesInPdf = (pdf: Buffer) => pdf.toString('latin1').match(/\/S \/Figure/g)?.length ?? 0

/** The codes and links of a mail merge. */
export async function merged({ bytes, name }: { bytes: Buffer; name: string }) {
  const { rows } = await readTable(bytes, name)
  return rows.map(({ cells }) => ({ code: cells[0]!, link: cells[1]! }))
}

export const csvFile = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

/** What is asked of a print: whether all of it went out. */
export const askedOf = (page: Page, batch: string) =>
  page.locator('.todo li').filter({ has: page.locator(`[href^="/staff/leftovers/${batch}"]`) })

/** The row of a batch in the list of what was printed. */
export const batchRow = (page: Page, batch: string) =>
  page.getByRole('row').filter({ has: page.locator(`[href="/staff/leftovers/${batch}"]`) })

/** The texts of what is found, with plain spaces. */
export const textsOf = async (found: Locator) =>
  (await found.allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim())

/** The rows of the table whose name begins so, cell by cell. */
export async function rowsOf(page: Page, name: string): Promise<string[][]> {
  const named = new RegExp(`^${name}`)
  const table = page
    .getByRole('region', { name: named })
    .or(page.getByRole('table', { name: named }))
    .first()
  const rows = await table.locator('tbody tr').all()
  return Promise.all(rows.map((row) => textsOf(row.locator('th, td'))))
}
