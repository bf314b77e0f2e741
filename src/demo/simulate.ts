import { progressBar } from '../cli/progress.ts'
import type { Database } from '../database/connection.ts'
import type { Keys } from '../database/key-folder.ts'
import { dispositionsOf } from '../fieldwork/ledger.ts'
import { listChannelRecords } from '../fieldwork/store.ts'
import { listStrata, type Stratum } from '../organisation/store.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import { targetGroups } from '../questionnaire/target-groups.ts'
import type { Round } from '../round/round.ts'
import { createRoundKey } from '../round/round-key.ts'
import { createRound, moveRound } from '../round/store.ts'
import { about, chanceFrom } from './chance.ts'
import { type Sum, simulateDays, simulateFieldwork } from './fieldwork.ts'
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
export async function simulate(db: Database, keys: Keys, options: SimulateOptions): Promise<void> {
  await quickly(db, () => makeUp(db, keys, options))
}

/** The evenings of that fortnight, which end where the ledger stands now, and those of last year to compare with. */
export async function simulateEvenings(db: Database, options: Omit<SimulateOptions, 'isNational'>): Promise<void> {
  const { round, day } = options
  await quickly(db, async () => {
    const sums = await sumsOf(db, round.id, await listStrata(db, round.id))
    const days = Array.from({ length: daysSoFar }, (_, index) => day(index - daysSoFar))
    simulateDays(db, { roundId: round.id, days, sums })
    await simulateLastYear(db, { ...options, sums })
  })
}

async function quickly(db: Database, work: () => Promise<void>): Promise<void> {
  db.$client.pragma('synchronous = off') // nothing here would be missed after a power cut
  try {
    await work()
  } finally {
    db.$client.pragma('synchronous = full')
  }
}

async function makeUp(db: Database, keys: Keys, options: SimulateOptions): Promise<void> {
  const { round, day, isNational } = options
  const chance = chanceFrom(round.year)
  register(db, { roundId: round.id, municipalityCode: ownCode, day: day(-90) })
  if (isNational) await registerNation(db, { roundId: round.id, count: 127, chance, besides: ownCode, day: day(-90) })

  const strata = await listStrata(db, round.id)
  const scale = isNational ? scaleTo(strata, 11_000 / nationalRate) : 1
  const plan = {
    offered: ({ targetGroup }: Stratum) => about(chance, sizes[targetGroup] * scale),
    rate: () => nationalRate * (0.8 + chance() * 0.4),
  }
  const bar = progressBar('Making up a fortnight of fieldwork', strata.length)
  await simulateFieldwork(db, keys, { round, strata, plan, chance }, bar.update)
  bar.end()
}

async function simulateLastYear(
  db: Database,
  { round, day, sums }: Pick<SimulateOptions, 'round' | 'day'> & { sums: Sum[] },
): Promise<void> {
  const id = String(round.year - 1)
  const { publicKey } = createRoundKey(id) // nobody keeps last year's ballots, nor their key
  const dates = { opensOn: day(-14 - 364), closesOn: day(46 - 364) }
  await createRound(db, { id, year: round.year - 1, ...dates, publicKey, targetGroups: [...targetGroups] })
  await moveRound(db, id, ['draft'], 'closed')
  const days = Array.from({ length: 60 }, (_, index) => day(index - 14 - 364))
  const whole = sums.map((sum) => ({
    ...sum,
    offered: sum.offered * 4,
    declined: sum.declined * 4,
    responded: Math.round(sum.responded * 3.4),
  }))
  simulateDays(db, { roundId: id, days, sums: whole })
}

function scaleTo(strata: Stratum[], offered: number): number {
  return offered / strata.reduce((sum, { targetGroup }) => sum + sizes[targetGroup], 0)
}

/** The ledger by municipality and target group. */
async function sumsOf(db: Database, roundId: string, strata: Stratum[]): Promise<Sum[]> {
  const sums = new Map<string, Sum>()
  const placeOf = new Map(strata.map((stratum) => [stratum.id, stratum]))
  for (const record of await listChannelRecords(db, roundId)) {
    const { municipalityCode, targetGroup } = placeOf.get(record.stratumId)!
    const key = `${municipalityCode} ${targetGroup}`
    const sum = sums.get(key) ?? {
      municipalityCode,
      targetGroup,
      offered: 0,
      declined: 0,
      undeliverable: 0,
      responded: 0,
    }
    const { offered, declined, undeliverable, responded } = dispositionsOf(record)
    sums.set(key, {
      ...sum,
      offered: sum.offered + offered,
      declined: sum.declined + declined,
      undeliverable: sum.undeliverable + undeliverable,
      responded: sum.responded + responded,
    })
  }
  return [...sums.values()]
}
