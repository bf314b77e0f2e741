import { randomInt } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { DomainError } from '../errors.ts'
import type { Channel } from '../invitation/disposition.ts'
import { isEmpty } from '../questionnaire/answers.ts'
import { openSealed, type RoundKey, sealTo } from '../round/round-key.ts'
import { type Ballot, decodeBallot } from '../urn/ballot.ts'
import { type Count, makeTally } from './tally.ts'

export interface UrnRow {
  stratumId: string
  channel: Channel
  sealed: Buffer
}

/** What an opening found. `languages` is for the nation only and is never crossed with an answer. */
export interface Opened {
  ballots: number
  /** Ballots that tablets brought and that hold no answers of theirs: not counted. */
  unreadable: number
  counts: Count[]
  responses: Map<string, number>
  languages: Map<string, number>
}

/**
 * Opens every ballot in memory, checks that it was sealed for the stratum it lies in, shuffles, and counts. Tablets seal by
 * themselves, so what they brought can be anything: what is no ballot is set aside, or one bad device would lock everybody's answers.
 * @throws DomainError `conflict` when a ballot that this service sealed cannot be opened or lies in the wrong stratum. Nothing is counted then.
 */
export function openUrn(rows: Iterable<UrnRow>, key: RoundKey, onProgress?: (opened: number) => void): Opened {
  const ballots: Ballot[] = []
  let unreadable = 0
  let broken = 0
  for (const row of rows) {
    const ballot = openBallot(row, key)
    if (ballot && ballot.stratumId === row.stratumId && !isEmpty(ballot.answers)) ballots.push(ballot)
    else if (row.channel === 'tablet') unreadable++
    else broken++
    onProgress?.(ballots.length + unreadable + broken)
  }
  if (broken > 0) {
    throw new DomainError(
      'conflict',
      `${broken} ballots cannot be opened, are empty or lie in the wrong stratum. Nothing was counted. Run: brukarsvar doctor`,
    )
  }

  const tally = makeTally()
  const languages = new Map<string, number>()
  for (const { stratumId, answers, language } of shuffled(ballots)) {
    tally.add(stratumId, answers)
    languages.set(language, (languages.get(language) ?? 0) + 1)
  }
  return {
    ballots: ballots.length,
    unreadable,
    counts: tally.counts(),
    responses: tally.responses(),
    languages: new Map([...languages].sort()),
  }
}

function openBallot({ sealed }: UrnRow, key: RoundKey): Ballot | undefined {
  const bytes = openSealed(key, sealed)
  if (!bytes) return undefined
  try {
    return decodeBallot(bytes)
  } catch {
    return undefined
  }
}

/** Fisher and Yates, with the operating system's random source. */
function shuffled<T>(items: T[]): T[] {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const other = randomInt(last + 1)
    ;[result[last], result[other]] = [result[other]!, result[last]!]
  }
  return result
}

interface CountsDocument {
  counts: Count[]
  languages: [string, number][]
}

/** The counts hold small cells, so they are kept sealed to the round's key, like the ballots they came from. */
export function sealCounts(publicKey: Buffer, { counts, languages }: Opened): Buffer {
  const document: CountsDocument = { counts, languages: [...languages] }
  return sealTo(publicKey, gzipSync(JSON.stringify(document)))
}

/** @throws DomainError `invalid` when the key is not the round's. */
export function openCounts(key: RoundKey, sealed: Buffer): CountsDocument {
  const opened = openSealed(key, sealed)
  if (!opened) throw new DomainError('invalid', 'The key file does not open the counts of this round.')
  return JSON.parse(gunzipSync(opened).toString('utf8'))
}
