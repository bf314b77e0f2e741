import type { Page } from 'playwright-core'
import { questions } from '../../../src/questionnaire/questions.ts'
import { csvFile, follow, menu, press, read } from '../../support/office.ts'
import { children } from './steps-municipality.ts'
import { groupName, staff } from './words.ts'

/** Hands out ten forms and types those that came back, eight digits and Enter each. */
export async function typePaper(page: Page, forms: string[]): Promise<void> {
  await menu(page, staff('web.nav.paper'))
  const values = { unit: children!, group: groupName('youth') }
  await follow(page, staff('paper.tabs.tally'))
  await page.getByLabel(staff('paper.tallyLabel.handedOut', values)).fill('10')
  await press(page, staff('paper.tallySave'))
  await read(page, staff('paper.done.tallied'))
  await follow(page, staff('paper.tabs.register'))
  await page.getByLabel(`${groupName('youth')} ${children}`).check()
  await page.locator('#forms').fill(String(forms.length))
  await press(page, staff('paper.start'))
  await page.locator('.digit:focus').waitFor()
  for (const [place, digits] of forms.entries()) {
    await page.keyboard.type(`${digits}\n`)
    await read(page, staff('paper.saved', { number: place + 1 }))
  }
  await press(page, staff('paper.finish'))
  await read(page, staff('paper.done.bundleDone'))
}

/** Reads answers from the file of a tool that the municipality has of its own: a column for each question, numbers as on paper. */
export async function importAnswers(page: Page, forms: string[]): Promise<void> {
  const headings = questions.map(({ id }) => staff(`paper.questions.${id}`))
  const rows = [headings, ...forms.map((digits) => [...digits])].map((cells) => cells.join(';'))
  await menu(page, staff('web.nav.paper'))
  await follow(page, staff('paper.toImport'))
  await page.locator('#file').setInputFiles(csvFile('svar.csv', rows.join('\r\n')))
  await press(page, staff('paper.importRead'))
  await page.locator('#stratum').selectOption({ label: `${children}, ${groupName('youth').toLowerCase()}` })
  await press(page, staff('paper.next'))
  await press(page, staff('paper.toCheck'))
  await press(page, staff('paper.confirm', { count: forms.length }))
  await read(page, staff('paper.importedText', { count: forms.length }))
}
