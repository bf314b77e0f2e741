import { seeded } from '../../scripts/seeded.ts'
import { chartDefs } from '../../src/chart/defs.ts'
import { type DotRow, dotRow } from '../../src/chart/dot-row.ts'
import { type KeyKind, keyMark } from '../../src/chart/key-mark.ts'
import { type PriorityChart, priority } from '../../src/chart/priority.ts'
import { quarterKinds, quarterMark } from '../../src/chart/quarter-mark.ts'
import { shareAxis } from '../../src/chart/scale.ts'
import { type Multiple, smallMultiples } from '../../src/chart/small-multiples.ts'
import { type BarPart, stackedBar } from '../../src/chart/stacked-bar.ts'
import { type Strip, strip } from '../../src/chart/strip.ts'
import { type WomenMen, womenMen } from '../../src/chart/women-men.ts'
import { type YearsChart, years } from '../../src/chart/years.ts'
import { escaped } from '../../src/text/escaped.ts'

export const percent = (number: number) => `${number}\u00a0%`

/** Every state that a row can be in, by its name. */
export const rows: Record<string, DotRow> = {
  'Få kontakt': { own: { status: 'shown', percent: 79, low: 73, high: 84 }, nation: 83, before: 59 },
  'Som förra året': { own: { status: 'shown', percent: 84, low: 76, high: 88 }, nation: 87, before: 84 },
  'Som landet': { own: { status: 'shown', percent: 76, low: 69, high: 82 }, nation: 76, before: 82 },
  'Minst 90 %': { own: { status: 'at-least-90' }, nation: 83, before: 88 },
  'Högst 10 %': { own: { status: 'at-most-10' }, nation: 65 },
  'För få svar': { own: { status: 'few' }, nation: 65 },
  'Inte undersökt': { own: { status: 'not-surveyed' }, nation: 65 },
  'Under 40 %': { own: { status: 'shown', percent: 33, low: 20, high: 52 }, nation: 65, before: 38 },
  'Osäkerhet under 40 %': { own: { status: 'shown', percent: 52, low: 34, high: 69 }, nation: 38, before: 55 },
  'Hundra procent': { own: { status: 'shown', percent: 100, low: 89, high: 100 }, nation: 99, before: 98 },
}

export const pairs: Record<string, WomenMen> = {
  'Unga 13 år och äldre': { women: { status: 'shown', percent: 82 }, men: { status: 'shown', percent: 90 } },
  Vårdnadshavare: { women: { status: 'shown', percent: 83 }, men: { status: 'shown', percent: 83 } },
  'Ekonomiskt bistånd': { women: { status: 'at-least-90' }, men: { status: 'shown', percent: 34 } },
  'Skadligt bruk': { women: { status: 'few' }, men: { status: 'protected' } },
  Boende: { women: { status: 'shown', percent: 71 }, men: { status: 'few' } },
}

const tones = ['neg-2', 'neg-1', 'zero', 'pos-1', 'pos-2'] as const
const parts = (...numbers: number[]): BarPart[] =>
  numbers.flatMap((percent, at) => (percent > 0 ? [{ tone: tones[at]!, percent }] : []))

export const bars: Record<string, BarPart[]> = {
  'Förändrad situation': parts(4, 7, 9, 38, 43),
  Landet: parts(5, 9, 0, 38, 48),
  'Frågar efter synpunkter': parts(0, 11, 0, 0, 89),
  'Mest missnöjda': parts(31, 28, 12, 18, 11),
  'Alla positiva': parts(0, 0, 0, 0, 100),
}

const ofYear = (year: number, percent: number, low: number, high: number) =>
  ({ year, status: 'shown', percent, low, high }) as const
