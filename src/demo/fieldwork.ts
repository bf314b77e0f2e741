import { randomBytes } from 'node:crypto'
import { prepareCommit } from '../actions/record-response.ts'
import { ToldNumbers } from '../disclosure/told-numbers.ts'
import type { Place } from '../fieldwork/cells.ts'
import type { ChannelRecord } from '../fieldwork/ledger.ts'
import { type Answered, tellMunicipalities, tellNight } from '../fieldwork/telling.ts'
import { codeTag, spentTag } from '../invitation/code-tag.ts'
import type { Channel } from '../invitation/disposition.ts'
import type { Stratum } from '../organisation/store.ts'
import type { Round } from '../round/round.ts'
import { sealTo } from '../round/round-key.ts'
import { encodeBallot } from '../urn/ballot.ts'
import type { SealedBallot } from '../urn/sealed-ballot.ts'
import { madeUpAnswers, madeUpLanguage } from './answers.ts'
import type { Chance } from './chance.ts'
import type { Ground } from './ground.ts'

export interface Plan {
  /** How many were offered the survey at a stratum, and the share of them that responded. */
  offered: (stratum: Stratum) => number
  rate: (stratum: Stratum) => number
}

/** How offers are made: most at a meeting or by letter, some on a tablet, few on paper. */
const shares: [Channel, number][] = [
  ['handout', 0.4],
  ['letter', 0.3],
  ['tablet', 0.22],
  ['paper', 0.08],
]

/**
 * Makes up fieldwork at these strata: codes that were drawn and posted, people who declined, tablets, paper, and sealed ballots
 * of those who responded. Every ballot is sealed as a real one is.
 */
export async function simulateFieldwork(
  ground: Ground,
  { round, strata, plan, chance }: { round: Round; strata: Stratum[]; plan: Plan; chance: Chance },
  onProgress: (strata: number) => void = () => {},
): Promise<void> {
  const commit = prepareCommit(ground.db)
  let waiting: SealedBallot[] = []
  const flush = () => {
    if (waiting.length > 0) commit(waiting)
    waiting = []
  }
  for (const [index, stratum] of strata.entries()) {
    for (const [channel, share] of shares) {
      const offered = Math.round(plan.offered(stratum) * share)
      if (offered === 0) continue
      const responded = Math.round(offered * Math.min(0.95, plan.rate(stratum) * (channel === 'tablet' ? 1.3 : 0.93)))
      const tags = await offer(ground, { round, stratumId: stratum.id, channel, offered, responded })
      for (let person = 0; person < responded; person++)
        waiting.push(ballotOf(round, stratum.id, channel, chance, tags[person]))
    }
    if (waiting.length > 500) {
      flush()
      await new Promise((resolve) => setImmediate(resolve))
    }
    onProgress(index + 1)
  }
  flush()
}

/** Records the offers of a channel, and gives the marks of the codes that will be used. */
async function offer(
  { stores, keys }: Ground,
  {
    round,
    stratumId,
    channel,
    offered,
    responded,
  }: { round: Round; stratumId: string; channel: Channel; offered: number; responded: number },
): Promise<Buffer[]> {
  const unwilling = offered - responded
  if (channel === 'tablet') {
    if (unwilling > 0)
      await stores.invitation.addToTally({ stratumId, channel, disposition: 'declined', number: unwilling })
    return []
  }
  if (channel === 'paper') {
    await stores.invitation.addToTally({ stratumId, channel, disposition: 'handed_out', number: offered })
    return []
  }
  const drawn = channel === 'handout'
  const declined = drawn ? Math.floor(unwilling / 4) : 0
  const count = offered - declined
  const batch = await stores.invitation.issueCodes(keys.codePepper, {
    stratumId,
    channel: drawn ? 'handout' : 'letter',
    count,
    drawn,
  })
  if (!drawn) await stores.invitation.recordLeftover(batch.batchId, 0)
  if (declined > 0)
    await stores.invitation.addToTally({ stratumId, channel, disposition: 'declined', number: declined })
  return batch.codes
    .slice(0, responded)
    .map((code) => spentTag(keys.spentPepper, codeTag(keys.codePepper, round.id, code)))
}

function ballotOf(round: Round, stratumId: string, channel: Channel, chance: Chance, tag?: Buffer): SealedBallot {
  const ballot = encodeBallot({ stratumId, language: madeUpLanguage(chance), answers: madeUpAnswers(chance) })
  const sealed = sealTo(round.publicKey, ballot)
  return { ballotId: randomBytes(16), stratumId, channel, roundId: round.id, sealed, ...(tag ? { spentTag: tag } : {}) }
}

/** What made-up evenings lead to: strata, what staff have counted there, and the answers. */
export interface Whole {
  strata: Place[]
  records: ChannelRecord[]
  answered: Answered[]
}

/**
 * Makes up the evenings on which a round was told, with the program that tells real ones: it grew from nothing to this, slower at
 * the weekends. Of a round that is over only the days are kept.
 */
export async function simulateDays(
  { stores }: Ground,
  { roundId, days, whole, isOver = false }: { roundId: string; days: string[]; whole: Whole; isOver?: boolean },
): Promise<void> {
  const weights = days.map((day) => ([0, 6].includes(new Date(day).getUTCDay()) ? 0.1 : 1))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  let [done, before] = [0, new ToldNumbers()]
  for (const [index, day] of days.entries()) {
    done += weights[index]! / all
    const { strata, records, answered } = grown(whole, done)
    const { told, lines } = tellNight([tellMunicipalities(strata, answered, records, before)], before)
    await stores.disclosure.writeNight({
      roundId,
      day,
      today: days.at(-1)!,
      lines,
      told: isOver ? new ToldNumbers() : told,
    })
    before = told
  }
}

/** How far it had come when this share of the work was done. Answers come later than offers. */
function grown({ strata, records, answered }: Whole, done: number): Whole {
  const part = (number: number, delay = 1) => Math.round(number * done ** delay)
  return {
    strata,
    records: records.map(({ wentOut, undeliverable, tallied, ...record }) => ({
      ...record,
      ...{ wentOut: part(wentOut), undeliverable: part(undeliverable) },
      tallied: Object.fromEntries(Object.entries(tallied).map(([name, number]) => [name, part(number)])),
    })),
    answered: answered.map(({ number, ...where }) => ({ ...where, number: part(number, 1.2) })),
  }
}
