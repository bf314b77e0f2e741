import { type Proportion, shareOf } from './proportion.ts'
import { type Interval, wilsonInterval } from './wilson.ts'

/**
 * The interval of the difference of two shares, the first less the second, at 95 %: the hybrid score interval, from
 * d - sqrt((p1 - l1)² + (u2 - p2)²) to d + sqrt((u1 - p1)² + (p2 - l2)²), with l and u of {@link wilsonInterval}; method 10 of
 * Newcombe 1998 (Statistics in Medicine 17:873). The two have nobody in common. It need not leave out 0 where a test finds a
 * difference, nor hold it where none is found.
 * @returns `undefined` where one of them is nobody
 */
export function newcombeInterval(first: Proportion, second: Proportion): Interval | undefined {
  const [one, other] = [shareOf(first), shareOf(second)]
  if (one === undefined || other === undefined) return undefined
  const [ofOne, ofOther] = [wilsonInterval(first)!, wilsonInterval(second)!]
  const difference = one - other
  return {
    low: difference - Math.hypot(one - ofOne.low, ofOther.high - other),
    high: difference + Math.hypot(ofOne.high - one, other - ofOther.low),
  }
}
