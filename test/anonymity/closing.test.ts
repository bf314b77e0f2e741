import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { qualityQuestions } from '../../src/questionnaire/questions.ts'
import { type TargetGroup, targetGroups } from '../../src/questionnaire/target-groups.ts'
import { tellsTooMuch } from '../../src/results/disclosure.ts'
import { inTenths } from '../../src/results/in-tenths.ts'
import type { Opened } from '../../src/results/opening.ts'
import { type Share, sharesPositive } from '../../src/results/shares.ts'
import type { Count } from '../../src/results/tally.ts'
import { toldLanguages } from '../../src/results/told-languages.ts'
import { toldOpening } from '../../src/results/told-opening.ts'

/** How many of each target group had an opinion on one question, and how many of them were positive. */
type World = { people: number; positive: number }[]

/** What is told of a world: of each group, and of the total, last. */
type Tell = (world: World) => string[]

/** As the page and `--json` tell it. */
const told: Tell = (world) => {
  const groupOf = new Map<string, TargetGroup>(world.map((_, nth) => [`s${nth}`, targetGroups[nth]!]))
  const counts: Count[] = world.flatMap(({ people, positive }, nth) => {
    const its = { stratumId: `s${nth}`, gender: 'none', question: 'views' } as const
    return [
      { ...its, option: 'yes', number: positive },
      { ...its, option: 'no', number: people - positive },
    ]
  })
  const shares = sharesPositive(counts, groupOf, targetGroups.slice(0, world.length))
  return shares.filter(({ question }) => question === 'views').map((share: Share) => JSON.stringify(share))
}

/** Threshold and remainder of ten, and nothing else. */
const plainly: Tell = (world) => {
  const total = world.reduce((all, one) => ({ people: all.people + one.people, positive: all.positive + one.positive }))
  const cell = ({ people, positive }: World[number]) => (people < 10 ? '..' : `${positive} of ${people}`)
  const rest = world.filter(({ people }) => people < 10).reduce((sum, { people }) => sum + people, 0)
  return [...world.map(cell), rest > 0 && rest < 10 ? '..' : cell(total)]
}

/** Every world with the same people in which the same is told: all that somebody can believe who knows the program and who was asked. */
function* believable(world: World, tell: Tell): Generator<World> {
  const said = tell(world)
  const alone = (people: number, positive: number) => tell([{ people, positive }])[0]
  const choices = world.map(({ people, positive }) =>
    Array.from({ length: people + 1 }, (_, possible) => possible).filter(
      (possible) => alone(people, possible) === alone(people, positive),
    ),
  )
  for (const positives of combinations(choices)) {
    const other = world.map(({ people }, nth) => ({ people, positive: positives[nth]! }))
    if (tell(other).join() === said.join()) yield other
  }
}

function* combinations([first, ...others]: number[][]): Generator<number[]> {
  if (!first) return yield []
  for (const one of first) for (const rest of combinations(others)) yield [one, ...rest]
}

/** What somebody can work out of a world from what is told. */
function leaks(world: World, tell: Tell): string[] {
  const worlds = [...believable(world, tell)]
  const found = world.flatMap(({ people }, nth) => {
    if (people === 0) return []
    const possible = new Set(worlds.map((one) => one[nth]!.positive))
    const alike = (possible.has(0) ? 1 : 0) + (possible.has(people) ? 1 : 0)
    if (people < 10 && possible.size < Math.min(people + 1, 4)) return [`group ${nth}: ${[...possible]} of ${people}`]
    return people > 1 && people < 30 && alike === possible.size ? [`group ${nth}: all ${people} alike`] : []
  })
  const small = world.flatMap(({ people }, nth) => (people < 10 ? [nth] : []))
  const together = small.reduce((sum, nth) => sum + world[nth]!.people, 0)
  const sums = new Set(worlds.map((one) => small.reduce((sum, nth) => sum + one[nth]!.positive, 0)))
  if (together > 1 && [...sums].every((sum) => sum === 0 || sum === together) && sums.size === 1)
    found.push(`the small groups: all ${together} alike`)
  return found
}

const positivesOf = (people: number) =>
  fc.oneof(
    fc.integer({ min: 0, max: people }),
    fc.constantFrom(0, people),
    fc.constantFrom(0, 1).map((n) => Math.max(0, people - n)),
  )
const group = (min: number, max: number) =>
  fc.integer({ min, max }).chain((people) => positivesOf(people).map((positive) => ({ people, positive })))
