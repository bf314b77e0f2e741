import { describe, expect, test } from 'vitest'
import type { GroupCells } from '../../src/disclosure/cells.ts'
import { tellNumbers } from '../../src/disclosure/figures.ts'
import { alingsas, group, groupIn, tellShares, unitsIn } from './told-of.ts'

const economic = group('economic_assistance', '412/512')
const addiction = group('addiction', '40/50')
const guardian = group('guardian', '60/85')
const youth = group('youth', '24/33')

const totalOf = (...groups: GroupCells[]) => groupIn(tellShares([alingsas(...groups)]), 'total')

describe('the total of a municipality', () => {
  test('is told where nobody is hidden, or ten are', () => {
    expect(totalOf(economic, addiction, guardian, youth)).toBe('536 of 680')
    expect(totalOf(economic, addiction, group('guardian', '4/8'), group('youth', '3/6'))).toBe('459 of 576')
  })

  test('is told without its number where fewer are hidden, and the per cent alone leaves them open', () => {
    const figures = tellShares([alingsas(economic, addiction, guardian, group('youth', '5/8'))])
    expect(groupIn(figures, 'total')).toBe('79 %')
    expect(groupIn(figures, 'addiction')).toBe('40 of 50')
  })

  test('is not told where it does not, rather than one of its groups', () => {
    const figures = tellShares([alingsas(addiction, youth, group('guardian', '5/8'))])
    expect(groupIn(figures, 'total')).toBe('protected')
    expect(groupIn(figures, 'addiction')).toBe('40 of 50')
  })

  test('keeps open how a hidden group answered, also beside another one', () => {
    const hidden = group('guardian', '30/31 7/7')
    expect(totalOf(addiction, youth, group('guardian', '4/8'), group('unaccompanied', '3/6'))).toBe('71 of 97')
    expect(totalOf(addiction, youth, group('guardian', '8/8'), group('unaccompanied', '3/3'))).toBe('protected')
    expect(totalOf(addiction, hidden)).toBe('protected')
    expect(totalOf(group('economic_assistance', '415/512'), hidden)).toBe('82 %')
    expect(totalOf(group('economic_assistance', '412/512'), hidden)).toBe('protected')
  })

  test('keeps open what words leave open', () => {
    expect(totalOf(addiction, youth, group('guardian', '12/12'))).toBe('protected')
    expect(totalOf(economic, group('guardian', '12/12'))).toBe('81 %')
  })

  test('leaves a group that it comes after as it was: its unit is not told, although it could be by then', () => {
    const figures = tellShares([
      alingsas(
        group('economic_assistance', '10/14', '3/5', '6/7'),
        group('addiction', '11/13', '6/7', '5/5'),
        group('guardian', '16/21', '9/13', '7/8'),
        group('youth', '15/21', '8/9', '7/12'),
        group('unaccompanied', '4/6 10/10', '7/8', '7/8'),
      ),
    ])
    expect([groupIn(figures, 'total'), groupIn(figures, 'addiction')]).toEqual(['66 of 85', 'protected'])
    expect(unitsIn(figures)).toEqual(['protected', '10 of 14', '16 of 21', 'few', 'protected', '15 of 21'])
  })

  test('is not told of fewer than ten, nor of nobody', () => {
    expect(totalOf(group('youth', '3/5'), group('guardian', '2/4'))).toBe('few')
    expect(totalOf(group('youth', '0/0'))).toBe('nobody')
  })
})

describe('numbers of responses', () => {
  const numbersOf = (...groups: GroupCells[]) => tellNumbers([alingsas(...groups)])
  const number = (targetGroup: GroupCells['targetGroup'], ...units: number[]) =>
    group(targetGroup, units.map((people) => `0/${people}`).join(' '))

  test('are told from ten on, of groups and units, and of women and men never', () => {
    const figures = numbersOf(number('youth', 30, 11), number('guardian', 9))
    expect([groupIn(figures, 'youth'), groupIn(figures, 'guardian')]).toEqual(['41', 'few'])
    expect(unitsIn(figures)).toEqual(['few', '30', '11'])
    expect(figures.filter(({ gender, percent }) => gender !== 'all' || percent !== undefined)).toEqual([])
  })

  test('are not told of a total from which a hidden group would follow, nor of a unit from which another would', () => {
    const figures = numbersOf(number('youth', 30, 12, 9), number('guardian', 8))
    expect([groupIn(figures, 'total'), groupIn(figures, 'youth')]).toEqual(['protected', '51'])
    expect(unitsIn(figures)).toEqual(['few', '30', 'protected', 'few'])
    expect(groupIn(numbersOf(number('youth', 30), number('guardian', 8), number('addiction', 2)), 'total')).toBe('40')
  })
})

