import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostOffice, type PostOffice, people } from '../mail/post-office.ts'
import { atKeyboard } from '../support/at-keyboard.ts'
import { hasChromium, launchChromium } from '../support/chromium.ts'

const settings = { SMTP_URL: 'smtp://127.0.0.1:2525', MAIL_FROM: 'Undersökningen <svar@kommun.example>' }

describe.skipIf(!hasChromium)('e-mail with the keyboard alone', () => {
  let post: PostOffice
  let browser: Browser
  let url: string
  beforeAll(async () => {
    post = await openPostOffice({ settings })
    url = await post.service.app.listen({ port: 0, host: '127.0.0.1' })
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
    await post.close()
  })

  test('twelve people are invited, and reminded', async () => {
    const person = () => browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'sv-SE' })
    const at = await atKeyboard({ service: post.service, url, person }, { role: 'coordinator' })
    const { page, home, walk, enter, type, heading } = at
    await home()
    await enter('E-post')
    await walk()
    await enter('Vårdnadshavare')
    await walk()
    await enter('Bjud in med e-post')
    await type(page.getByLabel('Adresser'), people(12, 'guardian.example').join('\n'))
    await enter('Kontrollera listan')
    await walk()
    await enter('Bjud in 12 personer')
    await heading('Inbjudningarna väntar på att skickas')
    await post.deliver()
    await enter('Till gruppen')
    await enter('Skicka påminnelse 1')
    await walk()
    await enter('Skicka påminnelsen')
    await expect.poll(() => page.textContent('main')).toContain('En påminnelse skickas just nu')
  })
})
