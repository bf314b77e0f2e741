import type { Published } from '../../actions/published.ts'
import type { Kpi } from '../../catalogue/kpis.ts'
import type { ServedFigure, YearFigures } from '../../catalogue/year-figures.ts'
import type { Parameters, Version } from './asked.ts'
import { isOfType } from './lists.ts'
import type { Row } from './shapes.ts'

interface Asking {
  of: Partial<Record<'kpi' | 'municipality' | 'year', string[]>>
  said: Parameters
}

/**
 * The figures that are asked for: by indicator, area and year. A place may be a group: then they are unweighted means of its members. Without
 * places all municipalities and the nation are meant; groups only where they are named.
 */
export function* figureRows(version: Version, published: Published, { of, said }: Asking): Generator<unknown> {
  const years = published.years
    .filter(({ year }) => of.year === undefined || of.year.includes(String(year)))
    .filter(({ publishedOn }) => said.from_date === undefined || publishedOn >= said.from_date)
  for (const kpi of published.kpis.filter(({ id }) => of.kpi === undefined || of.kpi.includes(id)))
    for (const place of placesOf(published, of.municipality, said))
      for (const year of years) {
        const figures = place.figures(kpi, year)
        if (figures.length > 0) yield rowOf(version, { kpi, place: place.id, year: year.year, figures }, said)
      }
}

interface Place {
  id: string
  figures: (kpi: Kpi, year: YearFigures) => ServedFigure[]
}

function placesOf({ areas, municipalityGroups }: Published, ids: string[] | undefined, said: Parameters): Place[] {
  const wanted = new Set(ids)
  const own = areas
    .filter(isOfType(said.region_type))
    .filter(({ id }) => ids === undefined || wanted.has(id))
    .map(({ id }): Place => ({ id, figures: (kpi, year) => year.of(kpi, id) }))
  if (ids === undefined || said.region_type !== undefined) return own
  const groups = municipalityGroups
    .filter(({ id }) => wanted.has(id))
    .map(({ id, members }): Place => {
      const codes = members.map((member) => member.id)
      return { id, figures: (kpi, year) => year.meansOf(kpi, codes) }
    })
  return [...own, ...groups]
}

interface FigureRow {
  kpi: Kpi
  place: string
  year: number
  figures: ServedFigure[]
}

function rowOf(version: Version, { kpi, place, year, figures }: FigureRow, said: Parameters) {
  const key = { kpi: kpi.id, municipality: place, period: year }
  if (version === 'v3')
    return {
      ...key,
      values: figures.map((figure) => ({ ...figure, isdeleted: false as const })),
    } satisfies Row<'v3', 'data'>
  const isDeleted = said.from_date === undefined ? {} : { is_deleted: 0 as const }
  return { ...key, values: figures.map((figure) => ({ ...figure, ...isDeleted })) } satisfies Row<'v2', 'data'>
}
