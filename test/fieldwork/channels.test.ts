import { describe, expect, test } from 'vitest'
import { exactly, type Range, stepOf } from '../../src/disclosure/steps.ts'
import { ToldNumbers, type ToldPart } from '../../src/disclosure/told-numbers.ts'
import { narrower } from '../../src/fieldwork/adding-up.ts'
import { overviewOfNation } from '../../src/fieldwork/nation-overview.ts'
import { overviewOfMunicipality, overviewOfUnits } from '../../src/fieldwork/overview.ts'
import { type Answered, tellMunicipalities } from '../../src/fieldwork/telling.ts'
import type { Channel } from '../../src/invitation/disposition.ts'
import { place, record } from '../anonymity/worlds.ts'

/** What was told, as low and high of each place and part. */
function told(...numbers: [place: string, part: ToldPart, low: number, high: number][]): ToldNumbers {
  const all = new ToldNumbers()
  for (const [where, part, low, high] of numbers) all.set(where, part, { low, high, moved: low })
  return all
}

const [north, south] = [place('North'), place('South', 'guardian')]
const code = north.municipalityCode
type Told = ReturnType<typeof overviewOfMunicipality>['channels']
const answersOf = (channels: Told) =>
  Object.fromEntries(channels.map(({ channel, responded }) => [channel, responded])) as Record<Channel, Range>

describe('the channels of a municipality', () => {
  const numbers = told(
    [north.id, 'all', 50, 59],
    [south.id, 'all', 20, 24],
    [code, 'all', 75, 84],
    [code, 'handout', 60, 69],
    [code, 'letter', 10, 14],
  )
  const with_ = (letters: number) => [
    ...[record(north, 'handout', 100), record(north, 'letter', 50)],
    ...[record(south, 'handout', 40), record(south, 'letter', letters)],
  ]

  test('are told where each was offered to twenty people in every stratum, and none where one was to fewer', () => {
    const of = (letters: number) => answersOf(overviewOfMunicipality([north, south], with_(letters), numbers).channels)
    expect(of(20)).toEqual({ handout: { low: 60, high: 69 }, letter: { low: 10, high: 14 } })
    expect(of(19)).toEqual({ handout: undefined, letter: undefined })
  })

  test('count those who were offered at a tablet among them, as far as that was told', () => {
    const records = [record(north, 'handout', 100), record(north, 'tablet'), record(south, 'handout', 40)]
    const of = (low: number) => {
      const numbers = told(
        [north.id, 'all', 45, 49],
        [north.id, 'tablet', low, low + 4],
        [south.id, 'all', 20, 24],
        [code, 'all', 70, 74],
        [code, 'handout', 45, 49],
        [code, 'tablet', 20, 24],
      )
      return answersOf(overviewOfMunicipality([north, south], records, numbers).channels)
    }
    expect(of(20)).toEqual({ handout: { low: 45, high: 49 }, tablet: { low: 20, high: 24 } })
    expect(of(15)).toEqual({ handout: undefined, tablet: undefined })
  })

  test('are told where five have answered by each, and none where fewer have by one', () => {
    const of = (letter: Range, handout: Range, whole: Range) => {
      const numbers = told(
        [north.id, 'all', 20, 24],
        [south.id, 'all', 20, 24],
        [code, 'all', whole.low, whole.high],
        [code, 'handout', handout.low, handout.high],
        [code, 'letter', letter.low, letter.high],
      )
      return answersOf(overviewOfMunicipality([north, south], with_(40), numbers).channels)
    }
    const [forties, thirties] = [
      { low: 40, high: 44 },
      { low: 35, high: 39 },
    ]
    expect(of({ low: 5, high: 9 }, thirties, { low: 45, high: 49 })).toEqual({
      handout: thirties,
      letter: { low: 5, high: 9 },
    })
    expect(of({ low: 0, high: 4 }, forties, { low: 40, high: 48 })).toEqual({ handout: undefined, letter: undefined })
  })

  const three: [Channel, number][] = [
    ['letter', 5],
    ['handout', 5],
    ['email', 5],
  ]
  test.each<[string, strata: number[], whole: Range, [Channel, number][], isTold: boolean]>([
    ['where they leave every number of all possible', [10, 10], { low: 20, high: 27 }, three, true],
    ['not where a stratum would be narrowed', [20, 0, 0, 0], { low: 20, high: 27 }, three, false],
    ['not where their total would be', [10, 10], { low: 26, high: 30 }, three, false],
    [
      'not where few answered by one',
      [10, 10, 10, 10, 10],
      { low: 60, high: 69 },
      [
        ['handout', 60],
        ['letter', 0],
      ],
      false,
    ],
  ])('are told %s', (_, lows, whole, channels, isTold) => {
    const strata = lows.map((_, unit) => place(`Unit ${unit}`))
    const numbers = told([code, 'all', whole.low, whole.high])
    for (const [unit, low] of lows.entries()) numbers.set(strata[unit]!.id, 'all', { ...stepOf(low), moved: low })
    for (const [channel, low] of channels) numbers.set(code, channel, { ...stepOf(low), moved: low })
    const records = strata.flatMap((stratum) => channels.map(([channel]) => record(stratum, channel, 40)))
    const seen = answersOf(overviewOfMunicipality(strata, records, numbers).channels)
    for (const [channel, low] of channels) expect(seen[channel], channel).toEqual(isTold ? stepOf(low) : undefined)
    const ofSome = answersOf(overviewOfUnits(strata, records, numbers).channels) // to whoever works with some units only
    for (const [channel] of channels) expect(ofSome[channel], channel).toBeUndefined()
  })

  test('of which few codes went out, are told as if fewer had answered: nobody sees that all were used', () => {
    const records = [record(north, 'handout', 40), record(north, 'letter', 6)]
    const answered: Answered[] = [
      { stratumId: north.id, channel: 'handout', number: 12 },
      { stratumId: north.id, channel: 'letter', number: 6 },
    ]
    const night = tellMunicipalities([north], answered, records, new ToldNumbers())
    expect(night.told.find(code, 'letter')).toMatchObject({ low: 0, high: 4 })
    const more = [record(north, 'handout', 40), record(north, 'letter', 9)]
    const other = tellMunicipalities([north], answered, more, new ToldNumbers())
    expect(other.told.find(code, 'letter')).toMatchObject({ low: 5, high: 9 })
  })
})

