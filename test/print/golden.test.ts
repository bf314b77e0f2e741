import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { printSvg } from '../../src/print/print-process.ts'
import type { Sheet } from '../../src/print/sheet.ts'
import { hasChromium, launchChromium } from '../support/chromium.ts'
import { everySheet, printedProtocol, withoutPaper } from './some-sheets.ts'

const languages = loadLanguages()
const sheets = new Map<string, Sheet>()
for (const language of languages.all) {
  const all = everySheet(languages, language)
  sheets.set(`slips-${language.code}`, all.get('slips')!)
  sheets.set(`letters-${language.code}`, all.get('letters guardian')!)
  sheets.set(`forms-${language.code}`, all.get('forms guardian')!)
}
for (const code of ['sv', 'en']) sheets.set(`protocol-${code}`, printedProtocol(languages, languages.find(code)!))

/**
 * Everything that is printed, as small pictures that somebody has looked at. What a text says is not readable in them; where
 * it stands, its direction and how much of it there is are. After a change: GOLDEN=write, and look at what is in test/print/golden.
 */
describe.skipIf(!hasChromium)('what is printed looks as it did', () => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    browser = await launchChromium()
    page = await browser.newPage()
  })
  afterAll(() => browser.close())

  test.each([...sheets.keys()])('%s', async (name) => {
    const file = new URL(`golden/${name}.png`, import.meta.url)
    const png = await pictureOf(page, await printSvg(sheets.get(name)!))
    if (process.env.GOLDEN === 'write') writeFileSync(file, png)
    expect(existsSync(file), 'GOLDEN=write makes the picture').toBe(true)
    const { sizesAgree, worst } = await difference(page, png, readFileSync(file))
    expect(sizesAgree).toBe(true)
    expect(worst).toBeLessThan(15)
  })

  test('and would show a line that moved', async () => {
    const one = sheets.get('letters-sv')!
    const moved = { ...one, content: { ...one.content, sender: ['Alingsås kommun'] } }
    const pictures = [await pictureOf(page, await printSvg(one)), await pictureOf(page, await printSvg(moved))] as const
    expect((await difference(page, ...pictures)).worst).toBeGreaterThan(15)
  })
})

/** All pages, 180 pixels wide. Fonts are drawn as outlines, so that nothing of the machine is in it. */
async function pictureOf(page: Page, svg: Buffer): Promise<Buffer> {
  const data = await page.evaluate(
    async (source) => {
      const image = new Image()
      image.src = `data:image/svg+xml;base64,${source}`
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = 180
      canvas.height = Math.round((180 * image.naturalHeight) / image.naturalWidth)
      const context = canvas.getContext('2d')!
      context.fillStyle = 'white'
      context.fillRect(0, 0, canvas.width, canvas.height)
      context.drawImage(image, 0, 0, canvas.width, canvas.height)
      return canvas.toDataURL('image/png')
    },
    Buffer.from(withoutPaper(svg)).toString('base64'),
  )
  return Buffer.from(data.replace(/^.*,/, ''), 'base64')
}

/** The largest difference of lightness, 0 to 255, between two pictures in any square of 6 by 6 pixels. */
async function difference(page: Page, one: Buffer, other: Buffer) {
  return page.evaluate(
    async (sources) => {
      const [a, b] = await Promise.all(
        sources.map(async (source) => {
          const image = new Image()
          image.src = `data:image/png;base64,${source}`
          await image.decode()
          const canvas = document.createElement('canvas')
          canvas.width = image.naturalWidth
          canvas.height = image.naturalHeight
          const context = canvas.getContext('2d')!
          context.drawImage(image, 0, 0)
          return context.getImageData(0, 0, canvas.width, canvas.height)
        }),
      )
      const squares = (image: ImageData) => {
        const sums: number[] = []
        const across = Math.ceil(image.width / 6)
        for (let at = 0; at < image.data.length; at += 4) {
          const [x, y] = [(at / 4) % image.width, Math.floor(at / 4 / image.width)]
          const square = Math.floor(y / 6) * across + Math.floor(x / 6)
          sums[square] = (sums[square] ?? 0) + image.data[at + 1]! / 36
        }
        return sums
      }
      const [before, after] = [squares(a!), squares(b!)]
      return {
        sizesAgree: a!.width === b!.width && a!.height === b!.height,
        worst: Math.max(...before.map((sum, square) => Math.abs(sum - after[square]!))),
      }
    },
    [one.toString('base64'), other.toString('base64')],
  )
}
