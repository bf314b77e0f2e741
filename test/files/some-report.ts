import type { FigureReport, FileSection } from '../../src/files/figure-report.ts'

/** What people and programs stumble over: formulas, quotes, line breaks, other directions, long names. */
export const oddNames = [
  '=HYPERLINK("http://evil.example";"x")',
  '+46 8 123',
  '-2+3',
  '@SUM(A1)',
  'Vuxna "Söder" & <b>',
  'Rad ett\nrad två',
  'مكتب الخدمات',
  'ሓገዝ',
  'Enheten → barn ✓ 😀',
  'Μονάδα יחידה इकाई 单位',
  '_x0041_',
  'constructor',
  `Enheten ${'för vuxna '.repeat(19)}`.trim(),
]

export const someSection = (more: Partial<FileSection> = {}): FileSection => ({
  name: 'Ekonomiskt bistånd',
  heading: 'Ekonomiskt bistånd',
  findings: ['Högst är få kontakt, 79 %.'],
  notes: ['Svarat: 121.'],
  table: {
    head: ['Fråga', 'Andel', 'Svar', 'Mot landet'],
    rows: [
      ['Få kontakt', { percent: 79 }, { people: 121 }, 'högre'],
      ['Förståelse', '.. (för få)', null, null],
      ['Påverka hjälpen', 'minst 90 %', { people: 1234 }, 'ingen säker skillnad'],
    ],
  },
  chart: {
    labels: ['Få kontakt', 'Förståelse', 'Påverka hjälpen'],
    series: [
      { name: 'Alingsås 2026', percents: [79, null, null] },
      { name: 'landet', percents: [70, 60, 50] },
      { name: '2025', percents: [null, null, null] },
    ],
  },
  ...more,
})

/** A report of one municipality, as pages make them. */
export const someReport = (more: Partial<FigureReport> = {}): FigureReport => ({
  ...{ lang: 'sv', title: 'Alingsås 2026', subtitle: 'Undersökning om socialtjänsten', warnings: ['Övningssiffror'] },
  ...{ aboutHeading: 'Om filen', findingsHeading: 'I korthet', meaningsHeading: 'Vad siffrorna betyder', page: 'Sida' },
  about: [{ name: 'Källa', text: 'Den nationella brukarundersökningen 2026, utgåva 1.' }],
  sections: [someSection(), someSection({ name: 'Unga', heading: 'Unga 13 år och äldre' })],
  meanings: [{ name: 'Andel positiva', text: 'De som valde något av de positiva svaren.' }],
  rows: [
    ['area', 'name', 'value'],
    ['1489', 'Alingsås', 79],
    ['1489', 'Alingsås', 0.43],
    ['1489', 'Alingsås', null],
  ],
  ...more,
})

/** The same with odd names at every place that a name may have. */
export const oddReport = (): FigureReport =>
  someReport({
    title: oddNames[0]!,
    sections: oddNames.map((name) =>
      someSection({
        ...{ name, heading: name, findings: [name], notes: [name] },
        table: { head: ['Enhet', name], rows: [[name, { percent: 79 }]] },
        chart: { labels: [name], series: [{ name, percents: [79] }] },
      }),
    ),
    rows: [['name', 'value'], ...oddNames.map((name) => [name, -3])],
  })
