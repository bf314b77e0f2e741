import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { type Steps, step, transaction } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { blocksOf, cleanLines, type OwnText, type OwnTextKey, type PublishedText } from './own-text.ts'
import { ownTexts } from './tables.ts'

/**
 * What is published of a kind for an area, in each language that it was written in, by the language's code; empty where nothing is.
 * It knows nothing of releases: ask it only for whoever may read a release of the round, and show nothing of it where that was withdrawn.
 * A municipality that has written nothing has nothing: the nation's text is not given in its place.
 */
export async function listPublishedTexts(
  db: Database,
  { roundId, area, kind }: Omit<OwnTextKey, 'language'>,
): Promise<PublishedText[]> {
  return (
    await db
      .select()
      .from(ownTexts)
      .where(and(isOf({ roundId, area }), eq(ownTexts.kind, kind), eq(ownTexts.isPublic, true)))
      .orderBy(asc(ownTexts.language))
      .all()
  ).map(publishedOf)
}

/** All that is published of a round, by area, kind and language; of one area alone where it is named. For the archive. */
export async function listPublishedOf(
  db: Database,
  { roundId, area }: { roundId: string; area?: string },
): Promise<(PublishedText & OwnTextKey)[]> {
  const where = and(
    eq(ownTexts.roundId, roundId),
    area === undefined ? undefined : eq(ownTexts.area, area),
    eq(ownTexts.isPublic, true),
  )
  const order = [asc(ownTexts.area), asc(ownTexts.kind), asc(ownTexts.language)]
  const rows = await db
    .select()
    .from(ownTexts)
    .where(where)
    .orderBy(...order)
    .all()
  return rows.map((row) => ({ roundId, area: row.area, kind: row.kind, ...publishedOf(row) }))
}

/** How often texts were published or taken back, together: as long as it is the same, so is all that can be read. */
export async function countTurns(db: Database): Promise<number> {
  return (await db
    .select({ turns: sql<number>`coalesce(sum(${ownTexts.turns}), 0)` })
    .from(ownTexts)
    .get())!.turns
}

/** All texts of an area in a round, drafts too, by kind and language. */
export async function listOwnTexts(db: Database, of: Pick<OwnTextKey, 'roundId' | 'area'>): Promise<OwnText[]> {
  return (
    await db.select().from(ownTexts).where(isOf(of)).orderBy(asc(ownTexts.kind), asc(ownTexts.language)).all()
  ).map(textOf)
}

/** One text, or nothing where nobody has begun it. */
export async function findOwnText(db: Database, key: OwnTextKey): Promise<OwnText | undefined> {
  const row = await db.select().from(ownTexts).where(isText(key)).get()
  return row && textOf(row)
}

/** What is saved. */
export interface SavedDraft {
  /** As it was typed: it is kept as `cleanLines` leaves it. */
  text: string
  saidBy?: string
  /** The version that it was begun with; 0 where there was none. */
  version: number
  now: Date
}

/**
 * Saves a draft, where nobody else has saved another since its writer began. @returns whether it was, and the text as it stands now: theirs, or
 * the other's. The same draft again changes nothing and is saved.
 */
export async function saveDraft(
  db: Database,
  key: OwnTextKey,
  { text: typed, saidBy = '', version, now }: SavedDraft,
): Promise<{ isSaved: boolean; isChanged: boolean; stands: OwnText }> {
  const text = cleanLines(typed)
  return transaction(db, function* (tx) {
    const there = yield* rowOf(tx, key)
    if (there && there.draft === text && there.draftBy === saidBy)
      return { isSaved: true, isChanged: false, stands: textOf(there) }
    if (there && there.version !== version) return { isSaved: false, isChanged: false, stands: textOf(there) }
    const set = { draft: text, draftBy: saidBy, version: (there?.version ?? 0) + 1, savedAt: now.toISOString() }
    const target = [ownTexts.roundId, ownTexts.area, ownTexts.kind, ownTexts.language]
    yield* step(
      tx
        .insert(ownTexts)
        .values({ ...key, ...set })
        .onConflictDoUpdate({ target, set })
        .run(),
    )
    return { isSaved: true, isChanged: true, stands: textOf((yield* rowOf(tx, key))!) }
  })
}

/**
 * Publishes a draft in place of what was published before. @param version of the draft that whoever publishes has looked at
 * @returns whether anything changed
 * @throws DomainError `conflict` when another draft was saved since; `invalid` when it is empty; `not-found`
 */
export async function publishDraft(
  db: Database,
  key: OwnTextKey,
  { version, release, now }: { version: number; release: number; now: Date },
): Promise<boolean> {
  return transaction(db, function* (tx) {
    const there = yield* getRow(tx, key)
    if (there.version !== version)
      throw new DomainError('conflict', 'Somebody saved another draft of the text.', {
        messageKey: 'staff.texts.problem.other',
      })
    if (there.draft === '')
      throw new DomainError('invalid', 'The text is empty.', { messageKey: 'staff.texts.problem.empty' })
    const isSame = there.published === there.draft && there.publishedBy === there.draftBy && there.release === release
    if (isSame && there.isPublic) return false
    const set = { published: there.draft, publishedBy: there.draftBy, publishedAt: now.toISOString(), release }
    yield* turn(tx, key, { ...set, isPublic: true })
    return true
  })
}

/** Takes back what is published, or publishes it again as it was. @returns whether anything changed @throws DomainError `not-found` */
export async function showPublished(db: Database, key: OwnTextKey, isPublic: boolean): Promise<boolean> {
  return transaction(db, function* (tx) {
    const there = yield* getRow(tx, key)
    if (there.published === null) throw new DomainError('not-found', 'The text was never published.')
    if (there.isPublic === isPublic) return false
    yield* turn(tx, key, { isPublic })
    return true
  })
}

type OwnTextRow = typeof ownTexts.$inferSelect

function publishedOf({ language, published, publishedBy, publishedAt, release }: OwnTextRow): PublishedText {
  const [text, saidBy] = [published!, publishedBy!]
  return { language, text, blocks: blocksOf(text), saidBy, publishedAt: publishedAt!, release: release! }
}

function* rowOf(tx: Transaction, key: OwnTextKey): Steps<OwnTextRow | undefined> {
  return yield* step(tx.select().from(ownTexts).where(isText(key)).get())
}

function* getRow(tx: Transaction, key: OwnTextKey): Steps<OwnTextRow> {
  const row = yield* rowOf(tx, key)
  if (!row) throw new DomainError('not-found', 'Nobody has begun the text.')
  return row
}

function* turn(tx: Transaction, key: OwnTextKey, set: Partial<OwnTextRow>): Steps<void> {
  const turns = sql`${ownTexts.turns} + 1`
  yield* step(
    tx
      .update(ownTexts)
      .set({ ...set, turns })
      .where(isText(key))
      .run(),
  )
}

const isOf = ({ roundId, area }: Pick<OwnTextKey, 'roundId' | 'area'>): SQL | undefined =>
  and(eq(ownTexts.roundId, roundId), eq(ownTexts.area, area))

const isText = ({ kind, language, ...of }: OwnTextKey): SQL | undefined =>
  and(isOf(of), eq(ownTexts.kind, kind), eq(ownTexts.language, language))

function textOf({ published, publishedBy, publishedAt, release, isPublic, turns: _, ...row }: OwnTextRow): OwnText {
  if (published === null) return row
  return { ...row, published: { text: published, saidBy: publishedBy!, at: publishedAt!, release: release!, isPublic } }
}
