/** Chance that comes out the same at every run, so that a demo looks alike twice. A number from 0 up to 1; Lehmer 1951. */
export type Chance = () => number

export function chanceFrom(seed: number): Chance {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** One of these, in proportion to their weights. */
export function oneOf<T>(chance: Chance, weighted: readonly (readonly [T, number])[]): T {
  let left = chance() * weighted.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [one, weight] of weighted) {
    left -= weight
    if (left < 0) return one
  }
  return weighted[0]![0]
}

/** A whole number about so large, a third more or less. */
export const about = (chance: Chance, number: number) => Math.max(1, Math.round(number * (0.67 + chance() * 0.66)))
