/** How an offer of the survey went, in persons. */
export interface Dispositions {
  offered: number
  declined: number
  undeliverable: number
  responded: number
}

/**
 * The share of offered people who responded, as a fraction from 0 to 1.
 * Nobody offered means there is no rate to speak of: `undefined`, never 0.
 * More responded than were offered means that a tally is missing: `undefined` too, never above 1.
 */
export function responseRate({ offered, responded }: Dispositions): number | undefined {
  return offered === 0 || responded > offered ? undefined : responded / offered
}

/** Whether more answered than were offered, which only a tally that is not entered yet can cause. */
export function isTallyMissing({ offered, responded }: Dispositions): boolean {
  return responded > offered
}

export function addUp(parts: Iterable<Dispositions>): Dispositions {
  const sum = { offered: 0, declined: 0, undeliverable: 0, responded: 0 }
  for (const part of parts) addTo(sum, part)
  return sum
}

/** Adds a part to a sum, which is changed. */
export function addTo(sum: Dispositions, part: Dispositions): void {
  sum.offered += part.offered
  sum.declined += part.declined
  sum.undeliverable += part.undeliverable
  sum.responded += part.responded
}
