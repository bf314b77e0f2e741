import { mkdirSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostOffice, type PostOffice, people } from '../mail/post-office.ts'
import { hasChromium, launchChromium } from '../support/chromium.ts'
import { newStaff } from '../support/staff.ts'
import { expectAccessible, expectNoOverflow } from '../support/story.ts'

/** Where pictures of every page are put, for somebody to look at; none without. */
const pictures = process.env.PICTURES_DIR
const settings = { SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM: 'Undersökningen <svar@kommun.example>' }

describe.skipIf(!hasChromium)('a coordinator with a phone or a computer', () => {
  let post: PostOffice
  let browser: Browser
  let origin: string
  beforeAll(async () => {
    post = await openPostOffice({ settings })
    origin = await post.service.app.listen({ port: 0, host: '127.0.0.1' })
    browser = await launchChromium()
    if (pictures) mkdirSync(pictures, { recursive: true })
  })
  afterAll(async () => {
    await browser.close()
    await post.close()
  })

  test.each([
    ['phone', 390, 'youth'],
    ['desktop', 1280, 'guardian'],
  ] as const)('invites and reminds by e-mail: %s', async (size, width, group) => {
    const context = await browser.newContext({ viewport: { width, height: 800 }, locale: 'sv-SE' })
    const { token } = await newStaff(post.service, { role: 'coordinator' })
    await context.addCookies([{ name: 'staff', value: token, url: origin }])
    const page = await context.newPage()
    const look = async (name: string) => {
      await expectAccessible(page, `${name} ${size}`)
      await expectNoOverflow(page, `${name} ${size}`)
      if (pictures) await page.screenshot({ path: `${pictures}/${name}-${size}.png`, fullPage: true })
    }
    await page.goto(`${origin}/staff/email`)
    await look('list')
    await page.goto(`${origin}/staff/email/${post.round.strata[group]}`)
    await look('group')
    post.office.server.outage = {
      problem: { trouble: 'encryption' },
      ...{ since: post.service.clock.now, nextTry: post.service.clock.now },
    }
    await page.reload()
    await page.getByText('Inga mejl kommer iväg just nu').waitFor()
    await look('outage')
    post.office.server.outage = undefined
    await page.getByRole('link', { name: 'Bjud in med e-post' }).click()
    await look('new')
    await page
      .getByLabel('Adresser')
      .fill([...people(12, `${group}.example`), 'anna', 'bo@', 'cia@localhost'].join('\n'))
    await page.getByRole('button', { name: 'Kontrollera listan' }).click()
    await look('check')
    await page.getByRole('button', { name: 'Bjud in 12 personer' }).click()
    await page.getByRole('heading', { name: 'Inbjudningarna väntar på att skickas' }).waitFor()
    await look('job')
    await post.deliver()
    await page.getByRole('link', { name: 'Till gruppen' }).last().click()
    await look('invited')
    await page.getByRole('link', { name: 'Skicka påminnelse 1' }).click()
    await look('reminder')
    await page.getByRole('button', { name: 'Skicka påminnelsen' }).click()
    await expect.poll(() => page.textContent('main')).toContain('En påminnelse skickas just nu')
    await page.goto(`${origin}/staff/email/${post.round.strata[group]}/preview?language=fa`)
    await look('preview')
    await context.close()
  })
})
