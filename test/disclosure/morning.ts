import { ToldNumbers } from '../../src/disclosure/told-numbers.ts'
import type { ChannelRecord } from '../../src/fieldwork/ledger.ts'
import type { Line } from '../../src/fieldwork/line.ts'
import { contributionsOf, overviewOfNation } from '../../src/fieldwork/nation-overview.ts'
import { type Overview, overviewOfMunicipality } from '../../src/fieldwork/overview.ts'
import type { Channel } from '../../src/invitation/disposition.ts'
import { type place, record, type TellNight } from '../anonymity/worlds.ts'
import { inStep, inSum, type Known, total, type Unknown } from './audit.ts'

/** Answers of a stratum by one channel: how many there were, and with how many codes. At a tablet there is no telling. */
export interface Stream {
  stratum: ReturnType<typeof place>
  channel: Channel
  codes: number
  number: number
  /** Whether its code was made for nobody, and lies in a drawer: whoever had that done knows it. */
  isEmpty: boolean
}

/** What stands on the pages of the first morning, put together by somebody who has all of them. */
export interface Morning {
  /** What is known of each stream at first, in their order. */
  unknown: Unknown[]
  /** Of the strata; of the municipalities; and of all that crosses these: tablets, channels, groups, the nation. */
  strata: Known[]
  municipalities: Known[]
  others: Known[]
}

const recordOf = ({ stratum, channel, codes, isEmpty }: Stream): ChannelRecord =>
  isEmpty ? { ...record(stratum, channel), stock: codes } : record(stratum, channel, codes)

/** The pages of all municipalities, and of the nation. */
function pagesOf(streams: Stream[], tell: TellNight): { own: Overview[]; nation: Overview } {
  const strata = [...new Map(streams.map(({ stratum }) => [stratum.id, stratum])).values()]
  const records = streams.map(recordOf)
  const answered = streams.map(({ stratum, channel, number }) => ({ stratumId: stratum.id, channel, number }))
  const { told } = tell(strata, answered, records, new ToldNumbers())
  const codes = [...new Set(strata.map(({ municipalityCode }) => municipalityCode))]
  const ofPlace = (code: string) => strata.filter(({ municipalityCode }) => municipalityCode === code)
  return {
    own: codes.map((code) => overviewOfMunicipality(ofPlace(code), records, told)),
    nation: overviewOfNation(contributionsOf(strata, records, told), told),
  }
}

/** Reads the pages of the first morning. */
export function readMorning(streams: Stream[], tell: TellNight): Morning {
  const unknown = streams.map(({ channel, codes, isEmpty }): Unknown => {
    return { least: 0, most: isEmpty ? 0 : channel === 'tablet' ? 1_000 : codes }
  })
  const those = (is: (stream: Stream) => boolean) => unknown.filter((_, nth) => is(streams[nth]!))
  const { own, nation } = pagesOf(streams, tell)
  const morning: Morning = { unknown, strata: [], municipalities: [], others: [] }

  /** Each answer at a tablet is an offer as well: so what is offered beyond the codes tells of them. */
  function readTablets({ offered }: Pick<Line, 'offered'>, is: (stream: Stream) => boolean) {
    const codes = streams.filter((stream) => is(stream) && !stream.isEmpty).reduce((sum, one) => sum + one.codes, 0)
    const [low, high] = [offered.low - codes, offered.high - codes]
    const of = those((stream) => is(stream) && stream.channel === 'tablet')
    morning.others.push({ of, low, high: low > 0 ? high + 1 : Number.POSITIVE_INFINITY })
  }

  for (const page of own) {
    const isHere = ({ stratum }: Stream) => stratum.municipalityCode === page.strata[0]!.stratum.municipalityCode
    for (const line of page.strata) {
      const isOf = ({ stratum }: Stream) => stratum.id === line.stratum.id
      morning.strata.push(inStep(those(isOf), line.responded))
      readTablets(line, isOf)
    }
    const parts = page.strata.map(({ responded }) => responded)
    morning.municipalities.push(inSum(those(isHere), page.total.responded, parts))
    for (const { channel, responded } of page.channels.length > 1 ? page.channels : [])
      if (responded)
        morning.others.push(
          inStep(
            those((one) => isHere(one) && one.channel === channel),
            responded,
          ),
        )
  }
  const totals = own.map((page) => page.total.responded)
  morning.others.push(inSum(unknown, nation.total.responded, totals))
  for (const line of nation.groups) {
    const lines = own.flatMap(({ strata }) => strata.filter(({ stratum }) => stratum.targetGroup === line.targetGroup))
    const isOf = ({ stratum }: Stream) => stratum.targetGroup === line.targetGroup
    morning.others.push(
      inSum(
        those(isOf),
        line.responded,
        lines.map(({ responded }) => responded),
      ),
    )
    readTablets(line, isOf)
  }
  for (const { channel, responded } of nation.channels)
    if (responded)
      morning.others.push(
        inSum(
          those((one) => one.channel === channel),
          responded,
          totals,
        ),
      )
  return morning
}

/** How many numbers must be left of a stratum: all of few codes, and four of many. */
export const fewestOf = ({ of }: Known): number => {
  const codes = total(of, 'most')
  return codes <= 8 ? codes + 1 : 4
}
