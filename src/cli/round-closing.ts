import { existsSync } from 'node:fs'
import type { Config } from '../config.ts'
import { type Database, forgetArrivalOrder } from '../database/connection.ts'
import { openMailDatabase } from '../database/mail-connection.ts'
import { DomainError } from '../errors.ts'
import { forgetAddresses } from '../mail/store.ts'
import { openCounts } from '../results/opening.ts'
import { shareTable } from '../results/share-table.ts'
import type { Share } from '../results/shares.ts'
import { findOpening } from '../results/store.ts'
import { closeAndWait, openRoundUrn, tabletsToWaitFor } from '../round/closing.ts'
import type { Round } from '../round/round.ts'
import { drillRoundKey, type RoundKey } from '../round/round-key.ts'
import { getRound } from '../round/store.ts'
import type { Tablet } from '../tablet/tablet.ts'
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
  let bar: ReturnType<typeof progressBar> | undefined
  const { ballots, unreadable, givenUp, shares, languages } = await openRoundUrn(db, round, key, (opened, all) => {
    bar ??= progressBar('Unlocking responses', all)
    bar.update(opened)
  })
  bar?.end()
  print(options, { id, state: 'closed', ballots, unreadable, shares, languages: Object.fromEntries(languages) }, [
    `Round ${id} is closed. ${ballots} responses were unlocked and counted.`,
    ...(unreadable > 0 ? [`${unreadable} from tablets could not be read and were not counted.`] : []),
    ...(givenUp > 0 ? [`${givenUp} responses that were waiting for approval were destroyed.`] : []),
    'Share of positive answers, per cent (number of people who answered).',
    '.. means fewer than ten people, or a total that would tell what a small group answered. Of fewer than 30 people, a share near 0 or 100 is told as <=10 or >=90:',
    ...sharesTable(shares),
  ])
}

async function choose(late: Tablet[], { wait, now }: CloseOptions): Promise<'wait' | 'now'> {
  if (wait || now) return wait ? 'wait' : 'now'
  const who = [
    ...tabletsTable(late),
    'These tablets may have responses that have not been sent, or that are waiting for approval.',
  ].join('\n')
  const answer = await ask(
    `${who}\nType "wait" to close now and unlock the responses later, or "open" to unlock them now and lose those on the tablets: `,
    `${who}\nUse --wait to close now and unlock the responses later, or --now to unlock them now and lose those on the tablets. Nothing was changed.`,
  )
  if (answer === 'wait') return 'wait'
  if (answer === 'open') return 'now'
  throw new DomainError('conflict', 'The answer was neither "wait" nor "open". Nothing was changed.')
}

async function waitForTablets(
  db: Database,
  config: Config,
  round: Round,
  late: Tablet[],
  options: KeyOptions,
): Promise<void> {
  const { id } = round
  const until = await closeAndWait(db, round, { now: new Date(), lateHours: config.tablet.lateHours })
  forgetArrivalOrder(db) // the key has just been in the memory of this machine
  await forgetMail(config, id)
  print(options, { id, state: 'closed', lateUntil: until.toISOString(), tablets: late }, [
    `Round ${id} is closed. The responses have not been unlocked. Tablets can send responses until ${until.toISOString()}.`,
    ...tabletsTable(late),
    `Next: brukarsvar round close ${id}, once the tablets have sent their responses or that time has passed.`,
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

function sharesTable(shares: Share[]): string[] {
  const { groups, rows } = shareTable(shares)
  const told = { 'at-least-90': '>=90', 'at-most-10': '<=10' }
  const cell = ({ status, percent, respondents }: Share) =>
    status === 'few' || status === 'protected'
      ? '..'
      : `${status === 'shown' ? percent : told[status]} (${respondents})`
  return table(
    ['question', ...groups],
    rows.map(({ question, cells }) => [question, ...cells.map(cell)]),
  )
}
