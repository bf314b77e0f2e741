/**
 * P-values of comparisons that are read together, each adjusted so that all that is called a difference is one, with the certainty
 * of a single test: the greatest of min(1, (m - j + 1) p_j) up to it, from the smallest p on. Holm 1979 (Scandinavian Journal of
 * Statistics 6:65). In the order in which they are given.
 * @param ps each from 0 to 1, of all that are shown and no other
 */
export function holm(ps: readonly number[]): number[] {
  let least = 0
  return adjusted(ps, risingOrder(ps), (p, rank) => {
    least = Math.max(least, Math.min(1, (ps.length - rank) * p))
    return least
  })
}

/**
 * P-values of a long list, each adjusted so that of all that is called a difference at 0.05 about one in twenty is chance: the least
 * of min(1, m/j p_j) from it on. Benjamini and Hochberg 1995 (Journal of the Royal Statistical Society B 57:289). In the order in
 * which they are given, none above that of {@link holm}.
 * @param ps as `holm` has it
 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  let most = 1
  return adjusted(ps, risingOrder(ps).reverse(), (p, fromLargest) => {
    most = Math.min(most, (ps.length / (ps.length - fromLargest)) * p)
    return most
  })
}

const risingOrder = (ps: readonly number[]): number[] => ps.map((_, at) => at).sort((a, b) => ps[a]! - ps[b]!)

/** Adjusts each in an order of places, and puts it back in its place. */
function adjusted(ps: readonly number[], order: number[], adjust: (p: number, rank: number) => number): number[] {
  const result = [...ps]
  order.forEach((at, rank) => {
    result[at] = adjust(ps[at]!, rank)
  })
  return result
}
