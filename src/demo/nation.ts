import { enrolments } from '../enrolment/tables.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import type { Chance } from './chance.ts'
import type { Ground } from './ground.ts'

/** The groups that units of a municipality meet, by how many units it has. */
const shapes: TargetGroup[][][] = [
  [['economic_assistance', 'addiction', 'guardian', 'youth']],
  [
    ['economic_assistance', 'addiction'],
    ['guardian', 'youth', 'unaccompanied'],
  ],
  [['economic_assistance'], ['addiction'], ['guardian', 'youth'], ['unaccompanied']],
]
const names = ['Vuxenenheten', 'Enheten för barn och unga', 'Mottagningsenheten', 'Enheten för ensamkommande']

/**
 * Registers so many municipalities for a round, each with its units and groups; one of them is there already.
 * @returns how many were added.
 */
export async function registerNation(
  { db, stores }: Ground,
  {
    roundId,
    count,
    chance,
    besides,
    day,
  }: { roundId: string; count: number; chance: Chance; besides: string; day: string },
): Promise<number> {
  const all = (await stores.organisation.listMunicipalities()).filter(({ code }) => code !== besides)
  const chosen = all.filter(
    (_, index) =>
      Math.floor((index * (count - 1)) / all.length) !== Math.floor(((index + 1) * (count - 1)) / all.length),
  )
  for (const { code } of chosen) {
    const shape = shapes[Math.min(shapes.length - 1, Math.floor(chance() * 3.2))]!
    for (const [index, groups] of shape.entries()) {
      const unit = await stores.organisation.addUnit({ municipalityCode: code, name: names[index]! })
      await stores.organisation.addStrata(roundId, unit.id, groups)
    }
    await register({ db }, { roundId, municipalityCode: code, day })
  }
  return chosen.length
}

/** A registration as if a coordinator had sent it in and it had been approved. */
export async function register(
  { db }: Pick<Ground, 'db'>,
  { roundId, municipalityCode, day }: { roundId: string; municipalityCode: string; day: string },
): Promise<void> {
  await db
    .insert(enrolments)
    .values({
      ...{ roundId, municipalityCode, state: 'approved', submittedOn: day, approvedOn: day },
      ...{ contactName: 'Kim Kontakt', contactEmail: `kontakt@kommun${municipalityCode}.example.se` },
      ...{ boardName: 'Socialnämnden', boardContact: `socialnamnden@kommun${municipalityCode}.example.se` },
      dpoContact: `dataskydd@kommun${municipalityCode}.example.se`,
    })
    .onConflictDoNothing()
    .run()
}
