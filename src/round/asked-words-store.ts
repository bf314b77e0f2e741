import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { step, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import type { AskedWords } from './asked-words.ts'
import { getRound } from './store.ts'
import { rounds, roundWordings } from './tables.ts'

/**
 * Opens data collection, and keeps what people are asked from then on.
 * @throws DomainError `conflict` when the round has been opened before
 */
export async function beginCollection(db: Database, id: string, words: readonly AskedWords[]): Promise<void> {
  const isBegun = await transaction(db, function* (tx) {
    const { changes } = yield* step(
      tx
        .update(rounds)
        .set({ state: 'collecting' })
        .where(and(eq(rounds.id, id), inArray(rounds.state, ['draft', 'enrolling'])))
        .run(),
    )
    if (changes === 0) return false
    const rows = words.map(({ language, hash, questions }) => ({
      ...{ roundId: id, language, hash },
      texts: JSON.stringify(questions),
    }))
    yield* step(tx.insert(roundWordings).values(rows).run())
    return true
  })
  if (isBegun) return
  const { state } = await getRound(db, id)
  throw new DomainError('conflict', `Round ${id} is ${state}, not draft or enrolling.`)
}

/** What people were asked in a round, by language; nothing of a round that was opened before that was kept. */
export async function listAskedWords(db: Database, roundId: string): Promise<AskedWords[]> {
  const rows = db
    .select()
    .from(roundWordings)
    .where(eq(roundWordings.roundId, roundId))
    .orderBy(asc(roundWordings.language))
    .all()
  return rows.map(({ language, hash, texts }) => ({ language, hash, questions: JSON.parse(texts) }))
}
