import { setImmediate as letOthersIn } from 'node:timers/promises'

/** Municipalities that are worked out in one go: some milliseconds, so that answers which come in meanwhile are not held up. */
export const sliceSize = 8

/** Does something for a few of many at a time, in order, and lets others in between. Gives what came of each time. */
export async function inSlices<T, Found>(
  all: T[],
  size: number,
  work: (few: T[]) => Found | Promise<Found>,
): Promise<Found[]> {
  const found: Found[] = []
  for (let begin = 0; begin < all.length; begin += size) {
    found.push(await work(all.slice(begin, begin + size)))
    await letOthersIn()
  }
  return found
}
