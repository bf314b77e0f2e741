import type { Config } from '../config.ts'
import { type Database, forgetArrivalOrder } from '../database/connection.ts'
import { DomainError } from '../errors.ts'
import { listStrata } from '../organisation/store.ts'
import { targetGroups } from '../questionnaire/target-groups.ts'
import { openCounts, openUrn, sealCounts } from '../results/opening.ts'
import { ballotsOf, countBallots, findOpening, recordOpening } from '../results/store.ts'
import { type Count, type Share, sharesPositive } from '../results/tally.ts'
import type { Round } from '../round/round.ts'
import { drillRoundKey } from '../round/round-key.ts'
import { getRound, moveRound } from '../round/store.ts'
import { print, table, withDatabase } from './command.ts'
import { type KeyOptions, readRoundKey } from './key-file.ts'
import { progressBar } from './progress.ts'

/** Ends the collection, opens the urn in memory and writes the counts, sealed. On a closed round it counts again. */
export async function closeRound(config: Config, id: string, options: KeyOptions): Promise<void> {
  const { opened, shares } = await withDatabase(config, async (db) => {
    const round = await getRound(db, id)
    const key = await readRoundKey(config, id, options)
    drillRoundKey(round, key) // before the close, so that a wrong file changes nothing
    if (round.state !== 'closed') await moveRound(db, id, ['collecting'], 'closed')
    forgetArrivalOrder(db) // before a ballot is opened: from here on key and database are in one place

    const bar = progressBar('Opening ballots', await countBallots(db, id))
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
