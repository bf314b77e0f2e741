import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dotRow, type RowSize } from '../../src/chart/dot-row.ts'
import type { ChartValue } from '../../src/chart/drawing.ts'
import { shareAxis } from '../../src/chart/scale.ts'
import { type BarPart, stackedBar } from '../../src/chart/stacked-bar.ts'
import { womenMen } from '../../src/chart/women-men.ts'
import { marksIn } from '../support/svg-marks.ts'

const shown = (percent: number, low?: number, high?: number): ChartValue => ({ status: 'shown', percent, low, high })
const on = fc.integer({ min: 40, max: 100 })
const under = fc.integer({ min: 0, max: 39 })
/** Where a per cent lies on a scale from 40 to 100, in per cent of the width. */
const across = (percent: number) => Math.round(((percent - 40) / 60) * 100 * 100) / 100
const numberOf = (text: string | undefined) => Number(text?.replace('%', ''))

describe('a row of dots', () => {
  test('has every mark where its value is, in a page and in a file', () => {
    fc.assert(
      fc.property(on, on, on, on, on, (percent, nation, before, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)]
        const row = { own: shown(percent, low, high), nation, before }
        const places = (svg: string) => [
          marksIn(svg, 'own')[0]!.attributes.cx,
          marksIn(svg, 'nation')[0]!.attributes.x1,
          marksIn(svg, 'before')[0]!.attributes.cx,
          marksIn(svg, 'interval')[0]!.attributes.x1,
          marksIn(svg, 'interval')[0]!.attributes.x2,
        ]
        const values = [percent, nation, before, low, high]
        expect(places(dotRow(row)).map(numberOf)).toEqual(values.map(across))
        const pixels = values.map((value) => ((value - 40) / 60) * 300)
        for (const [at, place] of places(dotRow(row, { width: 300 })).entries())
          expect(numberOf(place)).toBeCloseTo(pixels[at]!, 1)
      }),
    )
  })

  test('is drawn from the quiet to the loud: grid, interval, nation, ring, dot', () => {
    const drawn = marksIn(dotRow({ own: shown(79, 71, 85), nation: 83, before: 59 })).map(
      ({ attributes }) => attributes.class,
    )
    expect(drawn).toEqual(['graph dot-row', 'grid', 'interval', 'nation', 'before', 'own'])
  })

  test('has an arrow in the edge for what lies below the scale, never a dot that would say 40', () => {
    fc.assert(
      fc.property(under, under, under, (percent, nation, before) => {
        const svg = dotRow({ own: shown(percent), nation, before })
        expect(marksIn(svg, 'own').map(({ name }) => name)).toEqual(['path'])
        expect(marksIn(svg, 'nation').map(({ name }) => name)).toEqual(['path'])
        expect(marksIn(svg, 'before').map(({ name }) => name)).toEqual(['path'])
      }),
    )
    expect(marksIn(dotRow({ own: shown(52, 34, 69) }), 'goes-on')).toHaveLength(1)
    expect(marksIn(dotRow({ own: shown(52, 41, 69) }), 'goes-on')).toHaveLength(0)
  })

  test('shows that something is kept back, and tells nothing of it', () => {
    for (const status of ['few', 'protected'] as const) {
      const svg = dotRow({ own: { status }, nation: 83, before: 80 })
      expect(marksIn(svg, 'withheld')[0]!.attributes).toMatchObject({ x: '0', width: '100%', fill: 'url(#hatch)' })
      expect(svg).toBe(dotRow({ own: { status }, nation: 43, before: 60 }))
    }
    for (const status of ['nobody', 'not-surveyed'] as const) {
      const drawn = marksIn(dotRow({ own: { status } })).map(({ attributes }) => attributes.class)
      expect(drawn).toEqual(['graph dot-row', 'grid'])
    }
  })

  test('has a field where a share is told to be at least 90 or at most 10', () => {
    expect(marksIn(dotRow({ own: { status: 'at-least-90' } }), 'field')[0]!.attributes).toMatchObject({
      x: `${across(90)}%`,
      width: '16.67%',
    })
    expect(marksIn(dotRow({ own: { status: 'at-most-10' } }), 'field')[0]!.name).toBe('path')
  })

  test('shows last year around the dot where it was the same', () => {
    const radius = (before: number) => Number(marksIn(dotRow({ own: shown(84), before }), 'before')[0]!.attributes.r)
    expect(radius(84)).toBeGreaterThan(8)
    expect(radius(83)).toBe(5)
  })

  test.each<RowSize>(['row', 'slim', 'cell', 'small'])('keeps its marks within the height of a %s', (size) => {
    for (const row of [
      { own: shown(84), nation: 84, before: 84 },
      { own: shown(33), nation: 30, before: 20 },
    ]) {
      const svg = dotRow(row, { size })
      const height = Number(marksIn(svg)[0]!.attributes.height)
      for (const { attributes } of marksIn(svg)) {
        const { cy, r, y1, y2 } = attributes
        if (cy) expect(Number(cy) + Number(r) + 1).toBeLessThanOrEqual(height)
        if (y2 && y1) expect(Number(y2)).toBeLessThanOrEqual(height)
      }
    }
  })

  test('is hidden from those who hear the row, and has no style of its own', () => {
    const svg = dotRow({ own: shown(79, 71, 85), nation: 83, before: 59 }) + shareAxis((number) => `${number} %`)
    expect(svg).not.toContain(' style=')
    expect(svg.match(/<svg class="graph [^>]* aria-hidden="true"/g)).toHaveLength(2)
  })
})

