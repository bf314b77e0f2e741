import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answersOf, isEmpty, optionNumbers } from '../../src/questionnaire/answers.ts'
import { answersSchema } from '../../src/questionnaire/answers-form.ts'
import { questions } from '../../src/questionnaire/questions.ts'
import { someAnswers } from './some-answers.ts'

describe('answers as numbers', () => {
  test('are the places of the options, and 0 for a skipped question', () => {
    expect(optionNumbers({ contact: 'very_easy', views: 'no', situation: 'dont_know', gender: 'man' })).toEqual([
      1, 0, 0, 2, 0, 6, 0, 2,
    ])
    expect(optionNumbers({})).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  })

  test('come back as they were', () => {
    fc.assert(
      fc.property(someAnswers, (answers) => {
        expect(answersOf(optionNumbers(answers))).toEqual(answers)
      }),
    )
  })

  test('come back as they were from the other side too', () => {
    const numbers = fc.tuple(...questions.map(({ options }) => fc.integer({ min: 0, max: options.length })))
    fc.assert(
      fc.property(numbers, (eight) => {
        expect(optionNumbers(answersOf(eight))).toEqual(eight)
      }),
    )
  })

  test('are refused when one is no option, or there are not eight', () => {
    for (const [index, { options }] of questions.entries()) {
      const numbers = questions.map(() => 0)
      numbers[index] = options.length + 1
      expect(() => answersOf(numbers)).toThrow(RangeError)
      numbers[index] = -1
      expect(() => answersOf(numbers)).toThrow(RangeError)
    }
    for (const length of [0, 7, 9]) expect(() => answersOf(Array.from({ length }, () => 0))).toThrow(RangeError)
  })
})

describe('what a form sends', () => {
  test('is read as it was chosen', () => {
    fc.assert(
      fc.property(someAnswers, (answers) => {
        expect(answersSchema.parse(answers)).toEqual(answers)
      }),
    )
  })

  test.each(questions.map(({ id }) => id))('is refused when %s has an option it does not have', (id) => {
    const foreign = questions.flatMap(({ options }) => options)
    const own = questions.find((question) => question.id === id)!.options
    for (const option of foreign) {
      expect(answersSchema.safeParse({ [id]: option }).success, option).toBe(own.includes(option))
    }
    for (const nonsense of [
      '1',
      ' ',
      `${own[0]} `,
      own[0]!.toUpperCase(),
      'constructor',
      [own[0]],
      1,
      null,
      {},
      true,
    ]) {
      expect(answersSchema.safeParse({ [id]: nonsense }).success, String(nonsense)).toBe(false)
    }
  })

  test('loses every field that is not a question', () => {
    fc.assert(
      fc.property(someAnswers, fc.dictionary(fc.string(), fc.string()), (answers, fields) => {
        const strange = Object.entries(fields).filter(([name]) => !questions.some(({ id }) => id === name))
        expect(answersSchema.parse({ ...Object.fromEntries(strange), ...answers })).toEqual(answers)
      }),
    )
    expect(answersSchema.parse({ code: '1234', name: 'A', contact: 'very_easy' })).toEqual({ contact: 'very_easy' })
  })

  test('may leave questions blank, and all blank is empty', () => {
    expect(answersSchema.parse({ contact: '', overall: 'dont_know' })).toEqual({ overall: 'dont_know' })
    expect(isEmpty(answersSchema.parse({ contact: '', overall: '' }))).toBe(true)
    expect(isEmpty(answersSchema.parse({}))).toBe(true)
    for (const { id, options } of questions) expect(isEmpty({ [id]: options.at(-1) })).toBe(false)
  })
})
