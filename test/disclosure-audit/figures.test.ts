import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Figure, MunicipalityCells } from '../../src/disclosure/cells.ts'
import { tellNumbers } from '../../src/disclosure/figures.ts'
import { wholePercent } from '../../src/statistics/rounding.ts'
import { someNation } from '../disclosure/some-nations.ts'
import { alingsas, group, tellShares } from '../disclosure/told-of.ts'
import { nameOf } from './atoms.ts'
import { exposedBy } from './audit.ts'
import { closedBy, setsIn } from './possible.ts'

describe('an audit that does not know the program', () => {
  const findsNothingIn = (nation: MunicipalityCells[]) => {
    const shares = tellShares(nation)
    expect(exposedBy(nation, shares)).toEqual([])
    expect(closedBy(nation, shares)).toEqual([])
    expect(exposedBy(nation, tellNumbers(nation))).toEqual([])
  }

  test('finds nothing in a municipality, of whatever size', () => {
    fc.assert(fc.property(someNation({ municipalities: 1 }), findsNothingIn), { numRuns: 400 })
    fc.assert(fc.property(someNation({ municipalities: 1, units: 3 }), findsNothingIn), { numRuns: 1500 })
  })

  test('nor in a small nation', () => {
    fc.assert(fc.property(someNation({ municipalities: 5, units: 4 }), findsNothingIn), { numRuns: 200 })
  })
})

/** Everything of ten people or more, as if there were no other rule; but not what is named. */
function plainly(nation: MunicipalityCells[], but: string[] = []): Figure[] {
  const sets = new Map(setsIn(nation, []).map((set) => [set.name, set]))
  return tellShares(nation).map(({ level, area, targetGroup, gender }): Figure => {
    const key = { level, area, targetGroup, gender }
    const set = sets.get(nameOf(key))
    if (!set || set.people < 10 || but.includes(set.name)) return { ...key, status: 'few' }
    const percent = wholePercent(set.positive, set.people)
    const { people, positive } = set
    return { ...key, status: 'shown', percent, ...(gender === 'all' ? { people, positive } : {}) }
  })
}

interface Leak {
  nation: MunicipalityCells[]
  /** What is not told although it could be. */
  but?: string[]
  /** What is told in another way than with its number. */
  told?: Record<string, Partial<Figure>>
  exposed?: string[]
  closed?: string[]
}

const openTotals = ['1489 total', '0000 total', '0000 youth', '0000 guardian']
const inWords = { percent: undefined, people: undefined, positive: undefined }
const leaks: Record<string, Leak> = {
  'a unit of seven beside one of seventeen': {
    nation: [alingsas(group('youth', '10/17 3/7'))],
    exposed: ['youth 1 youth'],
  },
  'three small units that are nine together': {
    nation: [alingsas(group('youth', '20/30 1/2 1/3 3/4'))],
    exposed: ['youth 1 youth,youth 2 youth,youth 3 youth'],
  },
  'a group of eight in a total': {
    nation: [alingsas(group('economic_assistance', '400/512'), group('guardian', '30/50'), group('youth', '4/8'))],
    exposed: ['youth 0 youth'],
  },
  'a municipality of eight in the nation': {
    nation: [alingsas(group('youth', '130/252')), { code: '1490', groups: [group('youth', '4/8')] }],
    but: ['0000 total'],
    exposed: ['youth 0 youth'],
  },
  'seven, by a total of the nation less the total of a municipality': {
    nation: [
      alingsas(group('youth', '7/12'), group('guardian', '20/40')),
      { code: '1490', groups: [group('youth', '2/3 3/4'), group('guardian', '5/15')] },
    ],
    but: ['1489 youth', 'youth 0 youth', '1490 total', '0000 total'],
    exposed: ['youth 0 youth,youth 1 youth'],
  },
  'five men and two others, for only women are told': {
    nation: [alingsas(group('youth', '30/45', '25/38', '4/5'))],
    exposed: ['1489 youth man,1489 youth rest'],
  },
  'thirty of thirty-one are positive, and seven of them are in a unit': {
    nation: [alingsas(group('youth', '24/24 6/7'))],
    but: ['youth 0 youth'],
    closed: ['youth 1 youth'],
  },
  'one of forty is positive, and five are men': {
    nation: [alingsas(group('youth', '1/40', '1/30', '0/5'))],
    but: ['1489 youth woman'],
    closed: ['1489 youth man', '1489 youth rest'],
  },
  'all are positive, and that is told without a number': {
    nation: [alingsas(group('youth', '53/53 7/7'))],
    but: ['youth 0 youth', ...openTotals],
    told: { '1489 youth': { people: undefined, positive: undefined } },
    closed: ['youth 1 youth'],
  },
  'at least ninety per cent of twelve, of whom four are in a unit': {
    nation: [alingsas(group('youth', '8/8 4/4'))],
    but: openTotals,
    told: { '1489 youth': { ...inWords, status: 'at-least-90', people: 12 } },
    closed: ['youth 0 youth', 'youth 1 youth'],
  },
  'the small groups of a municipality of one opinion': {
    nation: [alingsas(group('youth', '9/9'), group('guardian', '8/8'))],
    but: ['0000 total'],
    closed: ['0000 guardian', '0000 youth', '1489 guardian', '1489 youth', 'guardian 0 guardian', 'youth 0 youth'],
  },
  'all of a nation whose municipalities tell nothing': {
    nation: [alingsas(group('youth', '6/6')), { code: '1490', groups: [group('youth', '5/5')] }],
    but: ['0000 total'],
    closed: ['1489 total', '1489 youth', '1490 total', '1490 youth', 'youth 0 youth'],
  },
}

const isOfGenders = (name: string) => /(woman|man|rest)$/.test(name)

describe('it would find', () => {
  test.each(Object.entries(leaks))('%s', (_, { nation, but, told, exposed = [], closed = [] }) => {
    const figures = plainly(nation, but).map((figure) => ({ ...figure, ...told?.[nameOf(figure)] }))
    const isMeant = [...exposed, ...closed].some(isOfGenders)
    const found = exposedBy(nation, figures).map(String)
    expect(found.filter((name) => isOfGenders(name) === isMeant)).toEqual(exposed)
    if (exposed.length > 0) return
    const names = closedBy(nation, figures).map(({ name }) => name)
    expect([...new Set(names.filter((name) => isOfGenders(name) === isMeant))].sort()).toEqual(closed)
  })
})
