import type pptx from 'pptxgenjs'
import { cleanText } from '../table/clean-text.ts'
import { cellTexts } from './cell-text.ts'
import { columnShares, figureColumns, onSlides } from './column-widths.ts'
import type { FigureReport, FileSection } from './figure-report.ts'
import { withParts } from './office-parts.ts'
import { seriesTold } from './series-told.ts'

/** Those of the charts of pages, the darkest first. */
const colours = ['0B5A60', 'C8A24A', '8A9799', '7A4E8A', '2F7FB8', 'A8542B', '5B7F3B', '16292B']
const [ink, quiet] = ['16292B', '4A5658']
const font = 'Arial'
/** On a slide of 13.33 by 7.5 inches. */
const body = { x: 0.6, y: 1.75, w: 12.1 }
const mostSigns = 40
/** A longer title would not fit in two lines of its usual size. */
const mostOfTitle = 90
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
  slides.author = said(report.subtitle)
  slides.company = said(report.subtitle)
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
    const smaller = title.length > mostOfTitle ? { fontSize: 15 } : {}
    slide.addText([run(title, report)], { placeholder: 'title', ...smaller })
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
    for (const rows of onSlides(section.table, cellTexts(report.lang)))
      tableSlide(add(section.heading), { ...section, table: { ...section.table, rows } }, report)
  }
  const file = (await slides.stream()) as Buffer
  return withParts(file, (_, xml) => xml.replaceAll(/(lang|altLang)="en-US"/gi, `$1="${langOf(report)}"`)) // the library has it on its own runs
}

function chartSlide(slide: pptx.default.Slide, { heading, findings, chart }: FileSection, report: FigureReport): void {
  addLine(slide, [...report.warnings, ...findings].join(' '), report)
  const told = seriesTold(chart!)
  slide.addChart(
    'bar',
    told.map(({ name, percents }) => ({
      ...{ name: short(name), labels: chart!.labels.map(short) },
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

function tableSlide(slide: pptx.default.Slide, section: FileSection, report: FigureReport): void {
  const { table, notes } = section
  const lang = langOf(report)
  const shown = cellTexts(report.lang)
  const aligned = figureColumns(table).map((isOfFigures) => (isOfFigures ? ('right' as const) : ('left' as const)))
  const head = table.head.map((text, column) => ({
    text: said(text),
    options: { bold: true, color: ink, align: aligned[column], lang },
  }))
  const rows = table.rows.map((row) =>
    row.map((cell, column) => ({ text: said(shown(cell)), options: { align: aligned[column], lang } })),
  )
  addLine(slide, [...report.warnings, ...notes].join(' '), report)
  slide.addTable([head, ...rows], {
    ...{ ...body, fontSize: 11, color: ink, fontFace: font, valign: 'middle' },
    colW: columnShares(table, shown).map((share) => share * body.w),
    border: { type: 'solid', pt: 0.5, color: 'C9D1D2' },
  })
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

const langOf = ({ lang }: FigureReport) => (lang === 'sv' ? 'sv-SE' : 'en-GB')

const run = (text: string, report: FigureReport, breakLine = false): pptx.default.TextProps => ({
  text: said(text),
  options: { breakLine, lang: langOf(report) },
})

/** A name as a chart has room for it: of names of units some are long. The table has them whole. */
function short(name: string): string {
  const signs = [...said(name).replace(/\s+/g, ' ')]
  return signs.length > mostSigns
    ? `${signs
        .slice(0, mostSigns - 1)
        .join('')
        .trimEnd()}…`
    : signs.join('')
}

/** Signs that no text has would make the file one that cannot be opened. */
const said = (text: string) => cleanText(text)
