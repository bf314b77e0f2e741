import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type NamedDot, namesBeside } from '../../src/chart/beside.ts'
import { priority } from '../../src/chart/priority.ts'
import { smallMultiples } from '../../src/chart/small-multiples.ts'
import { multiples, priorities } from '../support/chart-gallery.ts'
import { marksIn } from '../support/svg-marks.ts'

const chart = priorities['Vad hänger ihop med helheten?']!
const numberOf = (text: string | undefined) => Number(text?.replace('%', ''))

describe('the picture of priorities', () => {
  test('has shares along, from 50 to 95, and strengths up', () => {
    const svg = priority(chart)
    const dots = marksIn(svg, 'own').map(({ attributes: { cx, cy } }) => [numberOf(cx), numberOf(cy)])
    for (const [at, { percent }] of chart.points.entries())
      expect(dots[at]![0]).toBeCloseTo(((percent - 50) / 45) * 100, 1)
    const byStrength = chart.points.toSorted((one, other) => one.strength - other.strength)
    const heights = byStrength.map((point) => dots[chart.points.indexOf(point)]![1]!)
    expect(heights).toEqual(heights.toSorted((one, other) => other - one))
  })

  test('has who is low and strong in the corner where one begins, and nobody else', () => {
    const svg = priority(chart)
    const { width, height, y } = marksIn(svg, 'corner')[0]!.attributes
    const inside = marksIn(svg, 'own').map(
      ({ attributes: { cx, cy } }) => numberOf(cx) < numberOf(width) && numberOf(cy) < numberOf(y) + numberOf(height),
    )
    const { percent: cutPercent, strength: cutStrength } = chart.cut
    expect(inside).toEqual(chart.points.map(({ percent, strength }) => percent < cutPercent && strength > cutStrength))
  })

  test('begins at the ten below the lowest share, and ends at 100 where one is that high', () => {
    const texts = priority(priorities['Låga och höga']!)
    expect(texts).toContain('>20\u00a0%<')
    expect(texts).toContain('>100\u00a0%<')
    expect(priority(chart)).toContain('>50\u00a0%<')
  })

  test('turns a name towards the middle, and away from what is in its way', () => {
    const dots: NamedDot[] = [
      { x: 90, y: 100, label: 'Höger' },
      { x: 10, y: 100, label: 'Vänster' },
      { x: 20, y: 100, label: 'Granne' },
    ]
    expect(namesBeside(dots, () => []).map(({ anchor }) => anchor)).toEqual(['end', 'middle', 'start'])
  })

  test('never writes one name over another where six dots have room', () => {
    const dot = fc.record({ x: fc.integer({ min: 5, max: 95 }), y: fc.integer({ min: 60, max: 290 }) })
    const far = fc
      .array(dot, { minLength: 6, maxLength: 6 })
      .filter((all) => all.every((one, at) => all.slice(at + 1).every((other) => Math.abs(one.y - other.y) > 26)))
    fc.assert(
      fc.property(far, (all) => {
        const dots = all.map((one, at) => ({ ...one, label: `Fråga ${at}` }))
        const lines = namesBeside(dots, () => []).map(({ dy }, at) => dots[at]!.y + dy)
        const sorted = lines.toSorted((one, other) => one - other)
        for (const [at, y] of sorted.entries()) if (at > 0) expect(y - sorted[at - 1]!).toBeGreaterThan(8)
      }),
      { numRuns: 200 },
    )
  })
})

test('small multiples are lists in which every row is its name and its value', () => {
  const html = smallMultiples(multiples, { level: 4 })
  expect(html.match(/<h4>/g)).toHaveLength(4)
  expect(html.match(/<li>/g)).toHaveLength(28)
  expect(html.replace(/<svg[\s\S]*?<\/svg>/g, '').replace(/<[^>]+>/g, '|')).toContain('|Synpunkter| || |≥ 90\u00a0%|')
})
