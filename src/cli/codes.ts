import { rmSync, writeFileSync } from 'node:fs'
import { renderUnicodeCompact } from 'uqr'
import type { Config } from '../config.ts'
import type { Database } from '../database/connection.ts'
import { DomainError } from '../errors.ts'
import { codeAddress } from '../invitation/code-address.ts'
import { type InvitationChannel, invitationChannels } from '../invitation/disposition.ts'
import { type IssuedBatch, issueCodes, recordLeftover } from '../invitation/store.ts'
import { inFours } from '../invitation/survey-code.ts'
import { getStratumWithin } from '../organisation/store.ts'
import { letterSheet } from '../print/letters.ts'
import { printPdf } from '../print/print-process.ts'
import { checkNumber, type Sheet } from '../print/sheet.ts'
import { slipSheet } from '../print/slips.ts'
import { getRound } from '../round/store.ts'
import { type Language, type Languages, loadLanguages } from '../web/languages.ts'
import { oneOf, wholeNumber } from './arguments.ts'
import { type AddCommands, type Output, print, withDatabase } from './command.ts'
import { writeNewFile } from './new-file.ts'
import { progressBar } from './progress.ts'

interface DrawOptions extends Output {
  stratum: string
  channel: InvitationChannel
  count: number
}

interface PrintOptions extends Omit<DrawOptions, 'channel'> {
  channel?: InvitationChannel
  out?: string
  language: string
  letters?: boolean
  contact: string[]
}

export const codesCommands: AddCommands = (program, config) => {
  const codes = program
    .command('codes')
    .description('Survey codes: draw them for people who are here, print them for later.')

  codes
    .command('draw')
    .description('Draw codes and show them. Each counts as one offer.')
    .requiredOption('--stratum <id>', 'see: brukarsvar round status <round>')
    .option('--channel <channel>', invitationChannels.join(', '), oneOf(invitationChannels), 'handout')
    .option('--count <number>', 'how many', wholeNumber, 1)
    .action((options: DrawOptions) => draw(config(), options))

  codes
    .command('print')
    .description(
      'Print a batch of slips, or of letters, as a PDF. Printed codes are stock: they count as offered when the batch is settled.',
    )
    .requiredOption('--stratum <id>', 'see: brukarsvar round status <round>')
    .option(
      '--channel <channel>',
      `${invitationChannels.join(', ')}; handout, or letter for letters`,
      oneOf(invitationChannels),
    )
    .requiredOption('--count <number>', 'how many', wholeNumber)
    .option('--out <file>', 'where the PDF goes')
    .option('--language <code>', 'language of the slips or letters', 'sv')
    .option('--letters', 'a letter to each, for envelopes with a window on the right, instead of slips')
    .option(
      '--contact <line>',
      'who to ask, in the letters; can be given again',
      (line, lines) => [...lines, line],
      [] as string[],
    )
    .action((options: PrintOptions) => printSheet(config(), options))
}

async function draw(config: Config, options: DrawOptions): Promise<void> {
  const { codes } = await withDatabase(config, (db, { codePepper }) => issue(db, codePepper, options, true))
  const shown = withAddress(config, codes)
  print(
    options,
    { stratum: options.stratum, channel: options.channel, codes: shown },
    shown.flatMap(({ code, url }) =>
      codes.length === 1 ? [inFours(code), url, renderUnicodeCompact(url)] : [`${inFours(code)}  ${url}`],
    ),
  )
}

async function printSheet(config: Config, options: PrintOptions): Promise<void> {
  const { stratum, out, channel = options.letters ? 'letter' : 'handout' } = options
  if (!options.json && !out) throw new DomainError('invalid', 'Say where it goes: --out <file.pdf>, or --json.')
  if (out) checkNumber(options.count)
  const languages = loadLanguages()
  const language = languageOf(languages, options.language)

  const { batchId, codes } = await withDatabase(config, async (db, { codePepper }) => {
    const issueStock = () => issue(db, codePepper, { ...options, channel }, false)
    if (!out) return issueStock()
    const layOut = await sheetMaker(db, config, options, language, languages)
    return issueToFile(db, out, issueStock, layOut)
  })
  const settle =
    channel === 'handout'
      ? `brukarsvar offer leftover --batch ${batchId} --count <left over>`
      : `brukarsvar offer posted --batch ${batchId}`
  print(options, { batch: batchId, stratum, channel, codes: withAddress(config, codes) }, [
    `Batch ${batchId}: ${codes.length} codes in ${out}. The codes are nowhere else: destroy the file when it is printed.`,
    `They are stock until you settle the batch: ${settle}`,
  ])
}

/** A file that cannot be written is found out before codes are issued; one that fails half-way leaves no offers behind. */
async function issueToFile(
  db: Database,
  out: string,
  issue: () => Promise<IssuedBatch>,
  layOut: (batch: IssuedBatch) => Sheet,
): Promise<IssuedBatch> {
  writeNewFile(out, '')
  let batch: IssuedBatch | undefined
  try {
    batch = await issue()
    writeFileSync(out, await printPdf(layOut(batch)))
    return batch
  } catch (error) {
    rmSync(out, { force: true })
    if (batch) await recordLeftover(db, batch.batchId, batch.codes.length)
    throw error
  }
}

/** What a batch becomes: slips, or letters from the unit of its stratum. */
async function sheetMaker(
  db: Database,
  { publicUrl }: Config,
  { letters, stratum: id, contact }: PrintOptions,
  language: Language,
  languages: Languages,
): Promise<(batch: IssuedBatch) => Sheet> {
  const common = { publicUrl, language, languages }
  if (!letters) return ({ batchId, codes }) => slipSheet({ codes, batch: batchId, ...common })

  const stratum = await getStratumWithin(db, {}, id)
  const { closesOn: lastDay } = await getRound(db, stratum.roundId)
  const sender = [stratum.municipality, stratum.unit]
  const { targetGroup: group } = stratum
  return ({ codes }) =>
    letterSheet({ letters: codes.map((code) => ({ code })), group, sender, contact, lastDay, ...common })
}

function languageOf(languages: Languages, code: string): Language {
  const language = languages.find(code)
  if (!language) throw new DomainError('invalid', `Languages are: ${languages.all.map(({ code }) => code).join(', ')}.`)
  return language
}

const withAddress = ({ publicUrl }: Config, codes: string[]) =>
  codes.map((code) => ({ code, url: codeAddress(publicUrl, code) }))

async function issue(db: Database, codePepper: Buffer, options: DrawOptions, drawn: boolean): Promise<IssuedBatch> {
  const { stratum: stratumId, channel, count } = options
  const bar = count > 2000 ? progressBar('Issuing codes', count) : undefined
  const batch = await issueCodes(db, codePepper, { stratumId, channel, count, drawn, onProgress: bar?.update })
  bar?.end()
  return batch
}
