import type { Range } from '../../disclosure/steps.ts'
import { type Line, lowestFirst } from '../../fieldwork/line.ts'
import type { Overview } from '../../fieldwork/overview.ts'
import { byName } from '../../text/name-order.ts'
import type { ListKind } from './listing.ts'

export type MunicipalityLine = Overview['municipalities'][number] & { county: string }

/** Whether something keeps its rate from being true. */
export const isMissing = ({ problems, offered }: Line) => problems.length > 0 || offered.high === 0

const inOrder = byName<MunicipalityLine>(({ municipality }) => municipality)
const middle = (range: Range | undefined) => range && (range.low + range.high) / 2

/** What is missing there, as it stands in a cell. */
export function missingText({ problems, offered }: Line, t: (key: string) => string): string {
  if (offered.high === 0) return t('staff.fieldwork.noOffers')
  return [...new Set(problems.map(({ kind }) => kind))].map((kind) => t(`staff.fieldwork.lacks.${kind}`)).join(', ')
}

/** The municipalities of the country with their figures, the lowest rate first; those with something to mend have a tab. */
export const municipalityList = {
  address: '/staff/fieldwork',
  anchor: '#figures',
  states: { missing: isMissing },
  words: ({ municipality }) => [municipality],
  columns: {
    name: { compare: inOrder },
    rate: { figure: ({ rate }) => middle(rate) },
    responded: { figure: ({ responded }) => middle(responded) },
    offered: { figure: ({ offered }) => middle(offered) },
    missing: { figure: ({ problems, offered }) => problems.length + Number(offered.high === 0) },
  },
  usual: (one, other) => lowestFirst(one, other) || inOrder(one, other),
  filters: { county: ({ county }) => county },
} satisfies ListKind<MunicipalityLine>
