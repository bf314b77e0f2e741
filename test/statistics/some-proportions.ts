import fc from 'fast-check'
import type { Proportion } from '../../src/statistics/proportion.ts'

const of = (people: fc.Arbitrary<number>) =>
  people.chain((number) => fc.record({ people: fc.constant(number), positive: fc.nat(number) }))

/** Of a few people to all who have ever answered in a year, few as often as many. */
export const someProportion: fc.Arbitrary<Proportion> = fc.oneof(
  of(fc.integer({ min: 1, max: 40 })),
  of(fc.integer({ min: 1, max: 700 })),
  of(fc.integer({ min: 1, max: 500_000 })),
)

/** "55/69" in a table. */
export function fraction(text: string): Proportion {
  const [positive, people] = text.split('/').map(Number) as [number, number]
  return { people, positive }
}

export const mirrored = ({ people, positive }: Proportion): Proportion => ({ people, positive: people - positive })

/** The same share of so many times as many people. */
export const times = (factor: number, { people, positive }: Proportion): Proportion => ({
  people: people * factor,
  positive: positive * factor,
})
