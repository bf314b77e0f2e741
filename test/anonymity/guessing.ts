/**
 * How often a fair guess is right. Somebody who knows that certain people gave certain answers, but not who gave which,
 * can only lay the one list beside the other. Whatever order they choose, the number of right pairs is the number of fixed
 * points of a random permutation (Montmort, 1708): one on average, however large the group.
 */

/** The probability of exactly k right pairs, k = 0 to n, when n answers are laid beside n people blindly. */
function rightPairs(n: number): number[] {
  const noneRight = (m: number) => {
    let [sum, term] = [0, 1]
    for (let i = 0; i <= m; i++) {
      sum += term
      term /= -(i + 1)
    }
    return sum
  }
  let factorial = 1
  return Array.from({ length: n + 1 }, (_, k) => {
    if (k > 0) factorial *= k
    return noneRight(n - k) / factorial
  })
}

/**
 * The greatest number of right pairs that may be called a guess: more come about with a probability below the given one.
 * @param groups how many people there are in each group within which nobody can be told apart.
 */
export function mostByGuessing(groups: number[], probability: number): number {
  let chances = [1]
  for (const group of groups) chances = sumOf(chances, rightPairs(group))
  let above = 0
  for (let hits = chances.length - 1; hits > 0; hits--) {
    above += chances[hits]!
    if (above >= probability) return hits
  }
  return 0
}

/** The distribution of the sum of two independent numbers. */
function sumOf(a: number[], b: number[]): number[] {
  const sum = new Array<number>(a.length + b.length - 1).fill(0)
  a.forEach((chanceA, i) => {
    b.forEach((chanceB, j) => {
      sum[i + j]! += chanceA * chanceB
    })
  })
  return sum
}
