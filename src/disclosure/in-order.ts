/** By a code or an id, as computers order text: the same whatever order they came in; those with the same one as they came. */
export const inOrder = <T>(list: readonly T[], textOf: (one: T) => string): T[] =>
  [...list].sort((one, other) => Number(textOf(one) > textOf(other)) - Number(textOf(one) < textOf(other)))

/** Those of most people first; of equally many in the order in which they came. */
export const largestFirst = <T extends { people: number }>(list: readonly T[]): T[] =>
  [...list].sort((one, other) => other.people - one.people)
