import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { stepOf } from '../../src/disclosure/steps.ts'
import { nothingTold, type Told, tellAnew } from '../../src/disclosure/told.ts'
import {
  knowersBeliefs,
  lookAlikes,
  type Means,
  type Price,
  priceOf,
  strangersBeliefs,
  type Tell,
  type World,
} from './patience.ts'

/** What somebody learns who spends a night and answers of their own for each question: the table of docs/anonymity.md. */

const sizes = Array.from({ length: 40 }, (_, index) => index + 1)
const [one, more] = [sizes.slice(0, 1), sizes.slice(1)]
const slow = { aNight: 1 }
const fast = { aNight: 9, inAll: 9 }

type Beliefs = (people: number) => World[][]
const knowers: Beliefs = (people) => knowersBeliefs(people).pairs

const between = (numbers: number[]) => [...new Set([Math.min(...numbers), Math.max(...numbers)])].join(' to ')

/** Nights with one answer of their own a night, nights with as many as they like, and how many it takes, where it is certain to be told. */
function rowOf(who: string, people: number[], beliefsOf: Beliefs, means: Partial<Means> = {}): string {
  const beliefs = people.flatMap((number) => beliefsOf(number))
  const slowly = beliefs.map((worlds) => priceOf(worlds, { ...slow, ...means }))
  const fastly = beliefs.map((worlds) => priceOf(worlds, { ...fast, ...means }))
  const nights = (prices: Price[]) => {
    const known = prices.filter((price) => price !== undefined)
    if (known.length === 0) return 'never'
    return known.length < prices.length ? 'not always' : `${Math.max(...known.map(({ nights }) => nights))}`
  }
  const known = fastly.filter((price) => price !== undefined)
  const own = known.length === 0 ? '' : between(known.map(({ own }) => own))
  const code = known.some(({ usesCode }) => usesCode) ? ' and the code' : ''
  return `| ${who} | ${between(people)} | ${nights(slowly)} | ${nights(fastly)} | ${own}${code} |`
}

const paper = readFileSync(new URL('../../docs/anonymity.md', import.meta.url), 'utf8')

const knowing = 'knows on each evening how many others have answered'
const stranger = 'knows nothing of the others'
const holding = 'the same, holds the person’s code and uses it up'

describe('whether one person has answered is told, in the steps of the service', () => {
  test.each([
    [knowing, one, knowers, {}],
    [knowing, more, knowers, {}],
    [`${knowing}, but for one who may come each night`, sizes.slice(0, 12), knowers, { come: 1, aNight: 2, inAll: 8 }],
    [stranger, one, strangersBeliefs, {}],
    [stranger, more, strangersBeliefs, {}],
    [holding, more, strangersBeliefs, { holdsCode: true }],
    [
      `${holding}, and one other may come each night`,
      sizes.slice(0, 12),
      strangersBeliefs,
      { holdsCode: true, come: 1, aNight: 2, inAll: 8 },
    ],
  ] as [string, number[], Beliefs, Partial<Means>][])(
    'to somebody who %s, for what docs/anonymity.md says',
    (who, people, beliefsOf, means) => {
      const row = rowOf(who, people, beliefsOf, means)
      expect(paper.split('\n').filter((line) => line.startsWith(`| ${who} | ${between(people)} |`))).toEqual([row])
    },
  )

  test('to a stranger without the code in two cases only: nobody has answered, or everybody', () => {
    for (const people of more) {
      const told = new Set<number>()
      for (const belief of strangersBeliefs(people)) {
        let sets = [belief]
        for (let own = 1; own <= 20; own++) {
          sets = sets.flatMap((set) => lookAlikes(set, { own, isUsed: false, codes: 100 }, { tell: tellAnew, come: 0 }))
          for (const set of sets.filter((set) => set.every(({ hasAnswered }) => hasAnswered === set[0]!.hasAnswered)))
            for (const { others, hasAnswered } of set) told.add(others + Number(hasAnswered))
        }
      }
      expect([0, people], `${people}: ${[...told]}`).toEqual(expect.arrayContaining([...told]))
    }
  })

  test('to nobody by what staff count, on whichever night: codes printed or drawn, letters left over', () => {
    for (const people of [1, 2, 5, 6, 8, 9, 11, 14, 23, 40]) {
      const codes = [...Array.from({ length: people + 16 }, (_, number) => number), Number.POSITIVE_INFINITY]
      for (const beliefs of [strangersBeliefs(people), knowers(people)])
        for (const belief of beliefs) expect(priceOf(belief, { aNight: 0, codes }, 'soonest')).toBeUndefined()
    }
  })

  test('and no cheaper with it', () => {
    for (const people of [1, 2, 5]) {
      const codes = [0, people + 4, 9, Number.POSITIVE_INFINITY]
      for (const belief of strangersBeliefs(people)) {
        const means = { aNight: 3, inAll: 9, holdsCode: true }
        expect(priceOf(belief, { ...means, codes })).toEqual(priceOf(belief, means))
      }
    }
  })

  test('by luck in one night: to who uses the code up where a border is near, and to who brings five where nobody came', () => {
    const soonest = (people: number, means: Means) =>
      strangersBeliefs(people).map((belief) => priceOf(belief, means, 'soonest'))
    const free = { nights: 1, own: 0, usesCode: true }
    expect(soonest(40, { ...fast, holdsCode: true }).slice(0, -1)).toEqual(Array.from({ length: 7 }, () => free))
    expect(soonest(40, fast)[0]).toEqual({ nights: 1, own: 5, usesCode: false })
    expect(soonest(4, { ...fast, holdsCode: true })).not.toContainEqual(free)
  })

  test('and a step that has just changed says nothing more before four others have come, whoever asks', () => {
    expect(fewestAfterAStep(tellAnew)).toBe(4)
  })
})

