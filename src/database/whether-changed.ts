import type { Steps } from './transaction.ts'

/**
 * Does some work of a transaction, and gives whether anything came of it: deeds that changed nothing are not written down.
 * @param rows what could change, read before and after
 */
export function* whetherChanged(rows: () => Steps<object[]>, work: () => Steps<void>): Steps<boolean> {
  const before = textOfRows(yield* rows())
  yield* work()
  return textOfRows(yield* rows()) !== before
}

/** Rows as a text that tells them from others, in whatever order they come. */
export const textOfRows = (rows: object[]) =>
  rows
    .map((row) => JSON.stringify(row))
    .sort()
    .join('\n')
