import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { strip } from '../../src/chart/strip.ts'
import { years } from '../../src/chart/years.ts'
import { gallery, lines, strips } from '../support/chart-gallery.ts'
import { hasChromium, launchChromium } from '../support/chromium.ts'
import { marksIn } from '../support/svg-marks.ts'

const styles = ['survey.css', 'results/charts.css'].map((name) => readFileSync(`assets/${name}`, 'utf8')).join('\n')

test('no chart has a style of its own, or a place that is no number', () => {
  const svg = gallery()
  expect(svg).not.toContain(' style=')
  for (const { attributes } of marksIn(svg))
    expect(Object.values(attributes).join(' ')).not.toMatch(/NaN|undefined|Infinity/)
})

test('every class of a chart is painted', () => {
  const classes = new Set(marksIn(gallery()).flatMap(({ attributes }) => attributes.class?.split(' ') ?? []))
  expect(classes.size).toBeGreaterThan(30)
  const bare = ['gallery', 'keys', 'axis', 'dot-row', 'women-men', 'years', 'strip', 'priority']
  const painted = [...classes].filter((name) => new RegExp(`\\.${name}(?![\\w-])`).test(styles))
  expect([...classes].filter((name) => !painted.includes(name)).sort()).toEqual(bare.sort())
})

test('texts are texts, whatever stands in them', () => {
  const evil = `</text><script>alert("1")</script>' & "`
  const [line, all] = [lines['Nio år']!, strips['127 kommuner']!]
  const texts = { ownLabel: evil, nationLabel: evil, withheldLabel: evil, absentLabel: evil, label: evil }
  const drawn = [
    years({ ...line, ...texts, breaks: [{ beforeYear: 2020, label: evil }], percent: () => evil }),
    strip({
      ...all,
      dots: [{ name: evil, percent: 80 }],
      mine: { name: evil, label: evil },
      label: evil,
      percent: () => evil,
    }),
  ].join('')
  expect(drawn).toContain('&#60;script&#62;')
  expect(drawn).not.toMatch(/<script|'|& /)
})

describe.skipIf(!hasChromium)('on a screen', () => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    browser = await launchChromium()
    page = await browser.newPage()
  })
  afterAll(() => browser?.close())

  const html = `<!doctype html><style>${styles} html { font-size: 100% } body { padding: 0 16px }
    .gallery { width: 100% } .gallery th { width: 30% } .gallery td { padding: 2px 10px }</style>${gallery()}`

  // Pages are read at 18 px, and the rooms beside charts grow with it.
  test.each([320, 360, 820, 1280].flatMap((width) => ['100%', '112.5%'].map((letters) => ({ width, letters }))))(
    '$width wide with letters of $letters, no two words touch and nothing sticks out',
    async ({ width, letters }) => {
      await page.setViewportSize({ width, height: 900 })
      await page.setContent(html.replace('html { font-size: 100% }', `html { font-size: ${letters} }`))
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
      expect(await page.evaluate(wordsThatTouch)).toEqual([])
      expect(await page.evaluate(hardToRead)).toEqual([])
    },
  )

  test('on paper of 180 mm, it is as on a desktop', async () => {
    await page.setViewportSize({ width: 680, height: 900 })
    await page.emulateMedia({ media: 'print' })
    await page.setContent(html)
    expect(await page.evaluate(wordsThatTouch)).toEqual([])
    expect(await page.locator('text.narrow').first().isVisible()).toBe(false)
    expect(await page.locator('text.wide').first().isVisible()).toBe(true)
  })
})

/** Runs in the page: words that are small, lie over what is hatched, or leave the screen. */
function hardToRead(): string[] {
  return [...document.querySelectorAll('svg.graph')].flatMap((svg) => {
    const shown = [...svg.querySelectorAll('text')].filter((text) => getComputedStyle(text).display !== 'none')
    const hatched = [...svg.querySelectorAll('.withheld')].map((one) => one.getBoundingClientRect())
    return shown.flatMap((text) => {
      const { left, right, top, bottom } = text.getBoundingClientRect()
      const isOver = hatched.some(
        (one) => one.left < right && left < one.right && one.top < bottom - 4 && top + 4 < one.bottom,
      )
      const isOut = left < 0 || right > document.documentElement.clientWidth
      const isSmall = Number.parseFloat(getComputedStyle(text).fontSize) < 13
      return isOver || isOut || isSmall ? [`${text.textContent} ${isOver} ${isOut} ${isSmall}`] : []
    })
  })
}

/** Runs in the page: pairs of words of one chart that lie over each other. */
function wordsThatTouch(): string[] {
  const touching: string[] = []
  for (const svg of document.querySelectorAll('svg.graph')) {
    const texts = [...svg.querySelectorAll('text')].filter((text) => getComputedStyle(text).display !== 'none')
    const boxes = texts.map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
    for (const [at, one] of boxes.entries())
      for (const other of boxes.slice(at + 1)) {
        const [a, b] = [one.box, other.box]
        const isApart = a.right <= b.left || b.right <= a.left || a.bottom - 4 <= b.top || b.bottom - 4 <= a.top
        if (!isApart) touching.push(`${one.text} / ${other.text}`)
      }
  }
  return touching
}
