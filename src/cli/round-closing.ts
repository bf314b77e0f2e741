import { existsSync } from 'node:fs'
import type { Config } from '../config.ts'
import { type Database, forgetArrivalOrder } from '../database/connection.ts'
import { openMailDatabase } from '../database/mail-connection.ts'
import { DomainError } from '../errors.ts'
import { forgetAddresses } from '../mail/store.ts'
import { listStrata } from '../organisation/store.ts'
import { targetGroups } from '../questionnaire/target-groups.ts'
import { openCounts, openUrn, sealCounts } from '../results/opening.ts'
import { ballotsOf, countBallots, findOpening, recordOpening } from '../results/store.ts'
import { type Count, type Share, sharesPositive } from '../results/tally.ts'
import type { Round } from '../round/round.ts'
import { drillRoundKey, type RoundKey } from '../round/round-key.ts'
import { endCollection, getRound } from '../round/store.ts'
import { discardAllHeld, listTablets } from '../tablet/store.ts'
import { mayHoldBallots, type Tablet } from '../tablet/tablet.ts'
import { ask } from './ask.ts'
import { print, table, withDatabase } from './command.ts'
import { type KeyOptions, readRoundKey } from './key-file.ts'
import { progressBar } from './progress.ts'
import { tabletsTable } from './tablet.ts'

export interface CloseOptions extends KeyOptions {
  /** What happens to ballots that still lie in tablets: waited for, or given up. Asked where neither is said. */
  wait?: boolean
  now?: boolean
}

/**
 * Ends the collection, opens the urn in memory and writes the counts, sealed. Where tablets still hold ballots the opening can
 * wait for them. On an opened round it counts again.
 */
export async function closeRound(config: Config, id: string, options: CloseOptions): Promise<void> {
  await withDatabase(config, async (db) => {
    const round = await getRound(db, id)
    const key = await readRoundKey(config, id, options)
    drillRoundKey(round, key) // before the close, so that a wrong file changes nothing
    const late = await tabletsToWaitFor(db, round, new Date())
    if (late.length > 0 && (await choose(late, options)) === 'wait')
      return waitForTablets(db, config, round, late, options)
    await open(db, round, key, options)
    await forgetMail(config, id)
  })
}

/** Nobody is written to any more: addresses go, whether the urn is opened now or later. */
async function forgetMail({ mailDatabaseFile }: Config, roundId: string): Promise<void> {
  if (!existsSync(mailDatabaseFile)) return
  const mailDb = openMailDatabase(mailDatabaseFile)
  try {
    await forgetAddresses(mailDb, roundId)
  } finally {
    mailDb.$client.close()
  }
}

async function open(db: Database, round: Round, key: RoundKey, options: KeyOptions): Promise<void> {
  const { id } = round
  await endCollection(db, id, null)
  const givenUp = await discardAllHeld(db, id)
  forgetArrivalOrder(db) // before a ballot is opened: from here on key and database are in one place

  const bar = progressBar('Opening ballots', await countBallots(db, id))
  const opened = openUrn(ballotsOf(db, id), key, bar.update)
  bar.end()
  await recordOpening(db, { roundId: id, ballots: opened.ballots, sealedCounts: sealCounts(round.publicKey, opened) })
  const shares = await sharesOf(db, round, opened.counts)
  const languages = Object.fromEntries(opened.languages)
  print(options, { id, state: 'closed', ballots: opened.ballots, unreadable: opened.unreadable, shares, languages }, [
    `Round ${id} is closed. ${opened.ballots} ballots were opened and counted.`,
    ...(opened.unreadable > 0
      ? [`${opened.unreadable} that tablets brought are no ballots, and were not counted.`]
      : []),
    ...(givenUp > 0 ? [`${givenUp} held answers that nobody had said yes to were destroyed.`] : []),
    'Share positive, per cent (number of answers); .. stands for fewer than ten:',
    ...sharesTable(shares),
  ])
}

/** Tablets whose ballots would be lost by opening now: those that may still deliver, and those with ballots that wait for a yes. */
async function tabletsToWaitFor(db: Database, round: Round, now: Date): Promise<Tablet[]> {
  const isOver = round.state === 'closed' && !(round.lateUntil && round.lateUntil > now.toISOString())
  if (await findOpening(db, round.id)) return []
  const tablets = await listTablets(db, round.id)
  return tablets.filter((tablet) => tablet.held > 0 || (!isOver && mayHoldBallots(tablet, now)))
}

async function choose(late: Tablet[], { wait, now }: CloseOptions): Promise<'wait' | 'now'> {
  if (wait || now) return wait ? 'wait' : 'now'
  const who = [
    ...tabletsTable(late),
    'These tablets may hold answers that are not delivered, or have answers that wait for a yes.',
  ].join('\n')
  const answer = await ask(
    `${who}\nType "wait" to close now and open the urn later, "open" to give them up: `,
    `${who}\nSay --wait to close now and open the urn later, or --now to give them up. Nothing was changed.`,
  )
  if (answer === 'wait') return 'wait'
  if (answer === 'open') return 'now'
  throw new DomainError('conflict', 'Neither "wait" nor "open": nothing was changed.')
}

async function waitForTablets(
  db: Database,
  config: Config,
  { id, lateUntil }: Round,
  late: Tablet[],
  options: KeyOptions,
): Promise<void> {
  const until = lateUntil ? new Date(lateUntil) : new Date(Date.now() + config.tablet.lateHours * 3_600_000)
  await endCollection(db, id, until)
  await forgetMail(config, id)
  print(options, { id, state: 'closed', lateUntil: until.toISOString(), tablets: late }, [
    `Round ${id} is closed; the urn is not opened. Tablets can deliver until ${until.toISOString()}.`,
    ...tabletsTable(late),
    `Next: brukarsvar round close ${id}, once they have delivered or that time has passed.`,
  ])
}

/** The counts of a closed round, for the holder of its key. */
export async function showCounts(config: Config, id: string, options: KeyOptions): Promise<void> {
  const { ballots, counts, languages } = await withDatabase(config, async (db) => {
    await getRound(db, id)
    const opening = await findOpening(db, id)
    if (!opening) throw new DomainError('conflict', `Round ${id} has not been opened. Close it first.`)
    return {
      ballots: opening.ballots,
      ...openCounts(await readRoundKey(config, id, options), opening.sealedCounts),
    }
  })
  const rows = counts.map(({ stratumId, gender, question, option, number }) => [
    stratumId,
    gender,
    question,
    option,
    number,
  ])
  print(
    options,
    { id, ballots, counts, languages: Object.fromEntries(languages) },
    table(['stratum', 'gender', 'question', 'option', 'number'], rows),
  )
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
