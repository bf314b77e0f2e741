/** By a code or an id, as computers order text: whatever order they came in, they come out the same. */
export const inOrder = <T>(list: readonly T[], textOf: (one: T) => string): T[] =>
  [...list].sort((one, other) => (textOf(one) < textOf(other) ? -1 : 1))

/** Those of most people first; of equally many in the order in which they came. */
export const largestFirst = <T extends { people: number }>(list: readonly T[]): T[] =>
  [...list].sort((one, other) => other.people - one.people)
