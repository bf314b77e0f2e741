import { asc, eq } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { step, transaction } from '../database/transaction.ts'
import type { AskedWords } from './asked-words.ts'
import { moved } from './store.ts'
import { roundNotices, roundWordings } from './tables.ts'

/** Both privacy notices of a round in a language, as one text. */
export interface KeptNotice {
  language: string
  text: string
}

/**
 * Opens data collection, and keeps what people are asked from then on, and what they are told of personal data.
 * @throws DomainError `conflict` when the round has been opened before
 */
export async function beginCollection(
  db: Database,
  id: string,
  words: readonly AskedWords[],
  notices: readonly KeptNotice[] = [],
): Promise<void> {
  const rows = words.map(({ language, hash, questions }) => ({
    ...{ roundId: id, language, hash },
    texts: JSON.stringify(questions),
  }))
  await transaction(db, function* (tx) {
    yield* moved(tx, id, ['draft', 'enrolling'], 'collecting')
    yield* step(tx.insert(roundWordings).values(rows).run())
    for (const notice of notices)
      yield* step(
        tx
          .insert(roundNotices)
          .values({ roundId: id, ...notice })
          .run(),
      )
  })
}

/** What people were asked in a round, by language; nothing of a round that was opened before that was kept. */
export async function listAskedWords(db: Database, roundId: string): Promise<AskedWords[]> {
  const rows = await db
    .select()
    .from(roundWordings)
    .where(eq(roundWordings.roundId, roundId))
    .orderBy(asc(roundWordings.language))
    .all()
  return rows.map(({ language, hash, texts }) => ({ language, hash, questions: JSON.parse(texts) }))
}

/** What people were told of personal data in a round, by language; nothing of a round that was opened before that was kept. */
export async function listNotices(db: Database, roundId: string): Promise<KeptNotice[]> {
  const { language, text } = roundNotices
  return db
    .select({ language, text })
    .from(roundNotices)
    .where(eq(roundNotices.roundId, roundId))
    .orderBy(asc(language))
    .all()
}
