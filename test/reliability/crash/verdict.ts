import { brokenPragmas, type Database } from '../../../src/database/connection.ts'
import { ballotsOf } from '../../../src/results/store.ts'
import { openSealed, type RoundKey } from '../../../src/round/round-key.ts'
import { moveRound } from '../../../src/round/store.ts'
import { decodeBallot } from '../../../src/urn/ballot.ts'
import { unevenStrata } from '../../../src/urn/store.ts'
import { openUrnOf } from '../../support/open-urn.ts'
import { patternOf } from './patterns.ts'

/** Somebody with a code, and all that was sent with it. */
export interface Person {
  code: string
  stratumId: string
  /** The cookies of every entry with the code. */
  visits: string[]
  /** The patterns that were sent, in order. */
  sent: number[]
  /** How many of them had been sent when the first thank-you came; absent before that. */
  sentBeforeThanks?: number
}

/** What is in the urn, against what was promised. Everything but the first two must be 0, and `integrity` must be `ok`. */
export interface Verdict {
  acknowledged: number
  ballots: number
  /** People who were thanked, and none of what they had sent by then is in the urn. */
  lost: number
  /** People with more than one ballot. */
  doubled: number
  /** Ballots that nobody sent, that lie in another's stratum, or that were sent after the thanks for the first. */
  strange: number
  unevenStrata: number
  integrity: string
}

/** Closes the round, opens the urn with its key and compares every ballot with what was sent and acknowledged. */
export async function verdict(db: Database, key: RoundKey, people: Person[]): Promise<Verdict> {
  await moveRound(db, key.roundId, ['collecting'], 'closed')
  const { ballots } = await openUrnOf(ballotsOf(db, key.roundId), key)
  const senders = new Map(people.flatMap((person) => person.sent.map((pattern) => [pattern, person])))
  const found = new Map<Person, number[]>()
  let strange = 0
  for await (const { stratumId, sealed } of ballotsOf(db, key.roundId)) {
    const pattern = patternOf(decodeBallot(openSealed(key, sealed)!).answers)
    const person = senders.get(pattern)
    if (!person || person.stratumId !== stratumId || !wasSentInTime(person, pattern)) strange++
    if (person) found.set(person, [...(found.get(person) ?? []), pattern])
  }

  const thanked = people.filter(({ sentBeforeThanks }) => sentBeforeThanks !== undefined)
  return {
    acknowledged: thanked.length,
    ballots,
    lost: thanked.filter((person) => !found.get(person)?.some((pattern) => wasSentInTime(person, pattern))).length,
    doubled: [...found.values()].filter((patterns) => patterns.length > 1).length,
    strange,
    unevenStrata: (await unevenStrata(db)).length,
    integrity: integrityOf(db),
  }
}

/** Whether a verdict finds nothing wrong. */
export function isGood({ lost, doubled, strange, unevenStrata, integrity }: Verdict): boolean {
  return lost + doubled + strange + unevenStrata === 0 && integrity === 'ok'
}

function wasSentInTime({ sent, sentBeforeThanks }: Person, pattern: number): boolean {
  return sent.slice(0, sentBeforeThanks).includes(pattern)
}

function integrityOf(db: Database): string {
  const dangling = db.$client.pragma('foreign_key_check') as unknown[]
  if (dangling.length > 0) return `${dangling.length} dangling references`
  return brokenPragmas(db.$client)[0] ?? String(db.$client.pragma('integrity_check', { simple: true }))
}
