import { and, eq } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { step, transaction } from '../database/transaction.ts'
import { type At, isAt } from './places-store.ts'
import { enrolments } from './tables.ts'

/** A note that a municipality was asked: the day that was noted before it; null where there was none. */
export interface Reminded {
  municipalityCode: string
  before: string | null
}

/** Notes on which day some municipalities that have not answered were asked, and gives them. Those that have answered stay as they are. */
export async function recordReminders(
  db: Database,
  roundId: string,
  codes: string[],
  today: string,
): Promise<Reminded[]> {
  return transaction(db, function* (tx) {
    const reminded: Reminded[] = []
    for (const municipalityCode of codes) {
      const [row] = yield* step(tx.select().from(enrolments).where(isAt({ roundId, municipalityCode })).all())
      if (row && row.state !== 'asked') continue
      yield* step(
        tx
          .insert(enrolments)
          .values({ roundId, municipalityCode, state: 'asked', remindedOn: today })
          .onConflictDoUpdate({
            target: [enrolments.roundId, enrolments.municipalityCode],
            set: { remindedOn: today },
          })
          .run(),
      )
      reminded.push({ municipalityCode, before: row?.remindedOn ?? null })
    }
    return reminded
  })
}

/** Takes such notes away, and gives how many there were still: a municipality that has answered since keeps its answer. */
export async function takeBackReminders(
  db: Database,
  roundId: string,
  reminded: Reminded[],
  today: string,
): Promise<number> {
  return transaction(db, function* (tx) {
    let number = 0
    for (const { municipalityCode, before } of reminded) {
      const at: At = { roundId, municipalityCode }
      const isIt = and(isAt(at), eq(enrolments.state, 'asked'), eq(enrolments.remindedOn, today))
      const { changes } = yield* step(
        before === null
          ? tx.delete(enrolments).where(isIt).run()
          : tx.update(enrolments).set({ remindedOn: before }).where(isIt).run(),
      )
      number += changes
    }
    return number
  })
}
