import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { askedOf, batchRow, codesInPdf, csvFile, follow, menu, merged, press } from '../../support/office.ts'
import { adults } from './steps-municipality.ts'
import { groupName, staff } from './words.ts'

/** Orders a file on the page of slips and letters, and fetches it. */
async function order(page: Page, kind: 'slips' | 'letters' | 'xlsx', number: number | { addresses: string }) {
  await menu(page, staff('web.nav.print'))
  await follow(page, staff('print.new'))
  if (kind !== 'slips') await follow(page, staff('print.newKinds.file'))
  if (kind === 'slips') await page.getByLabel(`${groupName('economic_assistance')}, ${adults}`).fill(String(number))
  else await orderOne(page, kind, number)
  await press(
    page,
    kind === 'slips' ? staff('print.makeCounted.slips', { count: Number(number) }) : staff('print.make'),
  )
  const fetch = page.getByRole('button', { name: staff('print.fetch') })
  await fetch.waitFor({ timeout: 120_000 })
  const [download] = await Promise.all([page.waitForEvent('download'), fetch.click()])
  const name = download.suggestedFilename()
  return { name, bytes: readFileSync(await download.path()), batch: name.match(/-([\w]+)\./)![1]! }
}

async function orderOne(page: Page, kind: 'letters' | 'xlsx', number: number | { addresses: string }) {
  await page.locator('#stratum').selectOption({ label: `${groupName('economic_assistance')} (${adults})` })
  await page.locator(`[name=kind][value=${kind}]`).check()
  if (typeof number === 'number') await page.locator('#number').fill(String(number))
  else await page.locator('#addresses').setInputFiles(csvFile('adresser.csv', number.addresses))
}

/** Ten slips, three letters and a table of twelve codes; gives the numbers of the prints, and the codes. */
export async function printCodes(page: Page) {
  const slips = await order(page, 'slips', 10)
  expect(codesInPdf(slips.bytes)).toBe(10)
  const street = (name: string) => `${name};Gatan 1;44130;Alingsås`
  const letters = await order(page, 'letters', {
    addresses: ['Namn;Gata;Postnr;Ort', ...['A A', 'B B', 'C C'].map(street)].join('\n'),
  })
  expect(codesInPdf(letters.bytes)).toBe(3)
  const table = await order(page, 'xlsx', 12)
  const rows = await merged(table)
  expect(rows).toHaveLength(12)
  return { slips: slips.batch, letters: letters.batch, table: table.batch, rows }
}

/** Says what became of the prints: letters posted, four slips and a code of the table left over, one letter returned. */
export async function settlePrints(page: Page, prints: Awaited<ReturnType<typeof printCodes>>): Promise<void> {
  const { slips, letters, rows } = prints
  /** What the list says of a print that is counted. */
  const reads = async (batch: string, out: number, left: number) => {
    await menu(page, staff('web.nav.print'))
    await page.getByRole('link', { name: new RegExp(`^${staff('print.tabs.all')} `) }).click()
    await batchRow(page, batch).getByText(staff('leftovers.wentOut', { out, left })).waitFor()
    await menu(page, staff('web.nav.leftovers'))
  }
  await menu(page, staff('web.nav.print'))
  await askedOf(page, letters)
    .getByRole('button', { name: staff('home.batch.all') })
    .click()
  await reads(letters, 3, 0)
  await page.locator(`[name="number.${slips}"]`).fill('4')
  await press(page, staff('web.save'))
  await reads(slips, 6, 4)
  await page.locator('#leftover').fill(`${rows[11]!.link}\n${rows[11]!.code}\n`)
  await press(page, staff('leftovers.check'))
  await press(page, staff('leftovers.confirm'))
  await reads(prints.table, 11, 1)
  await page.locator('#undeliverable').fill(rows[10]!.code)
  await press(page, staff('leftovers.countReturned'))
  await page.getByText(staff('leftovers.added')).waitFor()
}

/** The caseworker draws six codes; one person declines with the code in hand. Gives the other five. */
export async function drawCodes(page: Page): Promise<string[]> {
  await menu(page, staff('web.nav.offer')) // their one group is chosen
  const codes: string[] = []
  for (let person = 0; person < 6; person++) {
    await page.locator('.draw button.primary').click()
    codes.push((await page.locator('.big-code').innerText()).replace(/\D/g, ''))
    if (person < 5) await follow(page, staff('offer.hide'))
    else await press(page, staff('offer.declinedWithCode'))
  }
  return codes.slice(0, 5)
}
