import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { pngOf } from '../../src/chart/png-thread.ts'
import { savedSvg } from '../../src/chart/saved-picture.ts'
import { pixelsOf } from '../support/png.ts'
import { savedPictures } from '../support/saved-pictures.ts'
import { marksIn } from '../support/svg-marks.ts'

const draw = async (svg: string) => pixelsOf(await pngOf(svg, 'somebody'))
const fonts = "'Noto Sans', 'Segoe UI', Roboto, Arial, sans-serif"
const written = (text: string, family = fonts) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="30"><rect width="400" height="30" fill="#ffffff"/><text x="5" y="20" font-family="${family}" font-size="16">${text}</text></svg>`

/** Whether something is drawn between two places across, on white paper. */
const hasInk = ({ at, height }: ReturnType<typeof pixelsOf>, from: number, to: number) =>
  Array.from({ length: (to - from) * height }, (_, nth) =>
    at(from + (nth % (to - from)), Math.floor(nth / (to - from))),
  ).some((colour) => colour !== '#ffffff')

describe('a picture in pixels', () => {
  test.each(Object.keys(savedPictures))('has twice as many as %s is large, and its paper', async (name) => {
    const svg = savedSvg(savedPictures[name]!)
    const { height } = marksIn(svg)[0]!.attributes
    const drawn = await draw(svg)
    expect([drawn.width, drawn.height]).toEqual([1440, 2 * Number(height)])
    expect(drawn.at(0, 0)).toBe('#fdfbf7')
  })

  test('has the colours of its marks', async () => {
    const { at } = await draw(
      '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><circle cx="10" cy="5" r="4" fill="#0b5a60"/></svg>',
    )
    expect(at(20, 10)).toBe('#0b5a60')
  })

  test('is the same wherever it is drawn: with our font, whatever the machine has', async () => {
    const text = 'Å ä ö Alingsås – ”säkert” 79 %'
    expect(await pngOf(written(text), 'somebody')).toEqual(await pngOf(written(text, "'Brukarsvar Latin'"), 'somebody'))
    expect(await pngOf(written('åäö'), 'somebody')).not.toEqual(await pngOf(written('aao'), 'somebody'))
  })

  test('has every letter of the results, and of all municipalities', async () => {
    const texts = ['sv', 'en'].flatMap((code) =>
      ['results', 'questionnaire'].map((name) => readFileSync(`locales/${code}/${name}.json`, 'utf8')),
    )
    const municipalities = readFileSync('migrations/0001_municipalities.sql', 'utf8')
    const signs = [...new Set([...texts, municipalities].join(''))].filter((sign) => !/[\s{}<>&≥≤▲▼×]/.test(sign))
    expect(signs).toEqual(expect.arrayContaining([...'åäöÅÄÖ”–']))
    const wide = 24
    const marks = signs.map((sign, nth) => `<text x="${wide * nth + 4}" y="20">${sign}</text>`).join('')
    const width = wide * signs.length
    const drawn = await draw(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="30" font-family="${fonts}" font-size="16"><rect width="${width}" height="30" fill="#ffffff"/>${marks}</svg>`,
    )
    const missing = signs.filter((_, nth) => !hasInk(drawn, 2 * wide * nth, 2 * wide * (nth + 1)))
    expect(missing).toEqual([])
    expect(hasInk(await draw(written('→')), 0, 800)).toBe(false)
  })
})

describe('drawing it', () => {
  test('fails with what the renderer has to say, and a picture that is too large is not begun', async () => {
    await expect(pngOf('<svg', 'somebody')).rejects.toThrow(/^A picture cannot be drawn: .{10}/)
    await expect(pngOf('x'.repeat(300_001), 'somebody')).rejects.toThrow(/too large/)
    await expect(draw(written('efteråt'))).resolves.toMatchObject({ width: 800 })
  })

  test('is ended when it takes too long', async () => {
    await expect(pngOf(written('sent'), 'somebody', { seconds: 0 })).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('is done once for all who wait for the same, and has a bound for those who ask for many', async () => {
    const same = pngOf(written('samma'), 'one')
    expect(pngOf(written('samma'), 'another')).toBe(same)
    const many = await Promise.allSettled(Array.from({ length: 12 }, (_, nth) => pngOf(written(`${nth}`), 'greedy')))
    const refused = many.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(refused).toHaveLength(4)
    expect(refused[0]).toMatchObject({ code: 'unavailable', messageKey: 'pictureBusy' })
    await expect(same).resolves.toBeInstanceOf(Buffer)
  })
})
