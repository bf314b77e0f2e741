import type { Channel } from '../invitation/disposition.ts'
import type { Action } from '../people/roles.ts'
import type { Place, Problem } from './cells.ts'
import type { Overview } from './overview.ts'

/** Something that keeps a rate from being the whole truth: where, and the page on which it is mended. */
export interface Missing {
  kind: Problem['kind'] | 'no-offers'
  place: Place
  channel?: Channel
  href: string
  /** Who may open that page. */
  action: Action
}

/** What is missing to trust the rates of these units, the most misleading first. */
export function missingOf({ strata }: Pick<Overview, 'strata'>): Missing[] {
  const found = strata.flatMap(({ stratum: place, problems, offered }) => [
    ...problems.map(({ kind, channel }) => ({ kind, channel, place, ...mendedAt(kind, channel) })),
    ...(offered.high === 0 && problems.length === 0 ? [{ kind: 'no-offers' as const, place, ...offer }] : []),
  ])
  return found.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
}

const kinds: Missing['kind'][] = ['no-tally', 'more-answers', 'unsettled', 'no-offers']
const offer = { href: '/staff/offer', action: 'tally offers' as const }

function mendedAt(kind: Problem['kind'], channel?: Channel): { href: string; action: Action } {
  if (kind === 'unsettled') return { href: '/staff/leftovers', action: 'count leftovers' }
  return channel === 'paper' ? { href: '/staff/paper/tally', action: 'print paper forms' } : offer
}

/** How many municipalities have something to mend, by what it is. */
export function countMissing({ municipalities }: Pick<Overview, 'municipalities'>): Record<Missing['kind'], number> {
  const having = (kind: Problem['kind']) =>
    municipalities.filter(({ problems }) => problems.some((problem) => problem.kind === kind)).length
  return {
    'no-tally': having('no-tally'),
    'more-answers': having('more-answers'),
    unsettled: having('unsettled'),
    'no-offers': municipalities.filter(({ offered }) => offered.high === 0).length,
  }
}
