/** People of whom each is positive or is not: `positive` of `people`, whole numbers, the first at most the second. */
export interface Proportion {
  people: number
  positive: number
}

/** The part of them that is positive, from 0 to 1; `undefined` of nobody, never 0. */
export const shareOf = ({ people, positive }: Proportion): number | undefined =>
  people === 0 ? undefined : positive / people

/** All of some that have nobody in common, together: larger ones weigh more. Of none it is 0 of 0. */
export const pooled = (some: readonly Proportion[]): Proportion =>
  some.reduce((all, { people, positive }) => ({ people: all.people + people, positive: all.positive + positive }), {
    people: 0,
    positive: 0,
  })

/**
 * All of a whole who are not in a part of it.
 * @throws RangeError when the part cannot lie in the whole: more people, more positive or more that are not
 */
export function restOf(whole: Proportion, part: Proportion): Proportion {
  const people = whole.people - part.people
  const positive = whole.positive - part.positive
  if (positive < 0 || positive > people) {
    throw new RangeError(`${part.positive} of ${part.people} are no part of ${whole.positive} of ${whole.people}`)
  }
  return { people, positive }
}
