import { writeFileSync } from 'node:fs'
import { renderUnicodeCompact } from 'uqr'
import { InvalidArgumentError } from 'commander'
import type { Config } from '../config.ts'
import { DomainError } from '../errors.ts'
import { type InvitationChannel, invitationChannels } from '../invitation/disposition.ts'
import { codeAddress, slipSheet } from '../invitation/slips.ts'
import { type IssueOptions, issueCodes } from '../invitation/store.ts'
import { inFours } from '../invitation/survey-code.ts'
import { loadLanguages } from '../web/languages.ts'
import { type AddCommands, print, wholeNumber, withDatabase } from './command.ts'
import { progressBar } from './progress.ts'

interface DrawOptions {
  stratum: string
  channel: InvitationChannel
  count: number
  json?: boolean
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
    .option('--channel <channel>', invitationChannels.join(', '), channel, 'handout' as const)
    .option('--count <number>', 'how many', wholeNumber, 1)
    .option('--json', 'print JSON')
    .action((options: DrawOptions) => draw(config(), options))

  codes
    .command('print')
    .description(
      'Print a batch of slips as a sheet for the printer. Printed codes are stock: they count as offered when the batch is settled.',
    )
    .requiredOption('--stratum <id>', 'see: brukarsvar round status <round>')
    .option('--channel <channel>', invitationChannels.join(', '), channel, 'handout' as const)
    .requiredOption('--count <number>', 'how many', wholeNumber)
    .option('--out <file>', 'the sheet, as HTML to print from a browser')
    .option('--language <code>', 'language of the slips', 'sv')
    .option('--json', 'print JSON, with the codes')
    .action((options: PrintOptions) => printSheet(config(), options))
}

function channel(text: string): InvitationChannel {
  const found = invitationChannels.find((candidate) => candidate === text)
  if (!found) throw new InvalidArgumentError(`Channels with codes are: ${invitationChannels.join(', ')}.`)
  return found
}

async function draw(config: Config, options: DrawOptions): Promise<void> {
  const { codes } = await issue(config, options, true)
  const shown = codes.map((code) => ({ code, url: codeAddress(config.publicUrl, code) }))
  print(
    options,
    { stratum: options.stratum, codes: shown },
    shown.flatMap(({ code, url }) =>
      codes.length === 1 ? [inFours(code), url, renderUnicodeCompact(url)] : [`${inFours(code)}  ${url}`],
    ),
  )
}

async function printSheet(config: Config, options: PrintOptions): Promise<void> {
  if (!options.json && !options.out)
    throw new DomainError('invalid', 'Say where the sheet goes: --out <file.html>, or --json.')
  const languages = loadLanguages()
  const language = languages.find(options.language)
  if (!language) throw new DomainError('invalid', `Languages are: ${languages.all.map(({ code }) => code).join(', ')}.`)

  const { batchId, codes } = await issue(config, options, false)
  if (options.out)
    writeFileSync(options.out, slipSheet({ codes, publicUrl: config.publicUrl, language, languages }), { mode: 0o600 })
  const settle =
    options.channel === 'handout'
      ? `brukarsvar offer leftover --batch ${batchId} --count <left over>`
      : `brukarsvar offer posted --batch ${batchId}`
  print(
    options,
    {
      batch: batchId,
      stratum: options.stratum,
      channel: options.channel,
      codes: codes.map((code) => ({ code, url: codeAddress(config.publicUrl, code) })),
    },
    [
      `Batch ${batchId}: ${codes.length} codes in ${options.out}. The codes are nowhere else: destroy the file when it is printed.`,
      `They are stock until you settle the batch: ${settle}`,
    ],
  )
}

async function issue(config: Config, { stratum, channel, count }: DrawOptions, drawn: boolean) {
  return withDatabase(config, async (db, { codePepper }) => {
    const bar = progressBar('Issuing codes', count)
    const issueOptions: IssueOptions = { stratumId: stratum, channel, count, drawn, onProgress: bar.update }
    const batch = await issueCodes(db, codePepper, issueOptions)
    if (count > 2000) bar.end()
    return batch
  })
}
