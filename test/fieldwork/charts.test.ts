import { describe, expect, test } from 'vitest'
import { exactly } from '../../src/disclosure/steps.ts'
import { type RateSeries, rateOverTime, ratesByLine } from '../../src/pages/staff/fieldwork/charts.ts'

const text = { id: 'rate', title: '48 % in Åre & "the nation" <so far>', description: 'Day by day.' }
const words = { percent: (share: number) => `${Math.round(share * 100)} %`, day: (number: number) => `Day ${number}` }
const series: RateSeries[] = [
  { kind: 'own', label: 'Åre', points: [1, 2, 3].map((number) => ({ number, rate: exactly(number / 10) })) },
  { kind: 'last-year', label: '2025', points: [1, 3].map((number) => ({ number, rate: exactly(number / 10) })) },
  { kind: 'nation', label: 'The nation', points: [{ number: 1 }, { number: 3, rate: { low: 0.28, high: 0.3 } }] },
]

const attributes = (svg: string, name: string) =>
  [...svg.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map((one) => one[1]!)

describe.each([
  ['over time', rateOverTime(text, series, words)],
  ['by line', ratesByLine(text, [{ label: 'Åre <north>', rate: exactly(0.48), figure: '48 %, n = 120' }])],
])('a chart %s', (_what, svg) => {
  test('says what it shows to those who do not see it, and keeps names as they are', () => {
    expect(svg).toMatch(/^<svg class="chart" .*role="img" .*aria-labelledby="rate-title rate-text"/)
    expect(svg).toContain('<title id="rate-title">48 % in Åre &#38; &#34;the nation&#34; &#60;so far&#62;</title>')
    expect(svg).toContain('<desc id="rate-text">Day by day.</desc>')
  })

  test('has no style or script that the content policy would refuse, and no number that is none', () => {
    expect(svg).not.toMatch(/ style=|<style|<script| on\w+=|NaN|undefined|Infinity/)
  })
})

describe('the rate over time', () => {
  const svg = rateOverTime(text, series, words)

  test('has a line for each series, last year’s dashed, and its name at the end, none over another', () => {
    expect(svg.match(/<path /g)).toHaveLength(3)
    expect(svg).toMatch(/<path class="line last-year"[^>]* stroke-dasharray/)
    const ends = [...svg.matchAll(/<text class="(own|last-year|nation)" x="362" y="([\d.]+)"/g)].map((end) =>
      Number(end[2]),
    )
    const [first, second, third] = ends.sort((a, b) => a - b)
    expect(Math.min(second! - first!, third! - second!)).toBeGreaterThanOrEqual(20)
  })

  test('leaves out what cannot be told', () => {
    const none = rateOverTime(text, [{ kind: 'own', label: 'Åre', points: [{ number: 1 }] }], words)
    expect(none).not.toContain('<path')
    expect(none).not.toMatch(/NaN|Infinity/)
  })
})

describe('the rates by line', () => {
  test('are as long as they are high; a range goes on in a lighter part; where none can be told the figure says so', () => {
    const svg = ratesByLine(text, [
      { label: 'North', rate: exactly(0.5), figure: '50 %' },
      { label: 'South', rate: { low: 0.5, high: 0.6 }, figure: '50-60 %' },
      { label: 'East', figure: 'under 5' },
    ])
    expect(attributes(svg, 'class').filter((kind) => /bar|range/.test(kind))).toEqual(['bar', 'bar', 'range'])
    expect(svg).toContain('<rect class="bar" x="0" y="22" width="155" height="12"/>')
    expect(svg).toContain('<rect class="range" x="155" y="66" width="31" height="12"/>')
    expect(svg).toContain('>under 5</text>')
  })
})
