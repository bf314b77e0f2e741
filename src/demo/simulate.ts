import { progressBar } from '../cli/progress.ts'
import { withoutSync } from '../database/connection.ts'
import { listAnswered } from '../fieldwork/telling-store.ts'
import type { Stratum } from '../organisation/store.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { targetGroups } from '../questionnaire/target-groups.ts'
import type { Round } from '../round/round.ts'
import { createRoundKey } from '../round/round-key.ts'
import { about, chanceFrom } from './chance.ts'
import { simulateDays, simulateFieldwork, type Whole } from './fieldwork.ts'
import type { Ground } from './ground.ts'
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
export async function simulateEvenings(ground: Ground, options: Omit<SimulateOptions, 'isNational'>): Promise<void> {
  const { round, day } = options
  const { db, stores } = ground
  await withoutSync(db, async () => {
    const whole = {
      strata: await stores.fieldwork.listPlaces(round.id),
      records: await stores.fieldwork.listChannelRecords(round.id),
      answered: await listAnswered(db, round.id, await stores.fieldwork.listParticipants(round.id)),
    }
    const days = Array.from({ length: daysSoFar }, (_, index) => day(index - daysSoFar))
    await simulateDays(ground, { roundId: round.id, days, whole })
    await simulateLastYear(ground, { ...options, whole })
  })
}

async function makeUp(ground: Ground, options: SimulateOptions): Promise<void> {
  const { round, day, isNational } = options
  const chance = chanceFrom(round.year)
  register(ground, { roundId: round.id, municipalityCode: ownCode, day: day(-90) })
  if (isNational)
    await registerNation(ground, { roundId: round.id, count: 127, chance, besides: ownCode, day: day(-90) })

  const strata = await ground.stores.organisation.listStrata(round.id)
  const scale = isNational ? scaleTo(strata, 11_000 / nationalRate) : 1
  const plan = {
    offered: ({ targetGroup }: Stratum) => about(chance, sizes[targetGroup] * scale),
    rate: () => nationalRate * (0.8 + chance() * 0.4),
  }
  const bar = progressBar('Making up a fortnight of fieldwork', strata.length)
  await simulateFieldwork(ground, { round, strata, plan, chance }, bar.update)
  bar.end()
  await printLetters(ground, strata.find(({ municipalityCode }) => municipalityCode === ownCode)!.id, day(-1))
}

async function simulateLastYear(
  ground: Ground,
  { round, day, whole }: Pick<SimulateOptions, 'round' | 'day'> & { whole: Whole },
): Promise<void> {
  const id = String(round.year - 1)
  const { publicKey } = createRoundKey(id) // nobody keeps last year's ballots, nor their key
  const dates = { opensOn: day(-14 - 364), closesOn: day(46 - 364) }
  await ground.stores.round.createRound({
    id,
    year: round.year - 1,
    ...dates,
    publicKey,
    targetGroups: [...targetGroups],
  })
  await ground.stores.round.moveRound(id, ['draft'], 'closed')
  const days = Array.from({ length: 60 }, (_, index) => day(index - 14 - 364))
  const { strata, records, answered } = whole
  const bigger = {
    strata,
    records: records.map(({ wentOut, undeliverable, stock, tallied, ...record }) => ({
      ...record,
      ...{ wentOut: wentOut * 4, undeliverable: undeliverable * 4, stock: 0 },
      tallied: Object.fromEntries(Object.entries(tallied).map(([name, number]) => [name, number * 4])),
    })),
    answered: answered.map(({ number, ...where }) => ({ ...where, number: Math.round(number * 3.4) })),
  }
  await simulateDays(ground, { roundId: id, days, whole: bigger, isOver: true })
}

function scaleTo(strata: Stratum[], offered: number): number {
  return offered / strata.reduce((sum, { targetGroup }) => sum + sizes[targetGroup], 0)
}
