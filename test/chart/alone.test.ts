import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Strip, strip } from '../../src/chart/strip.ts'
import { type YearsChart, years } from '../../src/chart/years.ts'
import { lines, strips } from '../support/chart-gallery.ts'
import { marksIn } from '../support/svg-marks.ts'

const line = lines['Nio år']!
const numberOf = (text: string | undefined) => Number(text?.replace('%', ''))
/** How far down a per cent lies in the plot of years. */
const down = (percent: number) => 230 - (200 * (percent - 40)) / 60
const told = (percent: number, half: number) => ({
  status: 'shown' as const,
  percent,
  low: percent - half,
  high: percent + half,
})

describe('a share through the years', () => {
  test('has each year at its place and its value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 45, max: 95 }), { minLength: 2, maxLength: 20, size: 'max' }),
        (percents) => {
          const own = percents.map((percent, at) => ({ year: 2000 + at, ...told(percent, 5) }))
          const svg = years({ ...line, own, nation: [], breaks: [] })
          const dots = marksIn(svg, 'own').map(({ attributes: { cx, cy } }) => [numberOf(cx), numberOf(cy)])
          expect(dots).toHaveLength(percents.length)
          for (const [at, [cx, cy]] of dots.entries()) {
            expect(cx).toBeCloseTo((100 * at) / (percents.length - 1), 1)
            expect(cy).toBeCloseTo(down(percents[at]!), 1)
          }
          const path = marksIn(svg, 'line-own')[0]!.attributes.d!.match(/[\d.]+,[\d.]+/g)!
          expect(path.map((point) => Number(point.split(',')[1]))).toEqual(dots.map(([, cy]) => cy))
        },
      ),
    )
  })

  test('has no line across a year without a value, and says which kind of gap it is', () => {
    const svg = years(line)
    const paths = marksIn(svg, 'line-own').map(({ attributes }) => attributes.d!.match(/[\d.]+(?=,)/g)!.map(Number))
    expect(paths).toEqual([
      [0, 12.5, 25, 37.5],
      [75, 87.5, 100],
    ])
    expect(marksIn(svg, 'band')).toHaveLength(2)
    const columns = marksIn(svg, 'withheld').filter(({ attributes }) => !attributes.class!.includes('narrow'))
    expect(columns).toHaveLength(1)
    expect(svg).toContain('>för få</text>')
    expect(svg).toContain('>ej med</text>')
  })

  test('has no line across a break, and a stroke for a year of the nation on its own', () => {
    const own = [2019, 2020, 2021].map((year) => ({ year, ...told(80, 5) }))
    const nation = [{ year: 2021, percent: 70 }]
    const svg = years({ ...line, own, nation, breaks: [{ beforeYear: 2021, label: 'ny formulering' }] })
    expect(marksIn(svg, 'line-own').map(({ attributes }) => attributes.d)).toEqual(['M0,96.67L50,96.67'])
    expect(marksIn(svg, 'break')).toHaveLength(1)
    expect(marksIn(svg, 'nation')).toHaveLength(1)
  })

  test('has a whisker for a year on its own, an arrow below the scale, and a field for at least 90', () => {
    const svg = years(lines['Ett ensamt år, ett under 40 och ett med minst 90']!)
    const whisker = marksIn(svg, 'interval')[0]!.attributes
    expect([numberOf(whisker.y1), numberOf(whisker.y2)]).toEqual(
      [down(70), down(52)].map((y) => Math.round(y * 100) / 100),
    )
    expect(marksIn(svg, 'own').filter(({ name }) => name === 'path')).toHaveLength(1)
    expect(marksIn(svg, 'field')).toHaveLength(1)
  })

  test('keeps the names of two lines apart that end in one place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 100 }), fc.integer({ min: 40, max: 100 }), (percent, nation) => {
        const own: YearsChart['own'] = [
          { year: 2023, status: 'shown', percent: 70 },
          { year: 2024, status: 'shown', percent },
        ]
        const svg = years({ ...line, own, nation: [{ year: 2024, percent: nation }], breaks: [] })
        const [one, other] = marksIn(svg, 'wide').map(({ attributes }) => numberOf(attributes.y))
        expect(Math.abs(one! - other!)).toBeGreaterThanOrEqual(17.9)
        expect(one! < other!).toBe(nation >= percent)
      }),
    )
  })

  test('is an image with the label that it is given', () => {
    expect(marksIn(years(line), 'years')[0]!.attributes).toMatchObject({ role: 'img', 'aria-label': line.label })
  })
})

