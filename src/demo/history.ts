import { type Kpi, readKpis } from '../catalogue/kpis.ts'
import type { HistoryFigure } from '../history/figure.ts'
import { qualityQuestions } from '../questionnaire/questions.ts'
import { nationArea } from '../results/indicator.ts'
import { usualShares } from './answers.ts'
import { type Chance, chanceFrom } from './chance.ts'
import type { Ground } from './ground.ts'
import { addCell, cellKey, figuresFrom, type MadeUpCell, type Tally } from './history-cells.ts'

/** Municipalities, answers and the response rate of earlier years, about as they were published; of those before and after, as in the nearest. */
const years: Record<number, { municipalities: number; answers: number; rate: number }> = {
  2017: { municipalities: 87, answers: 10_000, rate: 0.55 },
  2018: { municipalities: 135, answers: 14_000, rate: 0.55 },
  2019: { municipalities: 130, answers: 13_500, rate: 0.56 },
  2020: { municipalities: 109, answers: 6_000, rate: 0.33 },
  2021: { municipalities: 133, answers: 8_223, rate: 0.37 },
  2022: { municipalities: 125, answers: 10_000, rate: 0.42 },
  2023: { municipalities: 127, answers: 11_000, rate: 0.48 },
}
const usual = years[2023]!

/** How much of all answers is of a group, and by how much its people are more content than others. */
const groups = {
  economic_assistance: { part: 0.58, more: -0.01 },
  addiction: { part: 0.14, more: 0.06 },
  guardian: { part: 0.18, more: -0.02 },
  youth: { part: 0.1, more: 0.01 },
} as const

type Group = keyof typeof groups

/** From then on those who came alone are counted as youth: there were as many of them, and they were more content. */
const unaccompaniedSince = { year: 2020, more: 0.04 }

interface Place {
  code: string
  /** How likely it takes part, how large it is, and by how much its people are more content than those of others. */
  eager: number
  size: number
  more: Record<string, number>
}

/** Nine years of published figures that nobody ever measured, the same at every run, marked as practice wherever they are shown. */
export async function makeHistory({ stores }: Ground, { year, own }: { year: number; own: string }): Promise<void> {
  const chance = chanceFrom(year * 7)
  const places = (await stores.organisation.listMunicipalities()).map(({ code }) => placeOf(code, chance, own))
  const kpis = readKpis()
  const figures: HistoryFigure[] = []
  for (let one = year - 9; one < year; one++) figures.push(...figuresOfYear(one, { places, kpis, chance }))
  await stores.history.importFigures(figures, {
    ...{ source: 'Övningssiffror', by: 'operator', now: new Date(), isPractice: true },
  })
}

/** About from -2 to 2, most often near 0. */
const around = (chance: Chance) => chance() + chance() + chance() + chance() - 2

function placeOf(code: string, chance: Chance, own: string): Place {
  const more = Object.fromEntries(qualityQuestions.map(({ id }) => [id, around(chance) * 0.03]))
  return { code, eager: code === own ? 9 : chance(), size: 0.4 + chance() ** 3 * 8, more }
}

interface MakingUp {
  places: readonly Place[]
  kpis: readonly Kpi[]
  chance: Chance
}

function figuresOfYear(year: number, { places, kpis, chance }: MakingUp): HistoryFigure[] {
  const { municipalities, answers, rate } = years[year] ?? usual
  const asked = places
    .map((place) => ({ place, rank: place.eager + chance() * 0.3 }))
    .sort((one, other) => other.rank - one.rank)
    .slice(0, municipalities)
    .map(({ place }) => place)
  const all = asked.reduce((sum, { size }) => sum + size, 0)
  const tally: Tally = new Map()
  for (const place of asked)
    for (const group of Object.keys(groups) as Group[]) {
      const responded = Math.round(((answers * place.size) / all) * groups[group].part * (0.8 + chance() * 0.4))
      if (responded === 0) continue
      const offered = Math.round(responded / Math.min(0.95, rate * (0.8 + chance() * 0.4)))
      const cell = cellOf({ responded, offered }, { place, group, year, chance })
      for (const area of [place.code, nationArea])
        for (const name of [group, 'total']) addCell(tally, cellKey(area, name), cell)
    }
  return figuresFrom(tally, kpis, year)
}

/** What women and men of a group in a place answered. */
function cellOf(
  { responded, offered }: Pick<MadeUpCell, 'responded' | 'offered'>,
  { place, group, year, chance }: { place: Place; group: Group; year: number; chance: Chance },
): MadeUpCell {
  const women = Math.round(responded * (group === 'addiction' ? 0.36 : 0.55))
  const people = { K: women, M: responded - women }
  const grown = (year - 2021) * 0.002
  const joined = group === 'youth' && year >= unaccompaniedSince.year ? unaccompaniedSince.more : 0
  const positive = Object.fromEntries(
    qualityQuestions.map(({ id }) => {
      const share = usualShares[id]! + groups[group].more + place.more[id]! + grown + joined
      const of = (gender: 'K' | 'M', more: number) => {
        const luck = (around(chance) * 0.4) / Math.sqrt(people[gender] + 1)
        return Math.round(people[gender] * Math.min(0.98, Math.max(0.1, share + more + luck)))
      }
      return [id, { K: of('K', group === 'youth' ? -0.03 : 0.01), M: of('M', group === 'youth' ? 0.03 : -0.01) }]
    }),
  )
  return { responded, offered, people, positive }
}
