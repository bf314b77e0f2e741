import { rmSync } from 'node:fs'
import { namedInNotices, writtenNotices } from '../actions/written-notices.ts'
import type { Config } from '../config.ts'
import { DomainError } from '../errors.ts'
import { loadLanguages } from '../language/languages.ts'
import { type TargetGroup, targetGroups } from '../questionnaire/target-groups.ts'
import { askedWords } from '../round/asked-words.ts'
import { lastDayOf } from '../round/round.ts'
import { readNewRound } from '../round/round-form.ts'
import { createRoundKey, drillRoundKey, roundKeyFile } from '../round/round-key.ts'
import { swedishDay } from '../time/swedish-day.ts'
import { day, groupList, roundId } from './arguments.ts'
import { type AddCommands, type Output, print, table, withStores } from './command.ts'
import { type KeyOptions, keptKeyFile, keptKeyNotice, readRoundKey, takesRoundKey } from './key-file.ts'
import { writeNewFile } from './new-file.ts'
import { rangeText } from './rates.ts'
import { type CloseOptions, closeRound, showCounts } from './round-closing.ts'

interface CreateOptions extends Output {
  opens: string
  closes: string
  groups: TargetGroup[]
  keyFile?: string
}

export const roundCommands: AddCommands = (program, config) => {
  const round = program.command('round').description('The yearly survey: create, open, close, follow.')

  round
    .command('create')
    .description('The key ceremony: create a round and its key file.')
    .argument('<id>', 'usually the year, such as 2026', roundId)
    .requiredOption('--opens <day>', 'first day of data collection', day)
    .requiredOption('--closes <day>', 'last day of data collection', day)
    .addOption(
      round
        .createOption('--groups <list>', 'target groups, separated by commas')
        .argParser(groupList)
        .default([...targetGroups], 'all'),
    )
    .option('--key-file <file>', 'where to write the private key, such as a USB stick that you take with you')
    .action((id: string, options: CreateOptions) => create(config(), id, options))

  takesRoundKey(
    round
      .command('open')
      .description(
        'Test the key, then open data collection. Data collection opens only if the key file can open a test ballot.',
      ),
  ).action((id: string, options: KeyOptions) => open(config(), id, options))

  takesRoundKey(
    round
      .command('close')
      .description(
        'Close data collection, open the sealed ballots in memory and count them. On a closed round: count again.',
      )
      .option('--wait', 'close, but open the ballots later, so that tablets can still send theirs')
      .option('--now', 'open the ballots now; ballots that are still on tablets are lost')
      .option('--reason <words>', 'what a correction changes and why, once participants have seen the results'),
  ).action((id: string, options: CloseOptions) => closeRound(config(), id, options))

  takesRoundKey(
    round
      .command('counts')
      .description(
        'The sealed counts of a closed round, for the holder of the key. They include numbers for single people: do not pass them on.',
      ),
  ).action((id: string, options: KeyOptions) => showCounts(config(), id, options))

  round
    .command('status')
    .description('All rounds, or one with its strata.')
    .argument('[id]')
    .action((id: string | undefined, options: Output) => status(config(), id, options))
}

async function create(config: Config, id: string, options: CreateOptions): Promise<void> {
  const plan = planned(id, options)
  const file = options.keyFile ?? (config.keepRoundKey ? keptKeyFile(config, id) : undefined)
  if (!file) throw new DomainError('invalid', 'Choose where to save the private key: --key-file <file>.')

  await withStores(config, async (stores) => {
    const key = createRoundKey(id)
    writeNewFile(file, roundKeyFile(key)) // first the key, then the round: a round without a key must not exist
    try {
      await stores.round.createRound({ ...plan, publicKey: key.publicKey, isPractice: config.keepRoundKey })
    } catch (error) {
      rmSync(file, { force: true })
      throw error
    }
  })
  print(options, { id, state: 'draft', keyFile: file }, [
    `Round ${id} is a draft. Its private key: ${file}`,
    'Make a second copy and keep both away from this server. Without a copy, nobody will ever be able to read the responses.',
    ...keptKeyNotice(config, id),
    `Next: brukarsvar unit add, then brukarsvar round open ${id} --key-file ${file}`,
  ])
}

/** The round as the form in the browser would read it. @throws DomainError `invalid` that says what is wrong with it. */
function planned(id: string, { opens, closes, groups }: CreateOptions) {
  const typed = { id, year: opens.slice(0, 4), opensOn: opens, closesOn: closes, targetGroups: groups, languages: [] }
  const form = readNewRound(typed, { today: swedishDay(new Date()) })
  if ('data' in form) return form.data
  const languages = loadLanguages()
  const said = Object.entries(form.problems).map(([field, problem]) =>
    [`staff.rounds.fields.${field}`, problem].map((key) => languages.text(languages.find('en')!, key)).join(': '),
  )
  throw new DomainError('invalid', said.join(' '))
}

async function open(config: Config, id: string, options: KeyOptions): Promise<void> {
  const state = await withStores(config, async (stores) => {
    const round = await stores.round.getRound(id)
    drillRoundKey(round, await readRoundKey(config, id, options))
    const languages = loadLanguages()
    const notices = writtenNotices(languages, round, namedInNotices(config))
    await stores.round.beginCollection(id, askedWords(languages, round), notices)
    return 'collecting'
  })
  print(options, { id, state }, [
    `The key file opened a test ballot. Round ${id} is open for responses.`,
    'Remove the key file from this server now.',
    ...keptKeyNotice(config, id),
  ])
}

async function status(config: Config, id: string | undefined, options: Output): Promise<void> {
  const shown = await withStores(config, async (stores) => {
    const rounds = id ? [await stores.round.getRound(id)] : await stores.round.listRounds()
    const ids = rounds.map((round) => round.id)
    const issued = await stores.invitation.countInvitations(ids)
    return Promise.all(
      rounds.map(async ({ publicKey, ...round }) => ({
        ...round,
        publicKey: publicKey.toString('hex'),
        codesIssued: issued.get(round.id) ?? 0,
        responded: await stores.fieldwork.toldOfNation(round.id),
        strata: await stores.organisation.listStrata(round.id),
      })),
    )
  })
  if (shown.length === 0) return print(options, [], 'There are no rounds yet. Create one with: brukarsvar round create')

  const strata = shown[0]!.strata.map((stratum) => [
    stratum.id,
    `${stratum.municipalityCode} ${stratum.municipality}`,
    stratum.unit,
    stratum.targetGroup,
  ])
  print(options, id ? shown[0] : shown, [
    ...table(
      ['round', 'state', 'opens', 'closes', 'codes', 'responded'],
      shown.map((round) => [
        round.id,
        round.state,
        round.opensOn,
        lastDayOf(round, swedishDay(new Date())),
        round.codesIssued,
        rangeText(round.responded),
      ]),
    ),
    ...(id ? ['', ...table(['stratum', 'municipality', 'unit', 'target group'], strata)] : []),
    ...shown.flatMap((round) => keptKeyNotice(config, round.id)),
  ])
}
