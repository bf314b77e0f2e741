import { describe, expect, test } from 'vitest'
import { nationPlace, ToldNumbers } from '../../src/disclosure/told-numbers.ts'
import type { Place } from '../../src/fieldwork/cells.ts'
import type { ChannelRecord } from '../../src/fieldwork/ledger.ts'
import { type Line, lineOf } from '../../src/fieldwork/line.ts'
import { contributionsOf, overviewOfNation } from '../../src/fieldwork/nation-overview.ts'
import { overviewOfMunicipality, overviewOfUnits } from '../../src/fieldwork/overview.ts'
import type { Answered } from '../../src/fieldwork/telling.ts'
import { asTheServiceDoes, forms, place, record, upTo } from '../anonymity/worlds.ts'

const north = place('North')
const code = north.municipalityCode

type Came = [stratum: Place, channel: Answered['channel'], number: number]
const answers = (came: Came[]): Answered[] =>
  came.map(([{ id: stratumId }, channel, number]) => ({ stratumId, channel, number }))

/** What is told in a night of those who came until then. */
function night(came: Came[], records: ChannelRecord[], before = new ToldNumbers()): ToldNumbers {
  const strata = [...new Set(came.map(([stratum]) => stratum))]
  return asTheServiceDoes(strata, answers(came), records, before).told
}
const letters = (strata: Place[], each = 60) => strata.map((stratum) => record(stratum, 'letter', each))

describe('a night', () => {
  test('tells forms of paper by themselves', () => {
    const told = night(
      [
        [north, 'letter', 3],
        [north, 'paper', 9],
      ],
      [record(north, 'letter', 60), forms(north, 60)],
    )
    expect(told.find(north.id, 'all')).toMatchObject({ low: 0, high: 4 })
    expect(told.find(code, 'all')).toMatchObject({ low: 0, high: 4 })
    expect(told.find(north.id, 'paper')).toMatchObject({ low: 5, high: 9 })
  })

  test('lets nobody see that all of six letters were used, nor all of six forms, nor all that lay in stock', () => {
    const six = record(north, 'letter', 6)
    expect(night([[north, 'letter', 6]], [six]).find(north.id, 'all')).toMatchObject({ low: 0 })
    expect(night([[north, 'paper', 6]], [forms(north, 6)]).find(north.id, 'paper')).toMatchObject({ low: 0 })
    const inStock = { ...record(north, 'letter', 3), stock: 3 }
    expect(night([[north, 'letter', 6]], [inStock]).find(north.id, 'all')).toMatchObject({ low: 0 })
    expect(night([[north, 'letter', 6]], [{ ...inStock, stock: 6 }]).find(north.id, 'all')).toMatchObject({ low: 5 })
  })

  test('tells of a stratum with a tablet what was answered: nobody knows how many there can be', () => {
    const told = night([[north, 'tablet', 6]], [record(north, 'letter', 1), record(north, 'tablet')])
    expect(told.find(north.id, 'all')).toMatchObject({ low: 5, high: 9 })
  })

  test('in which nobody could have answered says nothing of those who can since codes went out', () => {
    const strata = [north, place('South')]
    const told = night(
      strata.map((stratum) => [stratum, 'letter', 0]),
      [],
    )
    const lines = (records: ChannelRecord[]) => {
      const nation = overviewOfNation(contributionsOf(strata, records, told), told)
      const own = overviewOfMunicipality(strata, records, told)
      return [own.total, ...own.groups, nation.total, ...nation.groups, ...nation.municipalities]
    }
    for (const { responded } of lines([])) expect(responded).toEqual({ low: 0, high: 0 })
    for (const { responded } of lines(letters(strata))) expect(responded).toEqual({ low: 0, high: 8 })
  })

  test('moves a total by no single answer: of a municipality, of the nation, and of a part of it', () => {
    const here = upTo(29).map((unit) => place(`Unit ${unit}`))
    const elsewhere = upTo(29).map((unit) => place('Unit', 'guardian', `Municipality ${unit}`))
    for (const [strata, where] of [
      [here, code],
      [elsewhere, nationPlace],
      [elsewhere, 'guardian'],
    ] as const) {
      const come = (more: number): Came[] => strata.map((stratum, nth) => [stratum, 'letter', nth < more ? 9 : 8])
      const find = (told: ToldNumbers) =>
        where === 'guardian' ? told.find(nationPlace, 'guardian') : told.find(where, 'all')
      const first = night(come(8), letters([...strata]))
      expect(find(first), where).toMatchObject({ low: 240, high: 249, moved: 248 })
      const next = night(come(12), letters([...strata]), first)
      expect(find(next), where).toMatchObject({ low: 240, high: 249 })
      expect(find(night(come(13), letters([...strata]), next)), where).toMatchObject({ low: 250 })
    }
  })
})

test('a total counts on no more answers than codes went out: where all were used it does not say so', () => {
  const here = upTo(29).map((unit) => place(`Unit ${unit}`))
  const elsewhere = upTo(29).map((unit) => place('Unit', 'guardian', `Municipality ${unit}`))
  for (const [strata, where] of [
    [here, code],
    [elsewhere, nationPlace],
  ] as const) {
    const come = strata.map((stratum): Came => [stratum, 'letter', 9])
    const of = (codes: number) => night(come, letters([...strata], codes)).find(where, 'all')
    expect([of(9), of(60)], where).toMatchObject([
      { low: 260, high: 270 },
      { low: 270, high: 279 },
    ])
  }
})

