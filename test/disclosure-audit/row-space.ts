/**
 * Which sets can be added up from others, by adding and subtracting. A set is a vector of 0 and 1 over atoms, and it can be had where it
 * lies in the space that the told sets span: where every vector that is orthogonal to all of them is orthogonal to it, too.
 */

/** The greatest prime below 2^26: the product of two remainders is exact in a double. */
const prime = 67_108_859
const times = (a: number, b: number) => (a * b) % prime
const minus = (a: number, b: number) => (a - b + prime) % prime

function inverse(number: number): number {
  let [result, base] = [1, number]
  for (let exponent = prime - 2; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = times(result, base)
    base = times(base, base)
  }
  return result
}

/** The told sets in their reduced form, modulo the prime: each with the atom that none of the others has. */
function reduced(told: number[][]): { pivot: number; row: number[] }[] {
  const found: { pivot: number; row: number[] }[] = []
  const clear = (row: number[], { pivot, row: other }: { pivot: number; row: number[] }) => {
    const factor = row[pivot]!
    if (factor !== 0) for (const [nth, value] of other.entries()) row[nth] = minus(row[nth]!, times(factor, value))
  }
  for (const set of told) {
    const row = [...set]
    for (const one of found) clear(row, one)
    const pivot = row.findIndex((value) => value !== 0)
    if (pivot < 0) continue
    const scale = inverse(row[pivot]!)
    const next = { pivot, row: row.map((value) => times(value, scale)) }
    for (const one of found) clear(one.row, next)
    found.push(next)
  }
  return found
}

/** For each atom its place in two random vectors that are orthogonal to all told sets: a set whose places sum to nothing can be added up. */
export function signaturesOf(told: number[][], atoms: number, random: () => number): [number, number][] {
  const rows = reduced(told)
  const pivots = new Set(rows.map(({ pivot }) => pivot))
  const [one, other] = [0, 1].map(() => {
    const vector = Array.from({ length: atoms }, (_, atom) => (pivots.has(atom) ? 0 : Math.floor(random() * prime)))
    const free = [...vector]
    for (const { pivot, row } of rows)
      vector[pivot] = row.reduce((rest, value, atom) => minus(rest, times(value, free[atom]!)), 0)
    return vector
  })
  return one!.map((value, atom) => [value, other![atom]!])
}

/** Whether a set lies in the space of the told ones: in whole numbers, without a remainder and without chance. */
export function isAddedUp(told: number[][], set: number[]): boolean {
  const found: { pivot: number; row: bigint[] }[] = []
  const leftOf = (numbers: number[]) => {
    let left = numbers.map(BigInt)
    for (const { pivot, row } of found) {
      const [keep, take] = [row[pivot]!, left[pivot]!]
      if (take !== 0n) left = left.map((value, nth) => value * keep - row[nth]! * take)
    }
    return left
  }
  for (const row of told) {
    const left = leftOf(row)
    const pivot = left.findIndex((value) => value !== 0n)
    if (pivot >= 0) found.push({ pivot, row: smallest(left) })
  }
  return leftOf(set).every((value) => value === 0n)
}

/** The same direction in the smallest whole numbers. */
function smallest(row: bigint[]): bigint[] {
  const common = (a: bigint, b: bigint): bigint => (b === 0n ? a : common(b, a % b))
  const divisor = row.reduce(common)
  return row.map((value) => value / divisor)
}
