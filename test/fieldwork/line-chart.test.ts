import { describe, expect, test } from 'vitest'
import { exactly } from '../../src/disclosure/steps.ts'
import { compared, comparison, dayMarks } from '../../src/pages/staff/fieldwork/finding.ts'
import { type RateSeries, rateOverTime } from '../../src/pages/staff/fieldwork/line-chart.ts'

const text = { id: 'rate', title: '48 % in Åre & "the nation" <so far>', description: 'Day by day.' }
const percent = (share: number) => `${Math.round(share * 100)} %`
const axis = {
  last: 61,
  marks: [1, 31, 61].map((number) => ({ number, label: `day ${number}` })),
  today: { number: 15, label: 'today' },
}
const series: RateSeries[] = [
  { kind: 'last-year', label: '2025', points: [1, 61].map((number) => ({ number, rate: exactly(number / 100) })) },
  { kind: 'nation', label: 'The nation', points: [{ number: 1 }, { number: 15, rate: { low: 0.14, high: 0.16 } }] },
  { kind: 'own', label: 'Åre', points: [1, 8, 15].map((number) => ({ number, rate: exactly(number / 100) })) },
]
const svgs = (html: string) => [...html.matchAll(/<svg.*?<\/svg>/gs)].map(([one]) => one)

interface Written {
  kind: string
  x: number
  y: number
  anchor: string
  said: string
}

const wordsIn = (svg: string): Written[] =>
  [...svg.matchAll(/<text class="([\w-]+)" x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)">([^<]*)</g)].map(
    ([, kind, x, y, anchor, said]) => ({ kind: kind!, x: Number(x), y: Number(y), anchor: anchor!, said: said! }),
  )

