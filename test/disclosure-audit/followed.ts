import { seeded } from '../../scripts/seeded.ts'
import type { MunicipalityCells } from '../../src/disclosure/cells.ts'
import { type Range, sumOf } from '../../src/disclosure/steps.ts'
import { nothingTold, type Told, tellAnew } from '../../src/disclosure/told.ts'
import { nationPlace, ToldNumbers, type ToldPart } from '../../src/disclosure/told-numbers.ts'
import type { Place } from '../../src/fieldwork/cells.ts'
import { overviewOfMunicipality } from '../../src/fieldwork/overview.ts'
import type { Answered } from '../../src/fieldwork/telling.ts'
import type { Channel } from '../../src/invitation/disposition.ts'
import { asTheServiceDoes, forms, place, record } from '../anonymity/worlds.ts'
import type { ReadBefore } from './known-well.ts'

/*
 * The fieldwork of a nation, night by night, and somebody who reads every number that is told of it. They have the program, and try it on all
 * numbers that there can have been: what of them is told as it was is what they know of steps. Of sums they know what docs/anonymity.md says.
 */

/** What was told of a round until its end, and what a reader makes of it. */
export interface Followed {
  places: Place[]
  told: ToldNumbers
  leastOn: Map<string, number>
  read: ReadBefore
}

/** Answers of a stratum by a channel on the evenings, and how many there can be at most as staff know it. */
interface Stream {
  place: Place
  channel: Channel
  evenings: number[]
  most: number
}

/** On some evenings, all of them in the end: a few at a time, at once, or on the last one. */
function evenings(people: number, random: () => number, count: number): number[] {
  const way = random()
  const shares = Array.from({ length: count - 1 }, () => (way < 0.2 ? 0 : way < 0.4 ? 1 : random())).sort()
  return [...shares.map((share) => Math.floor(share * people)), people]
}

/** How the answers of a nation may have come in. */
function streamsOf(nation: MunicipalityCells[], random: () => number): Stream[] {
  const count = 1 + Math.floor(random() * 5)
  const fewCodes = random() < 0.3
  const channels: Channel[] =
    random() < 0.3 ? ['letter', 'handout'] : random() < 0.3 ? ['letter', 'tablet'] : ['letter']
  return nation.flatMap(({ code, groups }) =>
    groups.flatMap(({ targetGroup, units }) =>
      units.flatMap(({ unitId, people }) => {
        const stratum = { ...place(unitId, targetGroup, code), unitId }
        const onPaper = random() < 0.15 ? Math.floor(random() * people) : 0
        const first = channels.length > 1 ? Math.floor(random() * (people - onPaper + 1)) : people - onPaper
        const numbers = channels.length > 1 ? [first, people - onPaper - first] : [first]
        return [...numbers, ...(onPaper > 0 ? [onPaper] : [])].map((number, nth): Stream => {
          const channel = channels[nth] ?? 'paper'
          const unused = fewCodes ? Math.floor(random() * 6) : 60
          const most = channel === 'tablet' ? Number.POSITIVE_INFINITY : number + unused
          return { place: stratum, channel, evenings: evenings(number, random, count), most }
        })
      }),
    ),
  )
}

/** Lets the answers of a nation come in in some way, and has it followed. */
export function followed(nation: MunicipalityCells[], seed: number): Followed {
  const streams = streamsOf(nation, seeded(seed))
  const places = [...new Map(streams.map((stream) => [stream.place.id, stream.place])).values()]
  const records = streams.map(({ place: its, channel, most }) =>
    channel === 'paper' ? forms(its, most) : record(its, channel, Number.isFinite(most) ? most : 0),
  )
  const nights: ToldNumbers[] = []
  const leastOn = new Map<string, number>()
  for (const nth of (streams[0]?.evenings ?? []).keys()) {
    const answered = streams.map(
      ({ place: { id }, channel, evenings }): Answered => ({ stratumId: id, channel, number: evenings[nth]! }),
    )
    const night = asTheServiceDoes(places, answered, records, nights.at(-1) ?? new ToldNumbers())
    for (const { place: where, line } of night.lines)
      leastOn.set(where, Math.max(leastOn.get(where) ?? 0, line.responded.low))
    const told = new ToldNumbers()
    told.add(nights.at(-1) ?? new ToldNumbers())
    told.add(night.told)
    nights.push(told)
  }
  const told = nights.at(-1) ?? new ToldNumbers()
  return { places, told, leastOn, read: readAll(streams, { places, records, nights, leastOn }) }
}

type Seen = Pick<Followed, 'places' | 'leastOn'> & { records: ReturnType<typeof record>[]; nights: ToldNumbers[] }

