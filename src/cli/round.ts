import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import type { Config } from '../config.ts'
import type { Database } from '../database/connection.ts'
import { DomainError } from '../errors.ts'
import { countInvitations } from '../invitation/store.ts'
import { listStrata } from '../organisation/store.ts'
import { type TargetGroup, targetGroups } from '../questionnaire/target-groups.ts'
import { openCounts, openUrn, sealCounts } from '../results/opening.ts'
import { ballotsOf, countBallots, findOpening, recordOpening } from '../results/store.ts'
import { type Count, type Share, sharesPositive } from '../results/tally.ts'
import type { Round } from '../round/round.ts'
import { createRoundKey, drillRoundKey, roundKeyFile } from '../round/round-key.ts'
import { createRound, getRound, listRounds, moveRound } from '../round/store.ts'
import { type AddCommands, day, groupList, print, readRoundKey, table, withDatabase } from './command.ts'
import { progressBar } from './progress.ts'

interface CreateOptions {
  opens: string
  closes: string
  groups: TargetGroup[]
  keyFile?: string
  json?: boolean
}

interface KeyOptions {
  keyFile?: string
  json?: boolean
}

export const roundCommands: AddCommands = (program, config) => {
  const round = program.command('round').description('The yearly survey: create, open, close, follow.')

  round
    .command('create')
    .description('The key ceremony: make a round and its key file.')
    .argument('<id>', 'usually the year, such as 2026')
    .requiredOption('--opens <day>', 'first day of collection', day)
    .requiredOption('--closes <day>', 'last day of collection', day)
    .option('--groups <list>', 'target groups, separated by commas', groupList, [...targetGroups])
    .option('--key-file <file>', 'where to write the private key; a stick that leaves with you')
    .option('--json', 'print JSON')
    .action((id: string, options: CreateOptions) => create(config(), id, options))

  addKeyOption(
    round
      .command('open')
      .description('The key drill, then collection: the key file opens a test ballot, or nothing opens.'),
  ).action((id: string, options: KeyOptions) => open(config(), id, options))
  addKeyOption(
    round
      .command('close')
      .description('End the collection, open the urn in memory, count. Again on a closed round: a recount.'),
  ).action((id: string, options: KeyOptions) => close(config(), id, options))
  addKeyOption(
    round
      .command('counts')
      .description(
        'The sealed counts of a closed round, for the holder of the key. They hold small cells: never publish them.',
      ),
  ).action((id: string, options: KeyOptions) => counts(config(), id, options))

  round
    .command('status')
    .description('All rounds, or one with its strata.')
    .argument('[id]')
    .option('--json', 'print JSON')
    .action((id: string | undefined, options: { json?: boolean }) => status(config(), id, options))
}

function addKeyOption(command: Command): Command {
  return command
    .argument('<id>')
    .option('--key-file <file>', 'the private key of the round; - reads it from standard input')
    .option('--json', 'print JSON')
}

const keptFile = (config: Config, id: string) => join(config.keyDir, `round-${id}.key`)

/** The key file a command works with: the one given, or the one that is kept on the server. */
function keyFileOf(config: Config, id: string, given?: string): string {
  if (given) return given
  if (existsSync(keptFile(config, id))) return keptFile(config, id)
  throw new DomainError('invalid', 'The key file is needed: --key-file <file>.')
}

/** Said at every step of a round whose private key is kept on the server. */
function keptNotice(config: Config, id: string): string[] {
  if (!existsSync(keptFile(config, id))) return []
  return [`The private key of round ${id} lies on this server: whoever holds the server can read the answers.`]
}

async function create(config: Config, id: string, options: CreateOptions): Promise<void> {
  if (!/^[a-z0-9-]{1,20}$/.test(id))
    throw new DomainError('invalid', 'A round id has up to 20 small letters, digits and hyphens.')
  if (options.closes < options.opens) throw new DomainError('invalid', 'A round cannot close before it opens.')
  const file = options.keyFile ?? (config.keepRoundKey ? keptFile(config, id) : undefined)
  if (!file) throw new DomainError('invalid', 'Say where the private key goes: --key-file <file>.')

  await withDatabase(config, async (db) => {
    const key = createRoundKey(id)
    const round = {
      id,
      year: Number(options.opens.slice(0, 4)),
      opensOn: options.opens,
      closesOn: options.closes,
      publicKey: key.publicKey,
    }
    writeKeyFile(file, roundKeyFile(key)) // first the key, then the round: a round without a key must not exist
    await createRound(db, { ...round, targetGroups: options.groups })
  })
  print(options, { id, state: 'draft', keyFile: file }, [
    `Round ${id} is a draft. Its private key: ${file}`,
    'Make a second copy and keep both away from this server. Without a copy nobody can ever read the answers.',
    ...keptNotice(config, id),
    `Next: brukarsvar unit add, then brukarsvar round open ${id} --key-file ${file}`,
  ])
}

