/**
 * The quotient of two numbers as a whole number, half away from zero: 5 / 2 is 3, and -5 / 2 is -3. Exact where both are whole, for which
 * `Math.round` is not enough: 28.499999999999996 is what it is given for 57 of 200.
 * @param divisor above 0
 */
export function roundedQuotient(dividend: number, divisor: number): number {
  const size = Math.floor((2 * Math.abs(dividend) + divisor) / (2 * divisor))
  return dividend < 0 ? 0 - size : size
}

/** Per cent as a whole number, half away from zero: 57 of 200 is 29. @param whole at least 1 */
export const wholePercent = (part: number, whole: number): number => roundedQuotient(100 * part, whole)
