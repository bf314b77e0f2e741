import type { NextPublication, Published } from '../../actions/published.ts'
import type { Area } from '../../catalogue/areas.ts'
import type { Group, Kpi } from '../../catalogue/kpis.ts'
import type { Parameters, Version } from './asked.ts'
import type { Row } from './shapes.ts'

type Listed = 'kpi' | 'kpi_groups' | 'municipality' | 'municipality_groups' | 'ou'

interface Asking {
  what: Listed
  ids?: readonly string[]
  said: Parameters
}

/** The rows of a list that are asked for, in the form of a version. Units have no public figures: there are none. */
export function* listRows(version: Version, published: Published, { what, ids, said }: Asking): Generator<unknown> {
  const wanted = new Set(ids)
  const isAsked = ({ id, title }: { id: string; title: string }) =>
    (ids === undefined || wanted.has(id)) && (said.title === undefined || hasPart(title, said.title))
  const { kpis, kpiGroups, areas, municipalityGroups, next } = published
  if (what === 'kpi') for (const kpi of kpis.filter(isAsked)) yield kpiRow[version](kpi, next)
  if (what === 'kpi_groups') for (const group of kpiGroups.filter(isAsked)) yield groupRow(group)
  if (what === 'municipality_groups') for (const group of municipalityGroups.filter(isAsked)) yield groupRow(group)
  if (what === 'municipality') yield* areas.filter(isAsked).filter(isOfType(said.type ?? said.region_type))
}

export const isOfType =
  (type?: Area['type']) =>
  (area: Area): boolean =>
    type === undefined || area.type === type

/** Whether a title has that part, whatever its letters' case and however many spaces stand between words. */
const hasPart = (title: string, part: string) => searched(title).includes(searched(part))
const searched = (text: string) => text.normalize('NFC').toLocaleLowerCase('sv').replace(/\s+/g, ' ').trim()

const groupRow = ({ id, title, members }: Group): Row<'v3', 'kpi_groups'> => ({
  ...{ id, title },
  members: members.map((member) => ({ member_id: member.id, member_title: member.title })),
})

function commonOf({ id, title, description, perspective }: Kpi, next?: NextPublication) {
  return {
    ...{ id, title, description, municipality_type: 'K' as const, operating_area: 'Individ- och familjeomsorg' },
    ...{ perspective, has_ou_data: false as const },
    publ_period: next ? String(next.year) : null,
    publication_date: next?.on ?? null,
    prel_publication_date: null,
  }
}

/** The sector whose service it is, as the indicator database has it. */
const auspice = 'E'

const kpiRow = {
  v3: (kpi: Kpi, next?: NextPublication): Row<'v3', 'kpi'> => ({
    ...{ ...commonOf(kpi, next), auspice, is_divided_by_gender: kpi.byGender },
  }),
  v2: (kpi: Kpi, next?: NextPublication): Row<'v2', 'kpi'> => ({
    ...{ ...commonOf(kpi, next), auspices: auspice, is_divided_by_gender: kpi.byGender ? 1 : 0 },
    ou_publication_date: null,
  }),
}
