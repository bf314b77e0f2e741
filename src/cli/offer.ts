import { InvalidArgumentError } from 'commander'
import type { Config } from '../config.ts'
import { DomainError } from '../errors.ts'
import { type Channel, channels } from '../invitation/disposition.ts'
import { addToTally, prepareFindInvitation, recordLeftover, recordUndeliverable } from '../invitation/store.ts'
import { readTypedCode } from '../invitation/survey-code.ts'
import { getStratum } from '../organisation/store.ts'
import { type AddCommands, countFromZero, print, wholeNumber, withDatabase } from './command.ts'

interface DeclinedOptions {
  stratum: string
  channel: Channel
  count: number
  withCode?: boolean
  undo?: boolean
  json?: boolean
}

interface PaperOptions {
  stratum: string
  count: number
  undo?: boolean
  json?: boolean
}

interface BatchOptions {
  batch: string
  count: number
  json?: boolean
}

export const offerCommands: AddCommands = (program, config) => {
  const offer = program
    .command('offer')
    .description('The ledger: what became of the offers. Counts only, nothing about a person.')

  offer
    .command('declined')
    .description(
      'Somebody was offered the survey and said no: one offer, one decline. For letters and e-mail, which were offers already: one decline.',
    )
    .requiredOption('--stratum <id>')
    .option('--channel <channel>', channels.join(', '), channel, 'handout' as const)
    .option('--count <number>', 'how many', wholeNumber, 1)
    .option('--with-code', 'they had been given a code, which is an offer already')
    .option('--undo', 'take back instead')
    .option('--json', 'print JSON')
    .action((options: DeclinedOptions) => declined(config(), options))

  offer
    .command('undeliverable')
    .description('Letters that came back, by their codes.')
    .argument('<codes...>', 'each of 16 digits, with or without spaces between them if quoted')
    .option('--json', 'print JSON')
    .action((codes: string[], options: { json?: boolean }) => undeliverable(config(), codes, options))

  offer
    .command('leftover')
    .description('Count unused slips of a printed batch back in: all others were handed out.')
    .requiredOption('--batch <id>')
    .requiredOption('--count <number>', 'how many are left over; 0 when none', countFromZero)
    .option('--json', 'print JSON')
    .action((options: BatchOptions) => settle(config(), options))

  offer
    .command('posted')
    .description('A printed batch was posted, all of it: the same as no leftovers.')
    .requiredOption('--batch <id>')
    .option('--json', 'print JSON')
    .action((options: BatchOptions) => settle(config(), { ...options, count: 0 }))

  offer
    .command('paper')
    .description('Paper forms were handed out.')
    .requiredOption('--stratum <id>')
    .option('--count <number>', 'how many', wholeNumber, 1)
    .option('--undo', 'take back instead')
    .option('--json', 'print JSON')
    .action((options: PaperOptions) => paper(config(), options))
}

function channel(text: string): Channel {
  const found = channels.find((candidate) => candidate === text)
  if (!found) throw new InvalidArgumentError(`Channels are: ${channels.join(', ')}.`)
  return found
}

async function declined(
  config: Config,
  { stratum, channel, count, withCode, undo, json }: DeclinedOptions,
): Promise<void> {
  const wasOffered = withCode || channel === 'letter' || channel === 'email'
  await tally(config, {
    stratum,
    channel,
    disposition: wasOffered ? 'declined_with_code' : 'declined',
    number: undo ? -count : count,
    json,
  })
}

async function paper(config: Config, { stratum, count, undo, json }: PaperOptions): Promise<void> {
  await tally(config, { stratum, channel: 'paper', disposition: 'handed_out', number: undo ? -count : count, json })
}

async function tally(
  config: Config,
  {
    stratum,
    json,
    ...counted
  }: { stratum: string; json?: boolean; number: number } & Omit<Parameters<typeof addToTally>[1], 'stratumId'>,
): Promise<void> {
  await withDatabase(config, async (db) => {
    const { state, roundId } = await getStratum(db, stratum)
    if (state === 'draft' || state === 'enrolling')
      throw new DomainError('conflict', `Round ${roundId} is not open yet.`)
    await addToTally(db, { stratumId: stratum, ...counted })
  })
  print(
    { json },
    { stratum, ...counted },
    `${counted.number} ${counted.disposition.replaceAll('_', ' ')} (${counted.channel}) counted.`,
  )
}

async function undeliverable(config: Config, codes: string[], options: { json?: boolean }): Promise<void> {
  const read = codes.map(readTypedCode)
  const wrong = codes.filter((_, index) => read[index]!.problem)
  if (wrong.length > 0) throw new DomainError('invalid', `Check the numbers: ${wrong.join(', ')}. Nothing was counted.`)

  await withDatabase(config, async (db, { codePepper }) => {
    const findInvitation = prepareFindInvitation(db, codePepper)
    const found = await Promise.all(read.map(({ digits }) => findInvitation(digits)))
    const unknown = codes.filter((_, index) => !found[index])
    if (unknown.length > 0)
      throw new DomainError('not-found', `Never issued: ${unknown.join(', ')}. Nothing was counted.`)
    for (const invitation of found) await recordUndeliverable(db, invitation!)
  })
  print(options, { undeliverable: codes.length }, `${codes.length} undeliverable.`)
}

async function settle(config: Config, { batch, count, json }: BatchOptions): Promise<void> {
  await withDatabase(config, (db) => recordLeftover(db, batch, count))
  print(
    { json },
    { batch, leftover: count },
    `Batch ${batch} is settled: ${count} left over, the others were handed out.`,
  )
}
