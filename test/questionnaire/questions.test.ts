import { describe, expect, test } from 'vitest'
import { dontKnow, facesOf, qualityQuestions, questions } from '../../src/questionnaire/questions.ts'
import { isTargetGroup, registerOf, targetGroups } from '../../src/questionnaire/target-groups.ts'

/** As the public indicator catalogue has it, written out once more by hand: the positive options stand before the bar. */
const official = [
  'contact: very_easy fairly_easy | fairly_hard very_hard dont_know',
  'information: very_easy fairly_easy | fairly_hard very_hard dont_know',
  'understanding: very_much fairly_much | fairly_little very_little_or_none dont_know',
  'views: yes | no dont_know',
  'influence: very_much fairly_much | fairly_little not_at_all dont_know',
  'situation: improved_a_lot improved_a_little | no_change worsened_a_little worsened_a_lot dont_know',
  'overall: very_satisfied fairly_satisfied | fairly_dissatisfied very_dissatisfied dont_know',
  'gender: | woman man other',
]

describe('the questionnaire', () => {
  test('has exactly the eight questions, their options and their positive answers, in order', () => {
    const asked = questions.map(({ id, options, positive }) => {
      const others = options.filter((option) => !positive.has(option))
      expect([...positive, ...others], 'positive answers come first').toEqual(options)
      return `${id}: ${[...positive].join(' ')} | ${others.join(' ')}`.replace(':  |', ': |')
    })
    expect(asked).toEqual(official)
  })

  test('has an indicator for every question but gender', () => {
    expect(qualityQuestions.map(({ id }) => id)).toEqual(questions.map(({ id }) => id).filter((id) => id !== 'gender'))
  })

  test('lets everybody say that they do not know, last of all, where there is an opinion to have', () => {
    for (const { options } of qualityQuestions) expect(options.indexOf(dontKnow)).toBe(options.length - 1)
    expect(questions.at(-1)!.options).not.toContain(dontKnow)
  })
})

describe('the faces', () => {
  const byQuestion = Object.fromEntries(questions.map((question) => [question.id, facesOf(question)]))

  test('go from the most positive to the most negative and leave out "do not know"', () => {
    expect([...byQuestion.contact!]).toEqual([
      ['very_easy', 5],
      ['fairly_easy', 4],
      ['fairly_hard', 2],
      ['very_hard', 1],
    ])
    expect([...byQuestion.situation!].map(([, face]) => face)).toEqual([5, 4, 3, 2, 1])
    expect(byQuestion.situation!.get('no_change')).toBe(3)
  })

  test('smile at what counts as positive, and at nothing else', () => {
    for (const question of questions) {
      for (const [option, face] of facesOf(question)) expect(face > 3, option).toBe(question.positive.has(option))
    }
  })

  test('stand beside steps only: not beside yes and no, not beside gender', () => {
    expect(byQuestion.views!.size).toBe(0)
    expect(byQuestion.gender!.size).toBe(0)
  })
})

describe('the target groups', () => {
  test('are five, in the order that ballots and visits rely on', () => {
    expect(targetGroups).toEqual(['economic_assistance', 'addiction', 'guardian', 'youth', 'unaccompanied'])
  })

  test('are spoken to as young people or as adults', () => {
    expect(targetGroups.filter((group) => registerOf(group) === 'young')).toEqual(['youth', 'unaccompanied'])
  })

  test('are known by their names', () => {
    expect(targetGroups.every(isTargetGroup)).toBe(true)
    for (const other of ['', 'Youth', 'total', 'toString']) expect(isTargetGroup(other)).toBe(false)
  })
})
