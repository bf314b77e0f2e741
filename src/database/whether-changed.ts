/**
 * Does some work of a transaction, and gives whether anything came of it: deeds that changed nothing are not written down.
 * @param rows what could change, read before and after
 */
export function whetherChanged(rows: () => object[], work: () => void): boolean {
  const look = () =>
    rows()
      .map((row) => JSON.stringify(row))
      .sort()
      .join('\n')
  const before = look()
  work()
  return look() !== before
}
