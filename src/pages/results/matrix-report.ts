import type { FigureReport, FileSection } from '../../files/figure-report.ts'
import { qualityQuestions } from '../../questionnaire/questions.ts'
import { type GroupOrTotal, groupsAndTotal, type Indicator } from '../../results/indicator.ts'
import { participationIn, shareIn } from '../../results/share-lines.ts'
import { groupName } from './groups.ts'
import { percentTold, reportedCell, reportOf } from './report-of.ts'
import type { AskedPage } from './results-pages.ts'

/** Areas below each other, as files have them. */
export interface ReportedAreas {
  title: string
  /** What one of them is called: "Municipality". */
  kind: string
  rows: readonly { id: string; name: string; own: readonly Indicator[] }[]
  /** Those that have a section: all that anyone of them has, where none is named. */
  groups?: readonly GroupOrTotal[]
  findings?: readonly string[]
}

/** Some areas side by side: a section for each target group, with a row for each area and a column for each question. */
export function matrixReport(of: ReportedAreas, asked: AskedPage): FigureReport {
  const told = of.rows.flatMap(({ own }) => own)
  const groups = of.groups ?? groupsAndTotal.filter((group) => told.some(({ targetGroup }) => targetGroup === group))
  return reportOf(
    {
      ...{ title: of.title, told },
      areas: new Map(of.rows.map(({ id, name }) => [id, name])),
      sections: groups.map((group) => sectionOf(of, group, asked)),
    },
    asked,
  )
}

function sectionOf({ kind, rows, findings = [] }: ReportedAreas, group: GroupOrTotal, asked: AskedPage): FileSection {
  const { t } = asked
  const its = rows.filter(({ own }) => own.some(({ targetGroup }) => targetGroup === group))
  const sharesOf = (own: readonly Indicator[]) => qualityQuestions.map(({ id }) => shareIn(own, group, id))
  return {
    name: groupName(group, asked),
    heading: groupName(group, asked),
    findings: [...findings],
    table: {
      head: [kind, t('results.files.answers'), ...qualityQuestions.map(({ id }) => t(`results.questions.${id}`))],
      rows: its.map(({ name, own }) => {
        const { responses } = participationIn(own, group)
        return [
          name,
          responses?.people === undefined ? null : { people: responses.people },
          ...sharesOf(own).map((share) => reportedCell(share, asked)),
        ]
      }),
    },
    notes: [t('results.files.shares'), t('results.signs')],
    chart: {
      labels: qualityQuestions.map(({ id }) => t(`results.questions.${id}`)),
      series: its.map(({ name, own }) => ({ name, percents: sharesOf(own).map(percentTold) })),
    },
  }
}