/** Of all numbers at which a step may be come to: how many answers of their own it takes at least to ask about the next person. */
function fewestAfterAStep(tell: Tell): number {
  const fewest: number[] = []
  for (const told of stepsReached(tell)) {
    const pair = [false, true].map((hasAnswered) => ({ others: told.moved, hasAnswered, told }))
    const price = priceOf(pair, { aNight: 12, tell })
    if (price) fewest.push(price.own)
  }
  return Math.min(...fewest)
}

function stepsReached(tell: Tell): Told[] {
  const found = strangersBeliefs(45, tell).flatMap((worlds) => worlds.map(({ told }) => told))
  return [...new Map(found.map((told) => [`${told.low} ${told.moved}`, told])).values()].filter(
    ({ moved }) => moved > 0,
  )
}

/** Ways to tell that once were the service's, or would be careless. Each must be found to be cheaper to ask. */
const planted: Record<string, Tell> = {
  'to the person': (_, number) => ({ low: number, high: number, moved: number }),
  'as it is, in steps without any hysteresis': (_, number) => ({ ...stepOf(number), moved: number }),
  'with a margin, but however few have come since': (told = nothingTold, number) =>
    number >= told.high + 2 || number <= told.low - 2 ? { ...stepOf(number - 1), moved: number } : told,
  'without heed to how many codes went out': (told, number) => tellAnew(told, number),
  'with steps that come as soon as more codes are printed': (told = nothingTold, number, most) => {
    const next = tellAnew(told, number, most)
    return next.low === told.low ? told : next
  },
  'cut to the number of codes': (told, number, codes = Number.POSITIVE_INFINITY) => {
    const { low, high, moved } = tellAnew(told, number)
    return { low: Math.min(low, codes), high: Math.min(high, codes), moved }
  },
}

/** All that this test holds against a way to tell; nothing where there is nothing. */
function found(tell: Tell): string[] {
  const faults: string[] = []
  if (fewestAfterAStep(tell) < 4) faults.push('cheap')
  for (const people of [1, 2, 5, 6, 8, 9, 10])
    for (const beliefs of [strangersBeliefs(people, tell), knowersBeliefs(people, tell).pairs])
      if (beliefs.some((belief) => priceOf(belief, { aNight: 0, tell, codes: [people, 100] }, 'soonest')))
        faults.push('free')
  if (strangersBeliefs(40, tell).some((worlds) => numbersIn(worlds) < 5)) faults.push('narrow')
  return [...new Set(faults)]
}
const numbersIn = (worlds: World[]) =>
  new Set(worlds.map(({ others, hasAnswered }) => others + Number(hasAnswered))).size

test.each(Object.entries(planted))('it would be noticed if numbers were told %s', (_, tell) => {
  expect(found(tell)).not.toEqual([])
})

test('and as they are told nothing is found', () => {
  expect(found(tellAnew)).toEqual([])
})
