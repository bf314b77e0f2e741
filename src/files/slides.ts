import type pptx from 'pptxgenjs'
import { cleanText } from '../table/clean-text.ts'
import { cellTexts } from './cell-text.ts'
import type { FigureReport, FileSection } from './figure-report.ts'
import { seriesTold } from './series-told.ts'

/** Those of the charts of pages, the darkest first. */
const colours = ['0B5A60', 'C8A24A', '8A9799', '7A4E8A', '2F7FB8', 'A8542B', '5B7F3B', '16292B']
const [ink, quiet] = ['16292B', '4A5658']
const font = 'Arial'
/** On a slide of 13.33 by 7.5 inches. */
const body = { x: 0.6, y: 1.75, w: 12.1 }
const mostRows = 12
/** The library's types do not know that it can, and without it the first question is at the bottom. */
const fromTheTop = 'maxMin' as 'minMax'

/**
 * A report as slides: what it is, and for each section a chart that can be changed and its table. The notes of a slide say where its
 * figures come from. A share that is not told is a gap in a chart, a series of which nothing is told is not in it, and where that is the
 * first one there is no chart.
 */
export async function slidesOf(report: FigureReport): Promise<Buffer> {
  const { default: Pptx } = (await import('pptxgenjs')) as unknown as { default: typeof pptx.default }
  const slides = new Pptx()
  slides.layout = 'LAYOUT_WIDE'
  slides.title = said(report.title)
  slides.subject = said(report.subtitle)
  slides.theme = { headFontFace: font, bodyFontFace: font }
  slides.defineSlideMaster({
    title: 'figures',
    background: { color: 'FFFFFF' },
    objects: [
      {
        placeholder: {
          options: {
            name: 'title',
            type: 'title',
            x: 0.6,
            y: 0.35,
            w: 12.1,
            h: 0.9,
            fontSize: 26,
            bold: true,
            color: ink,
          },
          text: '',
        },
      },
    ],
    slideNumber: { x: 12.4, y: 7.05, fontSize: 10, color: quiet },
  })
  const add = (title: string) => {
    const slide = slides.addSlide({ masterName: 'figures' })
    slide.addText([run(title, report)], { placeholder: 'title' })
    slide.addNotes(
      report.about
        .map(({ name, text }) => `${name}: ${text}`)
        .map(said)
        .join('\n'),
    )
    return slide
  }
  const first = add(report.title)
  const lines = [report.subtitle, ...report.warnings, ...report.about.map(({ name, text }) => `${name}: ${text}`)]
  first.addText(
    lines.map((line) => run(line, report, true)),
    { ...body, h: 4.8, fontSize: 16, color: ink, valign: 'top', paraSpaceAfter: 8 },
  )
  for (const section of report.sections) {
    if (section.chart && seriesTold(section.chart).length > 0) chartSlide(add(section.heading), section, report)
    for (let from = 0; from < section.table.rows.length; from += mostRows)
      tableSlide(add(section.heading), section, from, report)
  }
  return (await slides.stream({ compression: true })) as Buffer // of `write` the library compresses nothing
}

function chartSlide(slide: pptx.default.Slide, { heading, findings, chart }: FileSection, report: FigureReport): void {
  addLine(slide, [...report.warnings, ...findings].join(' '), report)
  const told = seriesTold(chart!)
  slide.addChart(
    'bar',
    told.map(({ name, percents }) => ({
      ...{ name: said(name), labels: chart!.labels.map(said) },
      values: percents.map((percent) => (percent === null ? null : percent / 100)) as number[],
    })),
    {
      ...{
        ...body,
        h: 5.1,
        barDir: 'bar',
        barGrouping: 'clustered',
        chartColors: told.map(({ place }) => colours[place]!),
      },
      ...{ valAxisMinVal: 0, valAxisMaxVal: 1, valAxisLabelFormatCode: '0%', dataLabelFormatCode: '0%' },
      ...{ showValue: true, showLegend: told.length > 1, legendPos: 'b', displayBlanksAs: 'gap' },
      ...{ catAxisOrientation: fromTheTop, valAxisHidden: true, valGridLine: { style: 'none' } },
      ...{ catAxisLabelFontSize: 12, dataLabelFontSize: 11, legendFontSize: 12 },
      altText: said(`${heading}. ${findings.join(' ')}`),
    },
  )
}

function tableSlide(slide: pptx.default.Slide, section: FileSection, from: number, report: FigureReport): void {
  const { table, notes } = section
  const { lang } = run('', report).options!
  const shown = cellTexts(report.lang)
  const head = table.head.map((text) => ({ text: said(text), options: { bold: true, color: ink, lang } }))
  const rows = table.rows
    .slice(from, from + mostRows)
    .map((row) => row.map((cell, column) => ({ text: said(shown(cell)), options: { ...alignOf(column), lang } })))
  addLine(slide, [...report.warnings, ...notes].join(' '), report)
  slide.addTable([head, ...rows], {
    ...{ ...body, fontSize: 11, color: ink, fontFace: font, valign: 'middle' },
    colW: widthsOf(table.head.length),
    border: { type: 'solid', pt: 0.5, color: 'C9D1D2' },
  })
}

function widthsOf(columns: number): number[] {
  const [first, second] = [2.1, columns > 6 ? 1.7 : 2.1]
  if (columns < 3) return Array.from({ length: columns }, () => body.w / columns)
  return [first, second, ...Array.from({ length: columns - 2 }, () => (body.w - first - second) / (columns - 2))]
}

function addLine(slide: pptx.default.Slide, text: string, report: FigureReport): void {
  if (text === '') return
  slide.addText([run(text, report)], {
    x: body.x,
    y: 1.2,
    w: body.w,
    h: 0.5,
    fontSize: 13,
    color: quiet,
    valign: 'top',
    fit: 'shrink',
  })
}

/** The first two columns are words, and the first is the widest. */
const alignOf = (column: number) => ({ align: column < 2 ? ('left' as const) : ('right' as const) })

const run = (text: string, { lang }: FigureReport, breakLine = false): pptx.default.TextProps => ({
  text: said(text),
  options: { breakLine, lang: lang === 'sv' ? 'sv-SE' : 'en-GB' },
})

/** Signs that no text has would make the file one that cannot be opened. */
const said = (text: string) => cleanText(text)