const line: YearsChart = {
  own: [
    ...[ofYear(2016, 78, 71, 84), ofYear(2017, 81, 75, 86), ofYear(2018, 83, 77, 88), ofYear(2019, 80, 71, 86)],
    ...[{ year: 2020, status: 'not-surveyed' } as const, { year: 2021, status: 'few' } as const],
    ...[ofYear(2022, 79, 68, 86), ofYear(2023, 82, 75, 87), ofYear(2024, 76, 71, 82)],
  ],
  nation: [84, 85, 86, 84, 86, 85, 85, 85, 86].map((percent, at) => ({ year: 2016 + at, percent })),
  ownLabel: `Alingsås ${percent(76)}`,
  nationLabel: `Landet ${percent(86)}`,
  withheldLabel: 'för få',
  absentLabel: 'ej med',
  breaks: [{ beforeYear: 2020, label: 'nya målgrupper' }],
  label: 'Nöjd på det hela taget i Alingsås 2016 till 2024. Alla värden finns i tabellen.',
  percent,
}

export const lines: Record<string, YearsChart> = {
  'Nio år': line,
  'Ett ensamt år, ett under 40 och ett med minst 90': {
    ...line,
    own: [
      ...[ofYear(2016, 36, 24, 50), ofYear(2017, 44, 33, 55), { year: 2018, status: 'protected' } as const],
      ...[ofYear(2019, 61, 52, 70), { year: 2020, status: 'at-least-90' } as const],
      ...[2021, 2022].map((year) => ({ year, status: 'not-surveyed' }) as const),
      ...[ofYear(2023, 82, 75, 87), ofYear(2024, 85, 78, 91)],
    ],
    ownLabel: `Skinnskatteberg ${percent(85)}`,
    breaks: [],
  },
  'Sista året skyddas, två brott intill varandra och höga värden': {
    ...line,
    own: [
      ...[ofYear(2017, 97, 93, 99), { year: 2018, status: 'few' } as const],
      ...[{ year: 2019, status: 'not-surveyed' } as const, { year: 2020, status: 'few' } as const],
      ...[2021, 2022, 2023, 2024].map((year) => ofYear(year, 98, 94, 100)),
      ...[2025, 2026].map((year) => ({ year, status: 'protected' }) as const),
    ],
    nation: [84, 85, 86, 84, 86, 85, 85, 85, 86, 87].map((percent, at) => ({ year: 2017 + at, percent })),
    ownLabel: 'Alingsås',
    nationLabel: `Landet ${percent(87)}`,
    withheldLabel: 'skyddas här',
    breaks: [2020, 2024, 2025, 2026].map((beforeYear) => ({ beforeYear, label: 'nya målgrupper' })),
  },
  Svarsfrekvensen: {
    ...line,
    own: [56, 48, 37, 42, 47, 48].map((percent, at) => ({ year: 2019 + at, status: 'shown', percent })),
    nation: undefined,
    ownLabel: percent(48),
    breaks: [],
    scale: { from: 0, to: 100, ticks: [0, 20, 40, 60, 80, 100] },
  },
}

/** Some municipalities, as many as all of them. */
function municipalities(number: number): Strip {
  const random = seeded(7)
  const likely = () => Math.round(86 + 9 * (random() + random() + random() - 1.7) * 1.4)
  const dots = Array.from({ length: number }, (_, at) => {
    const percent = at === 0 ? 76 : at === 1 ? 37 : Math.min(99, likely())
    return { name: `Kommun ${at} ${percent}\u00a0%`, percent }
  })
  const sorted = dots.map(({ percent }) => percent).toSorted((one, other) => one - other)
  const at = (part: number) => sorted[Math.round(part * (number - 1))]!
  return {
    dots,
    mine: { name: dots[0]!.name, label: `Alingsås ${percent(76)}` },
    nation: { percent: 86, label: `Landet ${percent(86)}` },
    lowest: { from: at(0), to: at(0.25), label: `lägsta ${percent(25)}` },
    highest: { from: at(0.75), to: at(1), label: `högsta ${percent(25)}` },
    label: 'Varje prick är en kommun. Alla värden finns i tabellen.',
    percent,
  }
}

export const strips: Record<string, Strip> = {
  '127 kommuner': municipalities(127),
  '290 kommuner': municipalities(290),
}

