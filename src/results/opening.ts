import { gunzipSync, gzipSync } from 'node:zlib'
import { DomainError } from '../errors.ts'
import type { Channel } from '../invitation/disposition.ts'
import { type Answers, isEmpty } from '../questionnaire/answers.ts'
import { type QuestionId, qualityQuestions } from '../questionnaire/questions.ts'
import { openSealed, type RoundKey, sealTo } from '../round/round-key.ts'
import { type Ballot, decodeBallot } from '../urn/ballot.ts'
import { addPair, emptyPairTable, type PairTable } from './association.ts'
import { makePackedBallots, type OpenedBallot } from './packed-ballots.ts'
import { type Count, makeTally, type ResponseCount } from './tally.ts'

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
  responses: ResponseCount[]
  languages: Map<string, number>
  /** By part of the nation and question: both answers of each person, which are kept nowhere. */
  pairs: Map<string, Map<QuestionId, PairTable>>
}

/** What takes ballots one after the other as they are read, and tells at the end what they hold. */
interface Unlocking {
  take(row: UrnRow): void
  /** @throws DomainError `conflict`, see `unlocking` */
  end(): Opened
}

interface Watching {
  /** The part of the nation a stratum belongs to, of which associations are worked out. */
  partOf?: (stratumId: string) => string
  onProgress?: (opened: number) => void
}

/**
 * Opens each ballot in memory as it is read and checks that it was sealed for the stratum it lies in; at the end shuffles, and counts. Tablets seal by
 * themselves, so what they brought can be anything: what is no ballot is set aside, or one bad device would lock everybody's answers.
 * @throws DomainError `conflict` when a ballot that this service sealed cannot be opened or lies in the wrong stratum. Nothing is counted then.
 */
export function unlocking(key: RoundKey, { partOf = () => '', onProgress }: Watching = {}): Unlocking {
  const ballots = makePackedBallots()
  let unreadable = 0
  let broken = 0
  return {
    take(row: UrnRow): void {
      const ballot = openBallot(row, key)
      if (ballot && ballot.stratumId === row.stratumId && !isEmpty(ballot.answers))
        ballots.add({ ...ballot, channel: row.channel })
      else if (row.channel === 'tablet') unreadable++
      else broken++
      onProgress?.(ballots.size + unreadable + broken)
    },
    end(): Opened {
      if (broken > 0) {
        throw new DomainError(
          'conflict',
          `${broken} ballots cannot be opened, are empty or lie in the wrong stratum. Nothing was counted. Run: brukarsvar doctor`,
        )
      }
      return { ballots: ballots.size, unreadable, ...countedOf(ballots.shuffled(), partOf) }
    },
  }
}

function countedOf(ballots: Iterable<OpenedBallot>, partOf: (stratumId: string) => string) {
  const tally = makeTally()
  const languages = new Map<string, number>()
  const pairs: Opened['pairs'] = new Map()
  for (const { stratumId, channel, answers, language } of ballots) {
    tally.add(stratumId, answers, channel)
    languages.set(language, (languages.get(language) ?? 0) + 1)
    addPairs(pairs, partOf(stratumId), answers)
  }
  return {
    counts: tally.counts(),
    responses: tally.responses(),
    languages: new Map([...languages].sort()),
    pairs: new Map([...pairs].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

function addPairs(pairs: Opened['pairs'], part: string, answers: Answers): void {
  let tables = pairs.get(part)
  if (!tables) {
    tables = new Map(associated.map((question) => [question.id, emptyPairTable(question)]))
    pairs.set(part, tables)
  }
  for (const question of associated) addPair(tables.get(question.id)!, question, answers)
}

/** What is laid beside overall satisfaction. */
const associated = qualityQuestions.filter(({ id }) => id !== 'overall')

function openBallot({ sealed }: UrnRow, key: RoundKey): Ballot | undefined {
  const bytes = openSealed(key, sealed)
  if (!bytes) return undefined
  try {
    return decodeBallot(bytes)
  } catch {
    return undefined
  }
}

/** What is kept of an opening, sealed: all but who answered what two questions together. */
interface CountsDocument {
  counts: Count[]
  responses: ResponseCount[]
  languages: [string, number][]
}

/** The counts hold small cells, so they are kept sealed to the round's key, like the ballots they came from. */
export function sealCounts(publicKey: Buffer, { counts, responses, languages }: Opened): Buffer {
  const document: CountsDocument = { counts, responses, languages: [...languages] }
  return sealTo(publicKey, gzipSync(JSON.stringify(document)))
}

/** @throws DomainError `invalid` when the key is not the round's. */
export function openCounts(key: RoundKey, sealed: Buffer): CountsDocument {
  const opened = openSealed(key, sealed)
  if (!opened) throw new DomainError('invalid', 'The key file does not open the counts of this round.')
  return JSON.parse(gunzipSync(opened).toString('utf8'))
}
