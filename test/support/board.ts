import type { Database } from '../../src/database/connection.ts'
import { enrolments } from '../../src/enrolment/tables.ts'
import type { EnrolmentState } from '../../src/round/enrolment.ts'

export const board = {
  boardName: 'Socialnämnden i Alingsås kommun',
  boardContact: 'socialnamnden@example.se, 0322-61 60 00',
  dpoContact: 'dataskydd@example.se',
}

/** A registration of Alingsås that says who is responsible for personal data. */
export async function nameTheBoard(
  db: Database,
  roundId: string,
  named: Partial<typeof board & { state: EnrolmentState }> = board,
): Promise<void> {
  const at = { roundId, municipalityCode: '1489' }
  await db
    .insert(enrolments)
    .values({ ...at, state: 'approved', ...named })
    .run()
}
