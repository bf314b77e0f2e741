import type { Figure, MunicipalityCells } from '../../src/disclosure/cells.ts'
import { type Proportion, pooled } from '../../src/statistics/proportion.ts'
import { wholePercent } from '../../src/statistics/rounding.ts'
import { nameOf } from './atoms.ts'

/*
 * How many positive answers a set can have for somebody who knows all numbers of people: from the true answers, which are one way in which
 * it can be, positive answers are moved round through the sets (Ford and Fulkerson 1956) until no more can be.
 */

/** A set of people, between the places at which positive answers of several sets come together. */
interface Pipe {
  name: string
  from: string
  to: string
  people: number
  positive: number
  low: number
  high: number
}

/** How many positive answers a set can have. */
export interface Possible {
  name: string
  people: number
  low: number
  high: number
}

/** Each hidden set of one to nine people of which fewer than three numbers of positive answers stay possible; of one person, two. */
export const closedBy = (nation: MunicipalityCells[], told: Figure[]): Possible[] =>
  possibleBy(nation, told).filter(({ people, low, high }) => high - low + 1 < Math.min(3, people + 1))

/** What is left possible of all sets of one to nine people. */
export function possibleBy(nation: MunicipalityCells[], told: Figure[]): Possible[] {
  const pipes = setsIn(nation, told)
  return pipes
    .filter(({ people }) => people > 0 && people < 10)
    .map((pipe) => ({
      ...{ name: pipe.name, people: pipe.people },
      low: pipe.positive - movable(pipes, pipe, false),
      high: pipe.positive + movable(pipes, pipe, true),
    }))
}

/** All answers go round: through the nation, its groups, those of municipalities, units, women and men, and municipalities' totals. */
export function setsIn(nation: MunicipalityCells[], figures: Figure[]): Pipe[] {
  const told = new Map(figures.map((figure) => [nameOf(figure), figure]))
  const pipe = (from: string, to: string, name: string, set: Proportion): Pipe => ({
    ...{ from, to, name, ...set },
    ...leftBy(told.get(name), set),
  })
  const all: Pipe[] = []
  const ofGroups = new Map<string, Proportion[]>()
  const totals: Proportion[] = []
  for (const { code, groups } of nation) {
    for (const { targetGroup, units, ...genders } of groups) {
      const name = `${code} ${targetGroup}`
      const group = pooled(units)
      all.push(pipe(`of ${targetGroup}`, `${name} in`, name, group))
      for (const unit of units) all.push(pipe(`${name} in`, `${name} mid`, `${unit.unitId} ${targetGroup}`, unit))
      for (const [gender, set] of Object.entries(genders))
        all.push({ ...pipe(`${name} mid`, code, `${name} ${gender}`, set), low: 0, high: set.people })
      ofGroups.set(targetGroup, [...(ofGroups.get(targetGroup) ?? []), group])
    }
    const total = pooled(groups.flatMap(({ units }) => units))
    totals.push(total)
    all.push(pipe(code, 'all', `${code} total`, total))
  }
  for (const [group, its] of ofGroups) all.push(pipe('start', `of ${group}`, `0000 ${group}`, pooled(its)))
  all.push(pipe('all', 'start', '0000 total', pooled(totals)))
  return all
}

/** Which numbers of positive answers a figure leaves, by itself. */
function leftBy(figure: Figure | undefined, { people, positive }: Proportion): { low: number; high: number } {
  const isLeft = (number: number) => {
    if (figure?.positive !== undefined) return number === positive
    if (figure?.status === 'shown') return wholePercent(number, people) === figure.percent
    if (figure?.status === 'at-least-90') return wholePercent(number, people) >= 90
    return figure?.status !== 'at-most-10' || wholePercent(number, people) <= 10
  }
  const left = Array.from({ length: people + 1 }, (_, number) => number).filter(
    (number) => people === 0 || isLeft(number),
  )
  return { low: left[0]!, high: left.at(-1)! }
}

/** By how many the positive answers of a set can grow, or shrink, all others giving way. */
function movable(all: Pipe[], pipe: Pipe, grows: boolean): number {
  const others = all.filter((one) => one !== pipe)
  const flow = new Map(all.map((one) => [one, one.positive]))
  const limit = grows ? pipe.high - pipe.positive : pipe.positive - pipe.low
  const [start, end] = grows ? [pipe.to, pipe.from] : [pipe.from, pipe.to]
  for (let moved = 0; moved < limit; moved++) {
    const way = wayFrom(others, flow, start, end)
    if (!way) return moved
    for (const { pipe: step, by } of way) flow.set(step, flow.get(step)! + by)
  }
  return limit
}

type Step = { pipe: Pipe; by: 1 | -1 }

/** One way from a place to another on which each set can take one more, or spare one. */
function wayFrom(all: Pipe[], flow: Map<Pipe, number>, start: string, end: string): Step[] | undefined {
  const ways = new Map<string, Step[]>([[start, []]])
  const queue = [start]
  for (const place of queue) {
    const way = ways.get(place)!
    if (place === end) return way
    for (const pipe of all) {
      const steps: [string, string, boolean, Step['by']][] = [
        [pipe.from, pipe.to, flow.get(pipe)! < pipe.high, 1],
        [pipe.to, pipe.from, flow.get(pipe)! > pipe.low, -1],
      ]
      for (const [from, to, isOpen, by] of steps) {
        if (from !== place || !isOpen || ways.has(to)) continue
        ways.set(to, [...way, { pipe, by }])
        queue.push(to)
      }
    }
  }
  return undefined
}
