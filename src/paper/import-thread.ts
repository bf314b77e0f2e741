import { type Database, fileOf } from '../database/connection.ts'
import { askThread } from '../database/thread.ts'
import { type Steps, TakenBack, transaction } from '../database/transaction.ts'
import { inProject } from '../project-folder.ts'
import type { SealedBallot } from '../urn/sealed-ballot.ts'
import { prepareWrite } from '../urn/write.ts'
import { prepareOfPaper } from './bring-store.ts'
import type { ImportResult } from './pending-import.ts'
import { noteImport } from './store.ts'
import { sealMark } from './waiting-mark.ts'
import { fewCodes } from './waiting-store.ts'

/**
 * Ballots packed, for thousands of small buffers and objects take long on their way to a thread: 16 and 112 bytes each, one after the
 * other, and 32 of the mark of its code.
 */
export interface ImportWork {
  ballotIds: Buffer
  sealed: Buffer
  spentTags: Buffer
  /** Where ballots go, and for each of them at which of these places. */
  places: ImportPlace[]
  placeOf: Uint16Array
  spentPepper: Buffer
  file: { tag: Buffer; roundId: string; municipalityCode: string; forms: number; isAgain: boolean }
}

export interface ImportPlace extends Pick<SealedBallot, 'stratumId' | 'channel'> {
  /** Whether the ballots have codes. */
  hasCodes: boolean
}

export const [idLength, sealedLength, tagLength] = [16, 112, 32]

// The built file: Node runs no TypeScript in a thread, and the tests run from the sources.
const importing = {
  program: inProject('dist/paper/import-thread-program.js'),
  what: 'An import',
}

/** The longest file takes some seconds. */
const mostSeconds = 120

/**
 * Writes all ballots of a file in one transaction, or none: on a thread of its own, for that takes longer than anybody else
 * may wait. A database in memory is written where it is. It goes on when whoever said yes has left.
 * @throws DomainError `unavailable` when it takes too long
 */
export function writeOnThread(db: Database, work: ImportWork, { seconds = mostSeconds } = {}): Promise<ImportResult> {
  const databaseFile = fileOf(db)
  if (!databaseFile) return writeImport(db, work)
  return askThread(importing, { databaseFile, work }, { megabytes: 128, seconds })
}

/** One transaction: the file's fingerprint and all its ballots, or nothing. */
export async function writeImport(db: Database, work: ImportWork): Promise<ImportResult> {
  const { spentPepper, file } = work
  const commit = prepareWrite(db, { paper: prepareOfPaper(db) })
  const ballots = ballotsIn(work)
  const wait = fewCodes(ballots)
  const waiting = ({ spentTag, ...ballot }: SealedBallot): SealedBallot =>
    spentTag && wait ? { ...ballot, waits: true, sealedMark: sealMark(spentPepper, spentTag) } : { ...ballot, spentTag }
  return transaction(db, function* (tx): Steps<ImportResult | TakenBack<ImportResult>> {
    if (!(yield* noteImport(tx, file))) return 'imported-before'
    // The fingerprint goes back with what was written before the round turned out to be closed.
    if (commit(ballots.map(waiting)).some((outcome) => outcome !== 'recorded')) return new TakenBack('closed')
    return 'imported'
  })
}

function ballotsIn({ ballotIds, sealed, spentTags, places, placeOf, file }: ImportWork): SealedBallot[] {
  const piece = (of: Buffer, length: number, at: number) => of.subarray(at * length, (at + 1) * length)
  return Array.from(placeOf, (place, at) => {
    const { hasCodes, ...where } = places[place]!
    const ballot = { ...where, roundId: file.roundId, ballotId: piece(ballotIds, idLength, at) }
    const its = { ...ballot, sealed: piece(sealed, sealedLength, at) }
    return hasCodes ? { ...its, spentTag: piece(spentTags, tagLength, at) } : its
  })
}
