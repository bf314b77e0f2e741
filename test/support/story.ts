import axe from 'axe-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { ballotsOf } from '../../src/results/store.ts'
import { closeContext, launchChromium } from './chromium.ts'
import { openUrnOf } from './open-urn.ts'
import { openRound, type Service, type ServiceOptions, startService, type TestRound } from './service.ts'

/** A listening service with an open round and a real browser. */
export interface Stage {
  service: Service
  round: TestRound
  url: string
  browser: Browser
  /** A person's own browser: nothing is shared with anybody else's. */
  person(options?: BrowserContextOptions): Promise<Page>
  opened(): ReturnType<typeof openUrnOf>
  close(): Promise<void>
}

export async function setStage(options: ServiceOptions = {}): Promise<Stage> {
  const service = await startService({ now: new Date().toISOString(), ...options })
  const round = await openRound(service.db)
  const url = await service.app.listen({ port: 0, host: '127.0.0.1' })
  const browser = await launchChromium()
  const contexts: BrowserContext[] = []
  return {
    service,
    round,
    url,
    browser,
    async person(contextOptions = {}) {
      const context = await browser.newContext({
        viewport: { width: 390, height: 780 },
        locale: 'sv-SE',
        ...contextOptions,
      })
      contexts.push(context)
      return context.newPage()
    },
    opened: () => openUrnOf(ballotsOf(service.db, round.id), round.key),
    async close() {
      await Promise.all(contexts.map(closeContext))
      await browser.close()
      await service.close()
    },
  }
}

/** Fails with the rule and the element of every violation of WCAG 2.2 A and AA and of best practice. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  if (!(await page.evaluate(() => 'axe' in window))) await addAxe(page)
  const { violations } = await page.evaluate(async (runOnly) => {
    // What lies half under such a bar until it is scrolled is no smaller for that.
    const bars = Array.from(document.querySelectorAll<HTMLElement>('.thumb, .marks'))
    for (const bar of bars) bar.style.position = 'static'
    const read = await (window as unknown as { axe: typeof axe }).axe.run({ runOnly, resultTypes: ['violations'] })
    for (const bar of bars) bar.style.position = ''
    return read
  }, tags)
  const found = violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  expect(found).toEqual([])
}

/** Sent as it is: Playwright would look through all that half a megabyte of script leaves behind. */
async function addAxe(page: Page): Promise<void> {
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Runtime.evaluate', { expression: axe.source })
  await devTools.detach()
}

/** Nothing sticks out sideways, so nobody has to scroll in two directions. */
export async function expectNoOverflow(page: Page, where: string): Promise<void> {
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
  expect(width[0], where).toBeLessThanOrEqual(width[1]!)
}

/** One question at a time: chooses the option (or skips) and goes on; ends at the review. */
export async function answerStepByStep(page: Page, choices: Record<string, string>): Promise<void> {
  await page.locator('#begin .next').click()
  for (let step = 0; step < 8; step++) {
    const question = page.locator('.question.now')
    const option = choices[(await question.getAttribute('id'))!]
    if (option) await question.locator(`input[value="${option}"]`).check()
    await question.locator('.next').click()
  }
}

export async function send(page: Page): Promise<void> {
  await page.locator('.send button[type=submit]').click()
  await page.waitForURL('**/thanks')
}