describe('the rate over time', () => {
  const drawn = svgs(rateOverTime(text, series, axis, percent))

  test('is drawn for a wide page and for a narrow one, each with ids of its own', () => {
    expect(drawn.map((svg) => /class="chart (\w+)"/.exec(svg)![1])).toEqual(['wide', 'narrow'])
    const ids = drawn.flatMap((svg) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
    expect(new Set(ids).size).toBe(4)
  })

  test.each(drawn.map((svg, size) => [size === 0 ? 'wide' : 'narrow', svg]))(
    '%s: says what it shows to those who do not see it, and has nothing that the content policy would refuse',
    (_size, svg) => {
      expect(svg).toMatch(/role="img" .*aria-labelledby="rate-\w+-title rate-\w+-text"/)
      expect(svg).toContain('>48 % in Åre &#38; &#34;the nation&#34; &#60;so far&#62;</title>')
      expect(svg).toContain('>Day by day.</desc>')
      expect(svg).not.toMatch(/ style=|<style|<script| on\w+=|NaN|undefined|Infinity/)
    },
  )

  test.each(drawn.map((svg, size) => [size === 0 ? 'wide' : 'narrow', svg]))(
    '%s: has a line for each series, last year’s dashed, each named at its own end, none over another or beyond the edge',
    (size, svg) => {
      expect(svg.match(/<path class="line /g)).toHaveLength(3)
      expect(svg).toMatch(/<path class="line last-year"[^>]* stroke-dasharray/)
      const names = wordsIn(svg).filter(({ kind, said }) => kind !== 'axis' && said !== 'today')
      expect(names.map(({ said }) => said).sort()).toEqual(['2025', 'The nation', 'Åre'])
      const wide = size === 'wide' ? 800 : 340
      const reach = ({ x, said, anchor }: Written) =>
        anchor === 'start' ? [x, x + said.length * 7] : [x - said.length * 7, x]
      for (const one of names) {
        expect(reach(one)[0]).toBeGreaterThanOrEqual(0)
        expect(reach(one)[1]).toBeLessThanOrEqual(wide)
        for (const other of names.filter((name) => name !== one)) {
          const isBeside = reach(one)[0]! >= reach(other)[1]! || reach(one)[1]! <= reach(other)[0]!
          expect(isBeside || Math.abs(one.y - other.y) >= 16, `${one.said} ${other.said}`).toBe(true)
        }
      }
    },
  )

  test('no line runs through the name of another, wherever they meet', () => {
    const flat = (share: number, last: number) =>
      Array.from({ length: last }, (_, at) => ({ number: at + 1, rate: exactly(share) }))
    const days = [3, 15, 30, 45, 60]
    for (const own of days)
      for (const [before, nation] of [0.2, 0.21, 0.25].flatMap((one) =>
        [0.15, 0.2].map((other) => [one, other] as const),
      )) {
        const lines: RateSeries[] = [
          { kind: 'last-year', label: 'Förra året 11–20 %', points: flat(before, 61) },
          { kind: 'nation', label: 'Hela landet 22 %', points: flat(nation, own) },
          { kind: 'own', label: 'Alingsås 18–27 %', points: flat(0.2, own) },
        ]
        for (const svg of svgs(rateOverTime(text, lines, axis, percent))) {
          const letter = svg.includes('class="chart wide"') ? 7.7 : 7.2
          const paths = [...svg.matchAll(/<path class="line [^"]*" fill="none" d="M([^"]+)"/g)].map(([, d]) =>
            d!.split('L').map((pair) => pair.split(',').map(Number) as [number, number]),
          )
          const names = wordsIn(svg).filter(({ kind, said }) => kind !== 'axis' && said !== 'today')
          expect(names).toHaveLength(3)
          for (const { x, y, said, anchor } of names) {
            const [left, right] = anchor === 'start' ? [x, x + said.length * letter] : [x - said.length * letter, x]
            const struck = paths.some((path) =>
              path.some(([px, py]) => px > left && px < right && py > y - 12 && py < y + 4),
            )
            expect(struck, `${said} day ${own}, ${before} ${nation}`).toBe(false)
          }
        }
      }
  })

  test('writes today below the line, and no other day over it', () => {
    const near = { ...axis, marks: [...axis.marks, { number: 16, label: 'day 16' }] }
    for (const svg of svgs(rateOverTime(text, series, near, percent))) {
      const below = wordsIn(svg).map(({ said }) => said)
      expect(below).toContain('today')
      expect(below).not.toContain('day 16')
    }
    expect(rateOverTime(text, series, { ...axis, today: undefined }, percent)).not.toContain('class="today"')
  })

  test('leaves out what cannot be told', () => {
    const none = rateOverTime(text, [{ kind: 'own', label: 'Åre', points: [{ number: 1 }] }], axis, percent)
    expect(none).not.toContain('<path')
    expect(none).not.toMatch(/NaN|Infinity/)
  })
})

describe('a rate beside another', () => {
  test('is higher or lower only where no number that is told of them could be the same', () => {
    expect(compared({ low: 0.3, high: 0.35 }, { low: 0.2, high: 0.29 })).toBe('higher')
    expect(compared({ low: 0.3, high: 0.33 }, { low: 0.28, high: 0.31 })).toBe('alike')
    const open = [
      compared({ low: 0.18, high: 0.27 }, { low: 0.11, high: 0.2 }),
      compared(exactly(0.2), { low: 0.1, high: 0.3 }),
    ]
    expect(open, 'ranges that overlap and leave much open').toEqual([undefined, undefined])
    expect(compared({ low: 0.1, high: 0.15 }, { low: 0.2, high: 0.3 })).toBe('lower')
    expect(compared(undefined, exactly(0.3))).toBeUndefined()
  })

  test('is said of last year first, then of the nation; of one alone it begins the sentence', () => {
    const keys = (...rates: (number | undefined)[]) =>
      comparison(...rates.map((rate) => (rate === undefined ? undefined : exactly(rate)))).map((key) =>
        key.replace('staff.fieldwork.compared.', ''),
      )
    expect(keys(0.3, 0.2, 0.4)).toEqual(['first.lastYear.higher', 'then.nation.lower'])
    expect(keys(0.3, undefined, 0.3)).toEqual(['first.nation.alike'])
    expect(keys(undefined, 0.3, 0.3)).toEqual([])
  })
})

test('below the line stand the first day, the first of each month, and the last', () => {
  expect(dayMarks('2026-09-01', '2026-10-31')).toEqual(['2026-09-01', '2026-10-01', '2026-10-31'])
  expect(dayMarks('2026-09-14', '2026-12-01')).toEqual(['2026-09-14', '2026-10-01', '2026-11-01', '2026-12-01'])
})
