import { existsSync } from 'node:fs'
import { bindClosing, type Closing } from '../actions/close-round.ts'
import { openRoundUrn } from '../actions/open-urn.ts'
import type { Config } from '../config.ts'
import { closeDatabase, type Database, forgetArrivalOrder } from '../database/connection.ts'
import { addressesMayBeIn, isOfFile, openMailDatabase } from '../database/mail-connection.ts'
import { atOnce } from '../database/patience.ts'
import { nearlyAll, nearlyNone, smallestShown, smallestUnanimous } from '../disclosure/thresholds.ts'
import { DomainError } from '../errors.ts'
import { forgetAddresses } from '../mail/store.ts'
import type { Indicator } from '../results/indicator.ts'
import { openCounts } from '../results/opening.ts'
import { refuseDestroyed } from '../results/settling.ts'
import { type ShareTable, shareTable, toldResponses } from '../results/share-table.ts'
import type { Round } from '../round/round.ts'
import { drillRoundKey, type RoundKey } from '../round/round-key.ts'
import { sum } from '../statistics/sum.ts'
import type { AnswerStores } from '../stores.ts'
import type { SeenTablet } from '../tablet/tablet.ts'
import { ask } from './ask.ts'
import { print, table, withStores } from './command.ts'
import { type KeyOptions, readRoundKey } from './key-file.ts'
import { progressBar } from './progress.ts'
import { rangeText } from './rates.ts'
import { releaseLines } from './release-lines.ts'
import { operator } from './results-protocol.ts'
import { tabletsTable } from './tablet.ts'

export interface CloseOptions extends KeyOptions {
  /** What happens to ballots that still lie in tablets: waited for, or given up. Asked where neither is said. */
  wait?: boolean
  now?: boolean
  /** What a correction changes and why: for a round whose results participants have seen. */
  reason?: string
}

/**
 * Ends the collection, opens the urn in memory and writes the counts, sealed. Where tablets still hold ballots the opening can
 * wait for them. On an opened round it counts again.
 */
export async function closeRound(config: Config, id: string, options: CloseOptions): Promise<void> {
  await withStores(config, async (stores, { spentPepper }, db) => {
    const closing = bindClosing(db, atOnce)
    const round = await stores.round.getRound(id)
    refuseDestroyed(await stores.results.findOpening(id)) // before the key is asked for, which may be gone as well
    const key = await readRoundKey(config, id, options)
    drillRoundKey(round, key) // before the close, so that a wrong file changes nothing
    const late = await closing.tabletsToWaitFor(round, new Date())
    const waits =
      late.length > 0 ? (await choose(late, options)) === 'wait' : options.wait && round.state === 'collecting'
    if (waits) return waitForTablets({ db, closing }, config, { round, late, spentPepper }, options)
    await open(stores, db, { round, key, spentPepper }, options)
    await forgetMail(config, id)
  })
}

/**
 * Nobody is written to any more: addresses go, whether the urn is opened now or later. Where the file cannot be used the close goes on,
 * and the operator is told; where it can be used later, the service takes them out at its next start.
 */
async function forgetMail({ mailDatabaseFile: file }: Config, roundId: string): Promise<void> {
  if (!existsSync(file)) return
  try {
    const mailDb = openMailDatabase(file)
    try {
      await forgetAddresses(mailDb, roundId)
    } finally {
      closeDatabase(mailDb)
    }
  } catch (error) {
    if (!isOfFile(error)) throw error
    console.error(`${addressesMayBeIn(file)}.`)
  }
}

