import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { municipalities, units } from '../organisation/tables.ts'
import { staff } from '../people/tables.ts'
import { byName } from '../text/name-order.ts'
import { type Enrolment, enrolmentOf } from './store.ts'
import { enrolmentPlaces, enrolments } from './tables.ts'

/** One of the 290, and what it has answered; `state` is absent when it has neither answered nor been reminded. */
export interface EnrolmentLine {
  code: string
  name: string
  county: string
  enrolment?: Enrolment
  units: number
  expected: number
  coordinators: number
}

/** All 290 municipalities with what they have answered, by name. */
export async function listEnrolments(db: Database, roundId: string): Promise<EnrolmentLine[]> {
  const answers = await db.select().from(enrolments).where(eq(enrolments.roundId, roundId)).all()
  const sums = await db
    .select({
      code: units.municipalityCode,
      units: sql<number>`count(distinct ${enrolmentPlaces.unitId})`,
      expected: sql<number>`sum(${enrolmentPlaces.expected})`,
    })
    .from(enrolmentPlaces)
    .innerJoin(units, eq(units.id, enrolmentPlaces.unitId))
    .where(eq(enrolmentPlaces.roundId, roundId))
    .groupBy(units.municipalityCode)
    .all()
  const answerOf = new Map(answers.map((row) => [row.municipalityCode, enrolmentOf(row)]))
  const sumOf = new Map(sums.map((sum) => [sum.code, sum]))
  const coordinators = (await listCoordinators(db)).map(({ municipalityCode }) => municipalityCode)
  const { code, name, county } = municipalities
  return (await db.select({ code, name, county }).from(municipalities).all())
    .sort(byName(({ name }) => name))
    .map((municipality) => ({
      ...municipality,
      enrolment: answerOf.get(municipality.code),
      units: sumOf.get(municipality.code)?.units ?? 0,
      expected: sumOf.get(municipality.code)?.expected ?? 0,
      coordinators: coordinators.filter((its) => its === municipality.code).length,
    }))
}

/** Everybody who coordinates a municipality, and in which language they work. */
export async function listCoordinators(
  db: Database,
): Promise<{ municipalityCode: string; email: string; language: string }[]> {
  const { municipalityCode, email, language } = staff
  return db
    .select({ municipalityCode: sql<string>`${municipalityCode}`, email, language })
    .from(staff)
    .where(and(eq(staff.role, 'coordinator'), isNull(staff.endedOn)))
    .orderBy(asc(email))
    .all()
}

/** How many municipalities have registered for a round, and how many of them are approved. */
export async function countEnrolled(db: Database, roundId: string): Promise<{ registered: number; approved: number }> {
  const rows = await db
    .select({ state: enrolments.state, number: sql<number>`count(*)` })
    .from(enrolments)
    .where(eq(enrolments.roundId, roundId))
    .groupBy(enrolments.state)
    .all()
  const numberOf = (state: string) => rows.find((row) => row.state === state)?.number ?? 0
  return { registered: numberOf('submitted') + numberOf('approved'), approved: numberOf('approved') }
}
