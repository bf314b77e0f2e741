import { renderUnicodeCompact } from 'uqr'
import type { Config } from '../config.ts'
import { invitationChannels } from '../invitation/disposition.ts'
import { inFours } from '../invitation/survey-code.ts'
import { oneOf, wholeNumber } from './arguments.ts'
import { type AddCommands, print, withDatabase } from './command.ts'
import { type DrawOptions, issue, withAddress } from './issue-codes.ts'
import { type PrintOptions, printCodes } from './print-codes.ts'

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
    .action((options: PrintOptions) => printCodes(config(), options))
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
