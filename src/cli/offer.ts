import type { Config } from '../config.ts'
import { DomainError } from '../errors.ts'
import { type Channel, channels, type TalliedDisposition } from '../invitation/disposition.ts'
import { readAnyKeyboard } from '../invitation/other-keyboards.ts'
import { prepareFindInvitation } from '../invitation/store.ts'
import { countFromZero, oneOf, wholeNumber } from './arguments.ts'
import { type AddCommands, type Output, print, withStores } from './command.ts'

interface TallyOptions extends Output {
  stratum: string
  count: number
  undo?: boolean
}

interface DeclinedOptions extends TallyOptions {
  channel: Channel
  withCode?: boolean
}

interface BatchOptions extends Output {
  batch: string
  count: number
}

export const offerCommands: AddCommands = (program, config) => {
  const offer = program
    .command('offer')
    .description('Who has been offered the survey and what happened. Numbers only, nothing about any person.')

  offer
    .command('declined')
    .description(
      'Someone was offered the survey and declined: counted as one offer and one refusal. For letters and email, which already count as offers: counted as one refusal only.',
    )
    .requiredOption('--stratum <id>', 'see: brukarsvar round status <round>')
    .option('--channel <channel>', channels.join(', '), oneOf(channels), 'handout')
    .option('--count <number>', 'how many', wholeNumber, 1)
    .option('--with-code', 'they had already been given a code, so they already count as offered')
    .option('--undo', 'undo instead')
    .action((options: DeclinedOptions) => declined(config(), options))

  offer
    .command('undeliverable')
    .description('Letters that were returned, by their codes.')
    .argument('<codes...>', 'each of 16 digits, with or without spaces between them if quoted')
    .action((codes: string[], options: Output) => undeliverable(config(), codes, options))

  offer
    .command('leftover')
    .description('Say how many slips or letters of a printed batch are left over: all others were handed out.')
    .requiredOption('--batch <id>', 'the batch, as codes print said it')
    .requiredOption('--count <number>', 'how many are left over; 0 when none', countFromZero)
    .action((options: BatchOptions) => settle(config(), options))

  offer
    .command('posted')
    .description('All of a printed batch was posted: the same as none left over.')
    .requiredOption('--batch <id>', 'the batch, as codes print said it')
    .action((options: BatchOptions) => settle(config(), { ...options, count: 0 }))

  offer
    .command('paper')
    .description('Paper forms were handed out.')
    .requiredOption('--stratum <id>', 'see: brukarsvar round status <round>')
    .option('--count <number>', 'how many', wholeNumber, 1)
    .option('--undo', 'undo instead')
    .action((options: TallyOptions) => tally(config(), 'paper', 'handed_out', options))
}

async function declined(config: Config, { channel, withCode, ...options }: DeclinedOptions): Promise<void> {
  const wasOffered = withCode || channel === 'letter' || channel === 'email'
  await tally(config, channel, wasOffered ? 'declined_with_code' : 'declined', options)
}

async function tally(
  config: Config,
  channel: Channel,
  disposition: TalliedDisposition,
  options: TallyOptions,
): Promise<void> {
  const { stratum, count, undo } = options
  const number = undo ? -count : count
  await withStores(config, (stores) =>
    stores.invitation.addToTally({ stratumId: stratum, channel, disposition, number }),
  )
  const what = { handed_out: 'handed out', declined: 'declined', declined_with_code: 'declined, with a code' }
  print(
    options,
    { stratum, channel, disposition, number },
    `${count} ${what[disposition]} (${channel}) ${undo ? 'removed' : 'counted'}.`,
  )
}

async function undeliverable(config: Config, codes: string[], options: Output): Promise<void> {
  const read = codes.map(readAnyKeyboard)
  const wrong = codes.filter((_, index) => read[index]!.problem)
  if (wrong.length > 0) throw new DomainError('invalid', `Check the numbers: ${wrong.join(', ')}. Nothing was counted.`)

  const distinct = [...new Set(read.map(({ digits }) => digits))]
  await withStores(config, async (stores, { codePepper }, db) => {
    const findInvitation = prepareFindInvitation(db, codePepper)
    const found = await Promise.all(distinct.map(findInvitation))
    const unknown = distinct.filter((_, index) => !found[index])
    if (unknown.length > 0)
      throw new DomainError('not-found', `Never issued: ${unknown.join(', ')}. Nothing was counted.`)
    for (const invitation of found) await stores.invitation.recordUndeliverable(invitation!)
  })
  print(options, { undeliverable: distinct.length }, `${distinct.length} undeliverable.`)
}

async function settle(config: Config, options: BatchOptions): Promise<void> {
  const { batch, count } = options
  await withStores(config, (stores) => stores.invitation.recordLeftover(batch, count))
  print(
    options,
    { batch, leftover: count },
    `Batch ${batch} is settled: ${count} left over, the others were handed out.`,
  )
}
