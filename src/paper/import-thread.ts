import { Worker } from 'node:worker_threads'
import { type Database, fileOf } from '../database/connection.ts'
import { errorFromThread } from '../database/sqlite.ts'
import { type Steps, TakenBack, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { endInTime } from '../memory/time-limit.ts'
import { inProject } from '../project-folder.ts'
import type { SealedBallot } from '../urn/sealed-ballot.ts'
import { prepareWrite } from '../urn/write.ts'
import { prepareOfPaper } from './bring-store.ts'
import type { ImportResult } from './pending-import.ts'
import { noteImport } from './store.ts'
import { sealMark } from './waiting-mark.ts'
import { fewCodes } from './waiting-store.ts'

/** Ballots packed, for a thousand small buffers take long on their way to a thread: 16 and 112 bytes each, one after the other. */
export interface ImportWork {
  ballotIds: Buffer
  sealed: Buffer
  destinations: Pick<SealedBallot, 'stratumId' | 'channel' | 'spentTag'>[]
  spentPepper: Buffer
  file: { tag: Buffer; roundId: string; municipalityCode: string; forms: number; isAgain: boolean }
}

export const sealedLength = 112

/** What the thread says: what came of it, or why nothing was stored. */
export type ImportReply = { result: ImportResult } | { error: { message: string; code?: string } }

// The built file: Node runs no TypeScript in a thread, and the tests run from the sources.
const program = inProject('dist/paper/import-thread-program.js')

/** The longest file takes some seconds. */
const mostSeconds = 120

const late = () => new DomainError('unavailable', 'An import took too long, and nothing of it was stored.')

/**
 * Writes all ballots of a file in one transaction, or none: on a thread of its own, for that takes longer than anybody else
 * may wait. A database in memory is written where it is. It goes on when whoever said yes has left.
 * @throws DomainError `unavailable` when it takes too long
 */
export function writeOnThread(db: Database, work: ImportWork, { seconds = mostSeconds } = {}): Promise<ImportResult> {
  const databaseFile = fileOf(db)
  if (!databaseFile) return writeImport(db, work)
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, {
      workerData: { databaseFile, work },
      resourceLimits: { maxOldGenerationSizeMb: 128 },
    })
    worker.once('error', reject)
    const { isLate } = endInTime(worker, () => worker.terminate(), { seconds })
    worker.once('exit', () => reject(isLate() ? late() : new Error('the thread of an import ended without a word')))
    worker.once('message', (reply: ImportReply) => {
      if ('result' in reply) return resolve(reply.result)
      reject(errorFromThread(reply.error))
    })
  })
}

/** One transaction: the file's fingerprint and all its ballots, or nothing. */
export async function writeImport(
  db: Database,
  { ballotIds, sealed, destinations, spentPepper, file }: ImportWork,
): Promise<ImportResult> {
  const commit = prepareWrite(db, { paper: prepareOfPaper(db) })
  const wait = fewCodes(destinations)
  const waiting = ({ spentTag, ...where }: ImportWork['destinations'][number]) =>
    spentTag && wait ? { ...where, waits: true, sealedMark: sealMark(spentPepper, spentTag) } : { ...where, spentTag }
  const ballots = destinations.map((destination, at) => ({
    ...waiting(destination),
    roundId: file.roundId,
    ballotId: ballotIds.subarray(at * 16, (at + 1) * 16),
    sealed: sealed.subarray(at * sealedLength, (at + 1) * sealedLength),
  }))
  return transaction(db, function* (tx): Steps<ImportResult | TakenBack<ImportResult>> {
    if (!(yield* noteImport(tx, file))) return 'imported-before'
    // The fingerprint goes back with what was written before the round turned out to be closed.
    if (commit(ballots).some((outcome) => outcome !== 'recorded')) return new TakenBack('closed')
    return 'imported'
  })
}
