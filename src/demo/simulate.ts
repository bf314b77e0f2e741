import { progressBar } from '../cli/progress.ts'
import { withoutSync } from '../database/connection.ts'
import { listAnswered } from '../fieldwork/telling-store.ts'
import type { Stratum } from '../organisation/store.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import type { Round } from '../round/round.ts'
import { about, type Chance, chanceFrom } from './chance.ts'
import { type Plan, simulateDays, simulateFieldwork } from './fieldwork.ts'
import type { Ground } from './ground.ts'
import { makeHistory } from './history.ts'
import { makeLastYear } from './last-year.ts'
import { register, registerNation } from './nation.ts'

/** About how many of each group a unit meets in a fortnight, and how many of them respond. */
const sizes: Record<TargetGroup, number> = {
  ...{ economic_assistance: 90, addiction: 34, guardian: 46, youth: 26, unaccompanied: 14 },
}
const nationalRate = 0.48
const daysSoFar = 14
const ownCode = '1489'

export interface SimulateOptions {
  round: Round
  /** The day so many days from today. */
  day: (offset: number) => string
  /** 127 municipalities and some 11 000 answers instead of one. */
  isNational: boolean
}

/** A fortnight of fieldwork that was never done. Its evenings are made up afterwards, when all codes are issued. */
export async function simulate(ground: Ground, options: SimulateOptions): Promise<void> {
  await withoutSync(ground.db, () => makeUp(ground, options))
}

/** Letters that lie printed, so that there is something to say of them. */
async function printLetters({ stores, keys }: Ground, stratumId: string, issuedOn: string): Promise<void> {
  await stores.invitation.issueCodes(keys.codePepper, {
    stratumId,
    channel: 'letter',
    count: 20,
    drawn: false,
    issuedOn,
  })
}

/** The evenings of that fortnight, which end where the ledger stands now, and those of last year to compare with. */
export async function simulateEvenings(ground: Ground, options: SimulateOptions): Promise<void> {
  const { round, day, isNational } = options
  const { db, stores } = ground
  await withoutSync(db, async () => {
    const whole = {
      strata: await stores.fieldwork.listPlaces(round.id),
      records: await stores.fieldwork.listChannelRecords(round.id),
      answered: await listAnswered(db, round.id, await stores.fieldwork.listParticipants(round.id)),
    }
    const days = Array.from({ length: daysSoFar }, (_, index) => day(index - daysSoFar))
    await simulateDays(ground, { roundId: round.id, days, whole })
    const answers = isNational ? await lastYearsAnswers(ground, round) : undefined
    await makeLastYear(ground, { round, day, whole, answers })
    if (isNational) await makeHistory(ground, { year: round.year, own: ownCode })
  })
}

async function makeUp(ground: Ground, options: SimulateOptions): Promise<void> {
  const { round, day, isNational } = options
  const chance = chanceFrom(round.year)
  await register(ground, { roundId: round.id, municipalityCode: ownCode, day: day(-90) })
  if (isNational)
    await registerNation(ground, { roundId: round.id, count: 127, chance, besides: ownCode, day: day(-90) })

  const strata = await ground.stores.organisation.listStrata(round.id)
  const plan = planOf(strata, { chance, answers: isNational ? 11_000 : undefined })
  const bar = progressBar('Making up a fortnight of fieldwork', strata.length)
  await simulateFieldwork(ground, { round, strata, plan, chance }, bar.update)
  bar.end()
  await printLetters(ground, strata.find(({ municipalityCode }) => municipalityCode === ownCode)!.id, day(-1))
}

/** So many answers of a nation, or as many as units usually have. */
function planOf(strata: Stratum[], { chance, answers }: { chance: Chance; answers?: number }): Plan {
  const usual = strata.reduce((sum, { targetGroup }) => sum + sizes[targetGroup], 0)
  const scale = answers === undefined ? 1 : answers / nationalRate / usual
  return {
    offered: ({ targetGroup }) => about(chance, sizes[targetGroup] * scale),
    rate: () => nationalRate * (0.8 + chance() * 0.4),
  }
}

/** Last year a nation was asked for two months, of whom so many answered as in the years that were published. */
async function lastYearsAnswers({ stores }: Ground, round: Round) {
  const strata = await stores.organisation.listStrata(round.id)
  const chance = chanceFrom(round.year - 1)
  return { strata, chance, plan: planOf(strata, { chance, answers: 14_000 }) }
}
