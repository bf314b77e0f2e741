import type { FastifyRequest } from 'fastify'
import type { Overview } from '../../../fieldwork/overview.ts'
import type { Stratum } from '../../../organisation/store.ts'
import { languagesOf } from '../../../round/languages.ts'
import { phaseOf } from '../../../round/round.ts'
import { isSilent } from '../../../tablet/tablet.ts'
import { plain } from '../../../text/plain.ts'
import type { Choice } from '../../../web/choice-cookie.ts'
import type { StaffContext } from '../context.ts'
import { newNumber } from '../once.ts'
import { standingOf } from '../situation.ts'
import { todosOf } from '../todos.ts'
import { countText, rateText } from '../words.ts'
import { talliesOf } from './tallies.ts'
import type { Views } from './views.ts'

/** With more units than this there is a field to search in. */
const mostWithoutSearch = 12

/**
 * What the page of the offer shows: the one target group that was offered to last on this device, or the one that was asked for, with one
 * press to a code; the others of the places somebody works at; what waits, and how it goes there.
 */
export async function offerPage(
  request: FastifyRequest,
  context: StaffContext,
  last: Choice,
): Promise<Views['staff/offer/offer']> {
  const { stores, languages, clock } = context
  const { staff, query } = request
  const { q } = query as { q?: string }
  const { stratumId = last.stratumId } = request.params as { stratumId?: string }
  const { round, overview, nation, situation } = await standingOf(staff, context)
  const strata = round ? await stores.organisation.listStrata(round.id, staff.scope) : []
  const chosen = strata.find(({ id }) => id === stratumId) ?? (strata.length === 1 ? strata[0] : undefined)
  const search = String(q ?? '').slice(0, 100)
  const others = strata.filter((one) => one !== chosen && plain(one.unit).includes(plain(search)))
  const tablets = round && staff.role === 'host' ? await stores.tablet.listTablets(round.id, staff.scope) : []
  return {
    ...{ chosen, others, search, nation },
    hasSearch: new Set(strata.map(({ unitId }) => unitId)).size > mostWithoutSearch,
    phase: round && phaseOf(round),
    languages: round ? languagesOf(languages, round).all : [],
    tallies: talliesOf(staff.role),
    once: newNumber(),
    todos: staff.role === 'coordinator' ? [] : await todosOf(request, context, situation),
    tablets: tablets
      .filter(({ state }) => state === 'active')
      .map((tablet) => ({ name: tablet.name, seen: tablet.lastContactHour, isSilent: isSilent(tablet, clock()) })),
    ...rateAt(overview, chosen),
    countText,
    rateText,
  }
}

/** How it goes at the unit of the group that is chosen, or at the only one; elsewhere at all of somebody's units together. */
function rateAt(overview: Overview | undefined, chosen: Stratum | undefined) {
  const [only, ...more] = overview?.units ?? []
  const unit = overview?.units.find(({ unitId }) => unitId === chosen?.unitId) ?? (more.length === 0 ? only : undefined)
  return { line: unit ?? (only && overview?.total), unit: unit?.unit }
}
