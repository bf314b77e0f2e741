import type { Page } from 'playwright-core'
import { answerStepByStep, send } from '../../support/story.ts'
import { choicesOf, type Person } from './by-hand.ts'
import { url } from './installation.ts'
import type { Town } from './town.ts'

/** Persons whose browsers run scripts: they follow a link that holds the code, and answer a question at a time. */
export async function answerByLink(town: Town, link: string, person: Person): Promise<void> {
  const page = await town.person({ locale: person[1] })
  await page.goto(link)
  await page.waitForURL('**/questions')
  await finish(page, person)
}

/** The code is typed on the start page, as it stands on paper. */
export async function answerByCode(town: Town, code: string, person: Person): Promise<void> {
  const page = await town.person()
  await typeCode(page, code, person)
  await page.waitForURL('**/questions')
  await finish(page, person)
}

/** A browser without JavaScript: the code is typed, and all questions are on one page. */
export async function answerPlainly(town: Town, code: string, person: Person): Promise<void> {
  const page = await town.person({ javaScriptEnabled: false })
  await typeCode(page, code, person)
  for (const [question, option] of Object.entries(choicesOf(person)))
    await page.locator(`#${question} input[value=${option}]`).check()
  await page.click('button.primary[type=submit]')
  await page.waitForURL('**/thanks')
  await page.context().close()
}

async function typeCode(page: Page, code: string, [, language]: Person): Promise<void> {
  await page.goto(`${url}/${language}`)
  await page.fill('#code', language === 'fa' ? inPersian(code) : code)
  await page.click('#entry button[type=submit]')
}

const inPersian = (code: string) => code.replace(/\d/g, (digit) => String.fromCodePoint(0x6f0 + Number(digit)))

async function finish(page: Page, person: Person): Promise<void> {
  if ((await page.locator('html').getAttribute('lang')) !== person[1]) throw new Error(`not in ${person[1]}`)
  await answerStepByStep(page, choicesOf(person) as Record<string, string>)
  await send(page)
  await page.context().close()
}
