import { type Database, openDatabase } from '../../src/database/connection.ts'
import { ballotsOf } from '../../src/results/store.ts'
import { openSealed, type RoundKey } from '../../src/round/round-key.ts'
import { decodeBallot } from '../../src/urn/ballot.ts'
import { unevenStrata, wrongCounts } from '../../src/urn/store.ts'
import { patternOf } from '../../test/reliability/crash/patterns.ts'
import type { Person } from '../../test/reliability/crash/verdict.ts'

/** What people had been told by the time of a cut. */
export interface Promised {
  /** The marks of the visits that were thanked. */
  thanked: Set<string>
  people: Person[]
  key: RoundKey
  /** The patterns of ballots that were opened before, by their sealed bytes. */
  ballots: Map<string, number>
}

/** How often something was found that should be there, and what was wrong. */
export interface Findings {
  /** People who had been thanked and were looked for. */
  checks: number
  lost: number
  doubled: number
  /** Ballots that nobody sent, or that lie in another's stratum. */
  strange: number
  unevenStrata: number
  wrongCounts: number
  /** Databases that are not whole, and such as do not open at all. */
  corrupt: number
  unopened: number
}

export const noFindings: Findings = {
  ...{ checks: 0, lost: 0, doubled: 0, strange: 0, unevenStrata: 0, wrongCounts: 0, corrupt: 0, unopened: 0 },
}

/** Opens what a cut has left, as the next start would, and compares it with what had been promised. */
export async function inspect(databaseFile: string, promised: Promised): Promise<Findings> {
  let db: Database | undefined
  try {
    db = openDatabase(databaseFile, { mustExist: true })
    return { ...(await compare(db, promised)), corrupt: Number(!isWhole(db)) }
  } catch (error) {
    if (!isOfDatabase(error)) throw error
    return { ...noFindings, [db ? 'corrupt' : 'unopened']: 1 }
  } finally {
    db?.$client.close()
  }
}

/** What SQLite, or our own look at a file, says of one that is damaged. */
const isOfDatabase = (error: unknown) => /^SQLITE_|^(conflict|not-found)$/.test((error as { code?: string }).code ?? '')

function isWhole(db: Database): boolean {
  const dangling = db.$client.pragma('foreign_key_check') as unknown[]
  return dangling.length === 0 && db.$client.pragma('integrity_check', { simple: true }) === 'ok'
}

async function compare(db: Database, { thanked, people, key, ballots }: Promised): Promise<Findings> {
  const senders = new Map(people.flatMap((person) => person.sent.map((pattern) => [pattern, person])))
  const found = new Map<Person, number>()
  let strange = 0
  for await (const { stratumId, sealed } of ballotsOf(db, key.roundId)) {
    const pattern = openedOnce(sealed, key, ballots)
    const person = pattern === undefined ? undefined : senders.get(pattern)
    if (!person || person.stratumId !== stratumId || !wasSentInTime(person, pattern!)) strange++
    else found.set(person, (found.get(person) ?? 0) + 1)
  }
  const promised = people.filter(({ visits }) => visits.some((cookie) => thanked.has(markOf(cookie))))
  return {
    ...noFindings,
    checks: promised.length,
    lost: promised.filter((person) => !found.has(person)).length,
    doubled: [...found.values()].filter((number) => number > 1).length,
    strange,
    unevenStrata: (await unevenStrata(db)).length,
    wrongCounts: (await wrongCounts(db)).length,
  }
}

function openedOnce(sealed: Buffer, key: RoundKey, ballots: Map<string, number>): number | undefined {
  const bytes = sealed.toString('latin1')
  if (!ballots.has(bytes)) {
    const plain = openSealed(key, sealed)
    if (plain) ballots.set(bytes, patternOf(decodeBallot(plain).answers))
  }
  return ballots.get(bytes)
}

const markOf = (cookie: string) => /visit-([a-z]+)=/.exec(cookie)?.[1] ?? ''

const wasSentInTime = ({ sent, sentBeforeThanks }: Person, pattern: number) =>
  sent.slice(0, sentBeforeThanks).includes(pattern)