function readAll(streams: Stream[], { places, records, nights, leastOn }: Seen): ReadBefore {
  const last = nights.at(-1)
  if (!last) return []
  const mostOf = (is: (stream: Stream) => boolean) =>
    streams.filter((stream) => stream.channel !== 'paper' && is(stream)).reduce((sum, { most }) => sum + most, 0)
  const seenOf = (where: string, part: ToldPart) => nights.map((night) => night.find(where, part) ?? nothingTold)
  const ownOf = new Map(
    places.map(({ id }) => [
      id,
      stepsLeft(
        seenOf(id, 'all'),
        mostOf(({ place: its }) => its.id === id),
      ),
    ]),
  )
  const paperOf = new Map(
    places.map(({ id }) => {
      const its = streams.find((stream) => stream.place.id === id && stream.channel === 'paper')
      return [id, its ? stepsLeft(seenOf(id, 'paper'), its.most) : { low: 0, high: 0 }]
    }),
  )
  const withPaper = (own: Range, its: Place[], least = 0): Range => {
    const { low, high } = sumOf([own, ...its.map(({ id }) => paperOf.get(id)!)])
    return { low: Math.max(low, least), high }
  }
  const tell = (where: string, part: ToldPart, its: Place[], parts = its.map(({ id }) => last.find(id, 'all')!)) =>
    sumLeft(last.find(where, part), parts)
  const codes = [...new Set(places.map(({ municipalityCode }) => municipalityCode))]
  const within = (code: string) => places.filter(({ municipalityCode }) => municipalityCode === code)
  const total = { targetGroup: 'total' } as const
  return [
    ...places.map((its) => ({
      name: { level: 'unit' as const, area: its.unitId, targetGroup: its.targetGroup },
      ...withPaper(ownOf.get(its.id)!, [its]),
    })),
    ...codes.flatMap((code) => {
      const name = { level: 'municipality' as const, area: code, ...total }
      const own = records.filter(({ stratumId }) => within(code).some(({ id }) => id === stratumId))
      const shown = overviewOfMunicipality(within(code), own, last).channels.filter(
        ({ channel }) => channel !== 'paper',
      )
      const areTold = shown.length > 1 && shown.every(({ responded }) => responded)
      const byChannel = shown.map(({ channel }) =>
        stepsLeft(
          seenOf(code, channel),
          mostOf((one) => one.channel === channel && one.place.municipalityCode === code),
        ),
      )
      return [
        { name, ...withPaper(tell(code, 'all', within(code)), within(code), leastOn.get(code)) },
        ...(areTold ? [{ name, ...withPaper(sumOf(byChannel), within(code)) }] : []),
      ]
    }),
    ...[...new Set(places.map(({ targetGroup }) => targetGroup))].map((targetGroup) => {
      const its = places.filter((one) => one.targetGroup === targetGroup)
      const name = { level: 'nation' as const, area: '0000', targetGroup }
      return { name, ...withPaper(tell(nationPlace, targetGroup, its), its) }
    }),
    {
      name: { level: 'nation' as const, area: '0000', ...total },
      ...withPaper(
        tell(
          nationPlace,
          'all',
          places,
          codes.map((code) => last.find(code, 'all')!),
        ),
        places,
        leastOn.get(nationPlace),
      ),
    },
  ]
}

/** More than answer at any unit here. */
const many = 4_000

/** The numbers with which a step would be told each night as it was told: all are tried. */
function stepsLeft(seen: Told[], most: number): Range {
  let states = [{ told: nothingTold, least: 0 }]
  let left: Range = { low: 0, high: many }
  for (const { low, high } of seen) {
    const next = new Map<number, { told: Told; least: number }>()
    left = { low: many, high: 0 }
    for (const { told, least } of states)
      for (let number = Math.max(least, low - 10); number <= high + 60; number++) {
        const its = tellAnew(told, number, most)
        if (its.low !== low || its.high !== high) continue
        left = { low: Math.min(left.low, number), high: Math.max(left.high, number) }
        const known = next.get(its.moved)
        if (!known || known.least > number) next.set(its.moved, { told: its, least: number })
      }
    states = [...next.values()]
  }
  return left
}

/** A sum says nothing more than its parts at the ends of what they can be; between them it is in its cell, or has gone on by four. */
function sumLeft(told: Range | undefined, parts: Range[]): Range {
  const all = sumOf(parts)
  return {
    low: told && told.low > all.low ? told.low : 0,
    high: told && told.high > 0 && told.high < all.high ? told.high + 4 : many * parts.length,
  }
}
