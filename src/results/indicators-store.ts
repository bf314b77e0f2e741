import { and, asc, eq, inArray, type SQL } from 'drizzle-orm'
import type { Database } from '../database/connection.ts'
import { byName } from '../text/name-order.ts'
import type { GroupOrTotal, Indicator, Level, Measure, ReleasedArea } from './indicator.ts'
import { releasedAreas, releasedIndicators } from './tables.ts'

/** One release of a round. */
export interface ReleaseKey {
  roundId: string
  number: number
}

/** Which indicators are asked for: all where nothing is said. */
export interface Wanted {
  levels?: readonly Level[]
  areas?: readonly string[]
  measures?: readonly Measure[]
  questions?: readonly string[]
  targetGroups?: readonly GroupOrTotal[]
  genders?: readonly Indicator['gender'][]
}

/** The indicators of a release, or some of them: by level, area, target group, measure, question and gender. */
export async function listIndicators(db: Database, key: ReleaseKey, wanted: Wanted = {}): Promise<Indicator[]> {
  const { roundId, number, level, area, measure, question, targetGroup, gender, part } = releasedIndicators
  const { levels, areas, measures, questions, targetGroups, genders } = wanted
  const rows = await db
    .select()
    .from(releasedIndicators)
    .where(
      and(
        ...[eq(roundId, key.roundId), eq(number, key.number)],
        ...[levels && inArray(level, [...levels]), areas && inArray(area, [...areas])],
        ...[measures && inArray(measure, [...measures]), questions && inArray(question, [...questions])],
        ...[targetGroups && inArray(targetGroup, [...targetGroups]), genders && inArray(gender, [...genders])],
      ),
    )
    .orderBy(...[level, area, targetGroup, measure, question, gender, part].map((column) => asc(column)))
    .all()
  return rows.map(({ roundId: _, number: __, value, people, positive, ...row }) => ({
    ...row,
    ...(value === null ? {} : { value }),
    ...(people === null ? {} : { people }),
    ...(positive === null ? {} : { positive }),
  }))
}

/** The municipalities and units of a release, by name. */
export async function listReleasedAreas(db: Database, key: ReleaseKey): Promise<ReleasedArea[]> {
  return areasOf(db, key)
}

/** The municipalities of a release, by name. */
export async function listReleasedMunicipalities(db: Database, key: ReleaseKey): Promise<ReleasedArea[]> {
  return areasOf(db, key, eq(releasedAreas.level, 'municipality'))
}

/** The units of a municipality in a release, by name. */
export async function listReleasedUnits(db: Database, key: ReleaseKey, municipality: string): Promise<ReleasedArea[]> {
  return areasOf(db, key, and(eq(releasedAreas.level, 'unit'), eq(releasedAreas.within, municipality)))
}

async function areasOf(db: Database, key: ReleaseKey, which?: SQL): Promise<ReleasedArea[]> {
  const { roundId, number, level, area, name, within } = releasedAreas
  const rows = await db
    .select({ level, area, name, within })
    .from(releasedAreas)
    .where(and(eq(roundId, key.roundId), eq(number, key.number), which))
    .all()
  return rows.sort(byName(({ name }) => name))
}
