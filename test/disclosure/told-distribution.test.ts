import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tellDistribution } from '../../src/disclosure/told-distribution.ts'
import { qualityQuestions } from '../../src/questionnaire/questions.ts'
import { opinionsOf, partsOf } from '../../src/results/distribution.ts'

const question = (id: string) => qualityQuestions.find((one) => one.id === id)!
const chosen = (id: string, numbers: number[]) =>
  numbers.map((number, nth) => ({ option: question(id).options[nth]!, number }))
const told = (id: string, numbers: number[]) => tellDistribution(chosen(id, numbers), question(id).positive)
const numbersOf = (id: string, numbers: number[]) => told(id, numbers)?.map(({ number }) => number)

describe('a distribution', () => {
  test('is told from thirty answers on', () => {
    expect(numbersOf('overall', [13, 13, 3, 0])).toBeUndefined()
    expect(numbersOf('overall', [13, 13, 7, 1])).toEqual([13, 13, 8])
    expect(numbersOf('overall', [11, 12, 4, 3])).toEqual([11, 12, 4, 3])
  })

  test.each([
    ['the end goes to its neighbour', [2, 20, 10, 3], [22, 10, 3]],
    ['both ends do', [2, 20, 10, 1], [22, 11]],
    ['never across the line of what is positive', [20, 2, 6, 3], [22, 6, 3]],
    ['nor from the other side', [20, 12, 0, 5], [20, 12, 5]],
    ['an end of fewer than three is one part', [20, 12, 1, 1], [20, 12, 2]],
    ['an end of nobody too', [20, 12, 0, 0], [20, 12, 0]],
    ['three stay', [20, 12, 3, 3], [20, 12, 3, 3]],
  ])('tells no option that fewer than three chose: %s', (_, numbers, expected) => {
    expect(numbersOf('overall', numbers)).toEqual(expected)
  })

  test.each([
    ['towards the middle', [20, 12, 5, 4, 2], [20, 12, 5, 6]],
    ['towards the middle from within too', [20, 12, 4, 1, 3], [20, 12, 5, 3]],
    ['as often as it takes', [20, 12, 5, 1, 1], [20, 12, 7]],
    ['until there are three', [20, 12, 5, 1, 2], [20, 12, 5, 3]],
    ['the middle itself outwards', [20, 12, 2, 4, 3], [20, 12, 6, 3]],
  ])('of five options: %s', (_, numbers, expected) => {
    expect(numbersOf('situation', numbers)).toEqual(expected)
  })

  test('says which options stand together', () => {
    expect(told('situation', [1, 20, 12, 5, 1])?.map(({ options }) => options)).toEqual([
      ['improved_a_lot', 'improved_a_little'],
      ['no_change'],
      ['worsened_a_little', 'worsened_a_lot'],
    ])
  })

  test('of yes and no there is none: its share says it all', () => {
    expect(told('views', [40, 20])).toBeUndefined()
  })

  test('adds up, in the order of the form, to the same positive answers, and has small parts only where a side is small', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...qualityQuestions.filter(({ id }) => id !== 'views')),
        fc.array(fc.oneof(fc.nat(4), fc.nat(200)), { minLength: 5, maxLength: 5 }),
        (asked, numbers) => {
          const distribution = new Map(asked.options.map((option, nth) => [option, numbers[nth] ?? 0]))
          const parts = partsOf(distribution)
          const { people, positive } = opinionsOf(asked, distribution)
          const found = tellDistribution(parts, asked.positive)
          expect(found === undefined).toBe(people < 30)
          if (!found) return

          expect(found.flatMap(({ options }) => options)).toEqual(parts.map(({ option }) => option))
          for (const isPositive of [true, false]) {
            const side = found.filter(({ options }) => asked.positive.has(options[0]!) === isPositive)
            for (const { options } of side) {
              expect(options.every((option) => asked.positive.has(option) === isPositive)).toBe(true)
            }
            const whole = isPositive ? positive : people - positive
            expect(side.reduce((sum, { number }) => sum + number, 0)).toBe(whole)
            if (side.length > 1) expect(Math.min(...side.map(({ number }) => number))).toBeGreaterThanOrEqual(3)
          }
        },
      ),
    )
  })
})
