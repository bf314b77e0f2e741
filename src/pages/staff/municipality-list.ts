import type { Range } from '../../disclosure/steps.ts'
import type { Line } from '../../fieldwork/line.ts'
import type { Overview } from '../../fieldwork/overview.ts'
import { byName } from '../../text/name-order.ts'
import type { ListKind } from './listing.ts'

export type MunicipalityLine = Overview['municipalities'][number] & { county: string }

/** Whether something keeps its rate from being true. */
export const isMissing = ({ problems, offered }: Line) => problems.length > 0 || offered.high === 0

const inOrder = byName<MunicipalityLine>(({ municipality }) => municipality)
const middle = (range: Range | undefined) => range && (range.low + range.high) / 2

/** The municipalities of the country with their figures; those with something to mend have a tab. */
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
  usual: inOrder,
  filters: { county: ({ county }) => county },
} satisfies ListKind<MunicipalityLine>
