import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Figure, MunicipalityCells } from '../../src/disclosure/cells.ts'
import { tellNumbers, tellRound } from '../../src/disclosure/figures.ts'
import { smallestShown } from '../../src/disclosure/thresholds.ts'
import { alingsas, group } from '../disclosure/told-of.ts'
import { nameOf } from './atoms.ts'
import { knownWellBy, someAnswers } from './known-well.ts'

describe('how many people a small set is, read across all questions,', () => {
  test.each([
    ['a municipality', { municipalities: 1, units: 4 }, 400],
    ['a small nation', { municipalities: 4, units: 3 }, 80],
  ] as const)('stays open in %s', (_, size, numRuns) => {
    fc.assert(
      fc.property(someAnswers(size), ({ answered, questions }) => {
        const told = tellRound(answered, questions)
        expect(knownWellBy(answered, told.responses, told.shares)).toEqual([])
      }),
      { numRuns },
    )
  })

  test('would be known where two small groups are eighteen together', () => {
    const nation = [alingsas(group('youth', '0/9'), group('guardian', '0/9'), group('addiction', '0/40'))]
    expect(knownWellBy(nation, plainly(nation), [])).toContain('1489 youth 9')
    expect(tellNumbers(nation).find((figure) => nameOf(figure) === '1489 total')?.people).toBeUndefined()
  })

  test('would be known by how many answered of another group', () => {
    const answered = [alingsas(group('youth', '0/12'), group('guardian', '0/13'), group('addiction', '0/60'))]
    const question = [alingsas(group('youth', '0/9'), group('guardian', '0/12'), group('addiction', '0/60'))]
    expect(
      knownWellBy(answered, plainly(answered), [
        plainly(question, ['1489 guardian', 'guardian 0 guardian', '0000 guardian']),
      ]),
    ).toContain('1489 youth 8')
  })
})

/** Everything of ten people or more, as if there were no other rule; but not what is named. */
function plainly(nation: MunicipalityCells[], but: string[] = []): Figure[] {
  const of = (key: Omit<Figure, 'status' | 'gender'>, people: number): Figure => {
    const full = { ...key, gender: 'all' as const }
    if (people < smallestShown) return { ...full, status: people === 0 ? 'nobody' : 'few' }
    return but.includes(nameOf(full as Figure))
      ? { ...full, status: 'protected' }
      : { ...full, status: 'shown', people }
  }
  return tellNumbers(nation).map(({ level, area, targetGroup }) => {
    const sets = nation.flatMap(({ code, groups }) =>
      groups.flatMap((its) =>
        its.units
          .filter(
            ({ unitId }) =>
              (targetGroup === 'total' || its.targetGroup === targetGroup) &&
              (level === 'nation' || area === (level === 'municipality' ? code : unitId)),
          )
          .map(({ people }) => people),
      ),
    )
    return of(
      { level, area, targetGroup },
      sets.reduce((sum, people) => sum + people, 0),
    )
  })
}
