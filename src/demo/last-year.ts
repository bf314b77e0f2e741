import { openRoundUrn } from '../actions/open-urn.ts'
import { progressBar } from '../cli/progress.ts'
import { loadLanguages } from '../language/languages.ts'
import type { Stratum } from '../organisation/store.ts'
import { targetGroups } from '../questionnaire/target-groups.ts'
import { askedWords } from '../round/asked-words.ts'
import type { Round } from '../round/round.ts'
import { createRoundKey, type RoundKey } from '../round/round-key.ts'
import type { Chance } from './chance.ts'
import { type Plan, simulateDays, simulateFieldwork, type Whole } from './fieldwork.ts'
import type { Ground } from './ground.ts'

export interface LastYear {
  /** This year's. */
  round: Round
  day: (offset: number) => string
  /** This year's fieldwork, which last year's grew like. */
  whole: Whole
  /** What answers are made up by, which are opened and published: without it last year has its fieldwork only. */
  answers?: MadeUp
}

interface MadeUp {
  /** This year's: last year has the same units and groups. */
  strata: Stratum[]
  plan: Plan
  chance: Chance
}

/** The round of the year before, to compare with: how it went on, and of a nation what came of it. */
export async function makeLastYear(ground: Ground, { round, day, whole, answers }: LastYear): Promise<void> {
  const id = String(round.year - 1)
  const key = createRoundKey(id) // nobody keeps it
  const dates = { opensOn: day(-14 - 364), closesOn: day(46 - 364) }
  const { publicKey } = key
  await ground.stores.round.createRound({
    id,
    year: round.year - 1,
    ...dates,
    publicKey,
    isPractice: true,
    targetGroups: [...targetGroups],
  })
  if (answers) {
    const words = askedWords(loadLanguages(), { languages: [], targetGroups: [...targetGroups] })
    await ground.stores.round.beginCollection(id, words)
    await makeAnswers(ground, id, answers)
  } else await ground.stores.round.moveRound(id, ['draft'], 'closed')
  const days = Array.from({ length: 60 }, (_, index) => day(index - 14 - 364))
  await simulateDays(ground, { roundId: id, days, whole: wholeYear(whole), isOver: true })
  if (answers) await publish(ground, key)
}

/** A fortnight, as it would be after two months. */
function wholeYear({ strata, records, answered }: Whole): Whole {
  return {
    strata,
    records: records.map(({ wentOut, undeliverable, stock, tallied, ...record }) => ({
      ...record,
      ...{ wentOut: wentOut * 4, undeliverable: undeliverable * 4, stock: 0 },
      tallied: Object.fromEntries(Object.entries(tallied).map(([name, number]) => [name, number * 4])),
    })),
    answered: answered.map(({ number, ...where }) => ({ ...where, number: Math.round(number * 3.4) })),
  }
}

async function makeAnswers(ground: Ground, id: string, { strata, plan, chance }: MadeUp): Promise<void> {
  for (const { unitId, targetGroup } of strata) await ground.stores.organisation.addStrata(id, unitId, [targetGroup])
  const round = await ground.stores.round.getRound(id)
  const own = await ground.stores.organisation.listStrata(id)
  const bar = progressBar('Making up answers of last year', own.length)
  await simulateFieldwork(ground, { round, strata: own, plan, chance }, bar.update)
  bar.end()
}

/** Opens the urn and shows everybody what may be told. There is no administrator yet, so that one alone decides. */
async function publish({ db, stores, keys }: Ground, key: RoundKey): Promise<void> {
  const { roundId } = key
  const bar = progressBar('Counting answers of last year', 100, { inPercent: true })
  const { release: number } = await openRoundUrn(
    db,
    await stores.round.getRound(roundId),
    { key, spentPepper: keys.spentPepper },
    bar.update,
  )
  bar.end()
  for (const kind of ['release', 'publish'] as const) {
    const now = new Date()
    await stores.results.proposeStep({ roundId, number, by: 'operator', now }, { kind, takesEffect: now })
  }
}
