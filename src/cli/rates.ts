import type { Config } from '../config.ts'
import { isExact, type Range } from '../disclosure/steps.ts'
import { DomainError } from '../errors.ts'
import type { ChannelLine } from '../fieldwork/adding-up.ts'
import type { Line } from '../fieldwork/line.ts'
import { contributionsOf, overviewOfNation } from '../fieldwork/nation-overview.ts'
import type { Overview } from '../fieldwork/overview.ts'
import type { AnswerStores } from '../stores.ts'
import { type AddCommands, type Output, print, table, withStores } from './command.ts'

export const ratesCommand: AddCommands = (program, config) => {
  program
    .command('rates')
    .description(
      'Offered, declined, undeliverable, responded and the response rate, from the stratum up to the nation: what staff see, as it was told last night.',
    )
    .argument('[round]', 'without it the newest')
    .action((round: string | undefined, options: Output) => rates(config(), round, options))
}

async function rates(config: Config, id: string | undefined, options: Output): Promise<void> {
  const { round, asOf, places, nation } = await withStores(config, async (stores) => {
    const round = id ? await stores.round.getRound(id) : (await stores.round.listRounds())[0]
    if (!round) throw new DomainError('not-found', 'There are no rounds yet.')
    return { round: round.id, asOf: await stores.disclosure.lastTold(round.id), ...(await readAll(stores, round.id)) }
  })
  const levels = {
    strata: places.flatMap(({ strata }) =>
      strata.map(({ stratum, ...line }) => ({
        id: stratum.id,
        ...{ unit: stratum.unit, municipalityCode: stratum.municipalityCode, municipality: stratum.municipality },
        targetGroup: stratum.targetGroup,
        ...rateOf(line),
      })),
    ),
    units: places.flatMap(({ units, strata }) =>
      units.map(({ unitId, unit, ...line }) => ({
        ...{ id: unitId, unit, municipality: strata[0]!.stratum.municipality },
        ...rateOf(line),
      })),
    ),
    targetGroups: nation.groups.map(({ targetGroup, ...line }) => ({ targetGroup, ...rateOf(line) })),
    municipalities: nation.municipalities.map(({ municipalityCode, municipality, ...line }) => ({
      ...{ municipalityCode, municipality },
      ...rateOf(line),
    })),
    channels: nation.channels.map(({ channel, ...line }) => ({ channel, ...rateOf(line) })),
  }
  const total = rateOf(nation.total)
  print(options, { round, asOf: asOf ?? null, ...levels, nation: total, total }, [
    `Round ${round}${asOf ? `, as told on the evening of ${asOf}` : ': nothing is told before the first night'}`,
    ...section('Stratum', levels.strata, (rate) => `${rate.municipality} / ${rate.unit} / ${rate.targetGroup}`),
    ...section('Unit', levels.units, ({ municipality, unit }) => `${municipality} / ${unit}`),
    ...section('Target group', levels.targetGroups, ({ targetGroup }) => targetGroup),
    ...section('Municipality', levels.municipalities, ({ municipality }) => municipality),
    ...section('Channel', levels.channels, ({ channel }) => channel),
    ...section('Nation', [total], () => 'total'),
    ...missing(places),
  ])
}

/** A municipality at a time, as its coordinator sees it, and the nation, as the national administrator does. */
async function readAll(stores: AnswerStores, roundId: string): Promise<{ places: Overview[]; nation: Overview }> {
  const places: Overview[] = []
  for (const municipalityCode of await stores.fieldwork.listParticipants(roundId))
    places.push(await stores.fieldwork.readOverview(roundId, { municipalityCode }))
  const told = await stores.fieldwork.listTold(roundId)
  const contributions = contributionsOf(
    await stores.fieldwork.listPlaces(roundId),
    await stores.fieldwork.listChannelRecords(roundId),
    told,
  )
  const nation = overviewOfNation(contributions, told)
  const [only] = places
  return { places, nation: places.length === 1 ? { ...nation, channels: only!.channels } : nation }
}

/** One line of figures. `responseRate` is a fraction, null when it cannot be told; `responded` where it is not told apart. */
function rateOf({ problems, rate, responded, ...line }: Omit<Line, 'responded'> & Partial<ChannelLine>) {
  const missingTallies = problems.filter(({ kind }) => kind !== 'unsettled')
  return {
    ...line,
    responded: responded ?? null,
    responseRate: rate ?? null,
    tallyMissing: missingTallies.length > 0,
    unsettled: problems.some(({ kind }) => kind === 'unsettled'),
  }
}

type Rate = ReturnType<typeof rateOf>

function section<T extends Rate>(title: string, rates: T[], nameOf: (rate: T) => string): string[] {
  const rows = rates.map((rate) => {
    const { offered, declined, undeliverable, responded } = rate
    return [nameOf(rate), rangeText(offered), declined, undeliverable, rangeText(responded), percentText(rate)]
  })
  return ['', ...table([title, 'offered', 'declined', 'undeliverable', 'responded', 'response rate'], rows)]
}

/** A number as far as it is told: `12`, `under 5`, `20-24`; `..` where it is not. */
export function rangeText(range: Range | null): string {
  if (!range) return '..'
  if (isExact(range)) return String(range.low)
  return range.low === 0 ? `under ${range.high + 1}` : `${range.low}-${range.high}`
}

function percentText({ responseRate }: Rate): string {
  if (!responseRate) return '..'
  const [low, high] = [responseRate.low, responseRate.high].map((share) => (share * 100).toFixed(1))
  return low === high ? `${low} %` : `${low}-${high} %`
}

/** What keeps the figures above from being the whole truth, and what to do about it. */
function missing(places: Overview[]): string[] {
  const strata = places.flatMap((place) => place.strata)
  const nameOf = ({ stratum }: (typeof strata)[number]) => `${stratum.unit} / ${stratum.targetGroup}`
  const lines = [
    ...strata
      .filter(({ problems }) => problems.some(({ kind }) => kind !== 'unsettled'))
      .map((one) => `More answered than were offered at ${nameOf(one)}: some people have not been counted there.`),
    ...strata
      .filter(({ problems }) => problems.some(({ kind }) => kind === 'unsettled'))
      .map(
        (one) => `Printed batches that nobody has settled at ${nameOf(one)}: brukarsvar offer leftover, offer posted`,
      ),
  ]
  return lines.map((line, index) => (index === 0 ? `\n${line}` : line))
}
