import { peoplesParagraph } from '../print/rich-text.ts'
import type { Sheet } from '../print/sheet.ts'
import { cellTexts } from './cell-text.ts'
import type { FigureReport, FileSection } from './figure-report.ts'
import { seriesTold } from './series-told.ts'

/** A report to be printed: facts, for each section its findings, its chart and its table, and what the figures mean. */
export function reportSheet(report: FigureReport): Sheet {
  const { lang, title, subtitle, warnings, about, sections, meanings, meaningsHeading, page } = report
  const printed = cellTexts(lang)
  return {
    template: 'report',
    ...{ title, lang, dir: 'ltr', sides: 'both', links: [] },
    content: settable({
      ...{ title, subtitle, warnings, about, meanings, meaningsHeading, page },
      ...{ findingsHeading: report.findingsHeading, findings: foundIn(sections) },
      sections: sections.map((section) => ({
        ...{ heading: section.heading, findings: section.findings, notes: section.notes, head: section.table.head },
        rows: section.table.rows.map((row) => row.map(printed)),
        ...chartOf(section, printed),
      })),
    }),
  }
}

/** What is seen in each section, for the cover; where all say the same, once. */
function foundIn(sections: readonly FileSection[]): { name: string; text: string }[] {
  const found = sections
    .map(({ heading, findings }) => ({ name: heading, text: findings.join(' ') }))
    .filter(({ text }) => text !== '')
  return new Set(found.map(({ text }) => text)).size === 1 && found.length > 1
    ? [{ name: '', text: found[0]!.text }]
    : found
}

/** The bars of a section, with what is heard in their place; none where nothing of what it is about is told. */
function chartOf({ heading, findings, chart }: FileSection, printed: ReturnType<typeof cellTexts>) {
  const told = chart ? seriesTold(chart) : []
  if (!chart || told.length === 0) return {}
  const barOf = ({ percents, place }: (typeof told)[number], at: number) => {
    const percent = percents[at] ?? null
    return percent === null ? [] : [{ percent, text: printed({ percent }), place }]
  }
  return {
    chart: {
      alt: [`${heading}.`, ...findings].join(' '),
      key: told.map(({ name, place }) => ({ name, place })),
      lines: chart.labels.map((label, at) => ({ label, bars: told.flatMap((series) => barOf(series, at)) })),
    },
  }
}

/** All texts as our fonts can set them: names of units are written by people, in whichever letters there are. */
function settable<Content>(content: Content): Content {
  if (typeof content === 'string') return peoplesParagraph(content) as Content
  if (Array.isArray(content)) return content.map(settable) as Content
  if (typeof content !== 'object' || content === null) return content
  return Object.fromEntries(Object.entries(content).map(([name, part]) => [name, settable(part)])) as Content
}
