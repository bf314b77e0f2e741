import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { inProject } from '../project-folder.ts'
import { groupsAndTotal } from '../results/indicator.ts'

/** Where the reference data of the indicator database lies. */
export const catalogueFolder = inProject('catalogue')

/** An indicator as the indicator database names it, and which of ours it is. */
const kpi = z.strictObject({
  id: z.string(),
  targetGroup: z.enum(groupsAndTotal),
  measure: z.enum(['positive', 'rate', 'responses']),
  /** A question's id; empty for the two that are of no question. */
  question: z.string(),
  /** Whether it is told of women and men too. */
  byGender: z.boolean(),
  perspective: z.string(),
  /** Letter for letter as it stands there, with its double spaces. */
  title: z.string(),
  description: z.string(),
})

export type Kpi = z.infer<typeof kpi>

/** The indicators of this survey, in their order there: seven shares, a rate and a number for each of four target groups and for all together. */
export const readKpis = (): Kpi[] =>
  z.array(kpi).parse(JSON.parse(readFileSync(join(catalogueFolder, 'kpis.json'), 'utf8')))

/** What belongs together, with its members: an id, and what it is called. */
export interface Group {
  id: string
  title: string
  members: { id: string; title: string }[]
}

/** The survey's indicators as groups, of all and of each target group. The indicator database has none for them: the ids are ours. */
export function kpiGroups(kpis: readonly Kpi[]): Group[] {
  const membersOf = (some: readonly Kpi[]) => some.map(({ id, title }) => ({ id, title }))
  const own = [...new Set(kpis.map(({ targetGroup }) => targetGroup))].filter((group) => group !== 'total')
  return [
    { id: 'GBIFO', title: survey, members: membersOf(kpis) },
    ...own.map((group, at) => ({
      id: `GBIFO${at + 1}`,
      title: `${survey}, ${named[group]}`,
      members: membersOf(kpis.filter(({ targetGroup }) => targetGroup === group)),
    })),
  ]
}

const survey = 'Brukarundersökning IFO'

const named: Partial<Record<Kpi['targetGroup'], string>> = {
  economic_assistance: 'ekonomiskt bistånd',
  addiction: 'missbruk',
  guardian: 'vårdnadshavare',
  youth: 'ungdomar',
}
