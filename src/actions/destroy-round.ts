import { rmSync } from 'node:fs'
import type { Config } from '../config.ts'
import { bindStore } from '../database/bound.ts'
import { type Database, fileOf, forgetArrivalOrder } from '../database/connection.ts'
import type { Run } from '../database/patience.ts'
import { askThread } from '../database/thread.ts'
import { inProject } from '../project-folder.ts'
import { keptKeyFile } from '../round/kept-key.ts'
import type { Round } from '../round/round.ts'
import {
  type Destroying,
  destroySettled,
  findSettling,
  listSettled,
  refuseDestroying,
  type SettlingTime,
} from './destroying-store.ts'

/** What the thread is started with: its own connection is to this file. */
export interface DestroyingWork {
  databaseFile: string
  roundId: string
  destroying: Destroying
}

/** Where a key that was kept on the server lies. */
interface KeyFolder {
  keyDir: string
}

// The built file: Node runs no TypeScript in a thread, and the tests run from the sources.
const destroyingThread = { program: inProject('dist/actions/destroying-thread-program.js'), what: 'The destruction' }

/** Half a million ballots are overwritten in some seconds. */
const most = { megabytes: 128, seconds: 300 }

/**
 * Destroys the answers of a round, what was counted of them, the marks of its codes and of used ones, and a key that was kept on the server, and writes the
 * database anew. What was released stays. Cut off in the middle it leaves the round as it was. Backups have to be destroyed by whoever
 * keeps them.
 * @throws DomainError what `refuseDestroying` throws; `unavailable` when it takes too long
 */
export async function destroyRound(
  db: Database,
  roundId: string,
  { keyDir, keptDays, ...destroying }: Destroying & SettlingTime & KeyFolder,
): Promise<void> {
  await refuseDestroying(db, roundId, { keptDays, ...destroying })
  await destroy(db, roundId, { keyDir, ...destroying })
}

/** The end of a round's answers, as a page has it: when they go, and the going. */
export function bindDestroying(db: Database, run: Run, { keyDir, answersKeptDays: keptDays }: Config) {
  const store = bindStore({ findSettling }, db, run)
  return {
    find: (round: Round, now: Date) => store.findSettling(round, { keptDays, now }),
    destroy: (roundId: string, { by, now }: Omit<Destroying, 'decision'>) =>
      destroyRound(db, roundId, { keyDir, keptDays, by, now }),
  }
}

export type AnswersEnd = ReturnType<typeof bindDestroying>

/** Who the service is in the audit trail, where it does something by itself. */
const service = 'service'

/**
 * Destroys what has come to its day, whatever the archive has said, and a key that an earlier destruction was cut off before.
 * @returns the rounds whose answers went now
 */
export async function destroyDue(db: Database, { keyDir, keptDays, now }: SettlingTime & KeyFolder): Promise<string[]> {
  const { due, destroyed } = await listSettled(db, { keptDays, now })
  for (const roundId of destroyed) rmSync(keptKeyFile(keyDir, roundId), { force: true })
  for (const roundId of due) await destroy(db, roundId, { keyDir, by: service, now })
  return due
}

/** On a thread of its own; a database in memory is written where it is. The key goes last: a cut before it is made up for by the night. */
async function destroy(
  db: Database,
  roundId: string,
  { keyDir, ...destroying }: Destroying & KeyFolder,
): Promise<void> {
  const databaseFile = fileOf(db)
  if (!databaseFile) await destroyHere(db, roundId, destroying)
  else await askThread(destroyingThread, { databaseFile, roundId, destroying } satisfies DestroyingWork, most)
  rmSync(keptKeyFile(keyDir, roundId), { force: true })
}

/** What the thread does. */
export async function destroyHere(db: Database, roundId: string, destroying: Destroying): Promise<void> {
  await destroySettled(db, roundId, destroying)
  forgetArrivalOrder(db)
}
