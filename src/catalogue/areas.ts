import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nationArea } from '../results/indicator.ts'
import { catalogueFolder, type Group } from './kpis.ts'

/** A municipality (`K`), or a region or the nation (`L`), as the indicator database lists them. */
export interface Area {
  id: string
  title: string
  type: 'K' | 'L'
}

/** The nation and the regions. Of regions there are no figures of this survey. */
const regions: Record<string, string> = {
  [nationArea]: 'Riket',
  '0001': 'Region Stockholm',
  '0003': 'Region Uppsala',
  '0004': 'Region Sörmland',
  '0005': 'Region Östergötland',
  '0006': 'Region Jönköpings län',
  '0007': 'Region Kronoberg',
  '0008': 'Region Kalmar',
  '0009': 'Region Gotland',
  '0010': 'Region Blekinge',
  '0012': 'Region Skåne',
  '0013': 'Region Halland',
  '0014': 'Västra Götalandsregionen',
  '0017': 'Region Värmland',
  '0018': 'Region Örebro län',
  '0019': 'Region Västmanland',
  '0020': 'Region Dalarna',
  '0021': 'Region Gävleborg',
  '0022': 'Region Västernorrland',
  '0023': 'Region Jämtland Härjedalen',
  '0024': 'Region Västerbotten',
  '0025': 'Region Norrbotten',
}

/** All areas by their codes: regions first, for their codes are the lowest. */
export function areasOf(municipalities: readonly { code: string; name: string }[]): Area[] {
  const own = municipalities.map(({ code, name }): Area => ({ id: code, title: name, type: 'K' }))
  const others = Object.entries(regions).map(([id, title]): Area => ({ id, title, type: 'L' }))
  return [...others, ...own].sort((one, other) => (one.id < other.id ? -1 : 1))
}

/** Groups of municipalities: all of them, counties, kinds and sizes of municipalities, and those that are similar. */
export async function readMunicipalityGroups(areas: readonly Area[]): Promise<Group[]> {
  const { parse } = await import('csv-parse/sync')
  const titles = new Map(areas.map(({ id, title }) => [id, title]))
  const rows: Record<'id' | 'title' | 'members', string>[] = parse(
    readFileSync(join(catalogueFolder, 'municipality-groups.csv')),
    { columns: true, bom: true },
  )
  return rows.map(({ id, title, members }) => ({
    id,
    title,
    members: members.split(' ').map((code) => ({ id: code, title: titles.get(code) ?? code })),
  }))
}
