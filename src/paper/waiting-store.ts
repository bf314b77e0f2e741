import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { type Steps, step, transaction } from '../database/transaction.ts'
import { fewestCodesTogether } from '../disclosure/thresholds.ts'
import { strata } from '../organisation/tables.ts'
import { rounds } from '../round/tables.ts'
import { prepareCount, prepareRecordOfPerson } from '../urn/record-person.ts'
import type { BundlePlace, Outcome } from '../urn/sealed-ballot.ts'
import { paperBundles, waitingForms } from './tables.ts'
import { openMark } from './waiting-mark.ts'

/**
 * Forms of paper wait beside the urn, sealed, until the work on them is done: as long as one can be taken back, it must not be seen
 * in any figure, and whether its code was used is asked of nobody.
 */

/** Whether the forms with codes among these are too few to go into the urn before the close. A code that comes twice is one. */
export const fewCodes = (forms: { spentTag?: Buffer }[]): boolean =>
  new Set(forms.flatMap(({ spentTag }) => spentTag?.toString('hex') ?? [])).size < fewestCodesTogether

/**
 * Takes the form that was entered last out of its bundle again, in one transaction. The urn and its marks are not looked at.
 * @returns `recorded` when it is out, `out-of-turn` when it was not the last or the bundle is done, `closed` when the round is.
 */
export async function takeBackForm(
  db: Database,
  { ballotId, roundId, bundle }: { ballotId: Buffer; roundId: string; bundle: BundlePlace },
): Promise<Outcome> {
  return transaction(db, function* (tx) {
    const round = yield* step(tx.select({ state: rounds.state }).from(rounds).where(eq(rounds.id, roundId)).get())
    if (round?.state !== 'collecting') return 'closed'
    const { changes } = yield* step(
      tx
        .update(paperBundles)
        .set({
          entered: sql`${paperBundles.entered} - 1`,
          compared: sql`${paperBundles.compared} - ${bundle.compared}`,
          differing: sql`${paperBundles.differing} - ${bundle.differing}`,
        })
        .where(
          and(isOpen(bundle.bundleId), sql`${paperBundles.entered} + ${paperBundles.blank} = ${bundle.position + 1}`),
        )
        .run(),
    )
    if (changes === 0) return 'out-of-turn'
    yield* step(tx.delete(waitingForms).where(eq(waitingForms.ballotId, ballotId)).run())
    return 'recorded'
  })
}

const isOpen = (id: string) => and(eq(paperBundles.id, id), eq(paperBundles.isDone, false))

/**
 * Ends a bundle: its forms go into the urn. Those with codes do so only where they are ten or more; fewer wait until the close.
 * False, and nothing is changed, unless as many forms were entered as were counted.
 */
export async function finishBundle(db: Database, id: string, spentPepper: Buffer): Promise<boolean> {
  return transaction(db, function* (tx) {
    const { changes } = yield* step(
      tx
        .update(paperBundles)
        .set({ isDone: true })
        .where(and(isOpen(id), sql`${paperBundles.entered} + ${paperBundles.blank} = ${paperBundles.forms}`))
        .run(),
    )
    if (changes === 0) return false
    const ofBundle = eq(waitingForms.bundleId, id)
    const withCodes = (yield* listForms(tx, ofBundle, spentPepper)).filter(({ spentTag }) => spentTag)
    if (fewCodes(withCodes)) yield* letWaitForClose(tx, withCodes)
    yield* putInUrn(tx, ofBundle, spentPepper)
    return true
  })
}

/** Removes a bundle in which work goes on, with the forms that were entered of it. False when it is done. */
export async function removeBundle(db: Database, id: string): Promise<boolean> {
  return transaction(db, function* (tx) {
    const found = yield* step(tx.select({ id: paperBundles.id }).from(paperBundles).where(isOpen(id)).get())
    if (!found) return false
    yield* step(tx.delete(waitingForms).where(eq(waitingForms.bundleId, id)).run())
    yield* step(tx.delete(paperBundles).where(eq(paperBundles.id, id)).run())
    return true
  })
}

/** At the close everything that was entered goes into the urn, finished or not. Only in the transaction that ends the collection. */
export function* putWaitingInUrn(tx: Transaction, roundId: string, spentPepper: Buffer): Steps<void> {
  const ofRound = tx.select({ id: strata.id }).from(strata).where(eq(strata.roundId, roundId))
  yield* putInUrn(tx, inArray(waitingForms.stratumId, ofRound), spentPepper)
}

function* listForms(tx: Transaction, which: SQL | undefined, spentPepper: Buffer) {
  const forms = yield* step(tx.select().from(waitingForms).where(which).all())
  return forms.map(({ sealedMark, ...form }) => ({ ...form, spentTag: openMark(spentPepper, sealedMark) }))
}

function* letWaitForClose(tx: Transaction, forms: { ballotId: Buffer }[]): Steps<void> {
  for (const { ballotId } of forms)
    yield* step(tx.update(waitingForms).set({ bundleId: null }).where(eq(waitingForms.ballotId, ballotId)).run())
}

function* putInUrn(tx: Transaction, which: SQL | undefined, spentPepper: Buffer): Steps<void> {
  const [record, addToCounts] = [prepareRecordOfPerson(tx), prepareCount(tx)]
  const forms = yield* listForms(tx, which, spentPepper)
  addToCounts(forms.map(({ bundleId, ...ballot }) => ({ ...ballot, added: record(ballot).added })))
  yield* step(tx.delete(waitingForms).where(which).run())
}
