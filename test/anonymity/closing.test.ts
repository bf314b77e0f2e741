import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type TargetGroup, targetGroups } from '../../src/questionnaire/target-groups.ts'
import { type Share, sharesPositive } from '../../src/results/shares.ts'
import type { Count } from '../../src/results/tally.ts'
import { toldLanguages } from '../../src/results/told-languages.ts'

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

  test('tells a total where what is kept back stays open', () => {
    const total = (world: World) => JSON.parse(told(world).at(-1)!)
    const large = { people: 400, positive: 300 }
    expect(total([large, { people: 9, positive: 4 }, { people: 8, positive: 3 }])).toMatchObject({
      status: 'shown',
      percent: 74,
    })
    expect(total([large, { people: 60, positive: 20 }])).toMatchObject({ status: 'shown', respondents: 460 })
    expect(total([large, { people: 0, positive: 0 }])).toMatchObject({ status: 'shown', respondents: 400 })
    expect(
      total([
        { people: 20, positive: 19 },
        { people: 20, positive: 19 },
      ]),
    ).toMatchObject({ status: 'shown' })
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
        else expect(all).toBeLessThan(10)
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
      ['sv', 10],
    ])
    expect(
      toldLanguages([
        ['ti', 4],
        ['sv', 5],
      ]),
    ).toEqual([])
  })
})
