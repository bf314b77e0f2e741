import { describe, expect, test } from 'vitest'
import { tellNumbers, tellRound } from '../../src/disclosure/figures.ts'
import type { KnownBefore } from '../../src/disclosure/open-numbers.ts'
import { alingsas, group, groupIn, tellShares, unitsIn } from './told-of.ts'

/** Groups of so many people each, of whom half are positive. */
const of = (numbers: Partial<Record<'youth' | 'guardian' | 'addiction' | 'unaccompanied', number>>) => [
  alingsas(
    ...Object.entries(numbers).map(([name, people]) =>
      group(name as keyof typeof numbers, `${Math.floor(people / 2)}/${people}`),
    ),
  ),
]

describe('how many are in a small group', () => {
  const totalOf = (numbers: Parameters<typeof of>[0]) => groupIn(tellNumbers(of(numbers)), 'total')

  test('does not follow from how many they are with another one', () => {
    expect(totalOf({ addiction: 400, youth: 9, guardian: 9 })).toBe('protected')
    expect(totalOf({ addiction: 400, youth: 9, guardian: 8 })).toBe('protected')
    expect(totalOf({ addiction: 400, youth: 8, guardian: 8 })).toBe('416')
    expect(totalOf({ addiction: 400, youth: 9, guardian: 1 })).toBe('410')
  })

  test('nor from those beside them of whom it is said that they are ten or more', () => {
    const toldOf = (units: string) => groupIn(tellShares([alingsas(group('youth', units))]), 'youth')
    expect(toldOf('5/10 1/3')).toBe('6 of 13')
    expect(toldOf('5/10 1/2')).toBe('protected')
    expect(toldOf('5/10 1/1')).toBe('protected')
  })

  test('nor, of those with an opinion, from how many answered', () => {
    const question = [alingsas(group('youth', '6/12 4/9'))]
    const told = (answered: string) =>
      groupIn(tellRound([alingsas(group('youth', answered))], [question]).shares[0]!, 'youth')
    expect(told('0/30 0/30')).toBe('10 of 21')
    expect(told('0/14 0/30')).toBe('10 of 21')
    expect(told('0/13 0/30')).toBe('protected')
    expect(told('0/12 0/30')).toBe('protected')
  })

  test('nor from how few can have answered of another small one', () => {
    const question = [alingsas(group('youth', '0/0 1/3 4/8 20/40'))]
    const told = (answered: string) => unitsIn(tellRound([alingsas(group('youth', answered))], [question]).shares[0]!)
    expect(told('0/10 0/30 0/30 0/40')).toEqual(['nobody', 'few', 'few', '20 of 40'])
    expect(told('0/10 0/3 0/30 0/40')).toEqual(['nobody', 'few', 'few', 'protected'])
  })

  test('nor where it can be no more than answered, beside another small one', () => {
    const toldOf = (answered: string) =>
      groupIn(
        tellRound([alingsas(group('youth', answered))], [[alingsas(group('youth', '5/9 2/4'))]]).shares[0]!,
        'youth',
      )
    expect(toldOf('0/11 0/9')).toBe('7 of 13')
    expect(toldOf('0/11 0/4')).toBe('protected') // of fifteen ten or more are at the other unit
  })

  test('nor, of those who answered, from how many have an opinion', () => {
    const toldOf = (opinions: string) =>
      groupIn(
        tellRound([alingsas(group('youth', '0/14 0/1'))], [[alingsas(group('youth', opinions))]]).shares[0]!,
        'youth',
      )
    expect(toldOf('6/10 0/0')).toBe('6 of 10')
    expect(toldOf('6/13 0/0')).toBe('protected') // of fifteen who answered no more than two are at the small unit then
  })

  describe('nor beside what was told of the fieldwork:', () => {
    const answered = of({ addiction: 40, youth: 9, guardian: 5 })
    const knownOf = (targetGroup: 'youth' | 'guardian', least: number, ...most: number[]): KnownBefore => ({
      ...{ level: 'unit', area: `${targetGroup} 0`, targetGroup },
      ...{ least, most },
    })
    const totalAfter = (...known: KnownBefore[]) => groupIn(tellRound(answered, [], known).responses, 'total')

    test('a number is kept back that would leave too few', () => {
      expect(totalAfter()).toBe('54')
      expect(totalAfter(knownOf('youth', 6, 10), knownOf('guardian', 0, 8))).toBe('54') // six to nine, and five to eight
      expect(totalAfter(knownOf('youth', 6, 10), knownOf('guardian', 0, 5))).toBe('protected')
    })

    test('of the most that can be the first holds that is so, and what is not so is not known', () => {
      expect(totalAfter(knownOf('guardian', 0, 4, 5))).toBe('protected')
      expect(totalAfter(knownOf('guardian', 0, 3, 4))).toBe('54')
      expect(totalAfter(knownOf('guardian', 8, 10))).toBe('54')
    })

    test('a set that is known too well already is known no better', () => {
      const units = [alingsas(group('youth', '0/10 0/2'))]
      const known = [10, 2].map((most, nth) => ({ ...knownOf('youth', 0, most), area: `youth ${nth}` }))
      expect(groupIn(tellRound(units, [], known).responses, 'youth')).toBe('protected') // else it would be two, and no longer one
      expect(totalAfter(knownOf('guardian', 4, 5))).toBe('protected')
    })
  })
})
