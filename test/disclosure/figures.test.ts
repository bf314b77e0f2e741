import { describe, expect, test } from 'vitest'
import { alingsas, group, groupIn, tellShares, unitsIn } from './told-of.ts'

/** Of a group alone in the nation, with women and men if it has any. */
function toldOf(units: string, woman?: string, man?: string) {
  const figures = tellShares([alingsas(group('addiction', units, woman, man))])
  return {
    group: groupIn(figures, 'addiction'),
    units: unitsIn(figures),
    woman: groupIn(figures, 'addiction', { gender: 'woman' }),
    man: groupIn(figures, 'addiction', { gender: 'man' }),
  }
}

describe('a share', () => {
  test.each([
    ['0/0', 'nobody'],
    ['5/9', 'few'],
    ['5/10', '5 of 10'],
    ['8/10', '8 of 10'],
    ['9/10', 'at-least-90 of 10'],
    ['10/10', 'at-least-90 of 10'],
    ['1/10', 'at-most-10 of 10'],
    ['17/19', '17 of 19'],
    ['26/29', 'at-least-90 of 29'],
    ['3/29', 'at-most-10 of 29'],
    ['25/29', '25 of 29'],
    ['30/30', '30 of 30'],
    ['0/40', '0 of 40'],
  ])('of %s is told as %s', (units, said) => {
    expect(toldOf(units)).toMatchObject({ group: said, units: [said] })
  })

  test('has its whole per cent, half away from zero, and of women and men nothing else', () => {
    const figures = tellShares([alingsas(group('youth', '76/102', '40/52', '30/41'))])
    const its = { level: 'municipality', area: '1489', targetGroup: 'youth' }
    expect(figures).toContainEqual({ ...its, gender: 'all', status: 'shown', people: 102, positive: 76, percent: 75 })
    expect(figures).toContainEqual({ ...its, gender: 'woman', status: 'shown', percent: 77 })
    expect(figures).toContainEqual({ ...its, gender: 'man', status: 'shown', percent: 73 })
  })
})

describe('a unit', () => {
  test.each([
    ['15 of 24 in two units', '12/17 3/7', ['protected', 'few'], '15 of 24'],
    ['19 of 24: of the seven two at least', '13/17 6/7', ['protected', 'few'], '19 of 24'],
    ['three, of which two are small', '24/43 5/8 4/8', ['24 of 43', 'few', 'few'], '33 of 59'],
    ['nor where both are as many as can be', '24/43 5/9 4/8', ['protected', 'few', 'few'], '33 of 60'],
    ['one of nine, and the smallest goes with it', '20/30 9/14 5/9', ['20 of 30', 'protected', 'few'], '34 of 53'],
    ['equal ones: the last goes', '12/20 9/14 9/14 5/9', ['12 of 20', '9 of 14', 'protected', 'few'], '35 of 57'],
    ['the smallest goes, wherever it stands', '9/14 20/30 5/9', ['protected', '20 of 30', 'few'], '34 of 53'],
    ['two small ones together', '30/40 20/30 2/4 1/3', ['30 of 40', 'protected', 'few', 'few'], '53 of 77'],
    ['ten are left', '12/20 3/5 3/5', ['12 of 20', 'few', 'few'], '18 of 30'],
  ])('is told beside others only where ten are left, or nobody: %s', (_, text, units, whole) => {
    expect(toldOf(text)).toMatchObject({ units, group: whole })
  })

  test('is not told where its group is not', () => {
    expect(toldOf('10/10 6/7')).toMatchObject({ group: 'protected', units: ['protected', 'few'] })
  })

  test('goes where what is left of its group would say how nearly all of the others answered', () => {
    expect(toldOf('30/40 20/30 8/8 7/8')).toMatchObject({ units: ['30 of 40', 'protected', 'few', 'few'] })
    expect(toldOf('30/40 20/30 5/8 5/8')).toMatchObject({ units: ['30 of 40', '20 of 30', 'few', 'few'] })
  })

  test('of which words are told keeps what they leave open, and so does one of which nothing is', () => {
    expect(toldOf('30/40 20/30 12/12')).toMatchObject({ units: ['30 of 40', 'protected', 'at-least-90 of 12'] })
    expect(toldOf('30/40 20/30 9/12')).toMatchObject({ units: ['30 of 40', '20 of 30', '9 of 12'] })
  })
})

describe('a group', () => {
  test.each([
    ['30 of 31', '23/24 7/7', 'at-least-90 of 31'],
    ['31 of 31', '24/24 7/7', 'at-least-90 of 31'],
    ['50 of 51', '43/44 7/7', 'at-least-90 of 51'],
    ['1 of 51', '1/44 0/7', 'at-most-10 of 51'],
    ['40 of 51', '33/44 7/7', '40 of 51'],
    ['14 of 17, of whom three may be negative', '8/10 6/7', '14 of 17'],
    ['15 of 17, of whom two may be: told, it would leave the last two alone', '9/10 6/7', 'protected'],
    ['17 of 17', '10/10 7/7', 'protected'],
  ])('keeps open how seven of a hidden unit answered: %s', (_, units, said) => {
    expect(toldOf(units).group).toBe(said)
  })

  test('keeps open how few women, men, or others answered', () => {
    expect(toldOf('50/51', '43/44', '7/7')).toMatchObject({ group: 'at-least-90 of 51', man: 'few' })
    expect(toldOf('50/51', '30/31', '20/20').group).toBe('50 of 51')
    expect(toldOf('50/50', '30/30', '20/20').group).toBe('50 of 50')
  })
})

describe('women and men', () => {
  test.each([
    ['both', '76/102', '40/52', '30/41', '77 %', '73 %'],
    ['both beside any rest', '76/102', '40/52', '34/46', '77 %', '74 %'],
    ['one of them, where all others are ten', '39/54', '32/44', '5/7', '73 %', 'few'],
    ['neither, where all others are nine', '39/53', '32/44', '5/7', 'protected', 'few'],
    ['women alone', '39/53', '39/53', '0/0', '74 %', 'nobody'],
    ['in words', '50/80', '12/12', '38/68', 'at-least-90', '56 %'],
  ])('are told as a share: %s', (_, units, woman, man, ofWomen, ofMen) => {
    expect(toldOf(units, woman, man)).toMatchObject({ woman: ofWomen, man: ofMen })
  })
})
