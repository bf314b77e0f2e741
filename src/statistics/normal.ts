/** Of the normal distribution 95 % lie within so many standard deviations of its mean. */
export const z95 = 1.959963984540054

/** From here on the tails are worked out, and nearer to 0 what lies between them: each where it keeps its digits. */
const farOut = 3

/** How likely a standard normal deviate is at least as far from 0 as `z`, on either side: 1 of 0, 0.05 of `z95`. To some 13 digits. */
export function twoSidedP(z: number): number {
  const distance = Math.abs(z)
  return distance < farOut ? 1 - between(distance) : 2 * density(distance) * millsRatio(distance)
}

const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)

/** What lies between -z and z: 2 φ(z) (z + z³/3 + z⁵/(3·5) + z⁷/(3·5·7) + …), Marsaglia 2004 (Journal of Statistical Software 11, no. 4). */
function between(z: number): number {
  let [sum, term] = [z, z]
  for (let odd = 3; term > sum * Number.EPSILON; odd += 2) {
    term *= (z * z) / odd
    sum += term
  }
  return 2 * density(z) * sum
}

/** A tail divided by the density at its beginning: 1/(z + 1/(z + 2/(z + 3/(z + …)))), Abramowitz and Stegun 1964, equation 26.2.14. */
function millsRatio(z: number): number {
  let below = z
  for (let step = 100; step > 0; step--) below = z + step / below
  return 1 / below
}
