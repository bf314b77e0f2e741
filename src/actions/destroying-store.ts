import { recordDeed } from '../audit/store.ts'
import type { Database } from '../database/connection.ts'
import { transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { destroyTags } from '../invitation/store.ts'
import { listSteps } from '../results/release-steps-store.ts'
import { type Settling, settlingOf } from '../results/settling.ts'
import { destroyAnswers, findOpening } from '../results/store.ts'
import { isOver, lastDayOf, type Round } from '../round/round.ts'
import { getRound, listRounds } from '../round/store.ts'
import { destroyHeld } from '../tablet/held-store.ts'
import { swedishDay } from '../time/swedish-day.ts'

/** Until when answers are kept, and the instant at which that is asked. */
export interface SettlingTime {
  /** Days after publication. */
  keptDays: number
  now: Date
}

/** How far a round is from the end of its answers. */
export interface EndOfAnswers extends Settling {
  /** What the archive has decided, with its number and day, where that was entered. */
  decision?: string
  destroyedOn?: string
}

/** When the answers of a round go, or went; nothing while it collects. */
export async function findSettling(db: Database, round: Round, time: SettlingTime): Promise<EndOfAnswers | undefined> {
  const { id, state } = round
  if (!isOver(state)) return undefined
  const releases = (await listSteps(db)).filter(({ roundId }) => roundId === id)
  const opening = await findOpening(db, id)
  return {
    ...settlingOf(lastDayOf(round, swedishDay(time.now)), releases, time),
    decision: opening?.archiveDecision ?? undefined,
    destroyedOn: opening?.destroyedOn ?? undefined,
  }
}

/** The rounds whose answers go by themselves now, and those of which they went. */
export async function listSettled(db: Database, time: SettlingTime): Promise<{ due: string[]; destroyed: string[] }> {
  const found: { due: string[]; destroyed: string[] } = { due: [], destroyed: [] }
  for (const round of await listRounds(db)) {
    const standing = await findSettling(db, round, time)
    if (standing?.destroyedOn) found.destroyed.push(round.id)
    else if (standing && standing.byItselfOn <= swedishDay(time.now)) found.due.push(round.id)
  }
  return found
}

/** Who has answers destroyed, and when. */
export interface Destroying {
  /** The id of an account, `operator`, or the service by itself. */
  by: string
  /** What the archive has decided, with its number and day; what was entered before stays where it is left out. */
  decision?: string
  now: Date
}

/**
 * Refuses what must not be destroyed yet, or no more.
 * @throws DomainError `conflict` before its day, without a decision where somebody has it done, and where it was done already; `not-found`
 */
export async function refuseDestroying(
  db: Database,
  roundId: string,
  { keptDays, now, decision }: SettlingTime & Pick<Destroying, 'decision'>,
): Promise<void> {
  const standing = await findSettling(db, await getRound(db, roundId), { keptDays, now })
  if (!standing) throw new DomainError('conflict', `Round ${roundId} collects answers, or has not begun to.`)
  if (standing.destroyedOn) throw new DomainError('conflict', `The answers of round ${roundId} were destroyed already.`)
  if (swedishDay(now) < standing.byHandFrom)
    throw new DomainError(
      'conflict',
      `The answers of round ${roundId} may still be needed: they can be destroyed from ${standing.byHandFrom}.`,
      { messageKey: 'staff.releases.destruction.tooEarly' },
    )
  if (!(decision ?? standing.decision))
    throw new DomainError('conflict', `The archive's decision on round ${roundId} is not entered.`, {
      messageKey: 'staff.releases.destruction.undecided',
    })
}

/** Destroys what a round was answered with, and writes down that it was done: all of it, or nothing. @throws DomainError `conflict` where it was done already */
export async function destroySettled(db: Database, roundId: string, { by, decision, now }: Destroying): Promise<void> {
  await transaction(db, function* (tx) {
    yield* destroyAnswers(tx, roundId, { decision, day: swedishDay(now) })
    yield* destroyHeld(tx, roundId)
    yield* destroyTags(tx, roundId)
    yield* recordDeed(tx, { staffId: by, action: 'releases.destroyed', subject: roundId, now })
  })
}
