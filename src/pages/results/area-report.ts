import type { FigureReport, FileCell, FileSection } from '../../files/figure-report.ts'
import { qualityQuestions } from '../../questionnaire/questions.ts'
import type { GroupOrTotal, Indicator } from '../../results/indicator.ts'
import { groupsAndTotal } from '../../results/indicator.ts'
import { participationIn, type ShareLine, shareLines } from '../../results/share-lines.ts'
import { nothingText } from './area.ts'
import { extremesText, findingsOf } from './findings.ts'
import { groupName } from './groups.ts'
import { percentTold, reportedCell, reportOf } from './report-of.ts'
import type { AskedPage } from './results-pages.ts'

/** What is told of an area, of what it is laid beside, and what they are called. */
export interface ReportedArea {
  title: string
  own: readonly Indicator[]
  /** The area by id, as the codebook has it, and by name. */
  areas: ReadonlyMap<string, string>
  whole?: { name: string; indicators: readonly Indicator[] }
  before?: { name: string; indicators: readonly Indicator[] }
}

/** All that is told of an area, as files have it: a section for all target groups together and for each that was surveyed. */
export function areaReport(area: ReportedArea, asked: AskedPage): FigureReport {
  const surveyed = groupsAndTotal.filter((group) => area.own.some(({ targetGroup }) => targetGroup === group))
  return reportOf(
    {
      title: area.title,
      told: area.own,
      areas: area.areas,
      sections: surveyed.map((group) => sectionOf(area, group, asked)),
    },
    asked,
  )
}

function sectionOf(area: ReportedArea, group: GroupOrTotal, asked: AskedPage): FileSection {
  const { t } = asked
  const { own, whole, before } = area
  const lines = shareLines({ own, whole: whole?.indicators, before: before?.indicators, targetGroup: group })
  const names = { whole: whole?.name, before: before?.name }
  const beside = (name: string) => [name, t('results.files.against', { name })]
  const nothing = nothingText(lines, asked)
  return {
    name: groupName(group, asked),
    heading: groupName(group, asked),
    findings: [...extremesText(lines, asked), ...(nothing ? [nothing] : findingsOf(lines, asked, names))],
    table: {
      head: [
        t('results.table.question'),
        ...['positive', 'share', 'answers', 'low', 'high'].map((column) => t(`results.files.${column}`)),
        ...(whole ? beside(whole.name) : []),
        ...(before ? beside(before.name) : []),
        ...['women', 'men', 'dontKnow'].map((column) => t(`results.files.${column}`)),
      ],
      rows: lines.map((line) => rowOfLine(line, area, asked)),
    },
    notes: [
      ...participationText(own, group, asked),
      ...(group === 'total' ? [t('results.files.noGenders')] : []),
      ...[t('results.files.interval'), t('results.signs')],
    ],
    chart: {
      labels: qualityQuestions.map(({ id }) => t(`results.questions.${id}`)),
      series: [
        { name: area.title, percents: lines.map(({ share }) => percentTold(share)) },
        ...(whole ? [{ name: whole.name, percents: lines.map((line) => percentTold(line.whole.share)) }] : []),
        ...(before ? [{ name: before.name, percents: lines.map((line) => percentTold(line.before.share)) }] : []),
      ],
    },
  }
}

function rowOfLine(line: ShareLine, { own, whole, before }: ReportedArea, asked: AskedPage): FileCell[] {
  const { t } = asked
  const { question, targetGroup, share, interval } = line
  const find = (measure: Indicator['measure'], gender: Indicator['gender']) =>
    own.find(
      (one) =>
        one.measure === measure &&
        one.gender === gender &&
        one.question === question &&
        one.targetGroup === targetGroup,
    )
  const beside = ({ share, outcome }: ShareLine['whole']): FileCell[] => [
    reportedCell(share, asked),
    outcome ? t(`results.outcome.${outcome}`) : null,
  ]
  return [
    t(`results.questions.${question}`),
    t(`results.positive.${question}`),
    reportedCell(share, asked),
    share?.people === undefined ? null : { people: share.people },
    ...(interval ? [{ percent: interval.low }, { percent: interval.high }] : [null, null]),
    ...(whole ? beside(line.whole) : []),
    ...(before ? beside(line.before) : []),
    ...(['woman', 'man'] as const).map((gender) => reportedCell(find('positive', gender), asked)),
    reportedCell(find('dont-know', 'all'), asked, null),
  ]
}

/** How many answered and were offered, and the rate, each as far as it is told. */
function participationText(own: readonly Indicator[], group: GroupOrTotal, { t, frame }: AskedPage): string[] {
  const { responses, offered, rate } = participationIn(own, group)
  const told = [
    ...(responses?.people === undefined ? [] : [`${t('results.files.responses')}: ${responses.people}`]),
    ...(offered?.people === undefined ? [] : [`${t('results.files.offered')}: ${offered.people}`]),
    ...(rate?.value === undefined ? [] : [`${t('results.files.rate')}: ${frame.percent(rate.value)}`]),
  ]
  return told.length > 0 ? [`${told.join('. ')}.`] : []
}
