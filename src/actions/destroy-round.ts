import { rmSync } from 'node:fs'
import { recordDeeds } from '../audit/store.ts'
import { type Database, forgetArrivalOrder } from '../database/connection.ts'
import { DomainError } from '../errors.ts'
import { phaseOf } from '../results/phase.ts'
import { listReleases } from '../results/release-store.ts'
import { destroyAnswers } from '../results/store.ts'
import { keptKeyFile } from '../round/kept-key.ts'
import { getRound } from '../round/store.ts'
import { swedishDay } from '../time/swedish-day.ts'

export interface Destruction {
  /** What the archive has decided, with its number and date. */
  decision: string
  /** Who does it. */
  by: string
  keyDir: string
  now: Date
}

/**
 * Destroys the answers of a published round and a key that was kept on the server, and writes the database anew, so that nothing of them
 * is left in its file. Backups have to be destroyed by whoever keeps them.
 * @throws DomainError `conflict` where the round was never published, or it was done already; `not-found`
 */
export async function destroyRound(
  db: Database,
  roundId: string,
  { decision, by, keyDir, now }: Destruction,
): Promise<void> {
  await getRound(db, roundId)
  const releases = await listReleases(db, roundId)
  if (!releases.some(({ steps }) => phaseOf(steps, now) === 'published'))
    throw new DomainError('conflict', `Round ${roundId} has not been published. Its answers may still be needed.`)
  await destroyAnswers(db, roundId, { decision, day: swedishDay(now) })
  await recordDeeds(db, [{ staffId: by, action: 'releases.destroyed', subject: roundId, now }])
  rmSync(keptKeyFile(keyDir, roundId), { force: true })
  forgetArrivalOrder(db)
}
