import { type Database, isBusy } from '../database/connection.ts'
import { prepareOfPaper } from '../paper/bring-store.ts'
import { prepareOfTablet } from '../tablet/bring-store.ts'
import { groupCommit } from '../urn/group-commit.ts'
import type { Commit, Outcome, SealedBallot } from '../urn/sealed-ballot.ts'
import { prepareWrite } from '../urn/write.ts'

/**
 * The one write of an answer, whichever way it came. It must not link person and answer, must survive a power cut once it is
 * acknowledged, and must do the same work for a used code as for an unused one.
 * @param commit where the transaction is carried out: here, or on a thread of its own.
 */
export function prepareRecordResponse(db: Database, patienceMs = 5_000, commit: Commit = prepareCommit(db)) {
  return groupCommit(commit, { isBusy, patienceMs, pauseMs: 20 })
}

/** Writes a group in one transaction: all of it or, when it throws, nothing. See {@link prepareWrite}. */
export function prepareCommit(db: Database, clock?: () => Date): (group: SealedBallot[]) => Outcome[] {
  return prepareWrite(db, { tablet: prepareOfTablet(db), paper: prepareOfPaper(db) }, clock)
}
