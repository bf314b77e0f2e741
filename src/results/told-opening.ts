import { type Range, stepOf } from '../disclosure/steps.ts'
import { smallestShown } from '../disclosure/thresholds.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import type { Opened } from './opening.ts'
import { type Share, sharesPositive } from './shares.ts'
import { toldLanguages } from './told-languages.ts'

/** What an opening tells, on pages and on the command line. */
export interface ToldOpening {
  /** Absent where it would tell how many of a small group have answered: all of it, less what is told of the others. */
  ballots?: number
  /** Ballots that tablets brought and that are none: not counted. Absent where there is none. */
  unreadable?: Range
  shares: Share[]
  /** For the nation only, small ones together; they add up to `ballots`, and none is told where that is not. */
  languages: [string, number][]
}

/**
 * What may be told of an opened urn. Of a group of fewer than ten nothing is worked out: the same is told whatever its number.
 * @param groupOf the group of each stratum
 * @param groups those of the round, in the order in which they are told
 * @param idle as `sharesPositive` has it
 */
export function toldOpening(
  { ballots, unreadable, counts, responses, languages }: Opened,
  {
    groupOf,
    groups,
    idle,
  }: { groupOf: Map<string, TargetGroup>; groups: readonly TargetGroup[]; idle: ReadonlySet<TargetGroup> },
): ToldOpening {
  const numberOf = (group: TargetGroup) =>
    [...responses].reduce((sum, [stratumId, number]) => (groupOf.get(stratumId) === group ? sum + number : sum), 0)
  const isTold = groups.every((group) => idle.has(group) || numberOf(group) >= smallestShown)
  return {
    ...(isTold ? { ballots } : {}),
    ...(unreadable > 0 ? { unreadable: stepOf(unreadable) } : {}),
    shares: sharesPositive(counts, groupOf, groups, idle),
    languages: isTold ? toldLanguages(languages) : [],
  }
}
