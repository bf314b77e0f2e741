import type { Language, Languages } from '../language/languages.ts'
import type { MunicipalityNotice } from '../notice/responsible.ts'
import type { PublishedText } from '../own-texts/own-text.ts'
import type { Indicator, ReleasedArea } from '../results/indicator.ts'
import { groupsAndTotal, levels, measures } from '../results/indicator.ts'
import type { Wanted } from '../results/indicators-store.ts'
import type { Protocol, ProtocolText } from '../results/protocol.ts'
import type { AskedWords } from '../round/asked-words.ts'
import { plainCsvBytes, type WrittenCell } from '../table/written.ts'
import { plainText } from '../web/views.ts'

/** The columns of the indicators, in their order. */
const columns = [
  ...(['level', 'area', 'name', 'targetGroup', 'gender', 'measure'] as const),
  ...(['question', 'part', 'status', 'value', 'people', 'positive'] as const),
] as const

/**
 * The indicators of a release as they were told, with the names of areas; what was kept back has a status and no figure. A nation is half a
 * million rows: each level is read and written alone, and of units those that are among the areas. Figures that are made up say so, each.
 */
export async function indicatorsCsv(
  listIndicators: (wanted: Wanted) => Promise<Indicator[]>,
  areas: readonly ReleasedArea[],
  isPractice: boolean,
): Promise<Buffer> {
  const [mark, marked] = isPractice ? [['practice'], ['yes']] : [[], []]
  const names = new Map(areas.map(({ level, area, name }) => [`${level} ${area}`, name]))
  const units = areas.flatMap(({ level, area }) => (level === 'unit' ? [area] : []))
  const pieces: Wanted[] = [
    ...levels.filter((level) => level !== 'unit').map((level) => ({ levels: [level] })),
    ...(units.length > 0 ? [{ levels: ['unit' as const], areas: units }] : []),
  ]
  const written = [await plainCsvBytes([[...columns, ...mark]])]
  for (const piece of pieces) {
    const rows = (await listIndicators(piece)).map((one) => {
      const cells = { ...one, name: names.get(`${one.level} ${one.area}`) ?? '' }
      return [...columns.map((column): WrittenCell => cells[column] ?? null), ...marked]
    })
    written.push(await plainCsvBytes(rows))
  }
  return Buffer.concat(written)
}

/** Which municipality is in which county, and which unit in which municipality, as they were called. */
export function areasCsv(areas: readonly ReleasedArea[]): Promise<Buffer> {
  const sorted = areas.map(({ level, area, name, within }) => [level, area, name, within])
  return plainCsvBytes([['level', 'area', 'name', 'within'], ...sorted])
}

/** The releases of a round with their steps, a row each: one that nobody let anybody see has a row too. */
export function releasesCsv(protocols: readonly Protocol[]): Promise<Buffer> {
  const head = ['release', 'counted', 'correction', 'step', 'takesEffect', 'proposedBy', 'proposedAt']
  const rows = protocols.flatMap(({ signed }) => {
    const { release, openedAt, reason = '', steps }: ProtocolText = JSON.parse(signed)
    const of = [release, openedAt, reason]
    if (steps.length === 0) return [[...of, ...Array.from({ length: 8 }, () => '')]]
    return steps.map(
      ({ kind, takesEffect, proposedByName, proposedAt, approvedByName, approvedAt, isAlone, reason }) => [
        ...[...of, kind, takesEffect, proposedByName ?? '', proposedAt, approvedByName ?? '', approvedAt ?? ''],
        ...[isAlone ? 'yes' : 'no', reason ?? ''],
      ],
    )
  })
  return plainCsvBytes([[...head, 'approvedBy', 'approvedAt', 'alone', 'why'], ...rows])
}

/** Who answers for personal data, as municipalities name them. */
export function responsibleCsv(municipalities: readonly MunicipalityNotice[]): Promise<Buffer> {
  const named = municipalities.flatMap(({ code, name, responsible: by }) =>
    by ? [[code, name, by.boardName, by.boardContact, by.dpoContact]] : [],
  )
  return plainCsvBytes([['area', 'name', 'board', 'boardContact', 'dataProtectionOfficer'], ...named])
}

/** The questions in a language, word for word, with their options. */
export function wordsText({ language, hash, questions }: AskedWords): string {
  const parts = questions.map(({ id, asked, options }) =>
    [
      `[${id}]`,
      ...Object.entries(asked).map(([group, text]) => `${group}: ${plainText(text)}`),
      ...options.map((option) => `- ${plainText(option)}`),
    ].join('\n'),
  )
  return `${[`${language}\nSHA-256: ${hash}`, ...parts].join('\n\n')}\n`
}

/** What was written of results, as it is published: since when, beside which release, and who said a quotation. */
export const ownTextFile = ({ text, saidBy, publishedAt, release }: PublishedText): string =>
  `${[`${publishedAt}, ${release}`, text, ...(saidBy === '' ? [] : [`– ${saidBy}`])].join('\n\n')}\n`

/** What stands in the figures and is not shown as a share: why there is none, or how far it is told. */
const statuses = ['shown', 'at-least-90', 'at-most-10', 'few', 'protected', 'nobody'] as const

/** What the files are, how they are checked, and what the columns and their words mean. @param of with the name of the municipality that it is of alone */
export function readmeText(
  languages: Languages,
  language: Language,
  of: { id: string; name: string; isPractice: boolean; areWordsKept: boolean; areNoticesKept: boolean },
): string {
  const { id, name, isPractice, areWordsKept, areNoticesKept } = of
  const t = (key: string, values?: Record<string, string>) => languages.text(language, key, values)
  const list = <Word extends string>(words: readonly Word[], keyOf: (word: Word) => string) =>
    words.map((word) => `  ${word}: ${t(keyOf(word))}`)
  return [
    t('staff.archive.title', { id }),
    ...(name === '' ? [] : [t('staff.archive.part', { name })]),
    ...(isPractice ? [t('results.practice')] : []),
    '',
    t('staff.archive.check'),
    '',
    ...['protocols', 'figures', 'areas', 'releases', 'texts'].map((file) => t(`staff.archive.files.${file}`)),
    t(areWordsKept ? 'staff.archive.wordsKept' : 'staff.archive.wordsNow'),
    t(areNoticesKept ? 'staff.archive.noticesKept' : 'staff.archive.noticesNow'),
    '',
    t('staff.archive.format'),
    t('staff.archive.withheld'),
    '',
    t('staff.archive.columns'),
    ...list(columns, (word) => `staff.archive.column.${word}`),
    ...['', 'level:', ...list(levels, (word) => `results.about.levels.${word}`)],
    ...['', 'targetGroup:', ...list(groupsAndTotal, (word) => `results.groups.${word}`)],
    ...['', 'measure:', ...list(measures, (word) => `results.about.measures.${word}`)],
    ...['', 'status:', ...list(statuses, (word) => `results.about.statuses.${word}`), ''],
  ].join('\n')
}
