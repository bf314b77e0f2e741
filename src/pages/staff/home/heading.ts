import type { Stretch } from '../../../round/course.ts'
import type { Situation } from '../next-step.ts'

/** What the first page says before all else, as a text of `staff.home.headings`; days are ISO days. */
export function headingOf(
  round: Situation['round'],
  today: string,
  course: Stretch[] = [],
): { key: string; values?: Record<string, string | number> } {
  const now = course.find(({ state }) => state === 'now')
  if (!round || !now) return { key: 'none' }
  if (now.name === 'preparation')
    return today > round.opensOn ? { key: 'preparationLate' } : { key: 'preparation', values: { day: round.opensOn } }
  if (round.state === 'published') return { key: 'published', values: { round: round.id } }
  if (now.name !== 'collection') return { key: now.name, values: { round: round.id } }
  if (round.isPaused) return { key: 'paused' }
  if (today > round.closesOn) return { key: 'collectionLate', values: { day: round.closesOn } }
  const left = now.at?.left ?? 0
  return left === 0 ? { key: 'collectionLast' } : { key: 'collection', values: { count: left } }
}
