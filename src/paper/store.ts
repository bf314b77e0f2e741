import { and, asc, eq, ne, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../database/connection.ts'
import { type Steps, step } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { tallies } from '../invitation/tables.ts'
import type { Scope } from '../organisation/scope.ts'
import { within } from '../organisation/scope-store.ts'
import { strata, units } from '../organisation/tables.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { byName, compareNames } from '../text/name-order.ts'
import type { BundlePlace } from '../urn/sealed-ballot.ts'
import { paperBundles, paperImports } from './tables.ts'

const bundleColumns = {
  id: paperBundles.id,
  stratumId: paperBundles.stratumId,
  forms: paperBundles.forms,
  entered: paperBundles.entered,
  blank: paperBundles.blank,
  isSampled: paperBundles.isSampled,
  compared: paperBundles.compared,
  differing: paperBundles.differing,
  isDone: paperBundles.isDone,
  unit: units.name,
  municipalityCode: units.municipalityCode,
  targetGroup: strata.targetGroup,
  roundId: strata.roundId,
}

/** A bundle of forms, with the names a person needs to recognise it. `forms` were counted by hand; the others by entering. */
export interface Bundle {
  id: string
  stratumId: string
  forms: number
  entered: number
  blank: number
  isSampled: boolean
  compared: number
  differing: number
  isDone: boolean
  unit: string
  municipalityCode: string
  targetGroup: TargetGroup
  roundId: string
}

const bundlesWithin = (db: Database) =>
  db
    .select(bundleColumns)
    .from(paperBundles)
    .innerJoin(strata, eq(strata.id, paperBundles.stratumId))
    .innerJoin(units, eq(units.id, strata.unitId))

/** The bundles of a round within a scope: those in work first, then by unit. */
export async function listBundles(db: Database, roundId: string, scope: Scope): Promise<Bundle[]> {
  return (
    await bundlesWithin(db)
      .where(and(eq(strata.roundId, roundId), within(scope)))
      .orderBy(asc(strata.targetGroup), asc(paperBundles.id))
      .all()
  ).sort((one, other) => Number(one.isDone) - Number(other.isDone) || compareNames(one.unit, other.unit))
}

/** A bundle that somebody works with. @throws DomainError `not-found`, also outside the scope. */
export async function getBundleWithin(db: Database, scope: Scope, id: string): Promise<Bundle> {
  const bundle = await bundlesWithin(db)
    .where(and(eq(paperBundles.id, id), within(scope)))
    .get()
  if (!bundle) throw new DomainError('not-found', `There is no bundle ${id}.`)
  return bundle
}

/** Begins a bundle. The id comes with the form, so that one that is sent twice is one bundle. */
export async function addBundle(
  db: Database,
  bundle: { id: string; stratumId: string; staffId: string; forms: number; isSampled: boolean },
): Promise<boolean> {
  return (await db.insert(paperBundles).values(bundle).onConflictDoNothing().run()).changes === 1
}

const isOpen = (id: string) => and(eq(paperBundles.id, id), eq(paperBundles.isDone, false))
const counted = sql<number>`${paperBundles.entered} + ${paperBundles.blank}`

/** Counts a form without an answer. False when the bundle has gone on meanwhile, or is done. */
export async function countBlank(db: Database, place: BundlePlace): Promise<boolean> {
  return moveBlank(db, place, 1)
}

/** Takes the blank form that was counted last back. False when it was not the last, or the bundle is done. */
export async function takeBackBlank(db: Database, place: BundlePlace): Promise<boolean> {
  return moveBlank(db, { ...place, position: place.position + 1 }, -1)
}

async function moveBlank(db: Database, place: BundlePlace, by: 1 | -1): Promise<boolean> {
  const { changes } = await db
    .update(paperBundles)
    .set({
      blank: sql`${paperBundles.blank} + ${by}`,
      compared: sql`${paperBundles.compared} + ${by * place.compared}`,
      differing: sql`${paperBundles.differing} + ${by * place.differing}`,
    })
    .where(and(isOpen(place.bundleId), sql`${counted} = ${place.position}`))
    .run()
  return changes === 1
}

/** Another number of forms counted by hand. False when it was that number before, and when the bundle is done. */
export async function correctForms(db: Database, id: string, forms: number): Promise<boolean> {
  const isOther = and(isOpen(id), ne(paperBundles.forms, forms))
  return (await db.update(paperBundles).set({ forms }).where(isOther).run()).changes === 1
}

/** What is counted of paper in one stratum, by hand. */
export interface HandedOut {
  stratumId: string
  unitId: string
  unit: string
  municipalityCode: string
  targetGroup: TargetGroup
  handedOut: number
  declined: number
}

/** The strata of a round within a scope, with the forms that were handed out and the people who declined one. */
export async function listHandedOut(db: Database, roundId: string, scope: Scope): Promise<HandedOut[]> {
  const tallied = (disposition: 'handed_out' | 'declined') =>
    sql<number>`coalesce(sum(case when ${tallies.disposition} = ${disposition} then ${tallies.number} end), 0)`
  return (
    await db
      .select({
        stratumId: strata.id,
        unitId: units.id,
        unit: units.name,
        municipalityCode: units.municipalityCode,
        targetGroup: strata.targetGroup,
        handedOut: tallied('handed_out'),
        declined: tallied('declined'),
      })
      .from(strata)
      .innerJoin(units, eq(units.id, strata.unitId))
      .leftJoin(tallies, and(eq(tallies.stratumId, strata.id), eq(tallies.channel, 'paper')))
      .where(and(eq(strata.roundId, roundId), within(scope)))
      .groupBy(strata.id, units.id)
      .orderBy(asc(strata.targetGroup))
      .all()
  ).sort(byName(({ unit }) => unit))
}

/** How many forms came from files of a municipality, in all and in how many files. */
export async function countImported(
  db: Database,
  { roundId, municipalityCode }: { roundId: string; municipalityCode: string },
): Promise<{ files: number; forms: number }> {
  const [row] = await db
    .select({ files: sql<number>`count(*)`, forms: sql<number>`coalesce(sum(${paperImports.forms}), 0)` })
    .from(paperImports)
    .where(and(eq(paperImports.roundId, roundId), eq(paperImports.municipalityCode, municipalityCode)))
    .all()
  return row!
}

/** Whether a file was imported before. */
export async function wasImported(db: Database, tag: Buffer): Promise<boolean> {
  return (
    (await db.select({ tag: paperImports.tag }).from(paperImports).where(eq(paperImports.tag, tag)).get()) !== undefined
  )
}

/**
 * Notes that a file is imported. Call it in the transaction that writes the ballots.
 * @returns false when it was imported before and nobody has said "again": then write nothing.
 */
export function* noteImport(
  tx: Transaction,
  file: { tag: Buffer; roundId: string; municipalityCode: string; forms: number; isAgain: boolean },
): Steps<boolean> {
  const { isAgain, ...row } = file
  const { changes } = yield* step(tx.insert(paperImports).values(row).onConflictDoNothing().run())
  if (changes === 1) return true
  if (!isAgain) return false
  yield* step(
    tx
      .update(paperImports)
      .set({ forms: sql`${paperImports.forms} + ${row.forms}` })
      .where(eq(paperImports.tag, row.tag))
      .run(),
  )
  return true
}
