import { mkdirSync } from 'node:fs'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import { type Answered, openedRound, publishedRound } from '../results/published.ts'
import { hasChromium, launchChromium } from '../support/chromium.ts'
import { expectRoom } from '../support/room.ts'
import { type Service, startService } from '../support/service.ts'
import { newStaff } from '../support/staff.ts'
import { expectAccessible } from '../support/story.ts'

/** Where pictures of every page are put, for somebody to look at; none without. */
const pictures = process.env.PICTURES_DIR
const widths = [360, 820, 1280]

/** Five groups and three municipalities: what is told as it is, in words, and not at all. */
const answered: Answered[] = targetGroups.flatMap((group, nth) => [
  { municipality: '1489', unit: 'Vuxenenheten', group, people: 40 + 20 * nth, positive: 31 + 15 * nth },
  { municipality: '1489', unit: 'Enheten för ensamkommande barn och ungdomar', group, people: 12, positive: 11 },
  { municipality: '1480', unit: 'Centrum', group, people: 90, positive: 60 - 10 * nth },
  { municipality: '1490', unit: 'Söder', group, people: 6 + nth, positive: 3 },
  { municipality: '1480', unit: 'Norr', group, people: 60, positive: 30 + 4 * nth, answers: { gender: 'woman' } },
  { municipality: '1480', unit: 'Norr', group, people: 50, positive: 40 - 4 * nth, answers: { gender: 'man' } },
])
const paths = [
  ...['', '/municipalities', '/municipalities?name=b&sort=value', '/about', '/compare', '/compare?m=1489&m=1480'],
  ...['/questions/overall', '/questions/situation', '/questions/views', '/groups/youth', '/groups/unaccompanied'],
  ...['/1489', '/1489/kkik', '/1490', '/wording', '/wording/ar', '/wording/ti'],
]