const someWorld: fc.Arbitrary<World> = fc
  .tuple(
    fc.array(group(0, 9), { maxLength: 3, size: 'max' }),
    fc.array(group(10, 29), { maxLength: 2, size: 'max' }),
    fc.array(group(30, 400), { maxLength: 2, size: 'max' }),
  )
  .map((parts) => parts.flat().slice(0, 5))
  .filter(({ length }) => length > 1)

describe('what is told at the close', () => {
  test('lets nobody work out what is kept back, who knows the program and how many people were in each group', () => {
    fc.assert(
      fc.property(someWorld, (world) => {
        expect(leaks(world, told)).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  const one = [
    { people: 11, positive: 0 },
    { people: 9, positive: 9 },
    { people: 1, positive: 1 },
  ]
  test('does not tell the one person of a group by subtraction', () => {
    expect(leaks(one, told)).toEqual([])
    expect(told(one).map((share) => JSON.parse(share).status)).toEqual(['at-most-10', 'few', 'few', 'protected'])
  })

  test.each<[string, World]>([
    ['one person', one],
    [
      'two small groups that are all positive',
      [
        { people: 40, positive: 20 },
        { people: 6, positive: 6 },
        { people: 5, positive: 5 },
      ],
    ],
    [
      'a group in which all are positive',
      [
        { people: 40, positive: 20 },
        { people: 12, positive: 12 },
      ],
    ],
    [
      'seven of whom at least six are positive',
      [
        { people: 60, positive: 30 },
        { people: 7, positive: 7 },
        { people: 4, positive: 3 },
      ],
    ],
  ])('would be found where the threshold alone is kept: %s', (_, world) => {
    expect(leaks(world, plainly)).not.toEqual([])
    expect(leaks(world, told)).toEqual([])
  })

  test('tells no total beside a group that is kept back, however few of it or many of the others there are', () => {
    const large = { people: 2_000, positive: 1_000 }
    for (const people of [0, 1, 5, 9]) {
      const total = { people: large.people + people, positive: large.positive + 1 }
      expect(tellsTooMuch([large, { people, positive: Math.min(people, 1) }], total)).toBe(true)
    }
  })

  test('tells a total where what is kept back stays open', () => {
    const total = (world: World) => JSON.parse(told(world).at(-1)!)
    const large = { people: 400, positive: 300 }
    expect(total([large, { people: 60, positive: 20 }])).toMatchObject({ status: 'shown', respondents: 460 })
    expect(total([large, { people: 10, positive: 5 }])).toMatchObject({ status: 'shown', percent: 74 })
    expect(
      total([
        { people: 20, positive: 19 },
        { people: 20, positive: 19 },
      ]),
    ).toMatchObject({ status: 'shown' })
  })
})

/** An urn in which each group has a stratum, opened; everybody has answered every question. */
function urnOf(world: World): Opened {
  const all = world.reduce((sum, { people }) => sum + people, 0)
  const counts = world.flatMap(({ people, positive }, nth) =>
    qualityQuestions.flatMap(({ id, positive: good, options }) => {
      const bad = options.find((option) => !good.has(option) && option !== 'dont_know')!
      return [
        { stratumId: `s${nth}`, gender: 'none' as const, question: id, option: [...good][0]!, number: positive },
        { stratumId: `s${nth}`, gender: 'none' as const, question: id, option: bad, number: people - positive },
      ]
    }),
  )
  const responses = new Map(world.map(({ people }, nth) => [`s${nth}`, people]))
  return { ballots: all, unreadable: 0, counts, responses, languages: new Map([['sv', all]]) }
}

/** All that a page, the command line and its `--json` have to tell of it, and how far it has come meanwhile. */
function saidOf(world: World, idle: TargetGroup[] = []): string {
  const groups = targetGroups.slice(0, world.length)
  const groupOf = new Map(groups.map((group, nth) => [`s${nth}`, group]))
  const opened = urnOf(world)
  const steps: number[] = []
  const progress = inTenths(opened.ballots, (percent) => steps.push(percent))
  for (let done = 1; done <= opened.ballots; done++) progress(done)
  return JSON.stringify([toldOpening(opened, { groupOf, groups, idle: new Set(idle) }), steps])
}

describe('who answered at all, at the close', () => {
  const small = group(0, 9)
  const large = fc.oneof(group(10, 29), group(30, 400))

  test('is not told of a group of fewer than ten: the same is said whatever its number and its answers', () => {
    fc.assert(
      fc.property(
        fc.array(large, { minLength: 1, maxLength: 3 }),
        fc.array(fc.tuple(small, small), { minLength: 1, maxLength: 2 }),
        (others, pairs) => {
          const [one, other] = [0, 1].map((which) => saidOf([...others, ...pairs.map((pair) => pair[which]!)]))
          expect(one).toBe(other)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('neither beside one group of which nobody is told to have answered, nor where ten are hidden together', () => {
    const others = [
      { people: 20, positive: 13 },
      { people: 12, positive: 8 },
    ]
    expect(new Set([0, 1, 9].map((people) => saidOf([...others, { people, positive: 0 }]))).size).toBe(1)
    const nine = { people: 9, positive: 5 }
    expect(new Set([0, 1].map((people) => saidOf([...others, nine, { people, positive: people }]))).size).toBe(1)
  })

  test('is told as a number, with all totals, where every group has ten, or nobody can have answered in it', () => {
    const two = [
      { people: 20, positive: 13 },
      { people: 12, positive: 8 },
    ]
    for (const said of [saidOf(two), saidOf([...two, { people: 0, positive: 0 }], [targetGroups[2]!])]) {
      const [{ ballots, shares, languages }] = JSON.parse(said)
      expect({ ballots, languages }).toEqual({ ballots: 32, languages: [['other', 32]] })
      const totals = shares.filter(({ targetGroup }: Share) => targetGroup === 'total')
      expect(new Set(totals.map(({ respondents }: Share) => respondents))).toEqual(new Set([32]))
    }
    const tens = [10, 10].map((people) => ({ people, positive: 5 }))
    expect(JSON.parse(saidOf(tens))[0]).toMatchObject({ ballots: 20 })
  })

  test('what tablets brought that is no ballot is told in steps, and not at all where there was none', () => {
    const groups = targetGroups.slice(0, 1)
    const told = (unreadable: number) =>
      toldOpening(
        { ...urnOf([{ people: 12, positive: 6 }]), unreadable },
        { groupOf: new Map(), groups, idle: new Set() },
      )
    expect([told(0), told(1), told(7)].map(({ unreadable }) => unreadable)).toEqual([
      undefined,
      { low: 0, high: 4 },
      { low: 5, high: 9 },
    ])
  })
})

describe('the languages of a round', () => {
  const counted = fc.dictionary(
    fc.constantFrom('sv', 'en', 'ar', 'so', 'ti', 'uk', 'fa', 'es'),
    fc.integer({ min: 1, max: 60 }),
  )

  test('are told from ten, and the rest together, so that the number of all tells none of them', () => {
    fc.assert(
      fc.property(counted, (languages) => {
        const [shown, all] = [
          toldLanguages(Object.entries(languages)),
          Object.values(languages).reduce((a, b) => a + b, 0),
        ]
        for (const [name, number] of shown) {
          expect(number).toBeGreaterThanOrEqual(10)
          if (name !== 'other') expect(number).toBe(languages[name])
        }
        const sum = shown.reduce((total, [, number]) => total + number, 0)
        if (shown.length > 0) expect(sum).toBe(all)
        else expect(Math.max(0, ...Object.values(languages))).toBeLessThan(10)
      }),
      { numRuns: 500 },
    )
  })

  test('of fewer than ten tell nothing, whatever their numbers: not even that there is one', () => {
    const fewOf = fc.dictionary(fc.constantFrom('ti', 'uk', 'fa'), fc.integer({ min: 1, max: 9 }))
    const manyOf = fc.dictionary(fc.constantFrom('sv', 'en', 'ar'), fc.integer({ min: 10, max: 60 }))
    fc.assert(
      fc.property(manyOf, fewOf, fewOf, (many, some, others) => {
        const [one, other] = [some, others].map((small) => toldLanguages(Object.entries({ ...many, ...small })))
        const named = (told: [string, number][]) => told.filter(([name]) => name !== 'other')
        expect(named(one!)).toEqual(named(other!))
        expect(one).toHaveLength(other!.length)
      }),
      { numRuns: 500 },
    )
  })

  test('of which one person has a small one go together with the next smallest', () => {
    expect(
      toldLanguages([
        ['sv', 20],
        ['ti', 1],
      ]),
    ).toEqual([['other', 21]])
    expect(
      toldLanguages([
        ['ti', 1],
        ['sv', 200],
        ['ar', 12],
        ['so', 8],
      ]),
    ).toEqual([
      ['sv', 200],
      ['other', 21],
    ])
    expect(
      toldLanguages([
        ['sv', 10],
        ['en', 10],
      ]),
    ).toEqual([
      ['en', 10],
      ['other', 10],
    ])
    expect(
      toldLanguages([
        ['ti', 4],
        ['sv', 5],
      ]),
    ).toEqual([])
  })
})