describe('the nation', () => {
  const of = (code: string, ...groups: GroupCells[]) => ({ code, groups })
  const nation = (...municipalities: GroupCells[][]) =>
    tellShares(municipalities.map((groups, nth) => of(String(nth), ...groups)))
  const inNation = { level: 'nation' } as const

  test('has all answers pooled, of the groups and of all', () => {
    const figures = nation([economic, youth], [economic], [youth])
    expect(groupIn(figures, 'economic_assistance', inNation)).toBe('824 of 1024')
    expect(groupIn(figures, 'youth', inNation)).toBe('48 of 66')
    expect(groupIn(figures, 'total', inNation)).toBe('872 of 1090')
    expect(groupIn(figures, 'addiction', inNation)).toBe('no figure')
  })

  test('keeps its numbers back where a group that a municipality hides would follow', () => {
    const figures = nation([group('economic_assistance', '413/512')], [group('economic_assistance', '4/6')])
    expect(groupIn(figures, 'economic_assistance', inNation)).toBe('81 %')
    expect(groupIn(figures, 'total', inNation)).toBe('81 %')
  })

  test('tells nothing where the per cent alone would tell it', () => {
    const told = ['90/100', '12/20', '33/44', '57/72', '14/16'].map((units) => [group('guardian', units)])
    expect(groupIn(nation(...told), 'guardian', inNation)).toBe('206 of 252')
    expect(groupIn(nation(...told, [group('guardian', '6/8')]), 'guardian', inNation)).toBe('protected')
    expect(groupIn(nation(...told, [group('guardian', '10/14')]), 'guardian', inNation)).toBe('216 of 266')
    expect(groupIn(nation([youth], [group('youth', '4/6')]), 'youth', inNation)).toBe('protected')
  })

  test('keeps back what follows only from municipalities and groups together', () => {
    // Both totals less the youth of the nation are the guardians of the one and the unaccompanied of the other: nine people.
    const beside = (group: GroupCells) => [economic, group]
    const hidden = (targetGroup: GroupCells['targetGroup'], people: number) => group(targetGroup, `0/${people}`)
    const figures = tellNumbers([
      of('1', ...beside(hidden('youth', 6)), hidden('guardian', 5)),
      of('2', ...beside(hidden('youth', 6)), hidden('unaccompanied', 4)),
    ])
    expect(groupIn(figures, 'total', { area: '1' })).toBe('523')
    expect(groupIn(figures, 'total', { area: '2' })).toBe('522')
    expect(groupIn(figures, 'youth', inNation)).toBe('protected')
    expect(groupIn(figures, 'total', inNation)).toBe('1045')
    expect(groupIn(figures, 'economic_assistance', inNation)).toBe('1024')
  })

  test('is its municipality where there is one', () => {
    const figures = nation([group('youth', '76/102', '40/52', '30/41'), addiction])
    for (const targetGroup of ['total', 'youth', 'addiction'] as const) {
      expect(groupIn(figures, targetGroup, inNation)).toBe(groupIn(figures, targetGroup))
    }
    expect(groupIn(figures, 'youth', { ...inNation, gender: 'woman' })).toBe('77 %')
  })

  test('tells neither women nor men where those whom municipalities keep back are fewer than ten', () => {
    const many = group('youth', '76/102', '40/52', '30/41')
    const woman = (few: GroupCells) => groupIn(nation([many], [few]), 'youth', { ...inNation, gender: 'woman' })
    expect(woman(group('youth', '20/30', '3/5', '17/25'))).toBe('protected')
    expect(woman(group('youth', '20/30', '8/12', '12/18'))).toBe('75 %')
  })

  test('tells neither of them of a group that it does not tell: all six of the other one gave another gender or none', () => {
    const figures = nation([group('youth', '76/102', '40/52', '30/41')], [group('youth', '4/6')])
    expect(groupIn(figures, 'youth', inNation)).toBe('protected')
    expect(groupIn(figures, 'youth', { ...inNation, gender: 'woman' })).toBe('protected')
  })

  test('tells no men alone beside a municipality whose others would follow: in the other one there are none', () => {
    const figures = nation([group('youth', '5/12', '0/0', '3/10')], [group('youth', '4/11', '0/7')])
    expect(groupIn(figures, 'youth', inNation)).toBe('9 of 23')
    expect(groupIn(figures, 'youth', { ...inNation, gender: 'man' })).toBe('protected')
  })

  test('is of no use where the units of a group are not all of its people', () => {
    const broken = { ...youth, rest: { people: 33, positive: 23 } }
    expect(() => tellShares([alingsas(broken)])).toThrow('the units of youth do not add up')
    expect(() => tellNumbers([alingsas({ ...youth, rest: { people: 34, positive: 24 } })])).toThrow(RangeError)
  })

  test('of nobody is nobody', () => {
    expect(tellShares([])).toEqual([
      { level: 'nation', area: '0000', targetGroup: 'total', gender: 'all', status: 'nobody' },
    ])
    const nobody = tellShares([alingsas(group('youth', '0/0'))])
    expect(nobody.map(({ status }) => status)).toEqual(Array.from({ length: 9 }, () => 'nobody'))
  })
})