async function open(
  stores: AnswerStores,
  db: Database,
  { round, key, spentPepper }: { round: Round; key: RoundKey; spentPepper: Buffer },
  options: KeyOptions & { reason?: string },
): Promise<void> {
  const { id } = round
  const before = await stores.results.listReleases(id)
  const bar = progressBar('Unlocking responses', 100, { inPercent: true })
  const { release, unreadable, isGivenUp } = await openRoundUrn(
    db,
    round,
    { key, spentPepper, reason: options.reason },
    bar.update,
  )
  bar.end()
  await stores.audit.recordDeeds([{ staffId: operator, action: 'rounds.closed', subject: id, now: new Date() }])
  const counted = (await stores.results.listReleases(id)).find(({ number }) => number === release)!
  const said = { before: before.find(({ number }) => number === release), reason: options.reason, now: new Date() }
  const nation = await stores.results.listIndicators({ roundId: id, number: release }, { levels: ['nation'] })
  const responses = toldResponses(nation)
  const shares = shareTable(nation)
  print(options, { id, state: 'closed', release, responses, unreadable, nation }, [
    responses === undefined
      ? `Round ${id} is closed. The responses were unlocked and counted. Their number is not told: it is below ${smallestShown}, or would reveal another figure.`
      : `Round ${id} is closed. ${responses} responses were unlocked and counted.`,
    ...(unreadable
      ? [`Responses from tablets that could not be read and were not counted: ${rangeText(unreadable)}.`]
      : []),
    ...(isGivenUp ? ['Responses that were waiting for approval were destroyed.'] : []),
    ...releaseLines(counted, said),
    'Share of positive answers, per cent (number of people who answered).',
    `.. means fewer than ${smallestShown} people, or a figure that would reveal another. Of fewer than ${smallestUnanimous} people, a share near 0 or 100 is told as <=${nearlyNone} or >=${nearlyAll}:`,
    ...sharesTable(shares),
  ])
}

async function choose(late: SeenTablet[], { wait, now }: CloseOptions): Promise<'wait' | 'now'> {
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
  { db, closing }: { db: Database; closing: Closing },
  config: Config,
  { round, late, spentPepper }: { round: Round; late: SeenTablet[]; spentPepper: Buffer },
  options: KeyOptions,
): Promise<void> {
  const { id } = round
  const until = await closing.closeAndWait(round, { now: new Date(), spentPepper, lateHours: config.tablet.lateHours })
  forgetArrivalOrder(db) // the key has just been in the memory of this machine
  await forgetMail(config, id)
  print(options, { id, state: 'closed', lateUntil: until.toISOString(), tablets: late }, [
    `Round ${id} is closed. The responses have not been unlocked. Tablets can send responses until ${until.toISOString()}.`,
    ...tabletsTable(late),
    `Next: brukarsvar round close ${id}, once the tablets have sent their responses or that time has passed.`,
  ])
}

/** In what is printed too, so that it goes along into a file. */
const raw =
  'Raw counts, also of single people: for checking by the holder of the key. Do not pass them on, and destroy every copy afterwards.'

/**
 * The counts of a closed round, for the holder of its key, who could open the ballots as well. Nothing is withheld, and so it says first
 * what they are: figures to pass on are those of the close.
 */
export async function showCounts(config: Config, id: string, options: KeyOptions): Promise<void> {
  const { counts, responses, languages } = await withStores(config, async (stores) => {
    await stores.round.getRound(id)
    const opening = await stores.results.findOpening(id)
    if (!opening) throw new DomainError('conflict', `Round ${id} has not been opened. Close it first.`)
    refuseDestroyed(opening)
    return openCounts(await readRoundKey(config, id, options), opening.sealedCounts)
  })
  console.error(raw)
  const ballots = sum(responses.map(({ number }) => number))
  const rows = counts.map(({ stratumId, gender, question, option, number }) => [
    stratumId,
    gender,
    question,
    option,
    number,
  ])
  print(options, { warning: raw, id, ballots, counts, languages: Object.fromEntries(languages) }, [
    raw,
    ...table(['stratum', 'gender', 'question', 'option', 'number'], rows),
  ])
}

function sharesTable({ groups, rows }: ShareTable): string[] {
  const bounds = { 'at-least-90': `>=${nearlyAll}`, 'at-most-10': `<=${nearlyNone}` }
  const cell = (indicator: Indicator | undefined) => {
    const { status, value, people } = indicator ?? { status: 'nobody' as const }
    if (status === 'few' || status === 'protected' || status === 'nobody') return '..'
    return `${status === 'shown' ? value : bounds[status]}${people === undefined ? '' : ` (${people})`}`
  }
  return table(
    ['question', ...groups],
    rows.map(({ question, cells }) => [question, ...cells.map(cell)]),
  )
}
