import { and, count, eq, isNotNull, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { paperBundles, rounds, strata, waitingForms } from '../database/schema.ts'
import type { BundlePlace } from '../paper/bundle.ts'
import { prepareCount, prepareRecordOfPerson } from './record-person.ts'
import type { Outcome, SealedBallot } from './store.ts'

/**
 * Forms of paper wait beside the urn, sealed, until the work on them is done: as long as one can be taken back, it must not be seen
 * in any figure, and whether its code was used is asked of nobody.
 */

/** So many forms with codes at least go into the urn together: else whoever enters one could ask whether that code was used. */
export const fewestTogether = 10

/** Prepares laying a form beside the urn. Only in a transaction. */
export function prepareLetWait(db: Database): (ballot: SealedBallot, bundleId: string | null) => void {
  const put = db
    .insert(waitingForms)
    .values({
      ballotId: sql.placeholder('ballotId'),
      bundleId: sql.placeholder('bundleId'),
      stratumId: sql.placeholder('stratumId'),
      channel: sql.placeholder('channel') as never,
      spentTag: sql.placeholder('spentTag'),
      sealed: sql.placeholder('sealed'),
    })
    .prepare()
  return ({ ballotId, stratumId, channel, sealed, spentTag = null }, bundleId) => {
    put.run({ ballotId, bundleId, stratumId, channel, spentTag, sealed })
  }
}

/**
 * Takes the form that was entered last out of its bundle again, in one transaction. The urn and its marks are not looked at.
 * @returns `recorded` when it is out, `out-of-turn` when it was not the last or the bundle is done, `closed` when the round is.
 */
export async function takeBackForm(
  db: Database,
  { ballotId, roundId, bundle }: { ballotId: Buffer; roundId: string; bundle: BundlePlace },
): Promise<Outcome> {
  return db.transaction(
    (tx) => {
      const round = tx.select({ state: rounds.state }).from(rounds).where(eq(rounds.id, roundId)).get()
      if (round?.state !== 'collecting') return 'closed'
      const { changes } = tx
        .update(paperBundles)
        .set({
          entered: sql`${paperBundles.entered} - 1`,
          compared: sql`${paperBundles.compared} - ${bundle.compared}`,
          differing: sql`${paperBundles.differing} - ${bundle.differing}`,
        })
        .where(
          and(isOpen(bundle.bundleId), sql`${paperBundles.entered} + ${paperBundles.blank} = ${bundle.position + 1}`),
        )
        .run()
      if (changes === 0) return 'out-of-turn'
      tx.delete(waitingForms).where(eq(waitingForms.ballotId, ballotId)).run()
      return 'recorded'
    },
    { behavior: 'immediate' },
  )
}

const isOpen = (id: string) => and(eq(paperBundles.id, id), eq(paperBundles.isDone, false))

/**
 * Ends a bundle: its forms go into the urn. Those with codes do so only where they are ten or more; fewer wait until the close.
 * False, and nothing is changed, unless as many forms were entered as were counted.
 */
export async function finishBundle(db: Database, id: string): Promise<boolean> {
  return db.transaction(
    (tx) => {
      const { changes } = tx
        .update(paperBundles)
        .set({ isDone: true })
        .where(and(isOpen(id), sql`${paperBundles.entered} + ${paperBundles.blank} = ${paperBundles.forms}`))
        .run()
      if (changes === 0) return false
      const ofBundle = eq(waitingForms.bundleId, id)
      const withCodes = and(ofBundle, isNotNull(waitingForms.spentTag))
      const { number } = tx.select({ number: count() }).from(waitingForms).where(withCodes).get()!
      if (number < fewestTogether) tx.update(waitingForms).set({ bundleId: null }).where(withCodes).run()
      putInUrn(db, ofBundle)
      return true
    },
    { behavior: 'immediate' },
  )
}

/** Removes a bundle in which work goes on, with the forms that were entered of it. False when it is done. */
export async function removeBundle(db: Database, id: string): Promise<boolean> {
  return db.transaction(
    (tx) => {
      const found = tx.select({ id: paperBundles.id }).from(paperBundles).where(isOpen(id)).get()
      if (!found) return false
      tx.delete(waitingForms).where(eq(waitingForms.bundleId, id)).run()
      tx.delete(paperBundles).where(eq(paperBundles.id, id)).run()
      return true
    },
    { behavior: 'immediate' },
  )
}

/** At the close everything that was entered goes into the urn, finished or not. Only in the transaction that ends the collection. */
export function putWaitingInUrn(db: Database, roundId: string): void {
  const ofRound = db.select({ id: strata.id }).from(strata).where(eq(strata.roundId, roundId))
  putInUrn(db, sql`${waitingForms.stratumId} in ${ofRound}`)
}

function putInUrn(db: Database, which: ReturnType<typeof and>): void {
  const [record, addToCounts] = [prepareRecordOfPerson(db), prepareCount(db)]
  const forms = db.select().from(waitingForms).where(which).all()
  addToCounts(
    forms.map(({ bundleId, spentTag, ...ballot }) => ({
      ...ballot,
      added: record({ ...ballot, ...(spentTag ? { spentTag } : {}) }).added,
    })),
  )
  db.delete(waitingForms).where(which).run()
}