function writeKeyFile(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    const exists = (cause as { code?: string }).code === 'EEXIST'
    throw new DomainError(
      'conflict',
      exists ? `${file} exists already; a key file is never overwritten.` : `${file} cannot be written.`,
      { cause },
    )
  }
}

async function open(config: Config, id: string, options: KeyOptions): Promise<void> {
  const key = readRoundKey(keyFileOf(config, id, options.keyFile))
  await withDatabase(config, async (db) => {
    drillRoundKey(await getRound(db, id), key)
    await moveRound(db, id, ['draft', 'enrolling'], 'collecting')
  })
  print(options, { id, state: 'collecting' }, [
    `The key file opened a test ballot. Round ${id} is collecting.`,
    'Take the key file away from this server now.',
    ...keptNotice(config, id),
  ])
}

async function close(config: Config, id: string, options: KeyOptions): Promise<void> {
  const key = readRoundKey(keyFileOf(config, id, options.keyFile))
  const { opened, shares } = await withDatabase(config, async (db) => {
    const round = await getRound(db, id)
    drillRoundKey(round, key) // before the close, so that a wrong file changes nothing
    if (round.state !== 'closed') await moveRound(db, id, ['collecting'], 'closed')

    const total = await countBallots(db, id)
    const bar = progressBar('Opening ballots', total)
    const opened = openUrn(ballotsOf(db, id), key, bar.update)
    bar.end()
    await recordOpening(db, { roundId: id, ballots: opened.ballots, sealedCounts: sealCounts(round.publicKey, opened) })
    return { opened, shares: await sharesOf(db, round, opened.counts) }
  })
  const languages = Object.fromEntries(opened.languages)
  print(options, { id, state: 'closed', ballots: opened.ballots, shares, languages }, [
    `Round ${id} is closed. ${opened.ballots} ballots were opened and counted.`,
    'Share positive, per cent (number of answers); .. stands for fewer than ten:',
    ...sharesTable(shares),
  ])
}

async function counts(config: Config, id: string, options: KeyOptions): Promise<void> {
  const key = readRoundKey(keyFileOf(config, id, options.keyFile))
  await withDatabase(config, async (db) => {
    const opening = await findOpening(db, id)
    if (!opening) throw new DomainError('conflict', `Round ${id} has not been opened. Close it first.`)
    const document = openCounts(key, opening.sealedCounts)
    const rows = document.counts.map(({ stratumId, gender, question, option, number }) => [
      stratumId,
      gender,
      question,
      option,
      number,
    ])
    print(
      options,
      { id, ballots: opening.ballots, ...document, languages: Object.fromEntries(document.languages) },
      table(['stratum', 'gender', 'question', 'option', 'number'], rows),
    )
  })
}

async function sharesOf(db: Database, round: Round, counted: Count[]): Promise<Share[]> {
  const groupOf = new Map((await listStrata(db, round.id)).map(({ id, targetGroup }) => [id, targetGroup]))
  const groups = targetGroups.filter((group) => round.targetGroups.includes(group))
  return sharesPositive(counted, groupOf, groups)
}

function sharesTable(shares: Share[]): string[] {
  const groups = [...new Set(shares.map(({ targetGroup }) => targetGroup))]
  const names = [...new Set(shares.map(({ question }) => question))]
  const cell = ({ positive, respondents, suppressed }: Share) =>
    suppressed ? '..' : `${(positive! * 100).toFixed(0)} (${respondents})`
  const rows = names.map((question) => [
    question,
    ...groups.map((group) => cell(shares.find((share) => share.targetGroup === group && share.question === question)!)),
  ])
  return table(['question', ...groups], rows)
}

async function status(config: Config, id: string | undefined, options: { json?: boolean }): Promise<void> {
  await withDatabase(config, async (db) => {
    const rounds = id ? [await getRound(db, id)] : await listRounds(db)
    const issued = await countInvitations(
      db,
      rounds.map((round) => round.id),
    )
    const shown = await Promise.all(
      rounds.map(async ({ publicKey, ...round }) => ({
        ...round,
        publicKey: publicKey.toString('hex'),
        codesIssued: issued.get(round.id) ?? 0,
        ballots: await countBallots(db, round.id),
        strata: await listStrata(db, round.id),
      })),
    )
    const lines = table(
      ['round', 'state', 'opens', 'closes', 'codes', 'ballots'],
      shown.map((round) => [round.id, round.state, round.opensOn, round.closesOn, round.codesIssued, round.ballots]),
    )
    if (id) {
      const strata = shown[0]!.strata.map((stratum) => [
        stratum.id,
        `${stratum.municipalityCode} ${stratum.municipality}`,
        stratum.unit,
        stratum.targetGroup,
      ])
      lines.push('', ...table(['stratum', 'municipality', 'unit', 'target group'], strata))
    }
    lines.push(...rounds.flatMap((round) => keptNotice(config, round.id)))
    print(
      options,
      id ? shown[0] : shown,
      shown.length === 0 ? 'There is no round yet. Make one with: brukarsvar round create' : lines,
    )
  })
}
