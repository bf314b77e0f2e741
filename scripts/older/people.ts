import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { formIn } from '../../test/support/page-form.ts'
import { type PlainBrowser, plainBrowser } from '../../test/support/plain-browser.ts'
import { answerOnTablet, enrol, sendOnTablet } from '../../test/support/waiting-room.ts'

/** Forty-odd people who answer alike are no test of a count: what the one with a number chooses. */
export const choicesOf = (person: number) => ({
  overall: ['very_satisfied', 'fairly_satisfied', 'fairly_dissatisfied'][person % 3]!,
  contact: ['very_easy', 'fairly_easy'][person % 2]!,
})

/** Opens a visit with a code; gives the browser and where the visit is. */
export async function begin(url: string, code: string): Promise<{ browser: PlainBrowser; visit: string }> {
  const browser = plainBrowser(url)
  const { location, status } = await browser.post('/entry', { code, language: 'sv' })
  const visit = /^(\/visit\/[a-z]+)\/questions$/.exec(location ?? '')?.[1]
  if (!visit) throw new Error(`a code leads to ${location ?? status}`)
  return { browser, visit }
}

export async function answerWith(url: string, code: string, person: number): Promise<void> {
  const { browser, visit } = await begin(url, code)
  const { location } = await browser.post(`${visit}/response`, choicesOf(person))
  if (location !== `${visit}/thanks`) throw new Error(`answers lead to ${location}`)
}

/** Types paper forms into a bundle. */
export async function typeForms(staff: PlainBrowser, bundle: string, forms: string[]): Promise<void> {
  for (const digits of forms) {
    const page = await staff.get(bundle)
    const action = /action="([^"]*\/forms)"/.exec(page.body)![1]!
    const fields = Object.fromEntries([...digits].map((digit, index) => [`q${index + 1}`, digit]))
    await staff.send(page, action, fields)
  }
}

/** Begins a bundle for so many forms; gives where it is entered. */
export async function beginBundle(staff: PlainBrowser, stratum: string, forms: number): Promise<string> {
  const address = `/staff/paper/${stratum}/bundles`
  const { location } = await staff.send(await staff.get(address), address, { forms: String(forms), language: 'sv' })
  return location!
}

/** Connects an authenticator app; gives its secret and the recovery codes. */
export async function connectApp(staff: PlainBrowser, now: Date) {
  const address = '/staff/second-factor/set-up'
  const { body } = await staff.get(address)
  const secret = /<code[^>]*>([A-Z2-7 ]{20,})<\/code>/.exec(body)![1]!.replaceAll(' ', '')
  const shown = await staff.post(address, { ...formIn(body, address), number: numberOf(secret, now) })
  const recoveryCodes = [...shown.body.matchAll(/<code[^>]*>([a-z0-9]{5}-[a-z0-9]{5})<\/code>/g)].map(
    ([, code]) => code!,
  )
  if (recoveryCodes.length === 0) throw new Error(`no recovery codes: ${shown.status}`)
  return { secret, recoveryCodes }
}

/** What the telephone shows. */
export const numberOf = (secret: string, now: Date) =>
  new TOTP({ secret: Secret.fromBase32(secret), period: 30, digits: 6 }).generate({ timestamp: now.getTime() })

/** What a tablet wants to deliver, and cannot. */
export interface Undelivered {
  authorization: string
  body: string
}

/** Sets a tablet up, lets four people answer on it, and two more while nothing gets through: gives what it wants to deliver of these. */
export async function useTablet(page: Page, link: string): Promise<Undelivered> {
  await enrol(page, link)
  const answer = async (person: number) => {
    await page.locator('#wall').waitFor({ state: 'visible' })
    await answerOnTablet(page, 'sv', choicesOf(person))
    await sendOnTablet(page)
    await page.reload()
  }
  const delivered = page.waitForResponse(
    async (response) => response.url().endsWith('/delivery') && (await response.json()).stored.length > 0,
  )
  for (let person = 0; person < 4; person++) await answer(person)
  await delivered
  const undelivered = new Promise<Undelivered>((resolve) =>
    page.context().route('**/tablet/delivery', async (route) => {
      const body = route.request().postData() ?? ''
      const { authorization = '' } = await route.request().allHeaders()
      await route.abort()
      if (JSON.parse(body).ballots.length === 2) resolve({ authorization, body })
    }),
  )
  for (let person = 4; person < 6; person++) await answer(person)
  return undelivered
}
