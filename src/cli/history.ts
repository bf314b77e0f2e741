import { existsSync, statSync } from 'node:fs'
import type { Config } from '../config.ts'
import { DomainError } from '../errors.ts'
import type { RejectedFigure } from '../history/gathered.ts'
import type { HistoryOutcome, HistoryProgress, HistorySource } from '../history/import-history.ts'
import { rejections } from '../history/source-figure.ts'
import { type Languages, loadLanguages } from '../language/languages.ts'
import { plainCsvBytes } from '../table/written.ts'
import { wholeNumber } from './arguments.ts'
import { ask } from './ask.ts'
import { type AddCommands, type Output, print, table, withStores } from './command.ts'
import { writeNewFile } from './new-file.ts'
import { progressBar } from './progress.ts'
import { operator } from './results-protocol.ts'

interface ImportAsked extends Output {
  from?: string
  preview?: boolean
  report?: string
}

/** So many rejected figures are printed; all of them stand in the report. */
const mostPrinted = 20

export const historyCommands: AddCommands = (program, config) => {
  const history = program
    .command('history')
    .description('Figures of earlier years, as the indicator database has them.')
  history
    .command('import')
    .description(
      "Import figures of earlier years: answers of Kolada's API (v3 or v2, as JSON) or CSV, all of it together or nothing.",
    )
    .argument('[files...]', 'saved answers or CSV files')
    .option(
      '--from <address>',
      'a live API instead of files: https://api.kolada.se/v3, or the address of one question to it',
    )
    .option('--preview', 'only show what would be done')
    .option('--report <file>', 'write everything that was rejected to a new CSV file, with the reasons')
    .action((files: string[], options: ImportAsked) => importFiles(config(), files, options))
  history
    .command('list')
    .description('What there is of earlier years, and where it is from.')
    .action((options: Output) => list(config(), options))
  history
    .command('remove')
    .description('Remove the figures of a year that came with one import.')
    .argument('<year>', 'a year', wholeNumber)
    .requiredOption('--import <number>', 'which import, see: brukarsvar history list', wholeNumber)
    .option('--yes', 'do it without asking')
    .action((year: number, options: Output & { import: number; yes?: boolean }) => remove(config(), year, options))
}

async function importFiles(config: Config, files: string[], options: ImportAsked): Promise<void> {
  const from = sourceOf(files, options.from)
  const { report, preview: isPreview = false } = options
  if (report !== undefined && existsSync(report))
    throw new DomainError('conflict', `${report} already exists and will not be overwritten.`)
  const order = { from, isPreview, by: operator, now: new Date(), source: options.from ?? files.join(', ') }
  const texts = loadLanguages()
  const follow = following()
  const outcome = await withStores(config, ({ history }) => history.importOnThread(order, follow.tell))
    .catch((error) => Promise.reject(inWords(error, texts)))
    .finally(follow.end)
  if (report !== undefined) writeNewFile(report, await reportOf(outcome.listed, texts))
  print(options, outcome, linesOf(outcome, { isPreview, texts, hasReport: report !== undefined }))
}

function sourceOf(files: string[], address: string | undefined): HistorySource {
  if (files.length > 0 === (address !== undefined))
    throw new DomainError('invalid', 'Name either files or, with --from, the address of a live API.')
  if (address !== undefined) return { kind: 'live', address }
  for (const path of files) if (!statSync(path).isFile()) throw new DomainError('invalid', `${path} is not a file.`)
  return { kind: 'files', paths: files }
}

/** What pages say of it, in English. */
function inWords(error: unknown, texts: Languages): unknown {
  if (!(error instanceof DomainError) || !error.messageKey.startsWith('staff.history.')) return error
  return new DomainError(error.code, textOf(texts, error.messageKey, error.values), { cause: error })
}

const textOf = (texts: Languages, key: string, values?: Record<string, string | number>) =>
  texts.text(texts.find('en')!, key, values)