const questions = ['Kontakt', 'Information', 'Förståelse', 'Synpunkter', 'Påverka', 'Situation', 'Helhet']
const multiple = (title: string, note: string, numbers: (number | 'at-least-90' | 'few')[]): Multiple => ({
  title,
  note,
  rows: numbers.map((one, at) => ({
    label: questions[at]!,
    own: typeof one === 'number' ? { status: 'shown', percent: one } : { status: one },
    nation: [83, 87, 84, 76, 65, 77, 86][at]!,
    value: one === 'few' ? '.. för få' : one === 'at-least-90' ? `≥ ${percent(90)}` : percent(one),
  })),
})

export const multiples = [
  multiple('Ekonomiskt bistånd', '61 svar, 52 % av dem som erbjöds', [77, 84, 80, 87, 54, 79, 74]),
  multiple('Skadligt bruk och beroende', '15 svar', [80, 87, 80, 'at-least-90', 64, 'few', 80]),
  multiple('Vårdnadshavare', '25 svar', [80, 83, 84, 88, 59, 77, 76]),
  multiple('Unga 13 år och äldre', '20 svar', [80, 85, 85, 'at-least-90', 39, 'few', 79]),
]

const pointsOf = (shares: number[], strengths: number[]) =>
  shares.map((percent, at) => ({ label: questions[at]!, percent, strength: strengths[at]! }))
const alingsås: PriorityChart = {
  points: pointsOf([79, 85, 82, 89, 57, 80], [0.31, 0.42, 0.65, 0.34, 0.55, 0.48]),
  cut: { percent: 81, strength: 0.45 },
  corners: { first: 'Börja här', guard: 'Värna', later: 'Sedan', goOn: 'Fortsätt så' },
  up: 'starkare samband med helheten',
  along: 'andel positiva',
  label: 'Prioriteringsbild med sex frågor. Ordningen står i listan.',
  percent,
}

export const priorities: Record<string, PriorityChart> = {
  'Vad hänger ihop med helheten?': alingsås,
  'Nära varandra': {
    ...alingsås,
    points: pointsOf([88, 89, 90, 89, 91, 88], [0.4, 0.42, 0.41, 0.45, 0.5, 0.38]),
    cut: { percent: 89, strength: 0.415 },
  },
  'Låga och höga': {
    ...alingsås,
    points: pointsOf([31, 99, 64, 30, 98, 66], [0.6, 0.1, 0.3, 0.11, 0.61, 0.32]),
    cut: { percent: 65, strength: 0.31 },
  },
}

const keys: KeyKind[] = [
  'own-interval',
  'own',
  'nation',
  'before',
  'women',
  'men',
  'field',
  'withheld',
  'below',
  ...tones,
]

/** Every chart in every state, as the inside of a page. */
export function gallery(): string {
  const row = (name: string, chart: string) => `<tr><th scope="row">${escaped(name)}</th><td>${chart}</td></tr>`
  const table = (all: [string, string][], head = '') =>
    `<table class="gallery"><tr><th></th><td>${head}</td></tr>${all.map(([name, chart]) => row(name, chart)).join('')}</table>`
  const each = <Value>(all: Record<string, Value>, draw: (value: Value) => string) =>
    Object.entries(all).map(([name, value]): [string, string] => [name, draw(value)])
  const alone = (all: [string, string][]) => all.map(([name, chart]) => `<h3>${escaped(name)}</h3>${chart}`).join('')
  return [
    chartDefs(),
    `<p class="keys">${keys.map((kind) => `<span>${keyMark(kind)} ${kind}</span>`).join(' ')}`,
    `${quarterKinds.map((quarter) => `<span>${quarterMark(quarter)} ${quarter}</span>`).join(' ')}</p>`,
    table(
      each(rows, (one) => dotRow(one)),
      shareAxis(percent),
    ),
    ...(['slim', 'cell', 'small'] as const).map((size) =>
      table(each(rows, (one) => dotRow(one, { size })).slice(0, 4)),
    ),
    table(
      each(pairs, (one) => womenMen(one)),
      shareAxis(percent),
    ),
    table(each(bars, (one) => stackedBar(one))),
    alone(each(lines, (one) => years(one))),
    alone(each(strips, (one) => strip(one))),
    smallMultiples(multiples),
    alone(each(priorities, (one) => priority(one))),
  ].join('\n')
}
