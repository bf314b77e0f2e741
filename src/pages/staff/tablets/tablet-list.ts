import { isSilent, type Keeping, lacksOf, type SeenTablet } from '../../../tablet/tablet.ts'
import { byName } from '../../../text/name-order.ts'
import type { ListKind } from '../listing.ts'

/** A tablet with what makes somebody go and look at it. */
export interface TabletRow extends SeenTablet {
  lacks: (keyof Keeping)[]
  /** It was not heard of for a day. */
  isSilent: boolean
  /** The shape beside its state. */
  kind: 'look' | 'well' | 'waits' | 'none'
}

/** A tablet as the list shows it. */
export function tabletRow(tablet: SeenTablet, now: Date): TabletRow {
  const [lacks, silent] = [lacksOf(tablet), isSilent(tablet, now)]
  const kindOf = { invited: 'waits', active: 'well', revoked: 'none', stolen: 'none' } as const
  return { ...tablet, lacks, isSilent: silent, kind: silent || lacks.length > 0 ? 'look' : kindOf[tablet.state] }
}

/** Whether somebody has to go there, or to decide. */
export const isToSee = ({ isSilent, held, lacks }: TabletRow) => isSilent || held.low > 0 || lacks.length > 0

const standings = ['toSee', 'connected', 'unused', 'ended'] as const

function standingOf(tablet: TabletRow): (typeof standings)[number] {
  if (isToSee(tablet)) return 'toSee'
  if (tablet.state === 'active') return 'connected'
  return tablet.state === 'invited' ? 'unused' : 'ended'
}

const inOrder = byName<TabletRow>(
  ({ name }) => name,
  ({ id }) => id,
)
const step = (tablet: TabletRow) => standings.indexOf(standingOf(tablet))
const lastSeen = ({ lastContactHour = '' }: TabletRow) => lastContactHour

/** Tablets: those that nobody has heard of come first, then what else has to be looked at; those that have ended last. */
export const tabletList = {
  address: '/staff/tablets',
  states: {
    toSee: isToSee,
    connected: (tablet) => standingOf(tablet) === 'connected',
    unused: (tablet) => standingOf(tablet) === 'unused',
    ended: (tablet) => standingOf(tablet) === 'ended',
  },
  words: ({ name, strata }) => [name, strata[0]?.unit],
  columns: {
    name: { compare: inOrder },
    state: { compare: (one, other) => step(one) - step(other) },
    lastSeen: {
      compare: (one, other) => Number(lastSeen(one) > lastSeen(other)) - Number(lastSeen(one) < lastSeen(other)),
    },
  },
  usual: (one, other) =>
    Number(other.isSilent) - Number(one.isSilent) || step(one) - step(other) || inOrder(one, other),
} satisfies ListKind<TabletRow>
