import { describe, expect, test } from 'vitest'
import { ToldNumbers, type ToldPart } from '../../src/disclosure/told-numbers.ts'
import { knownAnswers } from '../../src/fieldwork/known-answers.ts'
import { place } from '../anonymity/worlds.ts'

const [young, adult] = [place('Unga'), place('Vuxna', 'guardian')]

function toldOf(all: [where: string, part: ToldPart, low: number, high: number][]): ToldNumbers {
  const told = new ToldNumbers()
  for (const [where, part, low, high] of all) told.set(where, part, { low, high, moved: low })
  return told
}

const knownOf = (all: Parameters<typeof toldOf>[0], leastOn: [string, number][] = []) => {
  const known = knownAnswers([young, adult], toldOf(all), new Map(leastOn))
  return Object.fromEntries(
    known.map(({ area, targetGroup, least, most }) => [`${area} ${targetGroup}`, [least, most[0]]]),
  )
}

describe('what is known of how many answered, once the fieldwork has ended,', () => {
  const both: Parameters<typeof toldOf>[0] = [
    [young.id, 'all', 0, 4],
    [adult.id, 'all', 20, 24],
  ]

  test('is nothing where nothing was told', () => {
    expect(knownAnswers([young, adult], new ToldNumbers(), new Map())).toEqual([
      expect.objectContaining({ level: 'nation', targetGroup: 'total', least: 0 }),
    ])
  })

  test('begins one behind the border of a step and ends one behind the next', () => {
    expect(knownOf(both)).toMatchObject({ 'Alingsås-Unga youth': [0, 5], 'Alingsås-Vuxna guardian': [21, 25] })
  })

  test('goes on where answers came in after the step was come to', () => {
    const [known] = knownAnswers([adult], toldOf(both), new Map())
    expect(known).toMatchObject({ least: 21, most: [25, 29, 32] })
  })

  test('is with the forms that came back', () => {
    expect(knownOf([...both, [young.id, 'paper', 5, 9]])['Alingsås-Unga youth']).toEqual([6, 15])
  })

  test('is no less than at tablets', () => {
    expect(knownOf([...both, [adult.id, 'tablet', 25, 29]])['Alingsås-Vuxna guardian']).toEqual([26, 25])
  })

  test('of a municipality is its cell, where that says more than its parts', () => {
    const total = (low: number, high: number) => knownOf([...both, ['Alingsås', 'all', low, high]])['Alingsås total']
    expect(total(25, 26)).toEqual([25, 26])
    expect(total(20, 26)).toEqual([0, 26])
    expect(total(25, 28)).toEqual([25, Number.POSITIVE_INFINITY])
    expect(total(0, 0)).toEqual([0, Number.POSITIVE_INFINITY])
  })

  test('of a municipality is what its channels come to, and no less than on a day before', () => {
    const channels = (low: number) =>
      knownOf([...both, ['Alingsås', 'letter', 10, 14], ['Alingsås', 'handout', low, low + 4]], [['Alingsås', 23]])
    expect(channels(15)['Alingsås total']).toEqual([27, 35])
    expect(channels(0)['Alingsås total']).toEqual([23, Number.POSITIVE_INFINITY])
  })

  test('of the nation is told by group, and of all', () => {
    const nation = knownOf([
      ...both,
      ['Alingsås', 'all', 20, 28],
      ['nation', 'guardian', 21, 23],
      ['nation', 'all', 21, 27],
    ])
    expect([nation['0000 guardian'], nation['0000 total']]).toEqual([
      [21, 23],
      [21, 27],
    ])
  })
})
