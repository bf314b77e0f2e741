import { describe, expect, test } from 'vitest'
import { painted } from '../../src/chart/paint.ts'
import { savedSvg } from '../../src/chart/saved-picture.ts'
import { savedPictures } from '../support/saved-pictures.ts'
import { marksIn } from '../support/svg-marks.ts'

describe('a chart as a file', () => {
  test.each(Object.keys(savedPictures))('has all that is needed to read %s anywhere', (name) => {
    const picture = savedPictures[name]!
    const svg = savedSvg(picture)
    expect(svg).not.toMatch(/ class=|style|<use|<a |href|NaN|undefined|%"/)
    expect(svg.match(/<svg/g)).toHaveLength(1)
    const [outer, ...marks] = marksIn(svg)
    expect(outer!.attributes).toMatchObject({ width: '720', 'aria-label': picture.title })
    const [open, close] = [svg.match(/<\w+(?:\s[^<>]*[^/])?>/g), svg.match(/<\/\w+>/g)]
    expect(open!.length).toBe(close!.length)
    for (const { name, attributes } of marks)
      if (/circle|rect|text|line|path/.test(name))
        expect(attributes.fill ?? attributes.stroke, JSON.stringify(attributes)).toBeDefined()
    const words = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text).join(' ')
    for (const word of `${picture.title} ${picture.source}`.split(' ')) expect(words).toContain(word)
  })

  test('says who has the attribute once', () => {
    for (const picture of Object.values(savedPictures))
      for (const [, attributes] of savedSvg(picture).matchAll(/<\w+((?: [\w:-]+="[^"]*")*)/g)) {
        const names = [...attributes!.matchAll(/ ([\w:-]+)=/g)].map(([, name]) => name)
        expect(new Set(names).size, attributes).toBe(names.length)
      }
  })

  test('keeps every mark and word within its edges', () => {
    for (const picture of Object.values(savedPictures)) {
      const svg = savedSvg(picture)
      const height = Number(marksIn(svg)[0]!.attributes.height)
      const tops = [...svg.matchAll(/<g transform="translate\(24 ([\d.]+)\)">/g)].map(([, y]) => Number(y))
      expect(Math.max(...tops)).toBeLessThan(height - 24)
    }
  })

  test('escapes what it is given', () => {
    const svg = savedSvg({ title: '<b>&"', source: "'</svg>", chart: () => '<svg height="5"></svg>' })
    expect(svg).not.toMatch(/<b>|'<|&"/)
    expect(svg.match(/<\/svg>/g)).toHaveLength(1)
  })
})

test('a text with a sign that no font of a picture has is refused, for it would be missing there', () => {
  const picture = savedPictures.years!
  expect(() => savedSvg({ ...picture, subtitle: '≥ 90 %' })).toThrow(RangeError)
  expect(() => savedSvg({ ...picture, title: 'mer → bättre' })).toThrow(RangeError)
  expect(() => savedSvg({ ...picture, subtitle: '−3 %-enheter – ”så”' })).not.toThrow()
})

test('paint has colours written out, and a word its halo', () => {
  expect(painted('<circle class="own" r="7"/>')).toBe('<circle r="7" fill="#0b5a60" stroke="#fdfbf7"/>')
  expect(painted('<text class="soft odd" x="1">50</text>')).toContain(
    '<text x="1" fill="#4a5658" stroke="#fdfbf7" stroke-width="4"',
  )
  expect(painted('<g transform="translate(1 0)"></g>')).toBe('<g transform="translate(1 0)"></g>')
})
