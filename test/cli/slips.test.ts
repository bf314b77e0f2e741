import { renderSVG } from 'uqr'
import { describe, expect, test } from 'vitest'
import { drawCode } from '../../src/invitation/draw-code.ts'
import { codeAddress, slipSheet } from '../../src/invitation/slips.ts'
import { inFours } from '../../src/invitation/survey-code.ts'
import { loadLanguages } from '../../src/web/languages.ts'
import { hasChromium, launchChromium } from '../support/chromium.ts'

const publicUrl = 'https://undersokning.alingsas.se'
const languages = loadLanguages()
const codes = Array.from({ length: 12 }, drawCode)
const sheets = languages.all.map((language) => ({
  language,
  html: slipSheet({ codes, publicUrl, language, languages }),
}))

describe('a sheet of slips', () => {
  test('has each code once in fours and once as the QR code of its link, and loads nothing from anywhere', () => {
    for (const { html } of sheets) {
      for (const code of codes) {
        expect(html.split(inFours(code, '&nbsp;'))).toHaveLength(2)
        expect(html.split(renderSVG(`${publicUrl}/#${code}`, { ecc: 'M', border: 4 }))).toHaveLength(2)
      }
      expect(html).not.toMatch(/<sv>|<(script|link|img)|url\(|src=/)
    }
    expect(codeAddress(publicUrl, codes[0]!)).toBe(`${publicUrl}/#${codes[0]}`)
  })

  test.skipIf(!hasChromium)('prints ten to an A4, with nothing cut off, in every language', async () => {
    const browser = await launchChromium()
    const page = await browser.newPage()
    await page.emulateMedia({ media: 'print' })
    for (const { language, html } of sheets) {
      await page.setContent(html)
      const slips = await page.evaluate(measureSlips)
      expect(slips).toHaveLength(12)
      for (const slip of slips) {
        expect(slip, language.code).toMatchObject({ codePoints: 18, codeDirection: 'ltr', overflows: false })
        expect(slip.qrMillimetres - slip.quietMillimetres).toBeGreaterThanOrEqual(22)
        expect(slip.heightMillimetres).toBeLessThanOrEqual((297 - 2 * 9) / 5)
        expect(slip.qrIsAtStart).toBe(true)
      }
      const pdf = await page.pdf({ preferCSSPageSize: true })
      expect(pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g), language.code).toHaveLength(2)
    }
    await browser.close()
  })
})

/** Runs in the browser. */
function measureSlips() {
  const millimetres = (pixels: number) => (pixels / 96) * 25.4
  return [...document.querySelectorAll('section')].map((slip) => {
    const code = slip.querySelector('.code')!
    const svg = slip.querySelector('svg')!
    const box = slip.getBoundingClientRect()
    const qr = svg.getBoundingClientRect()
    const isRightToLeft = document.documentElement.dir === 'rtl'
    return {
      codePoints: Math.round((Number.parseFloat(getComputedStyle(code).fontSize) * 72) / 96),
      codeDirection: getComputedStyle(code).direction,
      overflows:
        slip.scrollHeight > slip.clientHeight ||
        [...slip.querySelectorAll('h1, p, bdi')].some((text) => text.scrollWidth > text.clientWidth),
      qrMillimetres: millimetres(qr.width),
      quietMillimetres: millimetres((qr.width * 8) / svg.viewBox.baseVal.width),
      heightMillimetres: millimetres(box.height),
      qrIsAtStart: isRightToLeft ? box.right - qr.right < 15 : qr.left - box.left < 15,
    }
  })
}
