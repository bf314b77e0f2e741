import { rmSync, writeFileSync } from 'node:fs'
import { renderUnicodeCompact } from 'uqr'
import type { Config } from '../config.ts'
import type { Database } from '../database/connection.ts'
import { DomainError } from '../errors.ts'
import { type InvitationChannel, invitationChannels } from '../invitation/disposition.ts'
import { codeAddress, slipSheet } from '../invitation/slips.ts'
import { type IssuedBatch, issueCodes, recordLeftover } from '../invitation/store.ts'
import { inFours } from '../invitation/survey-code.ts'
import { loadLanguages } from '../web/languages.ts'
import { oneOf, wholeNumber } from './arguments.ts'
import { type AddCommands, type Output, print, withDatabase } from './command.ts'
import { writeNewFile } from './new-file.ts'
import { progressBar } from './progress.ts'

interface DrawOptions extends Output {
  stratum: string
  channel: InvitationChannel
  count: number
}

interface PrintOptions extends DrawOptions {
  out?: string
  language: string
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
      'Print a batch of slips as a sheet for the printer. Printed codes are stock: they count as offered when the batch is settled.',
    )
    .requiredOption('--stratum <id>', 'see: brukarsvar round status <round>')
    .option('--channel <channel>', invitationChannels.join(', '), oneOf(invitationChannels), 'handout')
    .requiredOption('--count <number>', 'how many', wholeNumber)
    .option('--out <file>', 'the sheet, as HTML to print from a browser')
    .option('--language <code>', 'language of the slips', 'sv')
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
  const { stratum, channel, out } = options
  if (!options.json && !out) throw new DomainError('invalid', 'Say where the sheet goes: --out <file.html>, or --json.')
  const render = sheetIn(options.language, config)

  const { batchId, codes } = await withDatabase(config, async (db, { codePepper }) =>
    out
      ? issueToSheet(db, out, () => issue(db, codePepper, options, false), render)
      : issue(db, codePepper, options, false),
  )
  const settle =
    channel === 'handout'
      ? `brukarsvar offer leftover --batch ${batchId} --count <left over>`
      : `brukarsvar offer posted --batch ${batchId}`
  print(options, { batch: batchId, stratum, channel, codes: withAddress(config, codes) }, [
    `Batch ${batchId}: ${codes.length} codes in ${out}. The codes are nowhere else: destroy the file when it is printed.`,
    `They are stock until you settle the batch: ${settle}`,
  ])
}

/** A sheet that cannot be written is found out before codes are issued; one that fails half-way leaves no offers behind. */
async function issueToSheet(
  db: Database,
  out: string,
  issue: () => Promise<IssuedBatch>,
  render: (codes: string[]) => string,
): Promise<IssuedBatch> {
  writeNewFile(out, '')
  let batch: IssuedBatch | undefined
  try {
    batch = await issue()
    writeFileSync(out, render(batch.codes))
    return batch
  } catch (error) {
    rmSync(out, { force: true })
    if (batch) await recordLeftover(db, batch.batchId, batch.codes.length)
    throw error
  }
}

function sheetIn(code: string, { publicUrl }: Config): (codes: string[]) => string {
  const languages = loadLanguages()
  const language = languages.find(code)
  if (!language) throw new DomainError('invalid', `Languages are: ${languages.all.map(({ code }) => code).join(', ')}.`)
  return (codes) => slipSheet({ codes, publicUrl, language, languages })
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
