import type { Config } from '../config.ts'
import { DomainError } from '../errors.ts'
import { type ChannelRecord, type RateLine, rateLine } from '../fieldwork/ledger.ts'
import { responseRate } from '../fieldwork/response-rate.ts'
import { listChannelRecords } from '../fieldwork/store.ts'
import { compareNames } from '../name-order.ts'
import { listStrata, type Stratum } from '../organisation/store.ts'
import { getRound, listRounds } from '../round/store.ts'
import { type AddCommands, type Output, print, table, withDatabase } from './command.ts'

export const ratesCommand: AddCommands = (program, config) => {
  program
    .command('rates')
    .description(
      'Offered, declined, undeliverable, responded and the response rate, from the stratum up to the nation.',
    )
    .argument('[round]', 'without it the newest')
    .action((round: string | undefined, options: Output) => rates(config(), round, options))
}

async function rates(config: Config, id: string | undefined, options: Output): Promise<void> {
  const { round, strata, records } = await withDatabase(config, async (db) => {
    const round = id ? await getRound(db, id) : (await listRounds(db))[0]
    if (!round) throw new DomainError('not-found', 'There are no rounds yet.')
    return { round: round.id, strata: await listStrata(db, round.id), records: await listChannelRecords(db, round.id) }
  })
  const levels = levelsOf(strata, records)
  const total = rateOf(records)
  print(options, { round, ...levels, nation: total, total }, [
    `Round ${round}`,
    ...section('Stratum', levels.strata, (rate) => `${rate.municipality} / ${rate.unit} / ${rate.targetGroup}`),
    ...section('Unit', levels.units, ({ municipality, unit }) => `${municipality} / ${unit}`),
    ...section('Target group', levels.targetGroups, ({ targetGroup }) => targetGroup),
    ...section('Municipality', levels.municipalities, ({ municipality }) => municipality),
    ...section('Channel', levels.channels, ({ channel }) => channel),
    ...section('Nation', [total], () => 'total'),
    ...missing(strata, total),
  ])
}

/** One line of figures. `responseRate` is a fraction, null when it cannot be told. */
interface Rate extends RateLine {
  responseRate: number | null
  tallyMissing: boolean
}

function rateOf(records: ChannelRecord[]): Rate {
  const line = rateLine(records)
  return { ...line, responseRate: responseRate(line) ?? null, tallyMissing: line.missingTallies.length > 0 }
}

function levelsOf(strata: Stratum[], records: ChannelRecord[]) {
  const recordsOf = groupBy(records, ({ stratumId }) => stratumId)
  const level = <Name extends object>(keyOf: (stratum: Stratum) => string, nameOf: (stratum: Stratum) => Name) =>
    [...groupBy(strata, keyOf).values()].map((members) => ({
      ...nameOf(members[0]!),
      ...rateOf(members.flatMap(({ id }) => recordsOf.get(id) ?? [])),
    }))
  const place = ({ municipalityCode, municipality }: Stratum) => ({ municipalityCode, municipality })
  const placeOfUnit = (stratum: Stratum) => ({ unit: stratum.unit, ...place(stratum) })
  const group = ({ targetGroup }: Stratum) => ({ targetGroup })
  return {
    strata: level(
      ({ id }) => id,
      (stratum) => ({ id: stratum.id, ...placeOfUnit(stratum), ...group(stratum) }),
    ),
    units: level(
      ({ unitId }) => unitId,
      (stratum) => ({ id: stratum.unitId, ...placeOfUnit(stratum) }),
    ),
    targetGroups: level(({ targetGroup }) => targetGroup, group),
    municipalities: level(({ municipalityCode }) => municipalityCode, place),
    channels: [...groupBy(records, ({ channel }) => channel)]
      .map(([channel, members]) => ({ channel, ...rateOf(members) }))
      .sort((a, b) => compareNames(a.channel, b.channel)),
  }
}

function groupBy<T, K>(items: T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const members = groups.get(keyOf(item))
    if (members) members.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

function section<T extends Rate>(title: string, rates: T[], nameOf: (rate: T) => string): string[] {
  const rows = rates.map((rate) => {
    const { offered, declined, undeliverable, responded } = rate
    return [nameOf(rate), offered, declined, undeliverable, responded, percent(rate)]
  })
  return ['', ...table([title, 'offered', 'declined', 'undeliverable', 'responded', 'response rate'], rows)]
}

function percent({ responseRate, tallyMissing }: Rate): string {
  if (responseRate === null) return tallyMissing ? 'count missing' : '-'
  return `${(responseRate * 100).toFixed(1)} %${tallyMissing ? ' (count missing)' : ''}`
}

/** What keeps the figures above from being the whole truth, and what to do about it. */
function missing(strata: Stratum[], { missingTallies, unsettledBatches }: Rate): string[] {
  const nameOf = new Map(strata.map(({ id, unit, targetGroup }) => [id, `${unit} / ${targetGroup}`]))
  return [
    ...missingTallies.map(
      ({ stratumId, channel }) =>
        `More answered than were offered at ${nameOf.get(stratumId)}, ${channel}: some people have not been counted there.`,
    ),
    ...(unsettledBatches > 0
      ? [`Printed batches that nobody has settled: ${unsettledBatches}. See: brukarsvar offer leftover, offer posted`]
      : []),
  ].map((line, index) => (index === 0 ? `\n${line}` : line))
}
