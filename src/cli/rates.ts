import type { Config } from '../config.ts'
import { type ChannelRecord, type RateLine, rateLine } from '../fieldwork/ledger.ts'
import { responseRate } from '../fieldwork/response-rate.ts'
import { listChannelRecords } from '../fieldwork/store.ts'
import { listStrata, type Stratum } from '../organisation/store.ts'
import { DomainError } from '../errors.ts'
import { getRound, listRounds } from '../round/store.ts'
import { type AddCommands, print, table, withDatabase } from './command.ts'

export const ratesCommand: AddCommands = (program, config) => {
  program
    .command('rates')
    .description(
      'Offered, declined, undeliverable, responded and the response rate, from the stratum up to the nation.',
    )
    .argument('[round]', 'without it the newest')
    .option('--json', 'print JSON')
    .action((round: string | undefined, options: { json?: boolean }) => rates(config(), round, options))
}

async function rates(config: Config, id: string | undefined, options: { json?: boolean }): Promise<void> {
  const { round, strata, records } = await withDatabase(config, async (db) => {
    const round = id ? await getRound(db, id) : (await listRounds(db))[0]
    if (!round) throw new DomainError('not-found', 'There is no round yet.')
    return { round: round.id, strata: await listStrata(db, round.id), records: await listChannelRecords(db, round.id) }
  })
  const levels = {
    strata: lines(
      strata,
      records,
      (stratum) => stratum.id,
      ({ id, unit, municipalityCode, municipality, targetGroup }) => ({
        id,
        unit,
        municipalityCode,
        municipality,
        targetGroup,
      }),
    ),
    units: lines(
      strata,
      records,
      (stratum) => stratum.unitId,
      ({ unitId, unit, municipalityCode, municipality }) => ({ id: unitId, unit, municipalityCode, municipality }),
    ),
    targetGroups: lines(
      strata,
      records,
      (stratum) => stratum.targetGroup,
      ({ targetGroup }) => ({ targetGroup }),
    ),
    municipalities: lines(
      strata,
      records,
      (stratum) => stratum.municipalityCode,
      ({ municipalityCode, municipality }) => ({ municipalityCode, municipality }),
    ),
    channels: byChannel(records),
  }
  const total = withRate(rateLine(records))
  print(options, { round, ...levels, nation: total, total }, [
    `Round ${round}`,
    ...section(
      'Stratum',
      levels.strata,
      ({ municipality, unit, targetGroup }) => `${municipality} / ${unit} / ${targetGroup}`,
    ),
    ...section('Unit', levels.units, ({ municipality, unit }) => `${municipality} / ${unit}`),
    ...section('Target group', levels.targetGroups, ({ targetGroup }) => targetGroup),
    ...section('Municipality', levels.municipalities, ({ municipality }) => municipality),
    ...section('Channel', levels.channels, ({ channel }) => channel),
    ...section('Nation', [total], () => 'total'),
  ])
}

type Rate = RateLine & { responseRate: number | null; tallyMissing: boolean }

function withRate(line: RateLine): Rate {
  return { ...line, responseRate: responseRate(line) ?? null, tallyMissing: line.missingTallies.length > 0 }
}

function lines<Name extends object>(
  strata: Stratum[],
  records: ChannelRecord[],
  keyOf: (stratum: Stratum) => string,
  nameOf: (stratum: Stratum) => Name,
): (Name & Rate)[] {
  const recordsOf = groupBy(records, ({ stratumId }) => stratumId)
  return [...groupBy(strata, keyOf).values()].map((members) => ({
    ...nameOf(members[0]!),
    ...withRate(rateLine(members.flatMap(({ id }) => recordsOf.get(id) ?? []))),
  }))
}

function byChannel(records: ChannelRecord[]) {
  return [...groupBy(records, ({ channel }) => channel)].map(([channel, members]) => ({
    channel,
    ...withRate(rateLine(members)),
  }))
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
  const percent = ({ responseRate, tallyMissing, offered }: Rate) => {
    if (responseRate === null) return offered === 0 && !tallyMissing ? '-' : 'tally missing'
    return `${(responseRate * 100).toFixed(1)} %${tallyMissing ? ' (tally missing)' : ''}`
  }
  const rows = rates.map((rate) => [
    nameOf(rate),
    rate.offered,
    rate.declined,
    rate.undeliverable,
    rate.responded,
    percent(rate),
  ])
  return ['', ...table([title, 'offered', 'declined', 'undeliverable', 'responded', 'response rate'], rows)]
}
