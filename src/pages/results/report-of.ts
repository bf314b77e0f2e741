import type { FigureReport, FileCell, FileFact, FileSection } from '../../files/figure-report.ts'
import type { Indicator } from '../../results/indicator.ts'
import { shareText, whyText } from './area.ts'
import type { AskedPage } from './results-pages.ts'
import { ruleNumbers } from './rule-numbers.ts'

/** What a report is of: its sections, all indicators that it is made from, and what their areas are called, by id. */
interface Reported {
  title: string
  sections: FileSection[]
  told: readonly Indicator[]
  areas: ReadonlyMap<string, string>
}

/** A report with what every one says: where its figures come from, what they mean, and how they may be used. */
export function reportOf(reported: Reported, asked: AskedPage): FigureReport {
  const { t, year, frame, language } = asked
  const { number, madeAt, phase, reason } = frame.release
  const time = frame.time(madeAt)
  return {
    lang: language.code,
    title: reported.title,
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
      ...(frame.licence
        ? [{ name: t('results.files.licenceName'), text: `${frame.licence.name} ${frame.licence.href}` }]
        : []),
    ],
    findingsHeading: t('results.files.findings'),
    sections: reported.sections,
    meaningsHeading: t('results.files.meanings'),
    meanings: meaningsOf(t),
    page: t('results.files.page'),
    rows: rowsOf(reported, asked),
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

/** A share as a number, in the words that stand instead, or why there is none. */
export function reportedCell(share: Indicator | undefined, words: AskedPage, absent: FileCell = '–'): FileCell {
  if (!share) return absent
  if (share.status === 'shown') return { percent: share.value! }
  const why = whyText(share, words, 'whyShort')
  return why ? `${shareText(share, words)} (${why})` : shareText(share, words)
}

/** Only where the share itself is told: a chart has no words for "at least". */
export const percentTold = (share: Indicator | undefined) => (share?.status === 'shown' ? (share.value ?? null) : null)

/** Every figure in a row, with the ids of the codebook; a mean or share in whole per cent. */
function rowsOf({ told: own, areas }: Reported, { year, frame }: AskedPage): FigureReport['rows'] {
  const practice = frame.isPractice ? ['practice'] : []
  const head = ['year', 'release', 'level', 'area', 'name', 'targetGroup', 'gender', 'measure', 'question', 'part']
  const told = own.map((one) => [
    ...[year, frame.release.number, one.level, one.area, areas.get(one.area) ?? '', one.targetGroup, one.gender],
    ...[one.measure, one.question, one.part, one.status, one.value ?? null, one.people ?? null],
    ...(frame.isPractice ? ['yes'] : []),
  ])
  return [[...head, 'status', 'value', 'people', ...practice], ...told]
}
