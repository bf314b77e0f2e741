import { DomainError } from '../errors.ts'
import { daysAfter } from '../time/days.ts'
import { swedishDay } from '../time/swedish-day.ts'
import { phaseOf, type ReleaseStep, stepsInEffect } from './phase.ts'

/** So many days after the close, a year, the answers of a round go at the latest: published or not, and counted or not. */
const longestDays = 365
/** So many days before they go by themselves somebody can have them go: a mistake that needs another count is found by then. */
const nearDays = 30

/** The days, in Sweden, on which the answers of a round go. */
export interface Settling {
  /** When they go by themselves. */
  byItselfOn: string
  /** From when on somebody can have them go; before it, as long as it is not published, nobody can. */
  byHandFrom: string
}

/**
 * When the answers of a round are destroyed: so many days after it was first published, and a year after the close at the latest. What was
 * withdrawn goes by itself all the same, and not by hand, for it may have to be counted again.
 * @param closedOn the day on which its collection ended
 * @param releases the steps of each of its releases
 */
export function settlingOf(
  closedOn: string,
  releases: readonly { steps: readonly ReleaseStep[] }[],
  { keptDays, now }: { keptDays: number; now: Date },
): Settling {
  const latest = daysAfter(closedOn, longestDays)
  const published = releases.flatMap(({ steps }) => stepsInEffect(steps, now).filter(({ kind }) => kind === 'publish'))
  const [first] = published.map(({ takesEffect }) => swedishDay(new Date(takesEffect))).sort()
  if (first === undefined) return { byItselfOn: latest, byHandFrom: latest }

  const afterIt = daysAfter(first, keptDays)
  const byItselfOn = afterIt < latest ? afterIt : latest
  const isPublished = releases.some(({ steps }) => phaseOf(steps, now) === 'published')
  const near = daysAfter(byItselfOn, -nearDays)
  return { byItselfOn, byHandFrom: !isPublished ? byItselfOn : near > first ? near : first }
}

/** Whether answers go by themselves so soon that somebody should be told. */
export const isSoon = ({ byItselfOn }: Pick<Settling, 'byItselfOn'>, now: Date): boolean =>
  daysAfter(swedishDay(now), nearDays) >= byItselfOn

/** @throws DomainError `conflict` where the answers of a round are gone: nothing can be counted, and nothing be destroyed */
export function refuseDestroyed(opening: { roundId: string; destroyedOn: string | null } | undefined): void {
  if (!opening?.destroyedOn) return
  const { roundId, destroyedOn } = opening
  throw new DomainError('conflict', `The answers of round ${roundId} were destroyed on ${destroyedOn}.`, {
    messageKey: 'staff.releases.destruction.gone',
  })
}
