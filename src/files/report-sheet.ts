import type { Sheet } from '../print/sheet.ts'
import { cellTexts } from './cell-text.ts'
import type { FigureReport } from './figure-report.ts'

/** A report to be printed: facts, a table for each section with its findings, and what the figures mean. */
export function reportSheet(report: FigureReport): Sheet {
  const { lang, title, subtitle, warnings, about, aboutHeading, sections, meanings, meaningsHeading, page } = report
  const printed = cellTexts(lang)
  return {
    template: 'report',
    ...{ title, lang, dir: 'ltr', sides: 'both', links: [] },
    content: {
      ...{ title, subtitle, warnings, about, aboutHeading, meanings, meaningsHeading, page },
      sections: sections.map(({ heading, findings, table, notes }) => ({
        ...{ heading, findings, notes, head: table.head },
        rows: table.rows.map((row) => row.map(printed)),
      })),
    },
  }
}