describe('women and men', () => {
  test('stand on two tracks, so that neither covers the other', () => {
    fc.assert(
      fc.property(on, on, (women, men) => {
        const svg = womenMen({ women: shown(women), men: shown(men) })
        const dot = marksIn(svg, 'women')[0]!.attributes
        const square = marksIn(svg, 'men')[0]!.attributes
        expect(numberOf(dot.cx)).toBe(across(women))
        expect(svg).toContain(`<svg x="${across(men)}%" overflow="visible"><rect class="men"`)
        expect(Number(dot.cy) + Number(dot.r)).toBeLessThan(Number(square.y))
        expect(marksIn(svg, 'link')).toHaveLength(women === men ? 0 : 1)
      }),
    )
  })

  test('say that they are kept back, each on its track or both together', () => {
    expect(marksIn(womenMen({ women: { status: 'few' }, men: { status: 'protected' } }), 'withheld')).toHaveLength(1)
    const svg = womenMen({ women: shown(71), men: { status: 'protected' } })
    expect(marksIn(svg, 'withheld')).toHaveLength(1)
    expect(marksIn(svg, 'women')).toHaveLength(1)
    expect(marksIn(svg, 'link')).toHaveLength(0)
  })
})

describe('a stacked bar', () => {
  const tones = ['neg-2', 'neg-1', 'zero', 'pos-1', 'pos-2'] as const
  const parts = fc
    .tuple(...tones.map(() => fc.integer({ min: 0, max: 100 })))
    .filter((numbers) => numbers.some((number) => number > 0))
    .map((numbers) => numbers.flatMap((percent, at): BarPart[] => (percent > 0 ? [{ tone: tones[at]!, percent }] : [])))

  test('fills the width from the most negative to the most positive, and rules where positive begins', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const svg = stackedBar(given)
        const sum = given.reduce((total, { percent }) => total + percent, 0)
        let from = 0
        for (const { tone, percent } of given) {
          const { x, width } = marksIn(svg, tone)[0]!.attributes
          expect(numberOf(x)).toBeCloseTo(from, 1)
          expect(numberOf(width)).toBeCloseTo((100 * percent) / sum, 1)
          if (tone === given.find((one) => one.tone.startsWith('pos'))?.tone)
            expect(numberOf(marksIn(svg, 'split')[0]!.attributes.x1)).toBeCloseTo(from, 1)
          from += (100 * percent) / sum
        }
        expect(from).toBeCloseTo(100)
        expect(marksIn(svg, 'gap')).toHaveLength(given.length - 1)
        expect(svg.split('url(#lines)')).toHaveLength(1 + given.filter(({ tone }) => tone.startsWith('neg')).length)
      }),
    )
  })

  test('has the number of a part where there is room for it on a phone', () => {
    const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text)
    expect(
      texts(
        stackedBar([
          { tone: 'neg-2', percent: 3 },
          { tone: 'neg-1', percent: 4 },
          { tone: 'pos-1', percent: 93 },
        ]),
      ),
    ).toEqual(['4', '93'])
  })
})
