import type { FigureReport, FileCell, FileFact, FileSection } from '../../files/figure-report.ts'
import { qualityQuestions } from '../../questionnaire/questions.ts'
import type { GroupOrTotal, Indicator } from '../../results/indicator.ts'
import { groupsAndTotal } from '../../results/indicator.ts'
import { participationIn, type ShareLine, shareLines } from '../../results/share-lines.ts'
import { nothingText, shareText, whyText } from './area.ts'
import { extremesText, findingsOf } from './findings.ts'
import { groupName } from './groups.ts'
import type { AskedPage } from './results-pages.ts'
import { ruleNumbers } from './rule-numbers.ts'

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
  const { t, year, frame, language } = asked
  const { number, madeAt, phase, reason } = frame.release
  const time = frame.time(madeAt)
  const surveyed = groupsAndTotal.filter((group) => area.own.some(({ targetGroup }) => targetGroup === group))
  return {
    lang: language.code,
    title: area.title,
    subtitle: t('results.survey'),
    warnings: [
      ...(frame.isPractice ? [t('results.practice')] : []),
      ...(phase === 'published' ? [] : [t(`results.notPublic.${phase}`)]),
    ],
    aboutHeading: t('results.files.cover'),
    about: [
      { name: t('results.files.year'), text: String(year) },
      { name: t('results.files.release'), text: `${number}, ${t('results.files.counted', { time })}` },
      ...(reason ? [{ name: t('results.files.correction'), text: reason }] : []),
      { name: t('results.files.sourceName'), text: t('results.about.citation', { year: String(year), number, time }) },
      { name: t('results.files.licenceName'), text: `${frame.licence.name} ${frame.licence.href}` },
    ],
    sections: surveyed.map((group) => sectionOf(area, group, asked)),
    meaningsHeading: t('results.files.meanings'),
    meanings: meaningsOf(t),
    page: t('results.files.page'),
    rows: rowsOf(area, asked),
  }
}

/** The words of a page about the figures, as far as a file needs them. */
function meaningsOf(t: AskedPage['t']): FileFact[] {
  const of = (part: string, keys: readonly string[]) =>
    keys.map((key) => ({
      name: t(`results.about.${part}.${key}.name`, ruleNumbers),
      text: t(`results.about.${part}.${key}.text`, ruleNumbers),
    }))
  return [
    ...of('definitions', ['share', 'dontKnow', 'total', 'rate', 'nation']),
    ...of('rules', ['few', 'unanimous', 'protected', 'genders']),
    ...of('sureness', ['interval', 'difference', 'together']),
  ]
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
    notes: [...participationText(own, group, asked), t('results.files.interval'), t('results.signs')],
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

/** Only where the share itself is told: a chart has no words for "at least". */
const percentTold = (share: Indicator | undefined) => (share?.status === 'shown' ? (share.value ?? null) : null)

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
    shareCell(share, asked),
    outcome ? t(`results.outcome.${outcome}`) : null,
  ]
  return [
    t(`results.questions.${question}`),
    t(`results.positive.${question}`),
    shareCell(share, asked),
    share?.people === undefined ? null : { people: share.people },
    ...(interval ? [{ percent: interval.low }, { percent: interval.high }] : [null, null]),
    ...(whole ? beside(line.whole) : []),
    ...(before ? beside(line.before) : []),
    ...(['woman', 'man'] as const).map((gender) => shareCell(find('positive', gender), asked)),
    shareCell(find('dont-know', 'all'), asked, null),
  ]
}

/** A share as a number, in the words that stand instead, or why there is none. */
function shareCell(share: Indicator | undefined, words: AskedPage, absent: FileCell = '–'): FileCell {
  if (!share) return absent
  if (share.status === 'shown') return { percent: share.value! }
  const why = whyText(share, words, 'whyShort')
  return why ? `${shareText(share, words)} (${why})` : shareText(share, words)
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

/** Every figure in a row, with the ids of the codebook; a mean or share in whole per cent. */
function rowsOf({ own, areas }: ReportedArea, { year, frame }: AskedPage): FigureReport['rows'] {
  const practice = frame.isPractice ? ['practice'] : []
  const head = ['year', 'release', 'level', 'area', 'name', 'targetGroup', 'gender', 'measure', 'question', 'part']
  const told = own.map((one) => [
    ...[year, frame.release.number, one.level, one.area, areas.get(one.area) ?? '', one.targetGroup, one.gender],
    ...[one.measure, one.question, one.part, one.status, one.value ?? null, one.people ?? null],
    ...(frame.isPractice ? ['yes'] : []),
  ])
  return [[...head, 'status', 'value', 'people', ...practice], ...told]
}
