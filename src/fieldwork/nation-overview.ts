import { exactly, type Range, sumOf } from '../disclosure/steps.ts'
import { nationPlace, type ToldNumbers } from '../disclosure/told-numbers.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import {
  add,
  answeredOf,
  byChannel,
  byGroup,
  channelLine,
  enough,
  narrower,
  sorted,
  sumUp,
  toldStrata,
  wholeOf,
} from './adding-up.ts'
import type { Cell, Place } from './cells.ts'
import { groupBy } from './group-by.ts'
import type { ChannelRecord } from './ledger.ts'
import { type Counted, type Line, lineOf } from './line.ts'
import type { Overview } from './overview.ts'

/** What one municipality gives to the nation's overview. */
export interface Contribution {
  municipalityCode: string
  municipality: string
  total: Counted
  groups: [TargetGroup, Counted][]
  cells: Cell[]
}

/** The contribution of each municipality of these. Each is worked out by itself, so they can be asked for a few at a time. */
export function contributionsOf(strata: Place[], records: ChannelRecord[], told: ToldNumbers): Contribution[] {
  const byCode = groupBy(toldStrata(strata, records, told), ({ stratum }) => stratum.municipalityCode)
  return [...byCode.values()].map((own) => {
    const { municipalityCode, municipality } = own[0]!.stratum
    return {
      ...{ municipalityCode, municipality },
      total: { ...sumUp(own), answered: wholeOf(told.find(municipalityCode, 'all'), answeredOf(own)) },
      groups: byGroup(own).map(([group, members]) => [group, sumUp(members)]),
      cells: own.flatMap(({ cells }) => cells),
    }
  })
}

function atTabletsOf(told: Range | undefined, own: [TargetGroup, Counted][]): Range {
  const parts = sumOf(own.map(([, { atTablets }]) => atTablets))
  return narrower(wholeOf(told, parts), parts)
}

/** Of all municipalities: what is told of each, and of the nation. */
export function overviewOfNation(contributions: Contribution[], told: ToldNumbers): Overview {
  const groups = sorted(
    groupBy(
      contributions.flatMap((contribution) => contribution.groups),
      ([group]) => group,
    ),
  )
  const tablets = groups.map(([group, own]) => ({
    group,
    counted: add(own.map(([, counted]) => counted)),
    at: atTabletsOf(told.find(nationPlace, `${group} at tablets`), own),
  }))
  const total = add(contributions.map((contribution) => contribution.total))
  const atTablets = sumOf(tablets.map(({ at }) => at))
  return {
    total: lineOf({ ...total, atTablets, answered: wholeOf(told.find(nationPlace, 'all'), total.answered) }),
    groups: tablets.map(({ group, counted, at }) => ({
      targetGroup: group,
      ...lineOf({
        ...counted,
        atTablets: at,
        answered: wholeOf(told.find(nationPlace, group), counted.answered),
      }),
    })),
    channels: byChannel(contributions.flatMap(({ cells }) => cells)).map(([channel, own]) =>
      channel === 'paper'
        ? channelLine(channel, own, total.onPaper, exactly(0))
        : channelLine(
            channel,
            own,
            enough(told.find(nationPlace, channel)),
            channel === 'tablet' ? atTablets : exactly(0),
          ),
    ),
    municipalities: contributions.map(({ municipalityCode, municipality, total }) => ({
      ...{ municipalityCode, municipality },
      ...lineOf(total),
    })),
    ...{ strata: [], units: [] },
  }
}

export const lineOfContribution = ({ total }: Contribution): Line => lineOf(total)