describe('a strip', () => {
  const all = fc.array(fc.integer({ min: 40, max: 100 }), { minLength: 1, maxLength: 290, size: 'max' })
  const plain = { label: 'Kommunerna', percent: (number: number) => `${number} %` }
  const dotsOf = (svg: string) =>
    marksIn(svg, 'one').map(({ attributes: { cx, cy } }) => [numberOf(cx), numberOf(cy)] as const)

  test('has a dot for everyone but mine, at its per cent, and none on another', () => {
    fc.assert(
      fc.property(all, (percents) => {
        const dots = percents.map((percent, at) => ({ name: `K${at}`, percent }))
        const svg = strip({ ...plain, dots, mine: { name: 'K0', label: 'Min' } })
        const drawn = dotsOf(svg)
        expect(drawn).toHaveLength(percents.length - 1)
        for (const [at, [cx]] of drawn.entries()) expect(cx).toBeCloseTo(((percents[at + 1]! - 40) / 60) * 100, 1)
        expect(new Set(drawn.map(String)).size).toBe(drawn.length)
        const mine = marksIn(svg, 'own')[0]!.attributes
        expect(numberOf(mine.cx)).toBeCloseTo(((percents[0]! - 40) / 60) * 100, 1)
        const above = drawn.filter(([cx]) => cx === numberOf(mine.cx)).map(([, cy]) => cy)
        for (const cy of above) expect(numberOf(mine.cy) - 7 - cy).toBeGreaterThanOrEqual(2)
      }),
    )
  })

  test('has all dots below the words, however many share a per cent', () => {
    const dots = Array.from({ length: 290 }, (_, at) => ({ name: `K${at}`, percent: 86 }))
    const svg = strip({ ...plain, dots })
    expect(Math.min(...dotsOf(svg).map(([, cy]) => cy))).toBeGreaterThan(45)
    const { height } = marksIn(svg, 'strip').find(({ name }) => name === 'svg')!.attributes
    expect(Number(height)).toBeGreaterThan(290 * 6)
  })

  test('has the words of mine beside the nation’s stroke and not over it, where there is room', () => {
    const nation = { percent: 84, label: 'Landet 84 %' }
    const anchorOf = (label: string, percent: number) => {
      const dots = [{ name: 'Min', percent }]
      const words = marksIn(strip({ ...plain, dots, nation, mine: { name: 'Min', label } }), 'strong')
      return words.at(-1)!.attributes['text-anchor']
    }
    expect(anchorOf('Borås 85 %', 85)).toBe('start')
    expect(anchorOf('Borås 83 %', 83)).toBe('end')
    expect(anchorOf('Upplands Väsby 98 %', 98)).toBe('end')
  })

  test('has those below the scale before its edge', () => {
    const chart: Strip = {
      ...plain,
      dots: [
        { name: 'Låg', percent: 33 },
        { name: 'Lägre', percent: 20 },
      ],
    }
    expect(dotsOf(strip(chart)).map(([cx]) => cx)).toEqual([-10, -10])
    expect(new Set(dotsOf(strip(chart)).map(String)).size).toBe(2)
  })

  test('has the quarters from their lowest to their highest', () => {
    const svg = strip(strips['127 kommuner']!)
    const { lowest } = strips['127 kommuner']!
    const [line] = marksIn(svg, 'bracket')
    expect(numberOf(line!.attributes.x2)).toBeCloseTo(((lowest!.to - 40) / 60) * 100, 1)
  })
})