test('a group of the nation, which crosses the municipalities, keeps ten times the room of a step at each end', () => {
  const strata = upTo(29).map((unit) => place('Unit', 'guardian', `Municipality ${unit}`))
  const of = (each: number, more: number) => {
    const come = strata.map((stratum, nth): Came => [stratum, 'letter', nth < more ? each + 1 : each])
    const { low, high } = night(come, letters(strata)).find(nationPlace, 'guardian')!
    return [low, high]
  }
  expect([of(7, 20), of(7, 21), of(8, 9), of(8, 12)]).toEqual([
    [150, 229],
    [230, 239],
    [240, 249],
    [250, 270],
  ])
})

describe('what is shown', () => {
  const of = (told: ToldNumbers, records: ChannelRecord[]) => overviewOfMunicipality([north], records, told).strata[0]!

  test('of a stratum to which nothing was given is nobody, but a step that was told stays', () => {
    const told = night([[north, 'letter', 7]], letters([north]))
    expect(of(new ToldNumbers(), []).responded).toEqual({ low: 0, high: 0 })
    expect(of(new ToldNumbers(), letters([north], 1)).responded).toEqual({ low: 0, high: 4 })
    expect(of(told, letters([north], 0)).responded).toEqual({ low: 5, high: 9 })
  })

  test('of forms is no more than were handed out as long as the first step is told, and then what was told', () => {
    const told = new ToldNumbers()
    expect(of(told, [forms(north, 1)]).responded).toEqual({ low: 0, high: 1 })
    expect(of(told, [forms(north, 30)]).responded).toEqual({ low: 0, high: 4 })
    told.set(north.id, 'paper', { low: 5, high: 9, moved: 7 })
    expect(of(told, [forms(north, 7)])).toMatchObject({ responded: { low: 5, high: 9 }, offered: { low: 7, high: 7 } })
    expect(of(told, [forms(north, 2)]).offered).toEqual({ low: 5, high: 5 }) // what came back was handed out at least
  })

  test('of the total of a municipality is what was told of it, to whoever works with all of it', () => {
    const strata = upTo(29).map((unit) => place(`Unit ${unit}`))
    const records = letters(strata)
    const told = night(
      strata.map((stratum) => [stratum, 'letter', 8]),
      records,
    )
    expect(overviewOfMunicipality(strata, records, told).total.responded).toEqual({ low: 240, high: 249 })
    expect(overviewOfUnits(strata, records, told).total.responded).toEqual({ low: 150, high: 270 })
  })

  test('of channels to whoever works with some units only is what they count themselves', () => {
    const records = [record(north, 'letter', 60), record(north, 'handout', 60)]
    const came: Came[] = [
      [north, 'letter', 22],
      [north, 'handout', 22],
    ]
    const [handout] = overviewOfUnits([north], records, night(came, records)).channels
    expect([handout!.channel, handout!.responded, handout!.rate]).toEqual(['handout', undefined, undefined])
    expect(handout!.offered).toEqual({ low: 60, high: 60 })
  })

  test('of the nation, its groups and its municipalities is what was told of each', () => {
    const strata = upTo(59).map((unit) => place('Unit', unit < 30 ? 'guardian' : 'youth', `Municipality ${unit}`))
    const records = letters(strata)
    const told = night(
      strata.map((stratum) => [stratum, 'letter', 8]),
      records,
    )
    const { total, groups, municipalities } = overviewOfNation(contributionsOf(strata, records, told), told)
    expect(total.responded).toEqual({ low: 480, high: 499 })
    expect(groups.map(({ targetGroup, responded }) => [targetGroup, responded])).toEqual([
      ['guardian', { low: 240, high: 249 }],
      ['youth', { low: 240, high: 249 }],
    ])
    expect(municipalities[0]!.responded).toEqual({ low: 5, high: 9 })
  })
})

describe('a rate', () => {
  const none = { low: 0, high: 0 }
  const of = (offered: number, answered: Line['responded'], more: Partial<Parameters<typeof lineOf>[0]> = {}) =>
    lineOf({
      ...{ offered, answered, declined: 0, undeliverable: 0, atTablets: none, mostByCode: offered },
      ...{ onPaper: none, problems: [], ...more },
    }).rate

  test('is told from twenty answers on, as far as they are', () => {
    expect(of(100, { low: 20, high: 24 })).toEqual({ low: 0.2, high: 0.24 })
    expect(of(100, { low: 15, high: 19 })).toBeUndefined()
  })

  test('is never above one, and there is none where nobody was offered, or more answered than were', () => {
    expect(of(22, { low: 20, high: 24 })).toEqual({ low: 20 / 22, high: 1 })
    expect(of(22, { low: 20, high: 24 }, { mostByCode: 60 })).toEqual({ low: 20 / 22, high: 1 }) // some lie in a drawer
    expect(of(19, { low: 20, high: 24 })).toBeUndefined()
    expect(of(0, { low: 20, high: 24 }, { atTablets: { low: 0, high: 24 }, mostByCode: 24 })).toBeUndefined()
  })

  test('counts answers at tablets as offers: no more than all, and no fewer than the codes leave over', () => {
    const atTablets = { low: 0, high: 49 }
    expect(of(10, { low: 40, high: 44 }, { atTablets, mostByCode: 10 })).toEqual({ low: 40 / 50, high: 1 })
  })
})
