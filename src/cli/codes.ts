import { renderUnicodeCompact } from 'uqr'
import type { Config } from '../config.ts'
import { invitationChannels } from '../invitation/disposition.ts'
import { inFours } from '../invitation/survey-code.ts'
import { oneOf, wholeNumber } from './arguments.ts'
import { type AddCommands, print, withStores } from './command.ts'
import { type DrawOptions, issue, withAddress } from './issue-codes.ts'
import { type PrintCodesOptions, printCodes } from './print-codes.ts'

export const codesCommands: AddCommands = (program, config) => {
  const codes = program
    .command('codes')
    .description('Survey codes: issue them to people who are here, or print them for later.')

  codes
    .command('draw')
    .description('Issue codes and show them. Each counts as one person offered the survey.')
    .requiredOption('--stratum <id>', 'see: brukarsvar round status <round>')
    .option('--channel <channel>', invitationChannels.join(', '), oneOf(invitationChannels), 'handout')
    .option('--count <number>', 'how many', wholeNumber, 1)
    .action((options: DrawOptions) => draw(config(), options))

  codes
    .command('print')
    .description(
      'Print a batch of slips, or of letters, as a PDF. Printed codes count as offered when you have said how many of the batch were posted or are left over.',
    )
    .requiredOption('--stratum <id>', 'see: brukarsvar round status <round>')
    .option(
      '--channel <channel>',
      `${invitationChannels.join(', ')}; handout, or letter for letters`,
      oneOf(invitationChannels),
    )
    .requiredOption('--count <number>', 'how many', wholeNumber)
    .option('--out <file>', 'where to save the PDF')
    .option('--language <code>', 'language of the slips or letters', 'sv')
    .option('--letters', 'print letters instead of slips, for envelopes with a window on the right')
    .option('--empty-backs', 'add an empty page after each, for a printer that always prints on both sides')
    .option(
      '--contact <line>',
      'who people can contact, shown in the letters; can be repeated for more lines',
      (line, lines) => [...lines, line],
      [] as string[],
    )
    .action((options: PrintCodesOptions) => printCodes(config(), options))
}

async function draw(config: Config, options: DrawOptions): Promise<void> {
  const { codes } = await withStores(config, (stores, { codePepper }) => issue(stores, codePepper, options, true))
  const shown = withAddress(config, codes)
  print(
    options,
    { stratum: options.stratum, channel: options.channel, codes: shown },
    shown.flatMap(({ code, url }) =>
      codes.length === 1 ? [inFours(code), url, renderUnicodeCompact(url)] : [`${inFours(code)}  ${url}`],
    ),
  )
}