describe.skipIf(!hasChromium)('every page of results', () => {
  let service: Service
  let browser: Browser
  let origin: string

  beforeAll(async () => {
    service = await startService({ now: '2026-12-15T08:00:00Z' })
    await publishedRound(service, answered, 2025)
    await publishedRound(service, answered)
    origin = await service.app.listen({ port: 0, host: '127.0.0.1' })
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
    await service.close()
  })

  async function withPage(options: BrowserContextOptions, look: (page: Page) => Promise<void>, token?: string) {
    const context = await browser.newContext(options)
    if (token) await context.addCookies([{ name: 'staff', value: token, url: origin }])
    await look(await context.newPage())
    await context.close()
  }

  async function lookAt(page: Page, address: string): Promise<void> {
    const response = await page.goto(origin + address)
    expect(response!.status(), address).toBe(200)
    await expectAccessible(page, address)
    expect(await page.locator('h1').count(), address).toBe(1)
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 })
      await expectRoom(page, `${address} ${width}`)
      if (pictures) await picture(page, `${address.replaceAll(/[^\w]+/g, '-').slice(1)}-${width}`)
    }
  }

  const everywhere = ['sv', 'en'].flatMap((language) => [
    ...paths.map((path) => `/${language}/results/2026${path}`),
    `/v3/docs?language=${language}`,
  ])
  test.each(everywhere)('%s is for everybody: no violation, and room on every width', async (address) => {
    await withPage({}, (page) => lookAt(page, address))
  })

  test('so are they in the dark, and where a participant reads them', async () => {
    const { token } = await newStaff(service, { role: 'coordinator' })
    await withPage({ colorScheme: 'dark' }, async (page) => {
      for (const path of ['', '/municipalities', '/questions/overall', '/1489'])
        await lookAt(page, `/sv/results/2026${path}`)
    })
    const own = ['/1489/units', ...paths]
    await withPage(
      {},
      async (page) => {
        for (const path of own) {
          await lookAt(page, `/staff/results/2026${path}`)
          await expectFrameOfStaff(page, path)
        }
      },
      token,
    )
  })

  test('what is chosen is read whole, also beside the menu of staff', async () => {
    const { token } = await newStaff(service, { role: 'coordinator' })
    const look = async (page: Page) => {
      for (const width of [820, 1024, 1280]) {
        await page.setViewportSize({ width, height: 800 })
        await page.goto(`${origin}/staff/results/2026/municipalities`)
        const cut = await page.locator('.wide-form select').evaluateAll((fields) =>
          fields.flatMap((field) => {
            const [chosen] = Array.from((field as HTMLSelectElement).selectedOptions)
            const alone = field.cloneNode(false) as HTMLSelectElement
            alone.append(chosen!.cloneNode(true))
            Object.assign(alone.style, { position: 'absolute', width: 'max-content' })
            field.after(alone)
            const isCut = alone.getBoundingClientRect().width > field.getBoundingClientRect().width + 1
            alone.remove()
            return isCut ? [chosen!.textContent] : []
          }),
        )
        expect(cut, `at ${width}`).toEqual([])
      }
    }
    await withPage({}, look, token)
  })

  test('large letters have room on a phone, and fingers do', async () => {
    for (const address of everywhere)
      await withPage({ viewport: { width: 390, height: 780 }, hasTouch: true }, async (page) => {
        await page.goto(origin + address)
        await expectRoom(page, address, 44)
        const devTools = await page.context().newCDPSession(page)
        await devTools.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })
        await expectRoom(page, `${address} 200 %`, 44)
      })
  })

  test('a municipality takes one line of a phone, as high as a finger', async () => {
    await withPage({ viewport: { width: 360, height: 800 } }, async (page) => {
      await page.goto(`${origin}/sv/results/2026/municipalities`)
      const heights = await page.locator('.all tbody tr').evaluateAll((rows) => rows.map((row) => row.clientHeight))
      expect(heights).toHaveLength(3)
      for (const height of heights) expect(height).toBeLessThanOrEqual(44)
    })
  })

  test('are short on a phone: what is looked up is folded, and stands there where there is room', async () => {
    const highest = { '': 5_300, '/questions/overall': 4_700, '/questions/situation': 4_750, '/1489': 5_150 }
    await withPage({ viewport: { width: 360, height: 800 } }, async (page) => {
      for (const [path, most] of Object.entries(highest)) {
        await page.goto(`${origin}/sv/results/2026${path}`)
        const height = await page.evaluate(() => document.documentElement.scrollHeight)
        expect(height, path).toBeLessThanOrEqual(most)
        await page.setViewportSize({ width: 360, height: 800 })
        const folded = page.locator('.fold').first()
        const inside = folded.locator(':scope > :not(summary)').last()
        expect(await inside.isVisible(), path).toBe(false)
        await folded.locator('summary').click()
        expect(await inside.isVisible(), path).toBe(true)
        await page.reload()
        await page.setViewportSize({ width: 1280, height: 800 })
        expect(await inside.isVisible(), path).toBe(true)
        expect(await folded.locator('summary').isVisible(), path).toBe(false)
        await page.setViewportSize({ width: 360, height: 800 })
      }
    })
  })

  test('are whole on paper, without what is pressed', async () => {
    await withPage({ viewport: { width: 794, height: 1123 } }, async (page) => {
      await page.emulateMedia({ media: 'print' })
      for (const path of [
        '',
        '/questions/situation',
        '/1489',
        '/groups/youth',
        '/municipalities',
        '/compare?m=1489&m=1480',
      ]) {
        await page.goto(`${origin}/sv/results/2026${path}`)
        for (const pressed of await page.locator('main form, main summary, .save, .tabs, nav.years').all())
          expect(await pressed.isVisible(), path).toBe(false)
        for (const table of await page.locator('main table:not(.counties)').all())
          expect(await table.isVisible(), path).toBe(true)
        for (const chart of await page.locator('.chart-frame > svg').all())
          expect(await chart.isVisible(), path).toBe(true)
        const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
        expect(isWide, path).toBe(false)
        if (pictures) await picture(page, `print${path.replaceAll(/[^\w]+/g, '-')}`)
      }
    })
  })

  test('have all their marks where the colours are the reader’s', async () => {
    await withPage({ forcedColors: 'active' }, async (page) => {
      for (const path of ['', '/questions/situation', '/1489']) {
        await page.goto(`${origin}/sv/results/2026${path}`)
        const unseen = await page
          .locator('main .graph .own, .graph .men, .graph .women, .graph .nation')
          .evaluateAll((marks) => {
            const paper = getComputedStyle(document.body).backgroundColor
            return marks.filter((mark) => {
              const { fill, stroke } = getComputedStyle(mark)
              return fill === paper && stroke === paper
            }).length
          })
        expect(unseen, path).toBe(0)
        await expectAccessible(page, path)
        if (pictures) await picture(page, `forced${path.replaceAll(/[^\w]+/g, '-')}`)
      }
    })
  })

  test('tell nothing by colour alone', async () => {
    await withPage({}, async (page) => {
      const devTools = await page.context().newCDPSession(page)
      await devTools.send('Emulation.setEmulatedVisionDeficiency', { type: 'achromatopsia' })
      for (const path of ['', '/questions/overall']) {
        await page.goto(`${origin}/sv/results/2026${path}`)
        expect(await page.locator('.graph:not(.key-mark) rect.men').count(), path).toBeGreaterThan(0)
        expect(await page.locator('.graph:not(.key-mark) rect.women').count(), path).toBe(0)
        if (pictures) await picture(page, `grey${path.replaceAll(/[^\w]+/g, '-')}`)
      }
      const negative = page.locator('.stacked-bar [class^="neg"]')
      const hatched = page.locator('.stacked-bar rect[fill="url(#lines)"]')
      expect(await negative.count()).toBeGreaterThan(0)
      expect(await hatched.count()).toBeGreaterThanOrEqual(
        await page.locator('.stacked-bar rect[class^="neg"]').count(),
      )
    })
  })

  test('and those on which a release is looked at, decided and withdrawn', async () => {
    await openedRound(service, answered, 2024)
    for (const language of ['sv', 'en'] as const) {
      const { token } = await newStaff(service, { role: 'national', language })
      await withPage(
        { locale: language === 'sv' ? 'sv-SE' : 'en-GB' },
        async (page) => {
          for (const year of [2024, 2025, 2026])
            for (const path of ['', '/withdrawal']) await lookAt(page, `/staff/rounds/${year}/results${path}`)
        },
        token,
      )
    }
  })
})

/** The menu is there, and the heading within the first 70 px, whatever the width. */
async function expectFrameOfStaff(page: Page, path: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    expect(await page.locator(width < 768 ? 'nav.bar' : '#menu').isVisible(), `${path} ${width}`).toBe(true)
    expect((await page.locator('h1').boundingBox())!.y, `${path} ${width}`).toBeLessThanOrEqual(70)
  }
}

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures!, { recursive: true })
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}