test('of a sum and what is told of it, that which says more stands on the page', () => {
  const [narrow, wide] = [exactly(5), { low: 0, high: 9 }]
  expect([narrower(narrow, wide), narrower(wide, narrow), narrower(undefined, wide)]).toEqual([narrow, narrow, wide])
})

test('a channel of the nation is told from five answers on', () => {
  const cell = (channel: Channel) => ({ channel, municipalityCode: code, offered: 200, declined: 0, undeliverable: 0 })
  const counted = {
    ...{ offered: 400, declined: 0, undeliverable: 0, mostByCode: 400, onPaper: exactly(0), problems: [] },
    ...{ answered: { low: 40, high: 59 }, atTablets: exactly(0) },
  }
  const share = {
    ...{ municipalityCode: code, municipality: code, total: counted },
    ...{ groups: [['youth', counted]] as ['youth', typeof counted][], cells: [cell('handout'), cell('letter')] },
  }
  const of = (low: number) => {
    const numbers = told(['nation', 'all', 40, 59], ['nation', 'handout', 40, 49], ['nation', 'letter', low, low + 9])
    return answersOf(overviewOfNation([share], numbers).channels)
  }
  expect(of(5)).toEqual({ handout: { low: 40, high: 49 }, letter: { low: 5, high: 14 } })
  expect(of(0)).toEqual({ handout: { low: 40, high: 49 }, letter: undefined })
})

describe('how many of a stratum’s answers came at tablets', () => {
  /** What a stratum with letters and a tablet counts as offered: the letters, and each answer at the tablet. */
  const offered = (letters: number, all: Range) => {
    const records = [record(north, 'letter', letters), record(north, 'tablet')]
    const numbers = told(
      [north.id, 'all', all.low, all.high],
      [north.id, 'tablet', 10, 14],
      [code, 'all', all.low, all.high],
    )
    return overviewOfMunicipality([north], records, numbers).strata[0]!.offered
  }

  test('is told where twenty others were offered and five have answered', () => {
    expect(offered(20, { low: 20, high: 24 })).toEqual({ low: 30, high: 34 })
  })

  test('is what follows from the whole where fewer were offered', () => {
    expect(offered(19, { low: 20, high: 24 })).toEqual({ low: 20, high: 43 })
  })

  test('is what follows from the whole where fewer have answered', () => {
    expect(offered(20, { low: 15, high: 19 })).toEqual({ low: 20, high: 39 })
  })

  test('is what follows from the whole where nearly all codes must have been used then', () => {
    expect(offered(29, { low: 40, high: 44 })).toEqual({ low: 39, high: 43 })
    expect(offered(28, { low: 40, high: 44 })).toEqual({ low: 40, high: 72 })
  })
})