/** Shows how far it is; of a live API nobody knows how many pages there are. */
function following() {
  let bar: { step: HistoryProgress['step']; update: (done: number) => void; end: () => void } | undefined
  const end = () => bar?.end()
  return {
    tell({ step, done, of }: HistoryProgress): void {
      if (of === undefined) {
        if (process.stderr.isTTY) process.stderr.write(`\rPage ${done} `)
        return
      }
      if (bar?.step !== step) {
        end()
        bar = { step, ...progressBar(step === 'bytes' ? 'Reading' : 'Comparing and writing', of, { inPercent: true }) }
      }
      bar.update(done)
    },
    end,
  }
}

interface Shown {
  isPreview: boolean
  texts: Languages
  hasReport: boolean
}

function linesOf(outcome: HistoryOutcome, { isPreview, texts, hasReport }: Shown): string[] {
  const { read, repeated, rejected, listed, counts, years } = outcome
  const { added, changed, unchanged } = counts
  const reason = (name: string) => textOf(texts, `staff.history.rejection.${name}`)
  const reasons = rejections.flatMap((name) => (rejected[name] ? [[reason(name), rejected[name]]] : []))
  const examples = listed.slice(0, mostPrinted)
  const isDone = added + changed > 0
  return [
    `${read} figures were read. New: ${added}. Changed: ${changed}. As they are already: ${unchanged}. Twice in the source: ${repeated}.`,
    ...(years.length > 0
      ? [
          '',
          ...table(
            ['year', 'figures'],
            years.map(({ year, figures }) => [String(year), figures]),
          ),
        ]
      : []),
    ...(reasons.length > 0 ? ['', ...table(['rejected, because', 'figures'], reasons)] : []),
    ...(examples.length > 0
      ? [
          '',
          ...table(
            ['row', 'indicator', 'area', 'year', 'gender', 'value', 'reason'],
            examples.map((one) => [...rowOf(one), reason(one.reason)]),
          ),
        ]
      : []),
    ...(listed.length > examples.length && !hasReport
      ? [`And ${listed.length - examples.length} more: --report <file> writes all of them.`]
      : []),
    '',
    isPreview
      ? 'Nothing was changed: this was a preview.'
      : isDone
        ? `Imported: ${added + changed} figures.`
        : 'Nothing was changed: everything that could be imported is there already.',
  ]
}

const rowOf = ({ row, kpi, area, year, gender, value }: RejectedFigure) => [row, kpi, area, year, gender, value]

function reportOf(listed: readonly RejectedFigure[], texts: Languages): Promise<Buffer> {
  const rows = listed.map((one) => [one.source, ...rowOf(one), textOf(texts, `staff.history.rejection.${one.reason}`)])
  return plainCsvBytes([['source', 'row', 'kpi', 'municipality', 'year', 'gender', 'value', 'reason'], ...rows])
}

async function list(config: Config, options: Output): Promise<void> {
  const years = await withStores(config, ({ history }) => history.listImportedYears())
  const rows = years.map(({ year, importId, figures, importedAt, source, isPractice }) => [
    ...[String(year), importId, figures, importedAt],
    isPractice ? `${source} (made up)` : source,
  ])
  print(
    options,
    years,
    rows.length === 0
      ? 'There are no figures of earlier years. Next: brukarsvar history import <file>'
      : table(['year', 'import', 'figures', 'imported', 'from'], rows),
  )
}

async function remove(
  config: Config,
  year: number,
  { import: importId, yes, ...output }: Output & { import: number; yes?: boolean },
): Promise<void> {
  const removed = await withStores(config, async ({ history }) => {
    const found = (await history.listImportedYears()).find((one) => one.importId === importId && one.year === year)
    if (!found) throw new DomainError('not-found', `There is nothing of ${year} from import ${importId}.`)
    const question = `Remove ${found.figures} figures of ${year} from ${found.source}? Type the year: `
    if (!yes && (await ask(question, 'Add --yes to remove them without being asked.')) !== String(year))
      throw new DomainError('conflict', 'Nothing was removed.')
    return history.removeImportedYear({ importId, year, by: operator, now: new Date() })
  })
  print(output, { removed }, `Removed: ${removed} figures of ${year}.`)
}
