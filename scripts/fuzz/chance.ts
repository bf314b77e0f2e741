/** Choices that come from a seed. */
export function chanceFrom(random: () => number) {
  const below = (number: number) => Math.floor(random() * number)
  const oneOf = <T>(items: readonly T[]): T => items[below(items.length)]!
  return {
    below,
    oneOf,
    /** True in such a share of all calls. */
    happens: (share: number) => random() < share,
    /** So many digits or letters. */
    letters: (length: number, from = 'abcdefghijklmnopqrstuvwxyz') =>
      Array.from({ length }, () => from[below(from.length)]).join(''),
  }
}

export type Chance = ReturnType<typeof chanceFrom>
