import type { Group } from './kpis.ts'

/** The municipalities that are most like one in individual and family care. */
export interface Similar {
  /** Of which year the likeness is. */
  year: string
  codes: string[]
}

/** Groups that anybody may be laid beside: sizes, kinds and networks of municipalities, without counties and those that are like one. */
export const otherGroups = (groups: readonly Group[]): Group[] =>
  groups
    .filter(({ id, title }) => id !== everybody && !title.startsWith('Liknande kommuner') && !isCounty.test(title))
    .map((group) => ({ ...group, title: group.title.replace(' (ovägt medel)', '') }))

const everybody = 'G2328'
const isCounty = /läns kommuner \(/

/** Which municipalities the indicator database finds most like one, which is not among them; nothing of one that it does not know. */
export function similarTo(groups: readonly Group[], municipality: string): Similar | undefined {
  for (const { title, members } of groups) {
    const [, name, year] = /^Liknande kommuner IFO, (.+), (\d{4})$/.exec(title) ?? []
    if (name === municipality) return { year: year!, codes: members.map(({ id }) => id) }
  }
  return undefined
}
