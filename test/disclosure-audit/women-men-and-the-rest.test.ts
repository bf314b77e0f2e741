import { describe, expect, test } from 'vitest'
import { seeded } from '../../scripts/seeded.ts'
import type { Figure, GroupCells } from '../../src/disclosure/cells.ts'
import { tellRound } from '../../src/disclosure/figures.ts'

/*
 * Somebody with a loop over whole numbers, who reads a group's number and share beside those of its women and of its men, and tries
 * everybody that there could be. It is written apart from the program, and knows of it what everybody reads: nothing of fewer than ten is
 * told, and of fewer than thirty words stand for nearly all and nearly none.
 */

const percentOf = (positive: number, people: number) => Math.floor((200 * positive + people) / (2 * people))

/** What would be read of so many women, or men. */
function read(people: number, positive: number): string {
  const percent = percentOf(positive, people)
  if (people < 30 && percent >= 90) return 'at-least-90'
  if (people < 30 && percent <= 10) return 'at-most-10'
  return String(percent)
}

const said = ({ status, percent }: Figure) => (status === 'shown' ? String(percent) : status)

interface Told {
  people: number
  positive: number
  woman: string
  man: string
}

/** How many others there can be, and how many of them positive. */
function othersThatFit({ people, positive, woman, man }: Told): { others: number; positive: number }[] {
  const found = new Map<string, { others: number; positive: number }>()
  for (let women = 10; women <= people - 10; women++)
    for (let her = 0; her <= women; her++) {
      if (read(women, her) !== woman) continue
      for (let men = 10; women + men <= people; men++)
        for (let his = 0; his <= men; his++) {
          const others = { others: people - women - men, positive: positive - her - his }
          if (others.positive < 0 || others.positive > others.others || read(men, his) !== man) continue
          found.set(`${others.others} ${others.positive}`, others)
        }
    }
  return [...found.values()]
}

type Part = { people: number; positive: number }

/** What is told where all of a municipality are one unit of one group. */
function toldOf(woman: Part, man: Part, rest: Part): Told | undefined {
  const all = [woman, man, rest].reduce((sum, { people, positive }) => ({
    people: sum.people + people,
    positive: sum.positive + positive,
  }))
  const group: GroupCells = { targetGroup: 'youth', units: [{ unitId: 'a', ...all }], woman, man, rest }
  const [figures] = tellRound(undefined, [[{ code: '1489', groups: [group] }]]).shares
  const of = (gender: Figure['gender']) =>
    figures!.find((one) => one.level === 'municipality' && one.targetGroup === 'youth' && one.gender === gender)!
  const { people, positive } = of('all')
  if (people === undefined || positive === undefined) return undefined
  return { people, positive, woman: said(of('woman')), man: said(of('man')) }
}

const isBoth = ({ woman, man }: Told) => [woman, man].every((one) => one !== 'protected' && one !== 'few')

function expectOpen(fitting: { others: number; positive: number }[], what: object) {
  const isAll = fitting.every(({ others, positive }) => others > 0 && positive === others)
  const isNone = fitting.every(({ others, positive }) => others > 0 && positive === 0)
  expect({ ...what, isOpen: fitting.length >= 3 && !isAll && !isNone }).toEqual({ ...what, isOpen: true })
}

describe('the shares of women and men beside their group', () => {
  test('leave open how many the others are and how they answered', () => {
    const random = seeded(Math.floor(Math.random() * 1e9))
    const below = (limit: number) => Math.floor(random() * limit)
    let both = 0
    for (let nth = 0; nth < 400; nth++) {
      const [women, men, others] = [10 + below(20), 10 + below(20), below(5)]
      const part = (people: number) => ({ people, positive: below(people + 1) })
      const parts = [part(women), part(men), part(others)] as const
      const told = toldOf(...parts)
      if (!told || !isBoth(told)) continue
      both++
      expectOpen(othersThatFit(told), { parts, told })
    }
    expect(both).toBeGreaterThan(40)
  })

  test('are told of 102 people in the worked figures', () => {
    const told = toldOf({ people: 52, positive: 40 }, { people: 41, positive: 30 }, { people: 9, positive: 6 })!
    expect(told).toEqual({ people: 102, positive: 76, woman: '77', man: '73' })
    expect(othersThatFit(told).length).toBeGreaterThan(20)
  })

  test.each([
    [24, 15],
    [23, 12],
  ])('say as little where they are withheld: of %i people of whom %i are positive', (people, positive) => {
    const read = new Map<string, { others: number; positive: number }[]>()
    for (let women = 10; women <= people - 10; women++)
      for (let men = 10; women + men <= people; men++)
        for (let her = 0; her <= women; her++)
          for (let his = 0; his <= men; his++) {
            const rest = { people: people - women - men, positive: positive - her - his }
            if (rest.positive < 0 || rest.positive > rest.people) continue
            const told = toldOf({ people: women, positive: her }, { people: men, positive: his }, rest)
            const key = JSON.stringify(told)
            read.set(key, [...(read.get(key) ?? []), { others: rest.people, positive: rest.positive }])
          }
    expect(read.size).toBeGreaterThan(1)
    for (const [told, all] of read) {
      const pairs = new Map(all.map((one) => [JSON.stringify(one), one]))
      expectOpen([...pairs.values()], { told })
    }
  })
})
