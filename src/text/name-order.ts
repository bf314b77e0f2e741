const collator = new Intl.Collator('sv', { numeric: true })

/** Swedish order of names: å, ä and ö last, capitals like small letters, numbers by their value, so that Enhet 2 comes before Enhet 10. */
export const compareNames: (one: string, other: string) => number = collator.compare

/**
 * Orders things by a name, or by the first of several that tells them apart. SQLite orders by bytes and cannot do it. What no name tells
 * apart stays as it came.
 */
export function byName<T>(...namesOf: ((thing: T) => string)[]): (one: T, other: T) => number {
  return (one, other) => {
    for (const nameOf of namesOf) {
      const order = compareNames(nameOf(one), nameOf(other))
      if (order !== 0) return order
    }
    return 0
  }
}
