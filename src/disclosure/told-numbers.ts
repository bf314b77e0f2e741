import type { Channel } from '../invitation/disposition.ts'
import type { TargetGroup } from '../questionnaire/target-groups.ts'
import type { Told } from './told.ts'

/** Where something is told: a stratum's id, a municipality's code, a tablet's id, or the nation. */
export const nationPlace = 'nation'

/** Of what it is told: of all answers, of those of a channel, of a target group, of a group's answers at tablets, or of those that are held of a tablet. */
export type ToldPart = 'all' | 'held' | Channel | TargetGroup | `${TargetGroup} at tablets`

/** What is told of the numbers of answers of a round. Whatever staff see of answers is worked out from this. */
export class ToldNumbers {
  readonly #told = new Map<string, Told>()

  find(place: string, part: ToldPart): Told | undefined {
    return this.#told.get(`${place} ${part}`)
  }

  set(place: string, part: ToldPart, told: Told): void {
    this.#told.set(`${place} ${part}`, told)
  }

  *[Symbol.iterator](): Generator<{ place: string; part: ToldPart; told: Told }> {
    for (const [key, told] of this.#told) {
      const space = key.indexOf(' ')
      yield { place: key.slice(0, space), part: key.slice(space + 1) as ToldPart, told }
    }
  }

  add(others: ToldNumbers): void {
    for (const { place, part, told } of others) this.set(place, part, told)
  }
}
