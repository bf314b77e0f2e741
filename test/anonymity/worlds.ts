import { ToldNumbers } from '../../src/disclosure/told-numbers.ts'
import type { Place } from '../../src/fieldwork/cells.ts'
import type { ChannelRecord } from '../../src/fieldwork/ledger.ts'
import { contributionsOf, overviewOfNation } from '../../src/fieldwork/nation-overview.ts'
import { type Overview, overviewOfMunicipality, overviewOfUnits } from '../../src/fieldwork/overview.ts'
import { type Answered, tellMunicipalities, tellNight } from '../../src/fieldwork/telling.ts'
import type { Channel } from '../../src/invitation/disposition.ts'
import type { TargetGroup } from '../../src/questionnaire/target-groups.ts'

/** Worlds that somebody tries who knows the program, all that staff count, and everything that any role is shown on every day. */

export const place = (unit: string, targetGroup: TargetGroup = 'youth', municipality = 'Alingsås'): Place => ({
  ...{ id: `${municipality}-${unit}-${targetGroup}`, unitId: `${municipality}-${unit}`, unit, targetGroup },
  ...{ municipalityCode: municipality, municipality },
})

export const record = (stratum: Place, channel: Channel, wentOut = 0): ChannelRecord => ({
  ...{ stratumId: stratum.id, channel, wentOut, undeliverable: 0, unsettledBatches: 0, stock: 0, tallied: {} },
})

/** The forms without a code that were handed out in a stratum. */
export const forms = (stratum: Place, handedOut: number): ChannelRecord => ({
  ...record(stratum, 'paper'),
  tallied: { handed_out: handedOut },
})

/** How many answered by each stratum and channel, on each evening. */
export type World = Answered[][]

/** What staff count of some strata, and on which evening it is so. */
export type Records = (evening: number) => ChannelRecord[]

/** What is told in a night; what the service does, or a way that is planted. */
export type TellNight = (
  strata: Place[],
  answered: Answered[],
  records: ChannelRecord[],
  before: ToldNumbers,
) => ReturnType<typeof tellNight>

export const asTheServiceDoes: TellNight = (strata, answered, records, before) =>
  tellNight([tellMunicipalities(strata, answered, records, before)], before)

/** All that is shown on one evening and the day after it, to every role: pages, their files and the command line are made from it. */
export function shown(strata: Place[], records: ChannelRecord[], told: ToldNumbers): Overview[] {
  const of = (own: Place[], overview: typeof overviewOfUnits) =>
    overview(
      own,
      records.filter(({ stratumId }) => own.some(({ id }) => id === stratumId)),
      told,
    )
  const by = (key: 'unitId' | 'municipalityCode', overview: typeof overviewOfUnits) =>
    [...new Set(strata.map((stratum) => stratum[key]))].map((value) =>
      of(
        strata.filter((stratum) => stratum[key] === value),
        overview,
      ),
    )
  return [
    ...by('unitId', overviewOfUnits),
    ...by('municipalityCode', overviewOfMunicipality),
    overviewOfNation(contributionsOf(strata, records, told), told),
  ]
}

/** The same as one text. What is shown follows from what staff count and what is told, and many worlds are told alike. */
function showing(strata: Place[]) {
  const known = new Map<string, string>()
  return (records: ChannelRecord[], told: ToldNumbers): string => {
    const key = JSON.stringify([records, ...told])
    const text = known.get(key) ?? JSON.stringify(shown(strata, records, told))
    known.set(key, text)
    return text
  }
}

/** What is shown on every day of a world, with the lines that are kept of the days: the trend, and next year last year's. */
export function* days(
  strata: Place[],
  records: ChannelRecord[] | Records,
  world: World,
  tell: TellNight = asTheServiceDoes,
  show = showing(strata),
): Generator<string> {
  let told = new ToldNumbers()
  for (const [evening, answered] of world.entries()) {
    const counted = typeof records === 'function' ? records(evening) : records
    const night = tell(strata, answered, counted, told)
    told = night.told
    yield JSON.stringify(night.lines) + show(counted, told)
  }
}

/** All of it together. */
export const watch = (...world: Parameters<typeof days>): string => [...days(...world)].join('\n')

/** All ways to choose one of each. */
export function choices<T>(lists: T[][]): T[][] {
  return lists.reduce<T[][]>((all, next) => all.flatMap((one) => next.map((value) => [...one, value])), [[]])
}

export const upTo = (last: number) => Array.from({ length: last + 1 }, (_, number) => number)

/** Evenings of strata that answer by one channel each, out of how many more answered on each day. */
export function evenings(strata: Place[], days: number[][], channels: Channel[] = strata.map(() => 'letter')): World {
  const sums = strata.map(() => 0)
  return days.map((came) =>
    strata.map(({ id }, index) => {
      sums[index]! += came[index]!
      return { stratumId: id, channel: channels[index]!, number: sums[index]! }
    }),
  )
}

/** So many more a day at most are tried. A set with such a world is left out: there more is possible than was tried. */
export const cap = 12

export interface Tried<T> {
  strata: Place[]
  records: ChannelRecord[] | Records
  /** How many more came on each day, by what `worldOf` makes of it. */
  days: number[][][]
  worldOf: (days: number[][]) => World
  ask: (days: number[][]) => T
  tell?: TellNight
  /** What somebody knows of the days besides: the forms that they entered themselves. */
  knows?: (days: number[][]) => unknown
}

/** The sets of worlds that look alike, as far as all of a set were tried. */
export function triedOut({ strata, records, days, worldOf, tell, knows }: Omit<Tried<unknown>, 'ask'>): number[][][][] {
  const sets = new Map<string, number[][][]>()
  const show = showing(strata)
  for (const came of days) {
    const seen = watch(strata, records, worldOf(came), tell, show) + JSON.stringify(knows?.(came))
    const set = sets.get(seen)
    if (set) set.push(came)
    else sets.set(seen, [came])
  }
  const whole = [...sets.values()].filter(
    (set) => !set.some((came) => came.some((day) => day.some((number) => number === cap))),
  )
  if (whole.length === 0) throw new Error('no set of worlds was tried out')
  return whole
}

/** Of some sets of worlds that look alike: the fewest answers to a question that are possible in one. */
export const fewestIn = <T>(sets: number[][][][], ask: (days: number[][]) => T): number =>
  Math.min(...sets.map((set) => new Set(set.map(ask)).size))

export const fewestLeft = <T>({ ask, ...tried }: Tried<T>): number => fewestIn(triedOut(tried), ask)
