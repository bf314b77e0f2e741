import { hold } from '../../memory/held.ts'
import type { SignedIn } from '../../people/session.ts'
import { currentPage, menuOf } from './navigation.ts'
import { nextSteps } from './next-step.ts'
import { type Seen, standingOf } from './situation.ts'

/** How many things wait at a page of the menu, by its address. */
export type Waiting = Record<string, number>

const [keptMinutes, mostSessions] = [1, 2_000]

/**
 * What waits for those who are signed in, for the numbers in their menu: as it was at most a minute ago, and not before they last did
 * something. Where it cannot be read just now there are no numbers, and the page comes all the same.
 */
export function waitingOf(seen: Seen) {
  const known = hold<Waiting>(seen.clock, { minutes: keptMinutes, most: mostSessions })
  const idOf = ({ sessionTag }: SignedIn) => sessionTag.toString('base64')
  return {
    async find(staff: SignedIn): Promise<Waiting> {
      const before = known.find(idOf(staff))
      if (before) return before
      const waiting = await look(staff, seen).catch(() => undefined)
      if (waiting) known.keep(idOf(staff), waiting)
      return waiting ?? {}
    },
    forget: (staff: SignedIn) => known.forget(idOf(staff)),
  }
}

async function look(staff: SignedIn, seen: Seen): Promise<Waiting> {
  const { situation } = await standingOf(staff, seen)
  const waiting: Waiting = {}
  for (const { href, waits = 0 } of nextSteps(staff.role, situation)) {
    const page = href && currentPage(menuOf(staff.role), href.replace(/[?#].*/, ''))
    if (page && waits > 0) waiting[page.href] = (waiting[page.href] ?? 0) + waits
  }
  return waiting
}
