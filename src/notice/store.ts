import { and, desc, eq, ne, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { enrolments } from '../enrolment/tables.ts'
import { municipalities, strata, units } from '../organisation/tables.ts'
import { rounds } from '../round/tables.ts'
import { byName } from '../text/name-order.ts'
import type { MunicipalityNotice, Responsible } from './responsible.ts'

/** All municipalities by name: which take part in the newest round, and whom the newest approved registration of each names. */
export async function listMunicipalityNotices(db: Database): Promise<MunicipalityNotice[]> {
  return noticesWhere(db)
}

/** The same as it was for a round: no later one has named anybody yet. */
export async function listNamedFor(db: Database, roundId: string): Promise<MunicipalityNotice[]> {
  return noticesWhere(db, sql`(${rounds.year}, ${rounds.id}) <= (select year, id from rounds where id = ${roundId})`)
}

async function noticesWhere(db: Database, condition?: SQL): Promise<MunicipalityNotice[]> {
  const responsible = new Map<string, Responsible>()
  for (const { municipalityCode, ...named } of await namedIn(db, and(eq(enrolments.state, 'approved'), condition)))
    if (!responsible.has(municipalityCode)) responsible.set(municipalityCode, named)
  const taking = await takingPart(db)
  const { code, name } = municipalities
  return (await db.select({ code, name }).from(municipalities).all())
    .sort(byName(({ name }) => name))
    .map((one) => ({ ...one, takesPart: taking.has(one.code), responsible: responsible.get(one.code) }))
}

/** Whom the newest registration of a municipality names, in whichever round that was, approved or not: for the next one to begin with. */
export async function findResponsible(db: Database, municipalityCode: string): Promise<Responsible | undefined> {
  const [row] = await namedIn(db, eq(enrolments.municipalityCode, municipalityCode))
  return row && { boardName: row.boardName, boardContact: row.boardContact, dpoContact: row.dpoContact }
}

async function namedIn(db: Database, condition: SQL | undefined) {
  const { municipalityCode, boardName, boardContact, dpoContact } = enrolments
  return db
    .select({ municipalityCode, boardName, boardContact, dpoContact })
    .from(enrolments)
    .innerJoin(rounds, eq(rounds.id, enrolments.roundId))
    .where(and(ne(boardName, ''), condition))
    .orderBy(desc(rounds.year), desc(rounds.id))
    .all()
}

/** Those with a target group at a unit, in the newest round that has any. */
async function takingPart(db: Database): Promise<Set<string>> {
  const newest = await db
    .select({ id: rounds.id })
    .from(rounds)
    .where(sql`${rounds.state} <> 'draft' and exists (select 1 from strata where strata.round_id = ${rounds.id})`)
    .orderBy(desc(rounds.year), desc(rounds.id))
    .get()
  if (!newest) return new Set()
  const rows = await db
    .selectDistinct({ code: units.municipalityCode })
    .from(strata)
    .innerJoin(units, eq(units.id, strata.unitId))
    .where(eq(strata.roundId, newest.id))
    .all()
  return new Set(rows.map(({ code }) => code))
}

/** The municipality of a stratum. */
export async function municipalityOf(db: Database, stratumId: string): Promise<string | undefined> {
  return (
    await db
      .select({ code: units.municipalityCode })
      .from(strata)
      .innerJoin(units, eq(units.id, strata.unitId))
      .where(eq(strata.id, stratumId))
      .get()
  )?.code
}
